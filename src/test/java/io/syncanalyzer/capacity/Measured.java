package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.Trial;
import org.jspecify.annotations.Nullable;

/** A trial of 15 s that holds every rule, and ways to break one. */
record Measured(TrialMeasured trial) {
  static final long MS = 1_000_000;

  static Measured good() {
    return new Measured(
        new TrialMeasured(
            new Trial.Rate(10_000, 10_000.0, 0.5, 0.4),
            null,
            new TrialMeasured.Probe(1_500, 1_500, MS, 2 * MS),
            lag(20 * MS, 15 * MS, 40 * MS, 35 * MS, 1_500, 0),
            new Trial.Growth(new Slope(0, -1, 1), new Slope(0, -1, 1)),
            new TrialMeasured.Stream(true, 1_000_000.0),
            15_000 * MS,
            new TrialMeasured.Link(0, false),
            200 * MS));
  }

  static Trial.Lag lag(
      @Nullable Long p99Upper,
      @Nullable Long p99Lower,
      @Nullable Long maxUpper,
      @Nullable Long maxLower,
      long samples,
      long censored) {
    return new Trial.Lag(MS, MS, p99Upper, p99Lower, maxUpper, maxLower, samples, censored);
  }

  Measured rate(long asked, @Nullable Double achieved, @Nullable Double sourceCpu) {
    return with(new Trial.Rate(asked, achieved, sourceCpu, null));
  }

  Measured with(Trial.Rate rate) {
    return new Measured(
        new TrialMeasured(
            rate,
            trial.loadFailure(),
            trial.probe(),
            trial.lag(),
            trial.growth(),
            trial.stream(),
            trial.measuredNanos(),
            trial.link(),
            trial.recoveredNanos()));
  }

  Measured failed(String loadFailure) {
    return new Measured(
        new TrialMeasured(
            trial.rate(),
            loadFailure,
            trial.probe(),
            trial.lag(),
            trial.growth(),
            trial.stream(),
            trial.measuredNanos(),
            trial.link(),
            trial.recoveredNanos()));
  }

  Measured probe(long scheduled, long sent, @Nullable Long pauseP99, @Nullable Long pauseMax) {
    return new Measured(
        new TrialMeasured(
            trial.rate(),
            trial.loadFailure(),
            new TrialMeasured.Probe(scheduled, sent, pauseP99, pauseMax),
            trial.lag(),
            trial.growth(),
            trial.stream(),
            trial.measuredNanos(),
            trial.link(),
            trial.recoveredNanos()));
  }

  Measured with(Trial.Lag lag) {
    return new Measured(
        new TrialMeasured(
            trial.rate(),
            trial.loadFailure(),
            trial.probe(),
            lag,
            trial.growth(),
            trial.stream(),
            trial.measuredNanos(),
            trial.link(),
            trial.recoveredNanos()));
  }

  Measured growth(@Nullable Slope lag, @Nullable Slope gap) {
    return new Measured(
        new TrialMeasured(
            trial.rate(),
            trial.loadFailure(),
            trial.probe(),
            trial.lag(),
            new Trial.Growth(lag, gap),
            trial.stream(),
            trial.measuredNanos(),
            trial.link(),
            trial.recoveredNanos()));
  }

  Measured stream(boolean offsetsShown, @Nullable Double bytesPerS) {
    return new Measured(
        new TrialMeasured(
            trial.rate(),
            trial.loadFailure(),
            trial.probe(),
            trial.lag(),
            trial.growth(),
            new TrialMeasured.Stream(offsetsShown, bytesPerS),
            trial.measuredNanos(),
            trial.link(),
            trial.recoveredNanos()));
  }

  Measured link(long fullResyncs, boolean lost) {
    return new Measured(
        new TrialMeasured(
            trial.rate(),
            trial.loadFailure(),
            trial.probe(),
            trial.lag(),
            trial.growth(),
            trial.stream(),
            trial.measuredNanos(),
            new TrialMeasured.Link(fullResyncs, lost),
            trial.recoveredNanos()));
  }

  Measured recovered(@Nullable Long nanos) {
    return new Measured(
        new TrialMeasured(
            trial.rate(),
            trial.loadFailure(),
            trial.probe(),
            trial.lag(),
            trial.growth(),
            trial.stream(),
            trial.measuredNanos(),
            trial.link(),
            nanos));
  }
}
