package io.syncanalyzer.load.memtier;

import io.syncanalyzer.load.memtier.LoadProfile.Option;
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
public final class MemtierOptions {
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
      Map.ofEntries(
          Map.entry("--server", "--source says where to write"),
          Map.entry("--port", "--source says where to write"),
          Map.entry("--unix-socket", "--source says where to write"),
          Map.entry("--uri", "--source says where to write"),
          Map.entry("--select-db", "--source says into which database"),
          Map.entry("--cluster-mode", "it is given by itself where the source is a Redis Cluster"),
          Map.entry("--authenticate", "ANALYZER_SOURCE_USER/_PASSWORD say who writes"),
          Map.entry("--tls", "a --source of rediss:// says so"),
          Map.entry("--cert", "--tls-cert says so"),
          Map.entry("--key", "--tls-key says so"),
          Map.entry("--cacert", "--tls-ca says so"),
          Map.entry("--tls-skip-verify", "--tls-insecure says so"),
          Map.entry("--sni", "--source says which host it is"),
          Map.entry("--out-file", "the table goes to the run folder"),
          Map.entry("--json-out-file", "the JSON goes to the run folder"),
          Map.entry("--help", "run memtier_benchmark itself for it"),
          Map.entry("--version", "run memtier_benchmark itself for it"));

  /** Those that take no value, of every version looked at. */
  private static final Set<String> SWITCHES =
      Set.of(
          "-4",
          "-6",
          "--ipv4",
          "--ipv6",
          "--tls",
          "--tls-skip-verify",
          "--debug",
          "--cluster-mode",
          "--help",
          "--version",
          "--show-config",
          "--hide-histogram",
          "--print-all-runs",
          "--random-data",
          "--distinct-client-seed",
          "--randomize",
          "--reconnect-on-error",
          "--scan-incremental-iteration",
          "--data-verify",
          "--verify-only",
          "--generate-keys",
          "--no-expiry");

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
  public static MemtierOptions ofArguments(List<String> arguments, String where) {
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.matches("--[^=]+=(?s:.*)")) {
        int equals = argument.indexOf('=');
        String name = argument.substring(0, equals);
        if (SWITCHES.contains(name)) {
          throw new IllegalArgumentException(where + ": " + name + " takes no value");
        }
        options.add(new Option(name, Optional.of(argument.substring(equals + 1)), 0));
        continue;
      }
      String rest = argument;
      // Letters without a value may stand together: -R4 is -R and -4.
      while (rest.matches("-[^-].+") && SWITCHES.contains(longName(rest.substring(0, 2)))) {
        options.add(new Option(rest.substring(0, 2), Optional.empty(), 0));
        rest = "-" + rest.substring(2);
      }
      if (rest.matches("-[^-](?s:.+)")) {
        options.add(new Option(rest.substring(0, 2), Optional.of(rest.substring(2)), 0));
      } else if (SWITCHES.contains(longName(rest))) {
        options.add(new Option(rest, Optional.empty(), 0));
      } else if (!rest.matches("-[^-]|--.+")) {
        throw new IllegalArgumentException(
            where
                + ": `"
                + argument
                + "` is no option of memtier_benchmark, which would leave it out unsaid; a value"
                + " with blanks in it wants quotes");
      } else if (i + 1 == arguments.size()) {
        options.add(new Option(rest, Optional.empty(), 0));
      } else {
        options.add(new Option(rest, Optional.of(arguments.get(++i)), 0));
      }
    }
    MemtierOptions found = new MemtierOptions(options);
    found.refuseOurs(where);
    return found;
  }

  /** Refuses options that only the analyzer may give. */
  void refuseOurs(String where) {
    if (value("--protocol").filter(protocol -> protocol.startsWith("memcache")).isPresent()) {
      throw new IllegalArgumentException(
          where + ": --protocol " + value("--protocol").get() + " is no language of the source's");
    }
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
                + (option.line() > 0 ? ", line " + option.line() : "")
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
