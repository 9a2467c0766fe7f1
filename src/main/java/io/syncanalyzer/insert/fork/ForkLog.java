package io.syncanalyzer.insert.fork;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JMH's log for the reason why a fork ended. */
final class ForkLog {
  private static final Pattern EXIT = Pattern.compile("<forked VM failed with exit code (\\d+)>");

  /** What the JVM says last where it ends for want of memory; JMH lets it have no last word. */
  private static final Pattern SPENT =
      Pattern.compile("OutOfMemoryError: (Java heap space|GC overhead limit exceeded)");

  private static final int SIGNAL_BASE = 128;
  private static final int LONGEST = 300;

  private ForkLog() {}

  /**
   * One line: how the fork ended, where JMH says so, and the last thing it printed that tells.
   *
   * @param outOfHeap what to say instead of one that had no heap left
   */
  static String lastWords(Path log, String outOfHeap) {
    List<String> lines;
    try {
      lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "its log cannot be read (" + e.getMessage() + ")";
    }
    String how = "it ended";
    List<String> words = new ArrayList<>();
    for (String line : lines) {
      Matcher exit = EXIT.matcher(line);
      if (exit.find()) {
        how = exit(Integer.parseInt(exit.group(1)));
      } else if (tells(line)) {
        words.add(line.strip());
      }
    }
    if (words.stream().anyMatch(line -> SPENT.matcher(line).find())) {
      return outOfHeap;
    }
    if (words.isEmpty()) {
      return how;
    }
    String last = words.get(words.size() - 1);
    return how + "; " + (last.length() > LONGEST ? last.substring(0, LONGEST) + "…" : last);
  }

  private static String exit(int status) {
    return status > SIGNAL_BASE
        ? "it was ended by signal " + (status - SIGNAL_BASE)
        : "it ended with status " + status;
  }

  /** Lines that name an error; the rest of the log is JMH's ordinary chatter. */
  private static boolean tells(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    return !line.startsWith("#")
        && !line.startsWith("\tat ")
        && !line.startsWith("Benchmark had encountered error")
        && (lower.contains("error")
            || lower.contains("exception")
            || lower.contains("failure:")
            || lower.contains("could not"));
  }
}
