package io.syncanalyzer.insert.load;

import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What is written at one pace, and what came of it: all of a load that has no pace, else from one
 * word about the pace to the next. Between two steps a load stands still, which is a step without a
 * schedule and without rows.
 *
 * <p>Histograms belong to whoever holds the {@link LoadRecorder}'s lock; the counters beside them
 * may be added to by any lane.
 */
final class LoadStep {
  private static final double NANOS_PER_SECOND = 1e9;

  private final int number;
  private final long perSecond;
  private final @Nullable PacedSchedule schedule;
  private final long began;
  private volatile long ends = Long.MAX_VALUE;
  private final Map<LoadCommand, Histogram> latencies = new EnumMap<>(LoadCommand.class);
  private final Map<LoadCommand, Histogram> intended = new EnumMap<>(LoadCommand.class);
  private final Map<LoadCommand, LongAdder> wireBytes = new EnumMap<>(LoadCommand.class);
  private final Map<LoadCommand, LongAdder> errors = new EnumMap<>(LoadCommand.class);
  private final LongAdder connectionErrors = new LongAdder();
  private int lanes;
  private long commands;
  private long writes;
  private long sent;

  private LoadStep(
      int number,
      long perSecond,
      @Nullable PacedSchedule schedule,
      long began,
      Set<LoadCommand> commands) {
    this.number = number;
    this.perSecond = perSecond;
    this.schedule = schedule;
    this.began = began;
    for (LoadCommand command : commands) {
      latencies.put(command, new Histogram(LoadRecorder.DIGITS));
      wireBytes.put(command, new LongAdder());
      errors.put(command, new LongAdder());
      if (schedule != null) {
        intended.put(command, new Histogram(LoadRecorder.DIGITS));
      }
    }
  }

  /** Without a pace: of a load that has none, or of one that stands still. */
  static LoadStep unpaced(long began, Set<LoadCommand> commands) {
    return new LoadStep(0, 0, null, began, commands);
  }

  /** At a pace. */
  static LoadStep at(
      int number, long perSecond, PacedSchedule schedule, long began, Set<LoadCommand> commands) {
    return new LoadStep(number, perSecond, schedule, began, commands);
  }

  /** From 1; 0 = of no step. */
  int number() {
    return number;
  }

  long perSecond() {
    return perSecond;
  }

  /** When what is due; null = nothing is. */
  @Nullable PacedSchedule schedule() {
    return schedule;
  }

  long began() {
    return began;
  }

  /** Nothing falls due from then on; the first time counts. */
  void end(long nanoTime) {
    if (!isOver()) {
      ends = nanoTime;
    }
  }

  boolean isOver() {
    return ends != Long.MAX_VALUE;
  }

  /** How long it has lasted. */
  long nanos(long nanoTime) {
    return (isOver() ? ends : nanoTime) - began;
  }

  /** Another lane is at it. */
  void entered() {
    lanes++;
  }

  /** A lane has gone on, or ended, after so many that it sent. */
  void left(long sentOfIt) {
    lanes--;
    sent += sentOfIt;
  }

  /** Whether nothing can come of it any more. */
  boolean isDone() {
    return isOver() && lanes == 0;
  }

  void answered(LoadCommand command, Histogram times) {
    of(latencies, command).add(times);
    commands += times.getTotalCount();
    writes += command.writes() ? times.getTotalCount() : 0;
  }

  void answeredSinceIntended(LoadCommand command, Histogram times) {
    if (schedule != null) {
      of(intended, command).add(times);
    }
  }

  void onTheWire(LoadCommand command, long bytes) {
    of(wireBytes, command).add(bytes);
  }

  void refused(LoadCommand command) {
    of(errors, command).increment();
  }

  void connectionError() {
    connectionErrors.increment();
  }

  /** Commands that were answered. */
  long commands() {
    return commands;
  }

  /** Of {@link #commands}, those that write. */
  long writes() {
    return writes;
  }

  /** When it ended; known when it is over. */
  long ended() {
    return ends;
  }

  /** How its pace was kept, when it is over; null where there was none to keep. */
  JmhLoadSummary.@Nullable Pace pace() {
    return schedule == null
        ? null
        : new JmhLoadSummary.Pace(
            number, perSecond, ends - began, schedule.due(ends - began), sent, commands);
  }

  /**
   * A row for each command that was sent, then that of all.
   *
   * @param nanos how long it was
   */
  List<LoadRow> rows(long nanos) {
    double seconds = Math.max(1, nanos) / NANOS_PER_SECOND;
    LoadRow.Asked asked =
        schedule == null
            ? LoadRow.Asked.NOTHING
            : new LoadRow.Asked(number == 0 ? null : Integer.valueOf(number), perSecond);
    List<LoadRow> rows = new ArrayList<>();
    Histogram all = new Histogram(LoadRecorder.DIGITS);
    Histogram allIntended = new Histogram(LoadRecorder.DIGITS);
    latencies.forEach(
        (command, histogram) -> {
          Histogram fromIntended = intended.get(command);
          long refused = of(errors, command).sum();
          if (histogram.getTotalCount() + refused > 0) {
            rows.add(
                new LoadRow(
                    JmhLoadSummary.ENGINE,
                    command.name(),
                    command.kind(),
                    asked,
                    done(histogram, seconds),
                    latency(histogram),
                    of(wireBytes, command).sum() / seconds,
                    new LoadRow.Errors(0L, refused),
                    null,
                    intended(fromIntended)));
          }
          all.add(histogram);
          if (fromIntended != null) {
            allIntended.add(fromIntended);
          }
        });
    rows.add(
        new LoadRow(
            JmhLoadSummary.ENGINE,
            LoadRow.TOTALS,
            null,
            asked,
            done(all, seconds),
            latency(all),
            sum(wireBytes) / seconds,
            new LoadRow.Errors(connectionErrors.sum(), sum(errors)),
            null,
            intended(schedule == null ? null : allIntended)));
    return rows;
  }

  private static LoadRow.Done done(Histogram histogram, double seconds) {
    return new LoadRow.Done(histogram.getTotalCount(), histogram.getTotalCount() / seconds);
  }

  private static Latency latency(Histogram histogram) {
    return new Latency(
        mean(histogram),
        percentile(histogram, 50),
        percentile(histogram, 90),
        percentile(histogram, 99),
        percentile(histogram, 99.9),
        percentile(histogram, 100));
  }

  private static LoadRow.Intended intended(@Nullable Histogram histogram) {
    return histogram == null
        ? LoadRow.Intended.UNKNOWN
        : new LoadRow.Intended(percentile(histogram, 99), percentile(histogram, 100));
  }

  static @Nullable Double mean(Histogram histogram) {
    return histogram.getTotalCount() == 0 ? null : Double.valueOf(histogram.getMean());
  }

  static @Nullable Double percentile(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0
        ? null
        : Double.valueOf((double) histogram.getValueAtPercentile(percentile));
  }

  private static long sum(Map<LoadCommand, LongAdder> counts) {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private static <V> V of(Map<LoadCommand, V> map, LoadCommand command) {
    V value = map.get(command);
    if (value == null) {
      throw new IllegalArgumentException(command + " is not part of this load");
    }
    return value;
  }
}
