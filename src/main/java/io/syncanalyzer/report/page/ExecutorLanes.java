package io.syncanalyzer.report.page;

import io.syncanalyzer.result.verify.VerifyPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What an executor compared when: a bar a partition, in so many lanes as ran at once. */
final class ExecutorLanes {
  /**
   * How far the begin of one may seem to lie before the end of the one before it, at most: the
   * driver hears of an end a little later than it was.
   */
  private static final long HEARD_LATE_NANOS = 100_000_000;

  private final String name;
  private final List<Bar> bars;
  private final List<Integer> lanes = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private long busyNanos;
  private long endNanos;

  /**
   * A partition in time.
   *
   * @param from when it began, in nanoseconds since the verification began
   * @param to as much later as it took
   */
  record Bar(VerifyPartition partition, long from, long to) {
    static final Comparator<Bar> BY_TIME =
        Comparator.comparingLong(Bar::from)
            .thenComparingLong(Bar::to)
            .thenComparingInt(bar -> bar.partition().partition());

    /** None where it is unknown when it began. */
    static Stream<Bar> of(VerifyPartition partition) {
      Long start = partition.startNanos();
      // Clocks of several machines may be apart.
      return Stream.ofNullable(start == null ? null : Long.valueOf(Math.max(0, start)))
          .map(from -> new Bar(partition, from, from + Math.max(0, partition.nanos())));
    }

    long nanos() {
      return to - from;
    }
  }

  /**
   * Lays them out.
   *
   * @param bars one at least, by time
   */
  ExecutorLanes(String name, List<Bar> bars) {
    this.name = Objects.requireNonNull(name, "name is null");
    this.bars = List.copyOf(bars);
    if (bars.isEmpty()) {
      throw new IllegalArgumentException(name + " compared nothing");
    }
    for (Bar bar : this.bars) {
      busyNanos += Math.max(0, bar.to() - Math.max(bar.from(), endNanos));
      endNanos = Math.max(endNanos, bar.to());
      lanes.add(laneFor(bar));
    }
  }

  private int laneFor(Bar bar) {
    for (int lane = 0; lane < ends.size(); lane++) {
      long apart = Math.min(HEARD_LATE_NANOS, bar.nanos() / 10);
      if (ends.get(lane) - apart <= bar.from()) {
        ends.set(lane, bar.to());
        return lane;
      }
    }
    ends.add(bar.to());
    return ends.size() - 1;
  }

  String name() {
    return name;
  }

  /** Its partitions, by time. */
  List<Bar> bars() {
    return bars;
  }

  /** In which lane, from 0, each of {@link #bars} lies. */
  List<Integer> lanes() {
    return lanes;
  }

  /** How many ran at once at most. */
  int width() {
    return ends.size();
  }

  /** How long it compared at least one. */
  long busyNanos() {
    return busyNanos;
  }

  /** When its last one ended. */
  long endNanos() {
    return endNanos;
  }

  /** All its partitions' time added up. */
  long sumNanos() {
    return bars.stream().mapToLong(Bar::nanos).sum();
  }

  /** The first of those that took longest. */
  Bar longest() {
    Bar longest = bars.get(0);
    for (Bar bar : bars) {
      longest = bar.nanos() > longest.nanos() ? bar : longest;
    }
    return longest;
  }
}
