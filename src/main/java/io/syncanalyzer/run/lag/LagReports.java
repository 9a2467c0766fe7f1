package io.syncanalyzer.run.lag;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbeCost;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.result.lag.ProbePrice;
import io.syncanalyzer.result.load.LoadSecond;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lag in the report's terms, the load's rate beside it. */
public final class LagReports {
  private static final double NANOS_PER_MICRO = 1e3;

  private LagReports() {}

  /**
   * Converts, with the episodes of lag and their causes.
   *
   * @param load as below
   * @param loadStartedEpochMillis as below
   * @param limits a lag far within these is no episode
   */
  public static LagReport of(
      LagSummary lag, @Nullable LoadReport load, long loadStartedEpochMillis, Limits limits) {
    LagReport report = of(lag, load, loadStartedEpochMillis);
    Map<Long, LoadSecond> loadBySecond = bySecond(load, loadStartedEpochMillis);
    EpisodeReport episodes =
        LagEpisodes.of(
            lag,
            phase -> phase.timeline().stream().map(row -> second(row, loadBySecond)).toList(),
            load,
            limits);
    return episodes == null
        ? report
        : report.with(
            episodes,
            List.of(
                Figure.of("lag", report.mainPhase() + "_episodes", episodes.count(), "episodes")));
  }

  /**
   * Converts; without episodes, as of what is measured at idle, or of a trial.
   *
   * @param load whose rate goes beside the lag; null = none
   * @param loadStartedEpochMillis wall clock of the load's first second, a label to join by
   */
  public static LagReport of(
      LagSummary lag, @Nullable LoadReport load, long loadStartedEpochMillis) {
    List<LagPercentile> percentiles = new ArrayList<>();
    List<LagAccounting> accounting = new ArrayList<>();
    List<LagSecond> timeline = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<LagReport.RoundTrip> roundTrips = new ArrayList<>();
    Map<Long, LoadSecond> loadBySecond = bySecond(load, loadStartedEpochMillis);
    for (LagPhase phase : lag.phases()) {
      percentiles.addAll(phase.rows());
      accounting.add(phase.accounting());
      for (LagSecond second : phase.timeline()) {
        timeline.add(kept(second(second, loadBySecond)));
      }
      warnings.addAll(phase.warnings());
      if (phase.accounting().shard() != null) {
        continue; // All together have the figures.
      }
      String prefix =
          phase.phase() + (phase.accounting().replica() == null ? "" : "_" + phase.replica());
      figures.addAll(figures(prefix, phase));
      roundTrips.add(
          new LagReport.RoundTrip(
              phase.phase(),
              phase.figures().distance().sourceNanos(),
              phase.figures().distance().replicaNanos(),
              phase.accounting().replica()));
    }
    LagReport report =
        new LagReport(
            percentiles, accounting, timeline, figures, warnings, lag.incomplete(), roundTrips);
    LagPercentile worst = report.worstShard();
    return worst == null || worst.shard() == null ? report : withWorst(report, worst.shard());
  }

  private static LagReport withWorst(LagReport report, String shard) {
    List<Figure> figures = new ArrayList<>(report.figures());
    figures.add(Figure.word("lag", report.mainPhase() + "_worst_shard", shard));
    return new LagReport(
        report.percentiles(),
        report.accounting(),
        report.timeline(),
        figures,
        report.warnings(),
        report.incomplete(),
        report.roundTrips());
  }

  /** The load's seconds by the second of the wall clock. */
  private static Map<Long, LoadSecond> bySecond(
      @Nullable LoadReport load, long loadStartedEpochMillis) {
    Map<Long, LoadSecond> bySecond = new HashMap<>();
    if (load != null) {
      for (LoadSecond second : load.timeline()) {
        bySecond.put(Math.floorDiv(loadStartedEpochMillis + 500, 1000L) + second.second(), second);
      }
    }
    return bySecond;
  }

  /** Without what the servers told and nothing came of. */
  private static LagSecond kept(LagSecond row) {
    return row.telling(
        row.source() == null ? null : row.source().remarkable(),
        row.itself() == null ? null : row.itself().remarkable());
  }

  /** With the load's rate beside it, and the step that it is of. */
  private static LagSecond second(LagSecond lag, Map<Long, LoadSecond> loadBySecond) {
    Long begun = lag.epochMs();
    LoadSecond beside =
        lag.span() == 1 && begun != null
            ? loadBySecond.get(Math.floorDiv(begun + 500, 1000L))
            : null;
    if (beside == null) {
      return lag;
    }
    boolean whole = !beside.partial();
    return lag.besides(
        whole ? beside.opsPerS() : null, beside.step(), whole ? beside.writesPerS() : null);
  }

  private static List<Figure> figures(String prefix, LagPhase phase) {
    LagFigures told = phase.figures();
    List<Figure> all = new ArrayList<>();
    all.add(Figure.word("lag", prefix + "_observer", phase.observer()));
    number(all, prefix + "_wanted_rate", told.wantedPerSecond(), "1/s");
    number(all, prefix + "_sent_rate", told.sentPerSecond(), "1/s");
    micros(all, prefix + "_slip_p99", told.slipP99Nanos());
    micros(all, prefix + "_slip_max", told.slipMaxNanos());
    micros(all, prefix + "_ack_p50", told.ackP50Nanos());
    micros(all, prefix + "_ack_p99", told.ackP99Nanos());
    micros(all, prefix + "_ack_max", told.ackMaxNanos());
    bound(all, prefix + "_interval_width_p50", told.widthP50());
    bound(all, prefix + "_interval_width_p99", told.widthP99());
    micros(all, prefix + "_last_arrival_after_schedule", told.drainNanos());
    micros(all, prefix + "_recovery", told.recoveryNanos());
    if (told.recovered() != null) {
      all.add(Figure.word("lag", prefix + "_recovered", told.recovered().toString()));
    }
    micros(all, prefix + "_longest_outage", told.longestOutageNanos());
    micros(all, prefix + "_longest_staleness", told.longestStalenessNanos());
    number(all, prefix + "_full_resyncs", told.fullResyncs(), "resyncs");
    if (told.missingAfterResync() != null) {
      number(all, prefix + "_missing_after_resync", told.missingAfterResync(), "sentinels");
    }
    number(all, prefix + "_probe_outages", told.probeOutages(), "outages");
    micros(all, prefix + "_probe_outage", told.probeOutageNanos());
    number(all, prefix + "_replica_outages", told.replicaOutages(), "outages");
    micros(all, prefix + "_replica_outage", told.replicaOutageNanos());
    micros(all, prefix + "_probe_pause_max", told.pauseMaxNanos());
    micros(all, prefix + "_probe_pause_p99", told.pauseP99Nanos());
    price(all, prefix, told.cost());
    number(all, prefix + "_poll_commands", told.pollCommandsPerSecond(), "1/s");
    micros(all, prefix + "_poll_round_trip_p50", told.pollRoundTripP50Nanos());
    share(all, prefix + ProbePrice.REPLICA, told.replicaCpuShare());
    if (told.maxOffsetGapBytes() != null) {
      number(all, prefix + "_offset_gap_max", told.maxOffsetGapBytes(), "bytes");
    }
    micros(all, prefix + "_round_trip_source", told.distance().sourceNanos());
    micros(all, prefix + "_round_trip_replica", told.distance().replicaNanos());
    if (!phase.phase().equals(LagReport.LOAD) && !phase.phase().equals(LagReport.PROBE)) {
      LagEpisodes.largest(phase)
          .ifPresent(
              spike -> {
                all.add(Figure.of("lag", prefix + "_spike_second", spike.peakSecond(), "s"));
                micros(all, prefix + "_spike_upper", spike.maxUpperNanos());
                all.add(Figure.word("lag", prefix + "_spike_cause", spike.cause().label()));
                all.add(Figure.word("lag", prefix + "_spike_evidence", spike.evidence()));
              });
    }
    return all;
  }

  private static void price(List<Figure> all, String prefix, ProbeCost cost) {
    percent(all, prefix + ProbePrice.BUDGET, cost.budgetPercent());
    number(all, prefix + ProbePrice.POLLS, cost.pollsPerSecond(), "1/s");
    micros(all, prefix + ProbePrice.SPACING_P50, cost.spacingP50Nanos());
    micros(all, prefix + ProbePrice.SPACING_P99, cost.spacingP99Nanos());
    micros(all, prefix + ProbePrice.POLL_COST, cost.pollNanos());
    String basis = cost.pollMeasured() ? "measured" : "assumed";
    all.add(Figure.word("lag", prefix + ProbePrice.POLL_COST_BASIS, basis));
    share(all, prefix + ProbePrice.ASKING, cost.askingShare());
    atMost(all, prefix + ProbePrice.APPLYING, cost.appliedShare());
    atMost(all, prefix + ProbePrice.WRITING, cost.writtenShare());
    share(all, prefix + ProbePrice.SOURCE, cost.sourceCpuShare());
  }

  private static void share(List<Figure> all, String metric, @Nullable Double ofCore) {
    percent(all, metric, ofCore == null ? null : Double.valueOf(100 * ofCore));
  }

  /** What is unknown is a row without a value. */
  private static void atMost(List<Figure> all, String metric, @Nullable Double ofCore) {
    if (ofCore == null) {
      all.add(new Figure("lag", metric, "", "percent"));
    } else {
      share(all, metric, ofCore);
    }
  }

  private static void percent(List<Figure> all, String metric, @Nullable Double percent) {
    if (percent != null) {
      number(all, metric, percent, "percent");
    }
  }

  private static void number(List<Figure> all, String metric, long value, String unit) {
    all.add(Figure.of("lag", metric, value, unit));
  }

  private static void number(List<Figure> all, String metric, double value, String unit) {
    all.add(Figure.of("lag", metric, value, unit));
  }

  private static void micros(List<Figure> all, String metric, @Nullable Long nanos) {
    if (nanos != null) {
      all.add(Figure.of("lag", metric, nanos / NANOS_PER_MICRO, "us"));
    }
  }

  /** An open end is a row without a value. */
  private static void bound(List<Figure> all, String metric, LagValue value) {
    Double micros = value.micros();
    if (micros != null) {
      all.add(Figure.of("lag", metric, micros, "us"));
    } else if (value instanceof LagValue.Open) {
      all.add(new Figure("lag", metric, "", "us"));
    }
  }
}
