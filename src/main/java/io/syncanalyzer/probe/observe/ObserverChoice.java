package io.syncanalyzer.probe.observe;

import java.util.Locale;

/**
 * How arrivals are noticed on the replica; the poll always runs, for it alone gives both bounds.
 */
public enum ObserverChoice {
  /** Only the poll. */
  POLL,
  /** The poll, and client tracking by prefix; refused where the replica has none. */
  TRACKING,
  /** The poll, and keyspace notifications; refused where the replica does not send them. */
  NOTIFY,
  /** The poll, and client tracking where the replica supports it. */
  AUTO;

  /** The word used on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of that word.
   *
   * @throws IllegalArgumentException naming the words there are
   */
  public static ObserverChoice of(String label) {
    for (ObserverChoice choice : values()) {
      if (choice.label().equals(label)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "no observer `" + label + "`; there are poll, tracking, notify, auto");
  }
}
