package io.syncanalyzer.result.load;

import java.util.Locale;

/** What a command does to a server's data. */
public enum CommandKind {
  /** It may change data, and so is replicated; whether this call of it did is not looked at. */
  WRITE,
  /** It only looks. */
  READ,
  /** Neither is known of it beforehand: scripts, transactions, connection and server commands. */
  OTHER;

  /**
   * The kind of that word.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static CommandKind of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** The word in {@code load.csv}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
