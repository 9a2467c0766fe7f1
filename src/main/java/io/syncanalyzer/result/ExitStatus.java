package io.syncanalyzer.result;

import java.util.Collection;
import java.util.List;

/** How a command ended, as the process's exit status tells it. */
public enum ExitStatus {
  /** Everything compared is equal and every limit was kept. */
  ALL_EQUAL(0, "Passed"),
  /** At least one difference is confirmed. */
  MISMATCHES(1, "Not equal"),
  /** The command line was wrong; nothing was done. */
  USAGE(2, "Wrong usage"),
  /** A limit ({@code --max-…}, {@code --fail-if-worse}) was broken. */
  LIMIT_BROKEN(3, "Limit broken"),
  /** Something stayed unsettled, unreadable, unseen or was not looked at. */
  INCOMPLETE(4, "Incomplete"),
  /** No result: connection, credentials, memtier, disk. */
  COULD_NOT_RUN(5, "Could not run"),
  /** Ended by the user, for instance with Ctrl-C. */
  INTERRUPTED(130, "Interrupted");

  /** The first of these that holds is the one reported. */
  private static final List<ExitStatus> PRECEDENCE =
      List.of(USAGE, INTERRUPTED, COULD_NOT_RUN, MISMATCHES, LIMIT_BROKEN, INCOMPLETE, ALL_EQUAL);

  private final int code;
  private final String words;

  ExitStatus(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The number the process ends with. */
  public int code() {
    return code;
  }

  /** What it means, in a word or two. */
  public String words() {
    return words;
  }

  /** The one to report where several hold; {@link #ALL_EQUAL} where none does. */
  public static ExitStatus foremost(Collection<ExitStatus> all) {
    return PRECEDENCE.stream().filter(all::contains).findFirst().orElse(ALL_EQUAL);
  }
}
