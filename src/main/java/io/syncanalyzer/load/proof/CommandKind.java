package io.syncanalyzer.load.proof;

import java.util.Locale;

/** What a command does to a server's data. */
public enum CommandKind {
  /** It may change data, and so is replicated; whether this call of it did is not looked at. */
  WRITE,
  /** It only looks. */
  READ,
  /** Neither is known of it beforehand: scripts, transactions, connection and server commands. */
  OTHER;

  /** The word in {@code load.csv}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
