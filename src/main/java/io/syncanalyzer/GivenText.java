package io.syncanalyzer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The words and variables that the process was given, as the UTF-8 they are.
 *
 * <p>The JVM reads both in the locale's charset. Under {@code LC_ALL=C}, or with no locale at all
 * as in cron and many containers, every byte beyond ASCII is lost to it, and a password so read is
 * simply wrong. Linux keeps the bytes: they are read there. Where they are nowhere to be had, or
 * are no UTF-8, that is said rather than guessed.
 *
 * @param arguments the command line
 * @param environment all variables; those of ours restored
 */
record GivenText(List<String> arguments, Map<String, String> environment) {
  /** What stands in a Java text for bytes that were lost. */
  private static final char LOST = '\ufffd';

  private static final String OURS = "ANALYZER_";

  /**
   * Restores what was lost.
   *
   * @param process the folder in which the system keeps the bytes: {@code /proc/self} on Linux
   * @throws IllegalArgumentException with one line that says what was lost and what to do; it
   *     repeats nothing of it, which may be a password
   */
  static GivenText of(List<String> arguments, Map<String, String> environment, Path process) {
    List<String> restored = new ArrayList<>(arguments);
    if (arguments.stream().anyMatch(word -> !isAscii(word))) {
      List<byte[]> all = parts(process.resolve("cmdline"));
      int from = all.size() - arguments.size();
      for (int i = 0; i < arguments.size(); i++) {
        byte[] bytes = from < 0 ? null : all.get(from + i);
        restored.set(
            i, restored(arguments.get(i), bytes, "argument " + (i + 1), locale(environment)));
      }
    }
    Map<String, String> variables = new LinkedHashMap<>(environment);
    List<byte[]> known = List.of();
    for (Map.Entry<String, String> each : environment.entrySet()) {
      String name = each.getKey();
      if (name.startsWith(OURS) && !isAscii(each.getValue())) {
        known = known.isEmpty() ? parts(process.resolve("environ")) : known;
        byte[] start = (name + "=").getBytes(StandardCharsets.UTF_8);
        byte[] bytes =
            known.stream()
                .filter(part -> startsWith(part, start))
                .map(part -> java.util.Arrays.copyOfRange(part, start.length, part.length))
                .findFirst()
                .orElse(null);
        variables.put(name, restored(each.getValue(), bytes, name, locale(environment)));
      }
    }
    return new GivenText(List.copyOf(restored), variables);
  }

  private static String restored(String read, byte @Nullable [] bytes, String what, String locale) {
    if (isAscii(read)) {
      return read;
    }
    if (bytes != null && sameAscii(read, bytes)) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException notUtf8) {
        if (read.indexOf(LOST) >= 0) {
          throw new IllegalArgumentException(
              what + " holds bytes that are no UTF-8; give it as that");
        }
      }
    }
    if (read.indexOf(LOST) >= 0) {
      throw new IllegalArgumentException(
          what
              + " holds characters that Java lost under the locale in use ("
              + locale
              + "); run it with LC_ALL=C.UTF-8");
    }
    return read;
  }

  /** Whether the two agree on all that is ASCII, so that they are the same text. */
  private static boolean sameAscii(String read, byte[] bytes) {
    String ours = read.replaceAll("[^\\x00-\\x7f]", "");
    String theirs = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^\\x00-\\x7f]", "");
    return ours.equals(theirs);
  }

  /** What stands between zeros in a file of the system's; empty where there is no such file. */
  private static List<byte[]> parts(Path file) {
    byte[] all;
    try {
      all = Files.readAllBytes(file);
    } catch (IOException notLinux) {
      return List.of();
    }
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int end : IntStream.range(0, all.length).filter(i -> all[i] == 0).toArray()) {
      parts.add(java.util.Arrays.copyOfRange(all, from, end));
      from = end + 1;
    }
    return parts;
  }

  private static boolean startsWith(byte[] text, byte[] start) {
    return text.length >= start.length
        && java.util.Arrays.equals(text, 0, start.length, start, 0, start.length);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** The variable that chose the locale, as the system looks for it. */
  private static String locale(Map<String, String> environment) {
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return name + "=" + value;
      }
    }
    return "no LC_ALL, no LANG";
  }
}
