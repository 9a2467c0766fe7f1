package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.TrialOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A pair of a capacity that is known, and a search of it.
 *
 * <p>Below its capacity trials are sustained, above it refuted; near it by chance, and anywhere
 * with a small chance the other way round.
 */
final class ScriptedPair {
  /** So many trials after the first refuted one the capacity changes; never. */
  static final int STEADY = -1;

  private final SplittableRandom random;
  private final double capacity;
  private final double width;
  private final double noise;
  private final double factor;
  private final int changesAfter;
  private final double generator;

  private final List<Tried> history = new ArrayList<>();
  private int firstRefuted = -1;
  private int changedAt = -1;

  /**
   * @param seed of the capacity, which lies between 2,100 and 67,200, and of all chance
   * @param width of the edge: at so much above the capacity, as a share, 27 % are sustained
   * @param noise the share of trials that come out the other way round
   * @param factor what the capacity is multiplied by when it changes
   * @param changesAfter so many trials after the first refuted one, or {@link #STEADY}
   * @param generator more than this share of the capacity cannot be asked for
   */
  ScriptedPair(
      long seed, double width, double noise, double factor, int changesAfter, double generator) {
    this.random = new SplittableRandom(seed);
    this.capacity = 2_100 * Math.exp(random.nextDouble() * Math.log(32));
    this.width = width;
    this.noise = noise;
    this.factor = factor;
    this.changesAfter = changesAfter;
    this.generator = generator;
  }

  /** A pair that stays as it is, with a generator for any rate. */
  static ScriptedPair steady(long seed, double width, double noise) {
    return new ScriptedPair(seed, width, noise, 1, STEADY, 1e9);
  }

  /** What a search came to. */
  record End(CapacityInterval interval, List<Tried> history, double capacity, int changedAt) {
    boolean isDrift() {
      return interval.ending() == CapacityEnding.DRIFT;
    }

    boolean isFound() {
      return interval.ending() == CapacityEnding.FOUND;
    }

    /** Whether it holds the capacity that the pair has at the end. */
    boolean holds() {
      Long proven = interval.provenPerS();
      Long refuted = interval.refutedPerS();
      return proven != null
          && proven <= capacity
          && (refuted == null ? !isFound() : capacity <= refuted);
    }
  }

  End search(CapacitySearch search) {
    while (true) {
      Step step = search.next(history);
      if (step instanceof Step.Found found) {
        return new End(found.interval(), List.copyOf(history), capacityNow(), changedAt);
      }
      long rate = ((Step.Try) step).ratePerS();
      if (changesAfter != STEADY
          && changedAt < 0
          && firstRefuted >= 0
          && history.size() >= firstRefuted + changesAfter) {
        changedAt = history.size();
      }
      TrialOutcome outcome = outcome(rate);
      history.add(new Tried(rate, outcome));
      if (outcome == TrialOutcome.REFUTED && firstRefuted < 0) {
        firstRefuted = history.size();
      }
    }
  }

  private double capacityNow() {
    return changedAt < 0 ? capacity : capacity * factor;
  }

  private TrialOutcome outcome(long rate) {
    if (rate > generator * capacity) {
      return TrialOutcome.INVALID;
    }
    double above = Math.log(rate / capacityNow());
    double sustained = width == 0 ? (above <= 0 ? 1 : 0) : 1 / (1 + Math.exp(above / width));
    boolean isSustained = random.nextDouble() < sustained;
    boolean isTurned = random.nextDouble() < noise;
    return isSustained != isTurned ? TrialOutcome.SUSTAINED : TrialOutcome.REFUTED;
  }
}
