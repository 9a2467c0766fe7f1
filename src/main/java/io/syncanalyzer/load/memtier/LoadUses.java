package io.syncanalyzer.load.memtier;

import io.syncanalyzer.load.memtier.LoadProfile.Option;
import io.syncanalyzer.load.proof.CommandKinds;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.server.CommandUse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that a load by memtier_benchmark sends, as its options say, without memtier. */
public final class LoadUses {
  private static final String KEY = "__key__";
  private static final String DATA = "__data__";

  /** A word of a command; one in quotes may hold blanks. */
  private static final Pattern WORD =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");

  private final MemtierOptions options;
  private final CommandKinds known = CommandKinds.unasked();
  private final List<CommandUse> uses = new ArrayList<>();

  private LoadUses(MemtierOptions options) {
    this.options = options;
  }

  /**
   * Those of a load. A command whose words are not memtier's own is left out: nobody knows it
   * before it is read from where memtier takes it.
   *
   * @throws IllegalArgumentException if its profile cannot be read
   */
  public static List<CommandUse> of(LoadRequest request) {
    List<Option> options = new ArrayList<>(LoadProfile.of(request.profile()).options());
    options.addAll(MemtierOptions.ofArguments(request.passThrough(), "after --").list());
    LoadUses found = new LoadUses(new MemtierOptions(options));
    if (found.options.has("--command")) {
      options.stream()
          .filter(option -> option.name().equals("--command"))
          .forEach(option -> found.command(option.value().orElse("")));
    } else {
      found.own();
    }
    if (request.source().cluster()) {
      found.add("CLUSTER", List.of("SLOTS"));
    }
    return List.copyOf(found.uses);
  }

  private void command(String text) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(text); word.find(); ) {
      for (int group = 1; group <= 3; group++) {
        if (word.group(group) != null) {
          words.add(word.group(group));
        }
      }
    }
    if (!words.isEmpty() && words.get(0).matches("[A-Za-z][A-Za-z0-9._-]*")) {
      add(words.get(0), words.subList(1, words.size()));
    }
  }

  /** What memtier sends where it is given no command. */
  private void own() {
    String[] ratio = options.value("--ratio").orElse("1:10").split(":", 2);
    boolean part = options.value("--data-offset").filter(n -> !n.matches("0+")).isPresent();
    if (isSome(ratio[0])) {
      if (part) {
        add("SETRANGE", List.of(KEY, "1", DATA));
      } else if (options.has("--expiry-range")) {
        add("SETEX", List.of(KEY, "10", DATA));
      } else {
        add("SET", List.of(KEY, DATA));
      }
    }
    if (ratio.length == 2 && isSome(ratio[1])) {
      if (options.value("--multi-key-get").filter(LoadUses::isSome).isPresent()) {
        add("MGET", List.of(KEY));
      } else if (part) {
        add("GETRANGE", List.of(KEY, "1", "1"));
      } else {
        add("GET", List.of(KEY));
      }
    }
    if (options.value("--wait-ratio").filter(waits -> !waits.startsWith("0:")).isPresent()) {
      add("WAIT", List.of("0", "1"));
    }
  }

  private static boolean isSome(String count) {
    return !count.isEmpty() && !count.matches("0+");
  }

  private void add(String name, List<String> words) {
    String prefix = options.value("--key-prefix").orElse("memtier-");
    String number = options.value("--key-minimum").filter(n -> n.matches("\\d+")).orElse("1");
    List<Bytes> arguments = new ArrayList<>();
    int key = -1;
    String keys = "";
    for (String word : words) {
      if (key < 0 && word.contains(KEY)) {
        key = arguments.size();
        int at = word.indexOf(KEY);
        keys = keys(word.substring(0, at) + prefix, word.substring(at + KEY.length()));
      }
      arguments.add(Bytes.utf8(word.replace(KEY, prefix + number).replace(DATA, "x")));
    }
    uses.add(new CommandUse(name, arguments, key, keys, key == 0 && known.of(name).isPresent()));
  }

  /** Keys with a hash tag are told with those without: a right to the ones is one to the others. */
  private static String keys(String before, String after) {
    boolean tagged = before.endsWith("{") && after.startsWith("}");
    return pattern(tagged ? before.substring(0, before.length() - 1) : before)
        + "*"
        + pattern(tagged ? after.substring(1) : after);
  }

  /** A text as a pattern of {@code ACL SETUSER} that matches it only. */
  private static String pattern(String text) {
    return text.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
  }
}
