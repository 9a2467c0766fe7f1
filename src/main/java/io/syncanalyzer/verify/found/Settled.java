package io.syncanalyzer.verify.found;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.verify.value.Content;
import io.syncanalyzer.verify.value.DifferenceText;
import io.syncanalyzer.verify.value.Judgement;
import io.syncanalyzer.verify.value.KeyState;
import org.jspecify.annotations.Nullable;

/**
 * What a suspect came to.
 *
 * @param suspect the key
 * @param judgement the last word on it
 * @param source the last look at the source
 * @param replica the last look at the replica
 * @param rounds how many it took
 * @param fence the proof of the last
 * @param nanos when
 */
public record Settled(
    Suspect suspect,
    Judgement judgement,
    KeyState source,
    KeyState replica,
    int rounds,
    String fence,
    long nanos) {
  /** The type it counts under. */
  String type() {
    String type = source.type() == null ? replica.type() : source.type();
    return type == null ? "unknown" : type;
  }

  /** Whether a side has it, as {@link #onSource}. */
  public boolean isOn(Side side) {
    return isOn(side, side == Side.SOURCE ? source : replica);
  }

  /** Whether the source has it; one that may not be read was there if its SCAN returned it. */
  boolean onSource() {
    return isOn(Side.SOURCE, source);
  }

  /** As {@link #onSource}. */
  public boolean onReplica() {
    return isOn(Side.REPLICA, replica);
  }

  /**
   * When what the replica no longer shows expires on the source as well: that ends it. Null where
   * it is open for another reason.
   */
  @Nullable
  public Long endsInMillis() {
    if (judgement.verdict() != KeyVerdict.UNSETTLED || judgement.fieldsEndInMillis() != null) {
      return judgement.fieldsEndInMillis();
    }
    Long left = source.expiry().leftMillis();
    return source.isPresent() && !replica.isPresent() ? left : null;
  }

  /** The same with another last word. */
  public Settled with(Judgement other) {
    return new Settled(suspect, other, source, replica, rounds, fence, nanos);
  }

  private boolean isOn(Side side, KeyState state) {
    return state.isPresent() || (state.isRefused() && suspect.foundOn() == side);
  }

  long elements() {
    KeyState state = source.isPresent() ? source : replica;
    if ("string".equals(state.type())) {
      return 1;
    }
    return state.content() != null && state.content().elements() > 0
        ? state.content().elements()
        : count(state);
  }

  long bytes() {
    KeyState state = source.isPresent() ? source : replica;
    if (state.content() != null) {
      return state.content().bytes();
    }
    return "string".equals(state.type()) ? count(state) : Tally.UNKNOWN;
  }

  private static long count(KeyState state) {
    return state.count() == null ? Tally.UNKNOWN : state.count();
  }

  /** Its row of mismatches.csv. */
  Mismatch mismatch() {
    Content.Difference difference = judgement.difference();
    return new Mismatch(
        suspect.database(),
        suspect.key(),
        java.util.Objects.requireNonNull(judgement.verdict()),
        source.type(),
        replica.type(),
        difference == null || difference.name().length() == 0 ? null : shown(difference.name()),
        difference == null ? null : shown(difference.source()),
        difference == null ? null : shown(difference.replica()),
        source.expiry().leftMillis(),
        replica.expiry().leftMillis(),
        rounds,
        judgement.detail(),
        fence,
        Math.max(0, (nanos - suspect.firstSeenNanos()) / 1_000_000));
  }

  private static @Nullable String shown(@Nullable Blob value) {
    return value == null ? null : shown(value.head());
  }

  private static String shown(Bytes bytes) {
    return LosslessText.of(
        bytes.length() <= DifferenceText.LONGEST_VALUE
            ? bytes
            : bytes.slice(0, DifferenceText.LONGEST_VALUE));
  }
}
