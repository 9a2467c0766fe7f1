package io.syncanalyzer.probe;

import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement keeps in memory: every sentinel from its send until it is seen or given up, so
 * the rate times the time that a sentinel may be outstanding, times what one costs; and besides,
 * what the lanes and histograms take whatever the rate.
 *
 * <p>A sentinel may be outstanding for the observe timeout, and a connection's timeouts longer
 * where the replica gives no answer; rings have twice the room, since lanes share their type's
 * sentinels unevenly, rounded up to a power of two.
 */
public final class LagMemory {
  private static final long MIB = 1 << 20;
  private static final int LEAST_SLOTS = 1024;
  private static final int MOST_SLOTS = 1 << 28;
  private static final double SPARE = 2;

  /** Of a sentinel in its lane's ledger: its times, and its state. */
  private static final int LEDGER_LONGS = 3;

  private static final int LEDGER_INTS = 1;

  /** What an observer knows of it, and what a push told. */
  private static final int OBSERVER_LONGS = 2 + 2;

  private static final int OBSERVER_BYTES = 3;

  private static final long ARRAY_HEAD_BYTES = 16;

  /**
   * G1, the JVM's usual collector, cuts its heap into some 2048 regions, a power of two from 1 to
   * 32 MiB each, and gives an array of half a region or more whole regions of its own.
   */
  private static final long REGIONS = 2048;

  private static final long LARGEST_REGION = 32 * MIB;

  /** Of a lane: buffers of its connection. */
  private static final long LANE_BYTES = MIB / 8;

  /** Of an observer: histograms and four hours of timeline. */
  private static final long TRACK_BYTES = 12 * MIB;

  /** JSON of the result, and room for the collector to breathe. */
  private static final long BASE_BYTES = 24 * MIB;

  private LagMemory() {}

  /** How many sentinels a lane's ring must hold; before it is rounded up. */
  static int slots(LagSettings settings) {
    double seconds = outstanding(settings).toMillis() / 1000.0;
    double share =
        settings.ratePerSecond() / settings.streams().size() / settings.lanes() * seconds;
    return (int) Math.min(MOST_SLOTS, Math.max(LEAST_SLOTS, Math.ceil(SPARE * share)));
  }

  /** How long a sentinel may be outstanding. */
  private static Duration outstanding(LagSettings settings) {
    return settings.observeTimeout().plus(settings.source().timeout());
  }

  /** The heap that it needs, whichever region size the JVM takes for a heap of about that. */
  public static long bytes(LagSettings settings) {
    long most = bytes(settings, MIB);
    for (long region = 2 * MIB;
        region <= LARGEST_REGION && region * REGIONS <= 2 * most;
        region *= 2) {
      most = Math.max(most, bytes(settings, region));
    }
    return most;
  }

  private static long bytes(LagSettings settings, long region) {
    long together = settings.isBySlot() ? settings.replicas().size() * TRACK_BYTES : 0;
    long all = BASE_BYTES + together;
    List<LagStream> streams = settings.streams();
    for (int pair = 0; pair < settings.pairs().size(); pair++) {
      int index = pair;
      long ofPair = streams.stream().filter(stream -> stream.pair() == index).count();
      all += bytes(settings, settings.pairs().get(pair), ofPair * settings.lanes(), region);
    }
    return all;
  }

  /** Of the lanes and observers of one pair. */
  private static long bytes(LagSettings settings, LagPair pair, long lanes, long region) {
    long slots = powerOfTwo(slots(settings));
    long observers = pair.replicas().size();
    long longs = array(slots * Long.BYTES, region);
    long ledger = LEDGER_LONGS * longs + LEDGER_INTS * array(slots * Integer.BYTES, region);
    long view = OBSERVER_LONGS * longs + OBSERVER_BYTES * array(slots, region);
    // Their order, over all lanes.
    long outstanding = array(powerOfTwo(lanes * slots) * Long.BYTES, region);
    return lanes * (LANE_BYTES + ledger) + observers * (TRACK_BYTES + lanes * view + outstanding);
  }

  private static long powerOfTwo(long atLeast) {
    return Long.highestOneBit(Math.max(1, atLeast - 1)) << 1;
  }

  /** What an array takes of the heap. */
  private static long array(long content, long region) {
    long bytes = content + ARRAY_HEAD_BYTES;
    return bytes < region / 2 ? bytes : (bytes + region - 1) / region * region;
  }

  /**
   * What does not fit, and what would.
   *
   * @param sentinels kept at most
   * @param bytes that they need
   * @param rate the highest that would fit with the same timeout; 0 = none
   * @param timeoutSeconds the longest that would fit at the same rate; 0 = none
   */
  public record Excess(double sentinels, long bytes, long rate, long timeoutSeconds) {}

  /**
   * What is too much of it; null where it fits.
   *
   * @param room bytes that it may take
   */
  public static @Nullable Excess excess(LagSettings settings, long room) {
    long bytes = bytes(settings);
    return bytes <= room
        ? null
        : new Excess(
            settings.ratePerSecond() * outstanding(settings).toMillis() / 1000.0,
            bytes,
            most((long) settings.ratePerSecond(), n -> bytes(atRate(settings, n)) <= room),
            most(
                settings.observeTimeout().toSeconds(), n -> bytes(atTimeout(settings, n)) <= room));
  }

  private static LagSettings atRate(LagSettings settings, long rate) {
    return settings.withSchedule((double) rate, settings.warmup(), settings.duration());
  }

  private static LagSettings atTimeout(LagSettings settings, long seconds) {
    return settings.withObserver(settings.observer(), Duration.ofSeconds(seconds));
  }

  /** The largest number up to a limit that fits, 0 if none does. */
  private static long most(long limit, LongPredicate fits) {
    long low = 0;
    long high = limit;
    while (low < high) {
      long middle = (low + high + 1) / 2;
      if (fits.test(middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
