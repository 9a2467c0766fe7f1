package io.syncanalyzer.sentinel;

import java.util.Objects;

/**
 * The sentinels that one lane wrote: keys {@code <prefix><sequence>} for every sequence below
 * {@code end}.
 *
 * @param prefix the keys up to the sequence, {@code sa:<run>:<type>:<lane>:}
 * @param begin the first sequence still there
 * @param end the first sequence not used
 */
public record SentinelRange(String prefix, long begin, long end) {
  public SentinelRange {
    Objects.requireNonNull(prefix, "prefix is null");
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("range " + begin + " to " + end + " is none");
    }
  }
}
