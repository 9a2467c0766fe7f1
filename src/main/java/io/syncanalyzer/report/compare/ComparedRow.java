package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.files.Spread;
import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.figure.Reading;
import io.syncanalyzer.statistics.Between;
import io.syncanalyzer.statistics.Shift;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a compared run against the reference.
 *
 * <p><b>What was measured</b> is a sample: another run would have measured something else. It is
 * better or worse where the test of Mann and Whitney and the interval of the median difference say
 * so ({@link Shift}), and the same where that interval is no wider than {@link #SAME_PERCENT}.
 *
 * <p><b>What was counted</b>, as differing keys, was found: that one run has one is certain,
 * however few runs there are, and worse than none. That one has none proves nothing, so it is not
 * better before there are runs enough; but none is never worse.
 *
 * @param shift how the runs differ; null where one side is unknown, and of capacities
 */
public record ComparedRow(
    Metric metric,
    String reference,
    String run,
    @Nullable Spread before,
    @Nullable Spread after,
    @Nullable Shift shift) {
  /** What differs by no more than so many percent of the reference is the same. */
  static final double SAME_PERCENT = 5;

  /** A row; its shift is found. */
  ComparedRow(
      Metric metric,
      String reference,
      String run,
      @Nullable Spread before,
      @Nullable Spread after) {
    this(
        metric,
        reference,
        run,
        before,
        after,
        before == null || after == null || metric.isCapacity()
            ? null
            : Shift.of(figures(before), figures(after)));
  }

  private static List<Between> figures(Spread spread) {
    return spread.readings().stream().map(ComparedRow::figure).toList();
  }

  /** Judged by the upper end, where there is one. */
  private static Between figure(Reading reading) {
    return new Between(reading.least(), reading.upper());
  }

  /** How its figures are written in a CSV file. */
  Measure measure() {
    return Measure.of(metric.name(), metric.unit());
  }

  /** The median of a side; null where it is open, and of capacities. */
  @Nullable Double median(Spread spread) {
    return metric.isCapacity() ? null : Spread.known(spread.median());
  }

  /** The smallest of a side; of capacities what is proven. */
  @Nullable Double min(Spread spread) {
    return metric.isCapacity() ? Capacities.proven(spread) : Spread.known(spread.min());
  }

  /**
   * Change of the median in percent; null where unknown, open, or the reference is zero. Of
   * capacities by how much they differ at least.
   */
  @Nullable Double changePercent() {
    if (before == null || after == null) {
      return null;
    }
    if (metric.isCapacity()) {
      return Capacities.gapPercent(before, after);
    }
    return before.isOpen() || after.isOpen() ? null : percentOf(after.median() - before.median());
  }

  /** A difference in percent of the reference's median; null where there is none to be had. */
  @Nullable Double percentOf(@Nullable Double difference) {
    return difference == null
            || before == null
            || before.median() == 0
            || Spread.known(before.median()) == null
        ? null
        : Double.valueOf(100 * difference / before.median());
  }

  /**
   * The change that is certain, also where some runs are open: what the median of the run is at
   * least against what that of the reference is at most. Null where the reference is zero, or so
   * open that nothing is certain.
   */
  private @Nullable Double leastChangePercent() {
    if (metric.isCapacity() || before == null || after == null) {
      return changePercent();
    }
    return percentOf(after.leastMedian() - before.median());
  }

  /** Whether the bounds of a lag have a part in common; null where it has none to compare. */
  @Nullable Boolean overlaps() {
    if (before == null || after == null || !metric.isInterval()) {
      return null;
    }
    return metric.isCapacity() ? change() == Change.OVERLAP : before.overlaps(after);
  }

  /** Null where a side has but one run. */
  @Nullable Boolean beyondSpread() {
    if (metric.isCapacity() || before == null || after == null) {
      return null;
    }
    if (Math.min(before.runs(), after.runs()) < 2) {
      return null;
    }
    return before.isApartFrom(after);
  }

  Change change() {
    if (before == null || after == null) {
      return Change.UNKNOWN;
    }
    if (shift == null) {
      return Capacities.change(before, after);
    }
    if (isFound()) {
      return Change.WORSE;
    }
    if (isOneNumber()) {
      return Change.SAME;
    }
    if (shift.isMore() || shift.isLess()) {
      return shift.isMore() == metric.moreIsBetter() ? Change.BETTER : Change.WORSE;
    }
    if (!shift.isEnough()) {
      return Change.NOT_ENOUGH_RUNS;
    }
    if (isWithin(SAME_PERCENT, shift.low()) && isWithin(SAME_PERCENT, shift.high())) {
      return Change.SAME;
    }
    return before.isOpen() || after.isOpen() ? Change.OVERLAP : Change.UNDECIDED;
  }

  /** How many runs of either it would take to tell; null where it is told, or no number would. */
  @Nullable Integer runsNeeded() {
    return shift == null || !change().wantsRuns() || shift.runsNeeded().isEmpty()
        ? null
        : Integer.valueOf(shift.runsNeeded().getAsInt());
  }

  /** Whether it is worse as a run has something of which no run of the reference has any. */
  boolean isFound() {
    return metric.isCount()
        && before != null
        && after != null
        && before.max() == 0
        && after.max() > 0;
  }

  /** Whether every run counted the same, or has nothing to measure. */
  boolean isOneNumber() {
    return before != null
        && after != null
        && before.min() == after.max()
        && before.max() == after.min()
        && (metric.isCount() || before.max() == 0);
  }

  /** Whether a side has but one run, so that there is nothing to see of how runs differ. */
  boolean hasSingle() {
    return before != null && after != null && Math.min(before.runs(), after.runs()) == 1;
  }

  /** How many runs of either there are, as {@code 5 runs against 4}; empty where one is unknown. */
  String runs() {
    return before == null || after == null
        ? ""
        : Numbers.count(after.runs(), "run") + " against " + before.runs();
  }

  /** What the test says; null where counts alone decide, and where so few runs say nothing. */
  @Nullable Shift told() {
    return shift == null || shift.confidence() == 0 || isFound() || isOneNumber() ? null : shift;
  }

  /** Whether it is certainly no more; of an open reference what it is at least is 100 %. */
  private boolean isWithin(double percent, @Nullable Double difference) {
    if (difference == null || before == null) {
      return false;
    }
    return difference == 0
        || (before.leastMedian() != 0
            && Math.abs(100 * difference / before.leastMedian()) <= percent);
  }

  /** Whether it is certainly worse by more than so many percent; from zero, any step is more. */
  boolean isWorseBy(double percent) {
    if (change() != Change.WORSE || before == null) {
      return false;
    }
    Double change = leastChangePercent();
    return change == null
        ? (metric.isCapacity() ? before.lowest() : before.median()) == 0
        : (metric.moreIsBetter() ? -change : change) > percent;
  }

  /**
   * Whether it may be worse by more than so many percent, and nobody can tell. Capacities that
   * overlap are not different, unless one of them has no upper end.
   */
  boolean isUndecided(double percent) {
    if (metric.isCapacity() && before != null && after != null) {
      return change() == Change.OVERLAP && (before.isOpen() || after.isOpen());
    }
    return switch (change()) {
      case UNKNOWN, OVERLAP, NOT_ENOUGH_RUNS -> !hasNone();
      case UNDECIDED -> !hasNone() && !isWithin(percent, worstDifference());
      // Its median is not worse by more; that of other runs may be.
      case WORSE -> !isWorseBy(percent) && !isWithin(percent, worstDifference());
      // The same is what is within SAME_PERCENT, which may be more than is allowed.
      case SAME -> !isOneNumber() && !isWithin(percent, worstDifference());
      case BETTER -> false;
    };
  }

  /** Whether no run has any of what is counted, which is as good as can be. */
  private boolean hasNone() {
    return metric.isCount() && after != null && after.max() == 0;
  }

  /** By how much it may be worse at most, as the interval has it; 0 where it is not worse. */
  private @Nullable Double worstDifference() {
    if (shift == null) {
      return null;
    }
    Double end = metric.moreIsBetter() ? shift.low() : shift.high();
    return end == null || (metric.moreIsBetter() ? end < 0 : end > 0) ? end : Double.valueOf(0);
  }
}
