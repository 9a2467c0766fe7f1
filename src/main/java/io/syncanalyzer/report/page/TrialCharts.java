package io.syncanalyzer.report.page;

import io.syncanalyzer.report.page.Charts.Bounds;
import io.syncanalyzer.report.page.Charts.Follower;
import io.syncanalyzer.report.page.Charts.Seconds;
import io.syncanalyzer.report.page.Charts.Sustained;
import io.syncanalyzer.report.page.Charts.TrialMark;
import io.syncanalyzer.report.page.Charts.Trials;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The charts of a search for capacity: lag and growth over rate, and a trial by second. */
final class TrialCharts {
  private static final double NANOS_PER_MILLI = 1e6;

  /** The chart that holds the figures of all three. */
  static final String LAG = "capacity-lag";

  static final String GROWTH = "capacity-growth";
  static final String SECONDS = "capacity-seconds";

  private final CapacityReport capacity;
  private final @Nullable LagReport lag;

  TrialCharts(CapacityReport capacity, @Nullable LagReport lag) {
    this.capacity = capacity;
    this.lag = lag;
  }

  /** Whether the offset gap is known of any trial; where it is not, the lag's growth is drawn. */
  boolean hasGap() {
    return capacity.trials().stream().anyMatch(trial -> trial.growth().gap() != null);
  }

  Trials overRate() {
    List<@Nullable String> replicas = capacity.replicas();
    List<TrialMark> marks = new ArrayList<>();
    for (Trial trial : capacity.trials()) {
      marks.add(mark(trial, replicas.indexOf(trial.replica())));
    }
    return new Trials(
        "trials",
        "writes/s asked for",
        replicas.stream().map(name -> name == null ? "" : name).toList(),
        hasGap() ? "growth of the offset gap, bytes/s" : "growth of the lag, ms/s",
        limits(),
        replicas.stream().map(this::sustained).toList(),
        marks);
  }

  Follower growth() {
    return new Follower("growth", LAG);
  }

  Follower seconds() {
    return new Follower("trial", LAG);
  }

  private List<Charts.Line> limits() {
    List<Charts.Line> lines = new ArrayList<>();
    limit(lines, "p99", capacity.question().maxLagP99Nanos());
    limit(lines, "max", capacity.question().maxLagNanos());
    return lines;
  }

  private static void limit(List<Charts.Line> lines, String name, @Nullable Long nanos) {
    if (nanos != null) {
      lines.add(
          new Charts.Line(nanos / NANOS_PER_MILLI, name + " limit " + QuestionWords.time(nanos)));
    }
  }

  private Sustained sustained(@Nullable String replica) {
    return capacity
        .interval(replica)
        .map(one -> new Sustained(one.provenPerS(), one.refutedPerS()))
        .orElse(new Sustained(null, null));
  }

  private TrialMark mark(Trial trial, int replica) {
    Slope growth = hasGap() ? trial.growth().gap() : trial.growth().lag();
    return new TrialMark(
        trial.trial(),
        replica,
        trial.rate().askedPerS(),
        trial.outcome().label(),
        TrialsTable.words(trial),
        bounds(trial.lag().p50LowerNanos(), trial.lag().p50UpperNanos()),
        bounds(trial.lag().p99LowerNanos(), trial.lag().p99UpperNanos()),
        growth == null
            ? List.of()
            : Stream.of(growth.low(), growth.perSecond(), growth.high())
                .map(figure -> hasGap() ? figure : figure / NANOS_PER_MILLI)
                .toList(),
        seconds(trial));
  }

  private static Bounds bounds(@Nullable Long lower, @Nullable Long upper) {
    return new Bounds(millis(lower), millis(upper));
  }

  private Seconds seconds(Trial trial) {
    List<LagSecond> rows =
        lag == null
            ? List.of()
            : lag.together().timeline().stream()
                .filter(row -> Objects.equals(row.step(), trial.trial()))
                .filter(row -> Objects.equals(row.replica(), trial.replica()))
                .toList();
    return new Seconds(
        rows.stream().map(LagSecond::second).toList(),
        of(rows, row -> millis(row.p50UpperNanos())),
        of(rows, row -> millis(row.p99UpperNanos())),
        of(rows, row -> millis(row.maxUpperNanos())),
        of(rows, row -> row.offsetGapBytes() == null ? null : row.offsetGapBytes().doubleValue()));
  }

  private static List<@Nullable Double> of(
      List<LagSecond> rows, Function<LagSecond, @Nullable Double> value) {
    List<@Nullable Double> values = new ArrayList<>();
    rows.forEach(row -> values.add(value.apply(row)));
    return values;
  }

  private static @Nullable Double millis(@Nullable Long nanos) {
    return nanos == null ? null : Double.valueOf(nanos / NANOS_PER_MILLI);
  }
}
