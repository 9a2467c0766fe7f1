package io.syncanalyzer.probe;

import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which sentinels are written, and when.
 *
 * @param types what the sentinels are written as, in turn
 * @param ratePerSecond sentinels per second in all, above 0, at most {@link #MAX_RATE}
 * @param lanesPerType connections that write each type; 0 = as many as the rate needs
 * @param warmup sentinels sent in this time from the start are not measured
 * @param duration how long to measure after the warm-up; empty = until interrupted
 * @param round which of the measurements of its phase and run this is, from 0: no two of them ever
 *     share a key, so that what one has left cannot be taken for what the next one wrote
 */
public record Writing(
    List<SentinelType> types,
    double ratePerSecond,
    int lanesPerType,
    Duration warmup,
    Optional<Duration> duration,
    int round) {
  /** More than one host can send and watch. */
  public static final double MAX_RATE = 100_000;

  /** More measurements of a phase than a run has, and still few digits in a key. */
  public static final int MOST_ROUNDS = 1000;

  private static final int MAX_LANES_PER_TYPE = 32;

  /** More lanes than any type has: those of a round are numbered from a multiple of it on. */
  private static final int LANES_OF_A_ROUND = 1000;

  private static final double SECONDS_A_WRITE_MAY_TAKE = 0.02;

  /** Of the warm-up where nobody says otherwise. */
  public static final int WARMUP_SECONDS = 3;

  /** Of the measurement where nobody says otherwise. */
  public static final int MEASURED_SECONDS = 20;

  /** Every type, 1000 a second in all. */
  public static final Writing DEFAULT =
      new Writing(
          List.copyOf(EnumSet.allOf(SentinelType.class)),
          1000,
          0,
          Duration.ofSeconds(WARMUP_SECONDS),
          Optional.of(Duration.ofSeconds(MEASURED_SECONDS)),
          0);

  public Writing {
    types = List.copyOf(types);
    if (types.isEmpty() || Set.copyOf(types).size() != types.size()) {
      throw new IllegalArgumentException("each sentinel type is named once, and at least one");
    }
    if (!(ratePerSecond > 0)) {
      throw new IllegalArgumentException(
          "must be above 0 sentinels per second; there is no lag without one");
    }
    if (ratePerSecond > MAX_RATE) {
      throw new IllegalArgumentException(
          "is above the "
              + (long) MAX_RATE
              + " per second that one host can send and watch; lower it, sentinels only sample");
    }
    if (lanesPerType < 0 || lanesPerType > 256) {
      throw new IllegalArgumentException("lanes per type must be in 0..256, 0 = derived");
    }
    if (warmup.isNegative()) {
      throw new IllegalArgumentException("the warm-up is negative");
    }
    if (round < 0 || round >= MOST_ROUNDS) {
      throw new IllegalArgumentException("round " + round + " is not in 0.." + (MOST_ROUNDS - 1));
    }
    duration.ifPresent(measured -> checkDuration(measured, warmup));
  }

  private static void checkDuration(Duration measured, Duration warmup) {
    if (measured.isNegative() || measured.isZero()) {
      throw new IllegalArgumentException("nothing is measured in a time that is not above 0");
    }
    if (measured.compareTo(warmup) < 0) {
      throw new IllegalArgumentException(
          "a measurement of "
              + measured.toMillis()
              + " ms is shorter than its warm-up of "
              + warmup.toMillis()
              + " ms");
    }
  }

  /** The same of other types, with so many lanes for each. */
  public Writing withTypes(List<SentinelType> others, int lanesForEach) {
    return new Writing(others, ratePerSecond, lanesForEach, warmup, duration, round);
  }

  /** The same at another rate. */
  public Writing withRate(double other) {
    return new Writing(types, other, lanesPerType, warmup, duration, round);
  }

  /** The same over other times. */
  public Writing lasting(Duration otherWarmup, Optional<Duration> otherDuration) {
    return new Writing(types, ratePerSecond, lanesPerType, otherWarmup, otherDuration, round);
  }

  /** The same as another round of its run. */
  public Writing inRound(int other) {
    return new Writing(types, ratePerSecond, lanesPerType, warmup, duration, other);
  }

  /** The number in its keys of a lane, counted from 0. */
  int laneNumber(int lane) {
    return round * LANES_OF_A_ROUND + lane;
  }

  /**
   * How many lanes write each stream: as many as were asked for, or enough that writes of 20 ms
   * still keep the rate, and at least two, so that one stalled write does not hold its type up.
   * Where several pairs would take too many threads it is one: the others of the pair go on.
   *
   * @param streams what has a turn of its own
   * @param pairs that they are of
   */
  int lanes(int streams, int pairs) {
    if (lanesPerType > 0) {
      return lanesPerType;
    }
    int wanted =
        (int)
            Math.min(
                MAX_LANES_PER_TYPE,
                Math.max(2, Math.ceil(ratePerSecond / streams * SECONDS_A_WRITE_MAY_TAKE)));
    return pairs == 1 ? wanted : Math.max(1, Math.min(wanted, LagStream.MOST / streams));
  }
}
