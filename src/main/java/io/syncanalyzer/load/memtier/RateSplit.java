package io.syncanalyzer.load.memtier;

/**
 * A total rate spread over connections, as memtier wants it: whole operations per second and
 * connection ({@code --rate-limiting}).
 *
 * <p>memtier sends in ticks, at most 50 a second, of equally many requests (its {@code
 * request_per_interval}), so that a connection's real rate is a multiple of both. The search takes
 * the most connections, up to those wanted, that come within half a percent of the total; failing
 * that the nearest.
 *
 * @param threads threads to use, at most those wanted
 * @param clients connections per thread, at most those wanted
 * @param perConnection what {@code --rate-limiting} is to be
 * @param effective the total rate that comes of it
 */
record RateSplit(int threads, int clients, long perConnection, long effective) {
  private static final int TICKS_PER_SECOND = 50;
  private static final double CLOSE_ENOUGH = 0.005;

  static RateSplit of(long total, int threads, int clients) {
    RateSplit best = null;
    for (int t = threads; t >= 1; t--) {
      for (int c = clients; c >= 1; c--) {
        long connections = (long) t * c;
        if (connections > total) {
          continue;
        }
        for (long each = total / connections; each <= total / connections + 1; each++) {
          RateSplit split = new RateSplit(t, c, each, connections * real(each));
          if (best == null || split.betterThan(best, total)) {
            best = split;
          }
        }
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("a rate of " + total + " writes nothing");
    }
    return best;
  }

  private boolean betterThan(RateSplit other, long total) {
    double off = off(total);
    double otherOff = other.off(total);
    if (off <= CLOSE_ENOUGH && otherOff <= CLOSE_ENOUGH) {
      int more = Integer.compare(threads * clients, other.threads * other.clients);
      return more > 0 || (more == 0 && off < otherOff);
    }
    return off < otherOff;
  }

  double off(long total) {
    return Math.abs(effective - total) / (double) total;
  }

  /** What memtier makes of {@code --rate-limiting=each}. */
  private static long real(long each) {
    long perTick = (each + TICKS_PER_SECOND - 1) / TICKS_PER_SECOND;
    return each / perTick * perTick;
  }
}
