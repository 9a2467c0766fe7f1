package io.syncanalyzer.result;

import org.jspecify.annotations.Nullable;

/**
 * How far a replica's clock was ahead of its source's, in milliseconds; negative = behind.
 *
 * @param ahead in preflight
 * @param bound how far that may be off: half of both round trips
 * @param aheadAtEnd at the end of the run; null where it was not asked again
 * @param boundAtEnd of that
 */
public record ClockReport(
    double ahead, double bound, @Nullable Double aheadAtEnd, @Nullable Double boundAtEnd) {
  private static final double WORTH_SAYING = 1000;

  /** The same, asked again at the end. */
  public ClockReport atEnd(double later, double laterBound) {
    return new ClockReport(ahead, bound, later, laterBound);
  }

  /** The greater of the two differences, where it is certainly more than a second; else null. */
  @Nullable Double worthSaying() {
    Double worst = Math.abs(ahead) - bound > WORTH_SAYING ? Double.valueOf(ahead) : null;
    if (aheadAtEnd != null
        && boundAtEnd != null
        && Math.abs(aheadAtEnd) - boundAtEnd > WORTH_SAYING
        && (worst == null || Math.abs(aheadAtEnd) > Math.abs(worst))) {
      worst = aheadAtEnd;
    }
    return worst;
  }

  /** Whether the two moments certainly differ by more than a second. */
  public boolean drifted() {
    return aheadAtEnd != null
        && boundAtEnd != null
        && Math.abs(aheadAtEnd - ahead) - bound - boundAtEnd > WORTH_SAYING;
  }
}
