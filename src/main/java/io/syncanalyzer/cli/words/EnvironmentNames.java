package io.syncanalyzer.cli.words;

import io.syncanalyzer.redis.Credentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which variables of the environment are meant for the analyzer but mistyped. One that is far from
 * every option is somebody else's: an orchestrator sets {@code ANALYZER_PORT_6379_TCP} for a
 * service of that name.
 */
public final class EnvironmentNames {
  static final String PREFIX = "ANALYZER_";

  /** What else people call these, too far from the name itself to be a slip of the finger. */
  private static final List<List<String>> OTHER_WORDS =
      List.of(
          List.of("_PASS", "_PASSWORD"),
          List.of("_PWD", "_PASSWORD"),
          List.of("_USERNAME", "_USER"),
          List.of("_URI", ""),
          List.of("_URL", ""));

  private final Set<String> known;

  /**
   * Of the options of these names, without dashes. Users and passwords are none, and not in {@code
   * --config}: a secret has no place on a command line.
   */
  public EnvironmentNames(Set<String> options) {
    Set<String> all = new TreeSet<>(Credentials.NAMES);
    options.forEach(name -> all.add(DefaultValues.variable(name)));
    known = Set.copyOf(all);
  }

  /** A variable that nobody reads, and the one that was probably meant. */
  public record Mistyped(String variable, String meant) {}

  /** Those of the environment's names, in order. */
  public List<Mistyped> mistyped(Set<String> environment) {
    List<Mistyped> found = new ArrayList<>();
    for (String name : new TreeSet<>(environment)) {
      if (name.toUpperCase(Locale.ROOT).startsWith(PREFIX) && !known.contains(name)) {
        meant(name.toUpperCase(Locale.ROOT).replace('-', '_'))
            .ifPresent(meant -> found.add(new Mistyped(name, meant)));
      }
    }
    return found;
  }

  /** Whether every name of ours in the environment is read by someone. */
  public boolean knowsAll(Set<String> environment) {
    return environment.stream()
        .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(PREFIX))
        .allMatch(known::contains);
  }

  private Optional<String> meant(String name) {
    if (known.contains(name)) {
      return Optional.of(name);
    }
    for (List<String> other : OTHER_WORDS) {
      if (name.endsWith(other.get(0))) {
        String usual = name.substring(0, name.length() - other.get(0).length()) + other.get(1);
        if (known.contains(usual)) {
          return Optional.of(usual);
        }
      }
    }
    return new TreeSet<>(known).stream().filter(option -> isSlip(name, option)).findFirst();
  }

  /** A letter or two wrong, missing, too many or swapped; in a short word one. */
  private static boolean isSlip(String name, String option) {
    int letters = option.length() - PREFIX.length();
    return letters > 3 && distance(name, option) <= (letters < 8 ? 1 : 2);
  }

  /** Damerau's and Levenshtein's distance: the fewest such slips between two words. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + wrong, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
