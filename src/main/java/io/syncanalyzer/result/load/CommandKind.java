package io.syncanalyzer.result.load;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a command does to a server's data. */
public enum CommandKind {
  /** It may change data, and so is replicated; whether this call of it did is not looked at. */
  WRITE,
  /** It only looks. */
  READ,
  /** Neither is known of it beforehand: scripts, transactions, connection and server commands. */
  OTHER;

  /** The kind of that word; null where it is none that this version knows. */
  public static @Nullable CommandKind of(String label) {
    for (CommandKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    return null;
  }

  /** The word in {@code load.csv}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
