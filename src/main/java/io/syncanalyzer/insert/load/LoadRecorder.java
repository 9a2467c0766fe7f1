package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.util.Version;

/**
 * Counts and times the load's commands: each lane into recorders of its own, one thread ({@link
 * #endSecond}) gathers them once a second.
 *
 * <p>Histograms are of nanoseconds with three digits, so percentiles are exact to 0.1 %.
 */
public final class LoadRecorder {
  private static final int DIGITS = 3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final NanoClock clock;
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<LoadCommand, Histogram> totals = new EnumMap<>(LoadCommand.class);
  private final List<LoadSecond> timeline = new ArrayList<>();
  private final Map<LoadCommand, LongAdder> wireBytes = new EnumMap<>(LoadCommand.class);
  private final Map<LoadCommand, LongAdder> errors = new EnumMap<>(LoadCommand.class);
  private final Map<String, LongAdder> errorCodes = new ConcurrentHashMap<>();
  private final LongAdder connectionErrors = new LongAdder();
  private final Map<String, LongAdder> byNode = new ConcurrentHashMap<>();
  private volatile @Nullable String firstError;
  private volatile @Nullable String lastTurnedAway;
  private long started;
  private long secondBegan;
  private boolean finished;

  public LoadRecorder(NanoClock clock, int laneCount, Set<LoadCommand> commands) {
    this.clock = clock;
    for (LoadCommand command : commands) {
      totals.put(command, new Histogram(DIGITS));
      wireBytes.put(command, new LongAdder());
      errors.put(command, new LongAdder());
    }
    for (int i = 0; i < laneCount; i++) {
      lanes.add(new Lane(commands));
    }
  }

  /** What one thread records with. */
  public final class Lane {
    private final Map<LoadCommand, SingleWriterRecorder> recorders =
        new EnumMap<>(LoadCommand.class);
    private volatile long lastReply;

    private Lane(Set<LoadCommand> commands) {
      commands.forEach(command -> recorders.put(command, new SingleWriterRecorder(DIGITS)));
    }

    public void answered(LoadCommand command, long nanos, Endpoint node) {
      of(recorders, command).recordValue(nanos);
      if (node.isInCluster()) {
        byNode.computeIfAbsent(node.address(), any -> new LongAdder()).increment();
      }
    }

    /** A cluster's node did not take a command, which is no refusal of the source's. */
    public void turnedAway(LoadCommand command, String code, String message) {
      of(errors, command).increment();
      errorCodes.computeIfAbsent(code, any -> new LongAdder()).increment();
      lastTurnedAway = message;
    }

    /** A command was not carried out, whatever was tried. */
    public void gaveUp(String message) {
      if (firstError == null) {
        firstError = message;
      }
    }

    public void refused(LoadCommand command, String code, String message) {
      of(errors, command).increment();
      errorCodes.computeIfAbsent(code, any -> new LongAdder()).increment();
      if (firstError == null) {
        firstError = message;
      }
    }

    public void onTheWire(LoadCommand command, long bytes) {
      of(wireBytes, command).add(bytes);
    }

    public void repliedAt(long nanoTime) {
      lastReply = nanoTime;
    }

    public void connectionError() {
      connectionErrors.increment();
    }
  }

  public Lane lane(int index) {
    return lanes.get(index);
  }

  /** The load begins now. */
  public synchronized void start() {
    started = clock.nanoTime();
    secondBegan = started;
    lanes.forEach(lane -> lane.lastReply = started);
  }

  /** Closes a second of the timeline. */
  public synchronized JmhLoadProgress endSecond() {
    if (!finished) {
      closeSecond(clock.nanoTime(), false);
    }
    long count = totals.values().stream().mapToLong(Histogram::getTotalCount).sum();
    LoadSecond last =
        timeline.isEmpty()
            ? new LoadSecond(0, 0.0, null, null, true, null, 0.0, 0.0)
            : timeline.get(timeline.size() - 1);
    return new JmhLoadProgress(last, count, sum(errors), connectionErrors.sum());
  }

  /** All of it; to be called when the lanes are done. */
  public synchronized JmhLoadSummary finish() {
    long ended = lanes.stream().mapToLong(lane -> lane.lastReply).max().orElse(started);
    if (!finished) {
      finished = true;
      closeSecond(Math.max(ended, secondBegan), true);
    }
    double seconds = Math.max(1, ended - started) / NANOS_PER_SECOND;
    List<LoadRow> rows = new ArrayList<>();
    Histogram all = new Histogram(DIGITS);
    totals.forEach(
        (command, histogram) -> {
          long refused = of(errors, command).sum();
          if (histogram.getTotalCount() + refused > 0) {
            long bytes = of(wireBytes, command).sum();
            rows.add(row(command.name(), histogram, seconds, bytes, 0, refused, command.kind()));
          }
          all.add(histogram);
        });
    rows.add(
        row(
            LoadRow.TOTALS,
            all,
            seconds,
            sum(wireBytes),
            connectionErrors.sum(),
            sum(errors),
            null));
    new TreeMap<>(byNode)
        .forEach(
            (node, count) ->
                rows.add(
                    LoadRow.ofShard(
                        JmhLoadSummary.ENGINE, node, count.sum(), count.sum() / seconds)));
    Map<String, Long> codes = new ConcurrentHashMap<>();
    errorCodes.forEach((code, count) -> codes.put(code, count.sum()));
    String first = firstError != null || all.getTotalCount() > 0 ? firstError : lastTurnedAway;
    String incomplete =
        first == null
            ? null
            : "the source refused "
                + (all.getTotalCount() == 0
                    ? "every command"
                    : sum(errors) + " of " + (sum(errors) + all.getTotalCount()) + " commands")
                + " of the load: "
                + first;
    return new JmhLoadSummary(
        jmhVersion(),
        rows,
        timeline,
        Duration.ofNanos(ended - started),
        codes,
        List.of(),
        incomplete);
  }

  /** JMH's version; its jar's manifest is not to be had once it is shaded into ours. */
  public static String jmhVersion() {
    return Version.getPlainVersion();
  }

  private void closeSecond(long now, boolean partial) {
    Histogram second = new Histogram(DIGITS);
    long writes = 0;
    for (Lane lane : lanes) {
      for (Map.Entry<LoadCommand, SingleWriterRecorder> recorder : lane.recorders.entrySet()) {
        Histogram interval = recorder.getValue().getIntervalHistogram();
        of(totals, recorder.getKey()).add(interval);
        second.add(interval);
        writes += recorder.getKey().writes() ? interval.getTotalCount() : 0;
      }
    }
    double covered = Math.max(1, now - secondBegan) / NANOS_PER_SECOND;
    if (second.getTotalCount() > 0 || !partial) {
      timeline.add(
          new LoadSecond(
              timeline.size(),
              second.getTotalCount() / covered,
              mean(second),
              percentile(second, 99),
              partial,
              null,
              writes / covered,
              second.getTotalCount() / covered - writes / covered));
    }
    secondBegan = now;
  }

  private static LoadRow row(
      String command,
      Histogram histogram,
      double seconds,
      long bytes,
      long connectionErrors,
      long refused,
      @Nullable CommandKind kind) {
    return new LoadRow(
        JmhLoadSummary.ENGINE,
        command,
        kind,
        LoadRow.Asked.NOTHING,
        new LoadRow.Done(histogram.getTotalCount(), histogram.getTotalCount() / seconds),
        new Latency(
            mean(histogram),
            percentile(histogram, 50),
            percentile(histogram, 90),
            percentile(histogram, 99),
            percentile(histogram, 99.9),
            percentile(histogram, 100)),
        bytes / seconds,
        new LoadRow.Errors(connectionErrors, refused));
  }

  private static @Nullable Double mean(Histogram histogram) {
    return histogram.getTotalCount() == 0 ? null : Double.valueOf(histogram.getMean());
  }

  private static @Nullable Double percentile(Histogram histogram, double percentile) {
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
