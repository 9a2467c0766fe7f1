package io.syncanalyzer.probe.figures;

import io.syncanalyzer.result.lag.LagValue;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How far the probe is from both sides, and what that does to the bounds.
 *
 * <p>When the source applied a write is known to its round trip. When the replica showed it is
 * known to two of the replica's, as the request of the last poll that did not see it and the reply
 * of the next one lie so far apart. So the bounds are about source + 2 × replica wide, however
 * small the lag is.
 *
 * @param sourceNanos the least round trip to the source
 * @param replicaNanos the least round trip to the replica
 */
public record Distance(long sourceNanos, long replicaNanos) {
  /** Below it a server is near: what else a machine does takes as long. */
  private static final long FAR_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  public Distance {
    if (sourceNanos <= 0 || replicaNanos <= 0) {
      throw new IllegalArgumentException("a round trip takes some time");
    }
  }

  /** How wide the bounds are for the round trips alone. */
  public long widthNanos() {
    return sourceNanos + 2 * replicaNanos;
  }

  /**
   * How long a message to or from the source is held, so that it seems as far away as the replica;
   * 0 where it is as far.
   */
  public long heldNanos() {
    return Math.max(0, replicaNanos - sourceNanos) / 2;
  }

  /** Whether a side is so far that it shows. */
  public boolean isFar() {
    return Math.max(sourceNanos, replicaNanos) >= FAR_NANOS;
  }

  /**
   * Whether it is the distance, rather than the replica, that makes bounds of a width: it explains
   * at least half of it. A push needs but half a round trip of the two that polls need; bounds that
   * are narrower still owe nothing to it, as where a source's answers take long, but the writes do
   * not.
   */
  boolean decides(LagValue width) {
    return width instanceof LagValue.Known known
        && isFar()
        && known.nanos() >= widthNanos() / 8
        && known.nanos() / 2 <= widthNanos();
  }

  /**
   * What to know, and to do, where it decides; empty where it does not.
   *
   * @param replica its name
   * @param width the median width of the bounds
   */
  public Optional<String> warning(String replica, LagValue width) {
    if (!(width instanceof LagValue.Known known) || !decides(width)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the distance makes the bounds of the lag wide (%s at the median), not the replica: a"
                + " round trip takes %s to the source and %s to the %s; the lag may be anything"
                + " between them; %s",
            millis(known.nanos()),
            millis(sourceNanos),
            millis(replicaNanos),
            replica,
            replicaNanos >= FAR_NANOS
                ? "run the analyzer near the replica to see more"
                : "the analyzer is near the replica already, and only one that is near both sees"
                    + " more"));
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, nanos < 10_000_000 ? "%.2f ms" : "%.1f ms", nanos / 1e6);
  }
}
