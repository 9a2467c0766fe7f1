package io.syncanalyzer.result.capacity;

/**
 * How fast something grew over a trial, with the limits that its true growth lies within at the
 * confidence of the search: nanoseconds or bytes, each second.
 *
 * @param perSecond the estimate
 * @param low its lower limit
 * @param high its upper limit
 */
public record Slope(double perSecond, double low, double high) {
  public Slope {
    if (!Double.isFinite(perSecond) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException("a slope is not finite");
    }
    if (low > high) {
      throw new IllegalArgumentException("the limits of a slope are the wrong way round");
    }
  }
}
