package io.syncanalyzer.verify.server;

import java.util.OptionalLong;

/**
 * How much is under way at once, by how far away the servers are: enough that the network's round
 * trips do not set the pace, and no more than is worth its memory. Pure.
 *
 * <p>Near by it is what three workers hold. Farther away more workers look at larger batches, each
 * over connections of its own, so that no single connection's window bounds what the link carries.
 * Under way are then keys whose values take {@link #MOST_BYTES} at most, by what a key takes of the
 * servers' memory on average, or as near by if that is more; they lie in the servers' output
 * buffers and in the sockets', as replies are compared while they stream in. Of our own memory each
 * worker takes a buffer of 64 KiB for each direction of its two connections and its batch's names.
 *
 * @param workers how many look at batches
 * @param batch about how many keys a batch has
 * @param names about how many names one call of SCAN passes over: a node that is asked for {@link
 *     #MOST_NAMES} serves nobody else for some 5 ms
 * @param group how many suspects are settled together
 */
public record InFlight(int workers, int batch, int names, int group) {
  /** Near by. */
  public static final InFlight NEAR = new InFlight(3, 1000, 1000, 512);

  /** Bytes of values that are under way from a side, about. */
  static final long MOST_BYTES = 32L * 1024 * 1024;

  static final int MOST_NAMES = 10_000;
  private static final int MOST_WORKERS = 24;
  private static final int MOST_BATCH = 2_000;
  private static final int FAR_GROUP = 4096;

  /** Near by so many keys are compared in a second, or a few more. */
  private static final long KEYS_A_SECOND = 400_000;

  /** A batch takes so many round trips, if it has not only strings. */
  private static final int TRIPS = 3;

  /** What a key takes where no server tells. */
  private static final long UNKNOWN_BYTES = 4096;

  /**
   * For a pass over keys.
   *
   * @param scannedNanos a round trip to the side whose names are scanned
   * @param distance to both
   * @param bytesAKey what a key takes of the servers' memory on average; empty where unknown
   * @param beside how many passes go on at once, this one among them: they share what is allowed
   */
  public static InFlight of(
      long scannedNanos, Distance distance, OptionalLong bytesAKey, int beside) {
    if (!distance.isFar()) {
      return NEAR;
    }
    int names = (int) Math.min(MOST_NAMES, NEAR.names + during(scannedNanos));
    int shares = Math.max(1, beside);
    long byBytes = MOST_BYTES / Math.max(1, bytesAKey.orElse(UNKNOWN_BYTES)) / shares;
    long keys = Math.min(TRIPS * during(distance.longestNanos()), byBytes);
    int most = Math.max(NEAR.workers, MOST_WORKERS / shares);
    int batch = (int) Math.max(NEAR.batch, Math.min(MOST_BATCH, keys / most));
    int workers = (int) Math.max(NEAR.workers, Math.min(most, keys / batch));
    return new InFlight(workers, batch, Math.max(batch, names), FAR_GROUP);
  }

  /** With how many keys a batch is full, be it that SCAN returned more at once. */
  public int mostKeys() {
    return equals(NEAR) ? Integer.MAX_VALUE : batch;
  }

  /** How many keys could be compared near by in that time, of at most some minutes. */
  private static long during(long nanos) {
    return Math.min(nanos, 600_000_000_000L) / 1000 * KEYS_A_SECOND / 1_000_000;
  }
}
