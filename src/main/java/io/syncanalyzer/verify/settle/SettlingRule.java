package io.syncanalyzer.verify.settle;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.value.Judgement;
import io.syncanalyzer.verify.value.KeyState;
import org.jspecify.annotations.Nullable;

/**
 * What looks at a suspect come to. Each look is of the source (v1), then, a fence passed between,
 * of the replica (r), then of the source again (v2), unless it is known otherwise whether the key
 * was touched. The rule knows no connection, no thread and no clock, and keeps nothing.
 *
 * <ul>
 *   <li>r = v1 or r = v2: equal; the replica was only behind.
 *   <li>v1 = v2 ≠ r, and nobody touched the key between: it differs. The replica had everything up
 *       to after v1 was read, the source did not change, and still it differs.
 *   <li>v1 = v2 ≠ r, and nobody can tell whether it was touched: two equal reads are no proof, as a
 *       key may go A, B, A. It differs only if the same difference comes out {@link #LOOKS} times
 *       in a row at random distances.
 *   <li>v1 ≠ v2, or touched: still changing; another round, and after the last {@code UNSETTLED}.
 *   <li>What a side would not answer is {@code UNREADABLE}, whatever the other says, and what is on
 *       neither side has no verdict.
 * </ul>
 */
final class SettlingRule {
  /*
   * Why a difference that is told is one: a replica applies its source's writes in their order [1],
   * and a fence that was passed says that it has applied all that the source had when the fence was
   * begun, so all up to v1. If the source then had the same value from v1 until r was read, the
   * replica should have shown it.
   *
   * That the source had the same value all the while is known where WATCH and an empty transaction
   * say so [2], where the source counted no write but the fence's own [3], and where writes are
   * paused. Two equal reads do not say it: a key that goes back and forth between two values may be
   * read as A, B, A. At random distances that happens to at most one look in eight (each of three
   * reads meets either value with a probability of a half at most), so to ten in a row about once
   * in a billion times.
   *
   * [1] https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
   * [2] https://redis.io/docs/latest/develop/using-commands/transactions/
   * [3] rdb_changes_since_last_save, https://redis.io/docs/latest/commands/info/
   */

  /** How many looks in a row must agree where nothing proves that the source stood still. */
  static final int LOOKS = 10;

  private final long toleranceMillis;
  private final int rounds;

  /**
   * @param toleranceMillis how far apart equal expiries may be
   * @param rounds how many rounds a key that keeps changing gets
   */
  SettlingRule(long toleranceMillis, int rounds) {
    this.toleranceMillis = toleranceMillis;
    this.rounds = rounds;
  }

  /** What is to be done next. */
  enum Next {
    /** Nothing: it has its verdict, or is on neither side. */
    SETTLED,
    /** It differs, but that is not proved yet: it is looked at once more in this round. */
    LOOK_AGAIN,
    /** It keeps changing, and gets another round. */
    ANOTHER_ROUND,
    /** It kept changing to the last round. */
    UNSETTLED
  }

  /**
   * What looks came to.
   *
   * @param judgement the last word; as long as it is not settled only what the last look shows
   * @param source the look at the source that it goes by
   * @param agreeing how many looks in a row showed the same difference
   */
  record Ruling(Judgement judgement, KeyState source, Next next, int agreeing) {
    /** The same; of the source's value only the sums are kept. */
    Ruling withoutParts() {
      return new Ruling(judgement, source.withoutParts(), next, agreeing);
    }
  }

  /**
   * Of a key that nobody touched from before v1 to after r: both looks are of one moment.
   *
   * @param round from 1
   */
  Ruling untouched(KeyState v1, KeyState r, int round) {
    Judgement judgement = Judgement.of(v1, r, toleranceMillis);
    return judgement.verdict() == KeyVerdict.UNSETTLED
        ? open(judgement, v1, round)
        : settled(judgement, v1);
  }

  /**
   * Of a key that somebody touched between v1 and r, values of which may have been read after that:
   * the looks prove nothing, not even that it is equal.
   */
  Ruling touched(KeyState v1, int round) {
    return open(changing(), v1, round);
  }

  /**
   * Of a key of which nothing is known but three looks.
   *
   * @param last what the look before this one in the same round came to; null for the first
   */
  Ruling unknown(KeyState v1, KeyState r, KeyState v2, @Nullable Ruling last, int round) {
    Judgement after = Judgement.of(v2, r, toleranceMillis);
    if (isDone(after)) {
      return settled(after, v2);
    }
    Judgement before = Judgement.of(v1, r, toleranceMillis);
    if (isDone(before)) {
      return settled(before, v1);
    }
    KeyVerdict still = Judgement.of(v1, v2, toleranceMillis).verdict();
    if (still != KeyVerdict.EQUAL && still != null) {
      return open(changing(), v2, round);
    }
    if (after.verdict() == KeyVerdict.UNSETTLED) {
      return open(after, v2, round);
    }
    if (last != null && !after.isLike(last.judgement())) {
      return open(changing(), v2, round);
    }
    int agreeing = last == null ? 1 : last.agreeing() + 1;
    return new Ruling(after, v2, agreeing < LOOKS ? Next.LOOK_AGAIN : Next.SETTLED, agreeing);
  }

  /**
   * What differs in one look, where it became known that nobody touched the key meanwhile: as if it
   * had been watched.
   */
  static Ruling provedUntouched(Ruling differing) {
    return settled(differing.judgement(), differing.source());
  }

  /** Nothing that follows can make a mismatch of it. */
  private static boolean isDone(Judgement judgement) {
    KeyVerdict verdict = judgement.verdict();
    return verdict == null || verdict == KeyVerdict.UNREADABLE || verdict == KeyVerdict.EQUAL;
  }

  private static Judgement changing() {
    return Judgement.unsettled("it kept changing on the source");
  }

  private static Ruling settled(Judgement judgement, KeyState source) {
    return new Ruling(judgement, source, Next.SETTLED, 0);
  }

  private Ruling open(Judgement judgement, KeyState source, int round) {
    return new Ruling(judgement, source, round < rounds ? Next.ANOTHER_ROUND : Next.UNSETTLED, 0);
  }
}
