package io.syncanalyzer.load.memtier;

import io.syncanalyzer.load.memtier.LoadProfile.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a profile for a memtier that cannot join {@code __key__} to other text: commands whose key
 * begins alike go to one process, which gets that beginning as its {@code --key-prefix}. A key in
 * braces loses them there: they are for one that routes by {@code __key__} alone, and this process
 * routes by all of its keys.
 */
final class CommandGroups {
  private static final String KEY = "__key__";
  private static final String TAGGED_KEY = "{" + KEY + "}";
  private static final Pattern KEY_WORD = Pattern.compile("(\\S*)" + KEY + "(\\S*)");
  private static final List<String> OF_COMMAND =
      List.of("--command-ratio", "--command-key-pattern");

  private CommandGroups() {}

  /**
   * A process's share of a profile.
   *
   * @param label for file names, such as {@code hash}
   * @param options its options
   * @param weight its commands' ratios, added up
   */
  record Group(String label, List<Option> options, int weight) {
    Group {
      options = List.copyOf(options);
    }
  }

  /** Whether any command joins its key to other text. */
  static boolean needed(List<Option> options) {
    return options.stream()
        .filter(option -> option.name().equals("--command"))
        .anyMatch(
            option -> {
              Matcher word = KEY_WORD.matcher(option.value().orElse(""));
              return word.results().anyMatch(r -> !r.group().equals(KEY));
            });
  }

  /**
   * The groups, in the order of their first command.
   *
   * @throws LoadFailure with one line if a command joins its key in a way that no prefix can
   *     express
   */
  static List<Group> split(List<Option> options, String version) {
    MemtierOptions shared = new MemtierOptions(options);
    String ownPrefix = shared.value("--key-prefix").orElse("memtier-");
    Map<String, List<Option>> byPrefix = new LinkedHashMap<>();
    Map<String, Integer> weights = new LinkedHashMap<>();
    String at = null;
    int ratio = 1;
    for (Option option : options) {
      if (option.name().equals("--command")) {
        String command = option.value().orElse("").replace(TAGGED_KEY, KEY);
        at = prefix(command, version);
        ratio = 1;
        weights.merge(at, 1, Integer::sum);
        byPrefix
            .computeIfAbsent(at, p -> new ArrayList<>())
            .add(
                new Option(
                    option.name(), Optional.of(command.replace(at + KEY, KEY)), option.line()));
      } else if (at != null && OF_COMMAND.contains(option.name())) {
        byPrefix.computeIfAbsent(at, p -> new ArrayList<>()).add(option);
        if (option.name().equals("--command-ratio")) {
          int asked = new MemtierOptions(List.of(option)).number("--command-ratio", 1);
          weights.merge(at, asked - ratio, Integer::sum);
          ratio = asked;
        }
      }
    }
    shared.remove("--command");
    OF_COMMAND.forEach(shared::remove);
    List<Group> groups = new ArrayList<>();
    byPrefix.forEach(
        (prefix, commands) -> {
          MemtierOptions own = new MemtierOptions(shared.list());
          own.set("--key-prefix", prefix + ownPrefix);
          List<Option> all = new ArrayList<>(own.list());
          all.addAll(commands);
          groups.add(new Group(label(prefix, groups), all, weights.getOrDefault(prefix, 1)));
        });
    return List.copyOf(groups);
  }

  private static String prefix(String command, String version) {
    String prefix = null;
    for (var word : KEY_WORD.matcher(command).results().toList()) {
      boolean other = prefix != null && !prefix.equals(word.group(1));
      if (other || !word.group(2).isEmpty() || word.group(1).contains(KEY)) {
        throw new LoadFailure(
            "memtier_benchmark "
                + version
                + " cannot join __key__ to other text, and a key prefix cannot stand in for `"
                + command
                + "`; use a newer memtier_benchmark, or change the profile");
      }
      prefix = word.group(1);
    }
    return prefix == null ? "" : prefix;
  }

  private static String label(String prefix, List<Group> others) {
    String[] parts = prefix.split("[^A-Za-z0-9]+", -1);
    String last = "";
    for (String part : parts) {
      last = part.isEmpty() ? last : part.toLowerCase(Locale.ROOT);
    }
    String wanted = last.isEmpty() ? "plain" : last;
    boolean taken = others.stream().anyMatch(group -> group.label().equals(wanted));
    return taken ? wanted + (others.size() + 1) : wanted;
  }
}
