package io.syncanalyzer.load;

import io.syncanalyzer.load.LoadProfile.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A mutable list of memtier's options on its way to a command line; an option's short and long
 * names are one.
 */
final class MemtierOptions {
  private static final Map<String, String> LONG_NAMES =
      Map.ofEntries(
          Map.entry("-s", "--server"),
          Map.entry("-h", "--server"),
          Map.entry("--host", "--server"),
          Map.entry("-p", "--port"),
          Map.entry("-S", "--unix-socket"),
          Map.entry("-P", "--protocol"),
          Map.entry("-a", "--authenticate"),
          Map.entry("-u", "--uri"),
          Map.entry("-x", "--run-count"),
          Map.entry("-o", "--out-file"),
          Map.entry("-n", "--requests"),
          Map.entry("-c", "--clients"),
          Map.entry("-t", "--threads"),
          Map.entry("-d", "--data-size"),
          Map.entry("-R", "--random-data"),
          Map.entry("-v", "--version"),
          Map.entry("-D", "--debug"));

  /** What only the analyzer may say, and where else to say it. */
  private static final Map<String, String> OURS =
      Map.of(
          "--server", "--source says where to write",
          "--port", "--source says where to write",
          "--unix-socket", "--source says where to write",
          "--uri", "--source says where to write",
          "--authenticate", "ANALYZER_SOURCE_USER/_PASSWORD say who writes",
          "--out-file", "the table goes to the run folder",
          "--json-out-file", "the JSON goes to the run folder",
          "--help", "run memtier_benchmark itself for it",
          "--version", "run memtier_benchmark itself for it");

  private static final Set<String> SWITCHES_WITHOUT_VALUE =
      Set.of("-R", "-D", "-v", "-4", "-6", "-h");

  private final List<Option> options;

  MemtierOptions(List<Option> options) {
    this.options = new ArrayList<>(options);
  }

  static String longName(String name) {
    return LONG_NAMES.getOrDefault(name, name);
  }

  /**
   * The options among arguments as they stand on a command line.
   *
   * @param where named in the message of a refusal
   * @throws IllegalArgumentException with one line if they say what only the analyzer may say
   */
  static MemtierOptions ofArguments(List<String> arguments, String where) {
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("-")) {
        continue;
      }
      int equals = argument.indexOf('=');
      if (argument.startsWith("--") && equals > 0) {
        options.add(
            new Option(
                argument.substring(0, equals), Optional.of(argument.substring(equals + 1)), 0));
        continue;
      }
      if (!argument.startsWith("--") && argument.length() > 2) {
        options.add(new Option(argument.substring(0, 2), Optional.of(argument.substring(2)), 0));
        continue;
      }
      boolean value =
          !SWITCHES_WITHOUT_VALUE.contains(argument)
              && i + 1 < arguments.size()
              && !arguments.get(i + 1).startsWith("-");
      options.add(
          new Option(argument, value ? Optional.of(arguments.get(i + 1)) : Optional.empty(), 0));
    }
    MemtierOptions found = new MemtierOptions(options);
    found.refuseOurs(where);
    return found;
  }

  /** Refuses options that only the analyzer may give. */
  void refuseOurs(String where) {
    for (Option option : options) {
      String reason = OURS.get(longName(option.name()));
      if (reason != null) {
        throw new IllegalArgumentException(
            where
                + (option.line() > 0 ? ", line " + option.line() : "")
                + ": "
                + option.name()
                + " is not yours to give: "
                + reason);
      }
    }
  }

  /** Refuses options that this memtier does not have. */
  void refuseUnknown(String where, MemtierFeatures features) {
    for (Option option : options) {
      if (!features.has(option.name())) {
        throw new IllegalArgumentException(
            where
                + ", line "
                + option.line()
                + ": memtier_benchmark "
                + features.version()
                + " has no option "
                + option.name()
                + "; correct it, or use a version that has it");
      }
    }
  }

  boolean has(String longName) {
    return last(longName).isPresent();
  }

  /** The last one of that name, which is the one that counts. */
  Optional<Option> last(String longName) {
    return options.stream().filter(named(longName)).reduce((earlier, later) -> later);
  }

  Optional<String> value(String longName) {
    return last(longName).flatMap(Option::value);
  }

  /** A whole number of at least 1, or what memtier takes itself. */
  int number(String longName, int otherwise) {
    return value(longName)
        .filter(text -> text.matches("[1-9]\\d{0,8}"))
        .map(Integer::parseInt)
        .orElse(otherwise);
  }

  void remove(String longName) {
    options.removeIf(named(longName));
  }

  /** Replaces every one of that name by one value at the end. */
  void set(String longName, Object value) {
    remove(longName);
    options.add(new Option(longName, Optional.of(value.toString()), 0));
  }

  List<Option> list() {
    return List.copyOf(options);
  }

  List<String> arguments() {
    return options.stream().flatMap(option -> option.arguments().stream()).toList();
  }

  private static Predicate<Option> named(String longName) {
    return option -> longName(option.name()).equals(longName);
  }
}
