package io.syncanalyzer.sentinel;

import java.util.Set;
import java.util.regex.Pattern;

/** What a run may be called: its name stands in its keys and is the name of its folder. */
public final class RunName {
  /** Under these names the keys of all loads and of the self test are kept. */
  private static final Set<String> KEPT = Set.of("load", "selftest");

  static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  private static final Pattern NAME = Pattern.compile(FORM);

  private RunName() {}

  /**
   * Refuses what cannot be the name of a run, or of the load or the self test.
   *
   * @throws IllegalArgumentException with one line that says what a name is
   */
  public static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--run-id `"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "` is no name for a run; use 1 to 64 letters, digits, `.`, `_`, `-`,"
              + " the first a letter or digit");
    }
  }

  /** Whether the name is kept for the load or the self test, so that no run has it. */
  public static boolean isKept(String name) {
    return KEPT.contains(name);
  }
}
