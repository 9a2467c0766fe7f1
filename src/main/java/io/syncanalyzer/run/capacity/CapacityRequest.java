package io.syncanalyzer.run.capacity;

import io.syncanalyzer.capacity.TrialRules;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.run.lag.Limits;
import io.syncanalyzer.run.load.LoadSettings;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.ServersRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What {@code capacity} is asked for.
 *
 * @param load who writes, and what; its rate is the search's own
 * @param lag which sentinels, how they are watched, the warm-up of a trial, how long it is measured
 *     (its duration), and how long floor and baseline are
 * @param limits that a sustained rate keeps
 * @param rates which are tried
 * @param trials how each is
 * @param resume the run to go on with; empty = a new one
 * @param keep whether the sentinels stay on the source
 */
public record CapacityRequest(
    ServersRequest servers,
    RunOutput output,
    LoadSettings load,
    LagRequest lag,
    Limits limits,
    Rates rates,
    Trials trials,
    Optional<String> resume,
    boolean keep) {
  /** A trial that is prolonged lasts so many times as long at most. */
  private static final int PROLONGED = 3;

  /** However short a trial is, it may last so long: growth takes some eight seconds to tell. */
  private static final Duration LEAST_PROLONGED = Duration.ofSeconds(10);

  /**
   * Which rates are tried, in writes per second.
   *
   * @param from the first
   * @param to none above it; empty = as far as it goes
   * @param atLeast the only one, where one question is asked; empty = the highest is searched
   * @param precision how far the refuted rate may lie above the proven one, 0.1 = by a tenth
   */
  public record Rates(long from, OptionalLong to, OptionalLong atLeast, double precision) {
    private static final long MOST = 100_000_000;
    private static final double FINEST = 0.005;

    public Rates {
      rate("--from", from);
      to.ifPresent(rate -> rate("--to", rate));
      atLeast.ifPresent(rate -> rate("--at-least", rate));
      if (to.isPresent() && to.getAsLong() < from) {
        throw new IllegalArgumentException(
            "--to " + to.getAsLong() + " is below --from " + from + "; give a higher one");
      }
      if (!(precision >= FINEST && precision <= 1)) {
        throw new IllegalArgumentException("--precision: it is 0.5% to 100%");
      }
    }

    private static void rate(String option, long rate) {
      if (rate < 1 || rate > MOST) {
        throw new IllegalArgumentException(
            option + " " + rate + ": it is 1 to " + MOST + " writes per second");
      }
    }
  }

  /**
   * How a rate is tried.
   *
   * @param each how often a bound is
   * @param recoverWithin how long the lag may take to be back at the baseline
   * @param drainTimeout how long the replica may take to have everything, before a trial
   * @param mostTime after which the interval so far is the answer
   * @param fence how the drain is proved
   * @param seed of the resampling
   */
  public record Trials(
      int each,
      Duration recoverWithin,
      Duration drainTimeout,
      Duration mostTime,
      FenceMode fence,
      long seed) {
    private static final int MOST = 20;
    private static final Duration SOONEST = Duration.ofSeconds(2);

    public Trials {
      Objects.requireNonNull(fence, "fence is null");
      if (each < 1 || each > MOST) {
        throw new IllegalArgumentException("--trials " + each + ": it is 1 to " + MOST);
      }
      if (recoverWithin.compareTo(SOONEST) < 0) {
        throw new IllegalArgumentException(
            "--recover-within: at least 2s, as the lag is looked at second by second");
      }
      positive("--drain-timeout", drainTimeout);
      positive("--max-time", mostTime);
      if (fence == FenceMode.NONE) {
        throw new IllegalArgumentException(
            "--fence none proves no drain, and each trial begins from a drained pair; use auto");
      }
    }

    private static void positive(String option, Duration time) {
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException(option + ": it is above 0s");
      }
    }
  }

  public CapacityRequest {
    Objects.requireNonNull(load, "load is null");
    Objects.requireNonNull(lag, "lag is null");
    Objects.requireNonNull(limits, "limits is null");
  }

  /** What is done with the rates, in one line. */
  public String words() {
    String within =
        String.format(
            Locale.ROOT,
            ", each for %d s after %d s of warm-up, for %d s in all at most",
            trialTime().toSeconds(),
            lag.warmup().toSeconds(),
            trials.mostTime.toSeconds());
    return rates.atLeast.isPresent()
        ? "write "
            + rates.atLeast.getAsLong()
            + " commands/s in "
            + trials.each
            + " trials"
            + within
        : "write "
            + rates.from
            + " commands/s and more, twice as much in each trial until the replica does not keep"
            + " up, then between the last two"
            + within;
  }

  /** How long a trial is measured, unless it is prolonged. */
  Duration trialTime() {
    return lag.duration().orElseThrow();
  }

  /** How many sentinels a trial has that is not prolonged. */
  public double sentinelsOfTrial() {
    return lag.rate() * trialTime().toMillis() / 1e3;
  }

  /** How long a trial's load lasts at most, its warm-up included. */
  public Duration longest() {
    return longestTrial().plus(lag.warmup());
  }

  /** How long a trial is measured at most. */
  Duration longestTrial() {
    Duration prolonged = trialTime().multipliedBy(PROLONGED);
    return prolonged.compareTo(LEAST_PROLONGED) < 0 ? LEAST_PROLONGED : prolonged;
  }

  /** What a trial is judged by. */
  TrialRules rules() {
    return new TrialRules(
        limits.maxLagP99().map(Duration::toNanos).orElse(null),
        limits.maxLag().map(Duration::toNanos).orElse(null),
        limits.maxLost().orElse(0),
        trials.recoverWithin.toNanos());
  }

  /** How long a trial takes with all that is around it, before one has shown it. */
  double secondsOfATrial() {
    return trialTime().plus(lag.warmup()).plusSeconds(2).toMillis() / 1e3;
  }

  /**
   * The question in the report's terms.
   *
   * @param engine who writes the load
   * @param baselineNanos the lag that counts as back at the baseline; empty = unknown
   */
  CapacityReport.Question question(LoadEngine engine, OptionalLong baselineNanos) {
    return new CapacityReport.Question(
        rates.from,
        boxed(rates.to),
        boxed(rates.atLeast),
        rates.precision,
        trials.each,
        trialTime().toNanos(),
        limits.maxLagP99().map(Duration::toNanos).orElse(null),
        limits.maxLag().map(Duration::toNanos).orElse(null),
        limits.maxLost().orElse(0),
        trials.recoverWithin.toNanos(),
        boxed(baselineNanos),
        lag.rate(),
        engine.label(),
        trials.seed);
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
  }

  /** The rate tried first. */
  public long firstRate() {
    return rates.atLeast.orElse(rates.from);
  }
}
