package io.syncanalyzer.sentinel;

import java.util.Objects;

/**
 * The sentinels that one lane wrote: keys {@code <prefix><sequence>} for every sequence below
 * {@code end}.
 *
 * @param prefix the keys up to the sequence, {@code sa:<run>:<type>:<lane>:}
 * @param end the first sequence not used, so also how many there are
 */
public record SentinelRange(String prefix, long end) {
  public SentinelRange {
    Objects.requireNonNull(prefix, "prefix is null");
    if (end < 0) {
      throw new IllegalArgumentException("range end " + end + " is negative");
    }
  }
}
