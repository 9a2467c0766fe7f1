package io.syncanalyzer.result.lag;

/**
 * How many sentinels of a second had a bound of about so much.
 *
 * @param nanos the bound, of upper ones rounded up and of lower ones down, by less than 0.8 %
 * @param count how many, 1 or more
 */
public record LagCount(long nanos, long count) {
  public LagCount {
    if (nanos < 0 || count < 1) {
      throw new IllegalArgumentException("no count of a bound: " + count + " of " + nanos);
    }
  }
}
