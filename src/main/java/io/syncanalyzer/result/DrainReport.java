package io.syncanalyzer.result;

import io.syncanalyzer.result.figure.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * How the replica caught up after the load.
 *
 * @param fence the fence that told, in words
 * @param seconds from the end of the load until the fence was passed; null if it never was
 * @param timeoutSeconds how long it might take
 * @param incomplete one line why it was not passed; null where it was
 */
public record DrainReport(
    String fence,
    @Nullable Double seconds,
    @Nullable Double timeoutSeconds,
    @Nullable String incomplete) {
  public DrainReport {
    seconds = Numbers.known(seconds);
    timeoutSeconds = Numbers.known(timeoutSeconds);
  }

  /** How long it took and what told, or why it was not passed. */
  public String words() {
    return seconds == null
        ? "not passed" + (incomplete == null ? "" : ": " + incomplete)
        : Numbers.seconds(seconds) + "  (" + fence + ")";
  }
}
