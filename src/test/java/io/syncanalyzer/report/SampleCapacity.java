package io.syncanalyzer.report;

import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.CapacityReport.Question;
import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A search for capacity as it could have been: sixteen trials with every outcome. */
public final class SampleCapacity {
  /** The pair of it keeps up to about this rate. */
  private static final double CAPACITY = 43_000;

  private static final int SECONDS = 15;

  /** Asked writes a second, purpose, outcome and reason of each trial. */
  private static final List<Plan> PLANS =
      List.of(
          new Plan(2_000, "from"),
          new Plan(4_000, "doubled"),
          new Plan(8_000, "doubled"),
          new Plan(16_000, "doubled"),
          new Plan(32_000, "doubled"),
          new Plan(
              64_000,
              "doubled",
              TrialOutcome.REFUTED,
              "only 47,310 of 64,000 writes/s were done, the source's CPU at 99 %"),
          new Plan(45_255, "bisected", TrialOutcome.REFUTED, "the p99 lag"),
          new Plan(38_055, "bisected"),
          new Plan(41_499, "bisected"),
          new Plan(
              43_336,
              "bisected",
              TrialOutcome.UNDECIDED,
              "the lag may grow by 0.41 ms/s or more, or by less than the bound of 0.83 ms/s"),
          new Plan(
              41_499,
              "lower again",
              TrialOutcome.INVALID,
              "the generator reached 39,870 of 41,499 writes/s: use another machine or more"
                  + " --load-threads"),
          new Plan(41_499, "lower again"),
          new Plan(41_499, "lower again"),
          new Plan(45_255, "upper again", TrialOutcome.REFUTED, "the p99 lag"),
          new Plan(
              45_255,
              "upper again",
              TrialOutcome.REFUTED,
              "3 sentinels were never seen, --max-lost allows 0"),
          new Plan(41_499, "lower last"));

  private record Plan(long asked, String purpose, TrialOutcome outcome, String reason) {
    Plan(long asked, String purpose) {
      this(asked, purpose, TrialOutcome.SUSTAINED, "");
    }
  }

  private SampleCapacity() {}

  /** The question of all samples. */
  public static Question question() {
    return new Question(
        2_000,
        null,
        null,
        0.05,
        3,
        15_000_000_000L,
        50_000_000L,
        null,
        0,
        10_000_000_000L,
        420_000L,
        1_000,
        "jmh",
        7);
  }

  /** A run that found its interval. */
  public static RunReportBuilder run(String runId) {
    return run(runId, report(List.of(interval()), trials(null, 1)), lag(null, 1));
  }

  /** The same with another report of it. */
  public static RunReportBuilder run(String runId, CapacityReport report) {
    return run(runId, report, lag(null, 1));
  }

  private static RunReportBuilder run(String runId, CapacityReport report, LagReport lag) {
    return SampleRuns.bare(runId, "capacity")
        .sides(SampleRuns.sides())
        .lag(lag)
        .capacity(report)
        .finished(SampleRuns.START.plusSeconds(352), 352.41);
  }

  /** Two replicas, of which the second sustains less. */
  public static RunReportBuilder ofTwo(String runId) {
    List<Trial> trials = new ArrayList<>();
    List<Trial> second = trials("10.0.0.3:6379", 0.86);
    List<Trial> first = trials("10.0.0.2:6379", 1);
    for (int i = 0; i < first.size(); i++) {
      trials.add(first.get(i));
      trials.add(second.get(i));
    }
    CapacityInterval less =
        new CapacityInterval(
            "10.0.0.3:6379",
            32_000L,
            3,
            38_055L,
            3,
            List.of(),
            CapacityEnding.FOUND,
            "Sustains between 32,000 and 38,055 writes/s (3 trials each).");
    LagReport one = lag("10.0.0.2:6379", 1);
    LagReport other = lag("10.0.0.3:6379", 0.86);
    return run(
        runId,
        report(List.of(interval().of("10.0.0.2:6379"), less), trials),
        new LagReport(
            both(one.percentiles(), other.percentiles()),
            both(one.accounting(), other.accounting()),
            both(one.timeline(), other.timeline()),
            List.of(),
            List.of(),
            null,
            List.of()));
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /** A report of that question. */
  public static CapacityReport report(List<CapacityInterval> intervals, List<Trial> trials) {
    return new CapacityReport(question(), trials, intervals, null);
  }

  /** Between 41,499 and 45,255. */
  public static CapacityInterval interval() {
    return new CapacityInterval(
        null,
        41_499L,
        4,
        45_255L,
        3,
        List.of(43_336L),
        CapacityEnding.FOUND,
        "Sustains between 41,499 and 45,255 writes/s (4 and 3 trials); mixed: 43,336.");
  }

  /** An interval of nothing but its bounds and its ending. */
  public static CapacityInterval ended(
      @Nullable Long proven, @Nullable Long refuted, CapacityEnding ending, String words) {
    return new CapacityInterval(
        null,
        proven,
        proven == null ? 0 : 3,
        refuted,
        refuted == null ? 0 : 3,
        List.of(),
        ending,
        words);
  }

  /** The time was over when 1,000 and 2,000 writes/s had been tried so often. */
  public static CapacityInterval budget(int proven, int refuted) {
    return new CapacityInterval(
        null, 1_000L, proven, 2_000L, refuted, List.of(), CapacityEnding.BUDGET, "So it ended.");
  }

  /** The trials as a replica took them, that one so much faster than the first. */
  public static List<Trial> trials(@Nullable String replica, double speed) {
    Random random = new Random(5);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < PLANS.size(); i++) {
      trials.add(trial(i + 1, PLANS.get(i), replica, speed, random));
    }
    return trials;
  }

  /** The same where no side shows offsets. */
  public static List<Trial> withoutOffsets(List<Trial> trials) {
    return trials.stream()
        .map(
            one ->
                new Trial(
                    one.trial(),
                    one.purpose(),
                    one.rate(),
                    one.measuredNanos(),
                    one.lag(),
                    new Trial.Growth(one.growth().lag(), null),
                    one.recoveredNanos(),
                    one.outcome(),
                    one.reason(),
                    one.replica(),
                    one.shard(),
                    one.startedEpochMs()))
        .toList();
  }

  private static Trial trial(
      int number, Plan plan, @Nullable String replica, double speed, Random random) {
    double load = plan.asked() / (CAPACITY * speed);
    double noise = 0.9 + 0.2 * random.nextDouble();
    boolean behind = load > 1.02;
    double p50 = noise * (behind ? 310e6 * (load - 0.6) : 240e3 / Math.max(0.06, 1.03 - load));
    double p99 = behind ? 1.9 * p50 : 3.4 * p50;
    boolean lost = plan.reason().contains("never seen");
    boolean tooSlow = behind && (plan.reason().isEmpty() || plan.reason().contains("p99 lag"));
    TrialOutcome outcome = tooSlow ? TrialOutcome.REFUTED : plan.outcome();
    String reason =
        tooSlow
            ? "the p99 lag is at most " + Bound.upper(p99 / 1e3) + ", --max-lag-p99 allows 50 ms"
            : plan.reason();
    double achieved =
        plan.reason().startsWith("only")
            ? 47_310
            : plan.outcome() == TrialOutcome.INVALID ? 39_870 : plan.asked() * 0.9993;
    double growth = behind ? 31e6 * load : 1.2e3 * (random.nextDouble() - 0.5);
    double width = plan.outcome() == TrialOutcome.UNDECIDED ? 520e3 : 0.06 * growth + 900;
    double gap = behind ? 1_850_000 * (load - 0.97) : 40 * (random.nextDouble() - 0.5);
    return new Trial(
        number,
        plan.purpose(),
        new Trial.Rate(
            plan.asked(), achieved, Math.min(0.99, 0.08 + 0.9 * load), Math.min(0.97, 0.85 * load)),
        SECONDS * 1_000_000_000L + 1_234_567L,
        new Trial.Lag(
            Math.round(p50),
            Math.round(0.82 * p50),
            lost ? null : Math.round(p99),
            Math.round(0.88 * p99),
            lost ? null : Math.round(1.6 * p99),
            Math.round(1.5 * p99),
            14_980,
            lost ? 3 : 0),
        new Trial.Growth(
            new Slope(growth, growth - Math.abs(width), growth + Math.abs(width)),
            new Slope(gap, gap - 60 - Math.abs(gap) / 9, gap + 60 + Math.abs(gap) / 9)),
        behind ? null : Long.valueOf(Math.round(4e8 * noise)),
        outcome,
        reason,
        replica,
        null,
        SampleRuns.START.toEpochMilli() + number * 21_000L);
  }

  /** Floor and baseline, and of each trial its own rows. */
  private static LagReport lag(@Nullable String replica, double speed) {
    LagReport idle = SampleRuns.lag(1, 0);
    List<LagPercentile> percentiles = new ArrayList<>();
    List<LagAccounting> accounting = new ArrayList<>();
    List<LagSecond> timeline = new ArrayList<>();
    for (LagAccounting row : idle.accounting()) {
      if (!row.phase().equals(LagReport.LOAD)) {
        accounting.add(
            new LagAccounting(row.phase(), 4_000, 0, 0, 4_000, 0, 1_000, 0, 0L, 0L, replica, 0L));
      }
    }
    for (LagPercentile row : idle.percentiles()) {
      if (!row.phase().equals(LagReport.LOAD)) {
        percentiles.add(
            new LagPercentile(
                row.phase(),
                row.percentile(),
                row.upper(),
                row.lower(),
                row.intended(),
                row.samples(),
                replica,
                null));
      }
    }
    Random random = new Random(6);
    for (Trial trial : trials(replica, speed)) {
      percentiles.add(
          SampleRuns.percentile(
              "load",
              "99",
              micros(trial.lag().p99UpperNanos()),
              micros(trial.lag().p99LowerNanos()),
              micros(trial.lag().p99UpperNanos()),
              trial.lag().samples(),
              replica,
              trial.trial()));
      long censored = trial.lag().censored();
      accounting.add(
          new LagAccounting(
                  "load",
                  15_000,
                  20,
                  0,
                  14_980 - censored,
                  censored,
                  2_000,
                  1,
                  20L,
                  0L,
                  replica,
                  0L)
              .ofStep(trial.trial()));
      for (int second = 0; second < SECONDS; second++) {
        timeline.add(second(trial, second, replica, random));
      }
    }
    return new LagReport(percentiles, accounting, timeline, List.of(), List.of(), null, List.of());
  }

  private static LagSecond second(
      Trial trial, int second, @Nullable String replica, Random random) {
    Slope growth = Objects.requireNonNull(trial.growth().lag());
    Slope gap = Objects.requireNonNull(trial.growth().gap());
    double p50 =
        Math.max(
            100e3,
            Objects.requireNonNull(trial.lag().p50UpperNanos()) * (0.9 + 0.2 * random.nextDouble())
                + growth.perSecond() * (second - SECONDS / 2.0));
    Double rate = trial.rate().achievedPerS();
    return new LagSecond(
        second,
        "load",
        1_000,
        1_000,
        3L,
        Math.round(p50),
        Math.round(2.2 * p50),
        Math.round(3.1 * p50),
        Math.max(0, Math.round(5_000 + gap.perSecond() * second)),
        rate,
        replica,
        1,
        Objects.requireNonNull(trial.startedEpochMs()) + second * 1000L,
        310_000L,
        900_000L,
        12_500L,
        true,
        0L,
        250_000L,
        410_000L,
        true,
        Math.round(2.8 * p50),
        trial.trial(),
        rate);
  }

  private static @Nullable Double micros(@Nullable Long nanos) {
    return nanos == null ? null : Double.valueOf(nanos / 1e3);
  }
}
