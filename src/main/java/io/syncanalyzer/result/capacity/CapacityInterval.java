package io.syncanalyzer.result.capacity;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a replica sustains: the highest rate proven and the lowest refuted.
 *
 * @param replica its address; null where there is but one
 * @param provenPerS writes per second that were sustained in each trial; null = no such rate
 * @param provenTrials how many trials that were
 * @param refutedPerS the lowest rate above it that was refuted in each trial; null = no such rate
 * @param refutedTrials how many trials that were
 * @param mixedPerS rates between the two that were sustained in some trials and not in others
 * @param ending why the search ended
 * @param words one plain sentence that says the same
 */
public record CapacityInterval(
    @Nullable String replica,
    @Nullable Long provenPerS,
    int provenTrials,
    @Nullable Long refutedPerS,
    int refutedTrials,
    List<Long> mixedPerS,
    CapacityEnding ending,
    String words) {
  public CapacityInterval {
    Objects.requireNonNull(ending, "ending is null");
    Objects.requireNonNull(words, "words is null");
    mixedPerS = mixedPerS == null ? List.of() : List.copyOf(mixedPerS);
    if (provenPerS != null && refutedPerS != null && provenPerS >= refutedPerS) {
      throw new IllegalArgumentException("what is proven is not below what is refuted");
    }
  }

  /**
   * The answer to what was asked: true where a rate was proven as far as was asked, false where
   * even the lowest was refuted; null where it cannot be told. Where the time was over before both
   * bounds were tried as often as was asked for, it cannot.
   *
   * @param trials how often a bound was to be tried
   */
  public @Nullable Boolean answer(int trials) {
    return switch (ending) {
      case FOUND, TO_SUSTAINED, AT_LEAST_PROVEN -> true;
      case FROM_REFUTED, AT_LEAST_REFUTED -> false;
      case BUDGET -> {
        boolean both = provenPerS != null && refutedPerS != null;
        yield (both && !isShort(trials)) ? Boolean.TRUE : null;
      }
      case GENERATOR, DRIFT, UNDECIDED, UNFINISHED -> null;
    };
  }

  /** Whether a bound that there is was tried less often than that. */
  boolean isShort(int trials) {
    return (provenPerS != null && provenTrials < trials)
        || (refutedPerS != null && refutedTrials < trials);
  }

  /** The same, of a replica that has a name. */
  public CapacityInterval of(@Nullable String address) {
    return new CapacityInterval(
        address, provenPerS, provenTrials, refutedPerS, refutedTrials, mixedPerS, ending, words);
  }
}
