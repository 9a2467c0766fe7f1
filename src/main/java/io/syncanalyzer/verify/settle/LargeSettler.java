package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import io.syncanalyzer.verify.value.Content;
import io.syncanalyzer.verify.value.Judgement;
import io.syncanalyzer.verify.value.KeyState;
import io.syncanalyzer.verify.value.Question;
import io.syncanalyzer.verify.value.WindowWalk;
import java.util.List;

/**
 * Settles large values, window by window: each window is settled by itself where the key keeps
 * changing. Not safe for use by several threads.
 */
public final class LargeSettler {
  private final Abilities abilities;
  private final CountedFence fence;
  private final SettleSettings settling;
  private final NanoClock clock;
  private final ListSettler lists;

  public LargeSettler(
      Abilities abilities, CountedFence fence, SettleSettings settling, NanoClock clock) {
    this.abilities = abilities;
    this.fence = fence;
    this.settling = settling;
    this.clock = clock;
    this.lists = new ListSettler(abilities, fence, settling, clock);
  }

  /** Whether both sides have it as one type and its values are to be compared in windows. */
  static boolean isLargeOnBoth(KeyState mine, KeyState other) {
    boolean sameType = mine.type() != null && mine.type().equals(other.type());
    boolean readable = !mine.isRefused() && !other.isRefused() && !mine.torn() && !other.torn();
    return sameType && readable && (mine.isLarge() || other.isLarge());
  }

  Settled settle(BothSides sides, Suspect suspect, int round) {
    List<Bytes> key = List.of(suspect.key());
    boolean watched = abilities.watch() && sides.watch(key, fence);
    KeyState mine = sides.sourceReader().look(key).get(0);
    String proof = fence.pass(settling.fenceTimeout(), sides::keepAwake).proof();
    KeyState other = sides.replicaReader().look(key).get(0);
    Judgement judgement =
        isLargeOnBoth(mine, other)
            ? judge(sides, suspect, mine, other)
            : Judgement.unsettled("it changed while it was read");
    boolean stoodStill = watched && sides.sourceStoodStill();
    if (!stoodStill && isLargeOnBoth(mine, other)) {
      judgement = judgeChanging(sides, suspect, mine, other);
      if (judgement.verdict() == KeyVerdict.EQUAL && isGone(sides, key)) {
        judgement = Judgement.GONE; // What is on neither side is alike in every window.
      }
    }
    return new Settled(suspect, judgement, mine, other, round, proof, clock.nanoTime());
  }

  private static boolean isGone(BothSides sides, List<Bytes> key) {
    return !sides.sourceReader().look(key).get(0).isPresent()
        && !sides.replicaReader().look(key).get(0).isPresent();
  }

  /** What is found of a value's parts. */
  private interface Finding {
    Content.Differences differences() throws Unanswered;
  }

  /** Judges a value that does not change meanwhile. */
  Judgement judge(BothSides sides, Suspect suspect, KeyState mine, KeyState other) {
    Judgement ofParts =
        judge(
            () ->
                sides
                    .large()
                    .differences(suspect.key(), mine, other, (question, a, b) -> diff(a, b)));
    return ofParts.verdict() == KeyVerdict.EQUAL
        ? Judgement.ofExpiry(mine, other, tolerance())
        : ofParts;
  }

  private Judgement judgeChanging(BothSides sides, Suspect suspect, KeyState mine, KeyState other) {
    Judgement ofParts = judge(() -> differencesWhileChanging(sides, suspect, mine, other));
    return ofParts.verdict() == KeyVerdict.EQUAL && !mine.sameExpiry(other, tolerance())
        ? settleExpiry(sides, suspect)
        : ofParts;
  }

  private Content.Differences differencesWhileChanging(
      BothSides sides, Suspect suspect, KeyState mine, KeyState other) throws Unanswered {
    if (!"list".equals(mine.type())) {
      return sides
          .large()
          .differencesWhileChanging(
              suspect.key(),
              mine,
              other,
              (question, a, b) -> settleWindow(sides, suspect, question));
    }
    if (!lists.differs(sides, suspect.key())) {
      return new Content.Differences();
    }
    Content.Differences found =
        sides.large().differences(suspect.key(), mine, other, (question, a, b) -> diff(a, b));
    if (found.isEmpty()) {
      throw Unanswered.changing();
    }
    return found;
  }

  private static Judgement judge(Finding finding) {
    try {
      Content.Differences found = finding.differences();
      return found.isEmpty() ? Judgement.EQUAL : Judgement.ofDifferences(found);
    } catch (Unanswered e) {
      return e.isChange()
          ? Judgement.unsettled("parts of it kept changing on the source")
          : new Judgement(KeyVerdict.UNREADABLE, null, "in windows: " + e.said());
    }
  }

  /** Settles the expiry of a key that is written to meanwhile, as {@link RepeatedLooks} rules. */
  private Judgement settleExpiry(BothSides sides, Suspect suspect) {
    List<Bytes> key = List.of(suspect.key());
    BackOff pauses = StandingDifferences.pauses(clock);
    RepeatedLooks looks = new RepeatedLooks(SettlingRule.LOOKS);
    while (true) {
      KeyState before = sides.sourceReader().look(key).get(0);
      fence.pass(settling.fenceTimeout());
      KeyState replica = sides.replicaReader().look(key).get(0);
      KeyState after = sides.sourceReader().look(key).get(0);
      Judgement last = Judgement.ofExpiry(after, replica, tolerance());
      boolean equal = last.verdict() == KeyVerdict.EQUAL || before.sameExpiry(replica, tolerance());
      switch (looks.take(equal, before.sameExpiry(after, tolerance()))) {
        case EQUAL -> {
          return Judgement.EQUAL;
        }
        case DIFFERS -> {
          return last;
        }
        case CHANGING -> {
          return Judgement.unsettled("its expiry kept changing on the source");
        }
        case OPEN -> pauses.more();
      }
    }
  }

  /** Settles one window of a key that is written to meanwhile: as a key of its own. */
  private Content.Differences settleWindow(BothSides sides, Suspect suspect, Question question)
      throws Unanswered {
    StandingDifferences standing = new StandingDifferences(tolerance());
    BackOff pauses = StandingDifferences.pauses(clock);
    while (true) {
      Content before = WindowWalk.ask(sides.source(), suspect.key(), question);
      fence.pass(settling.fenceTimeout());
      Content replica = WindowWalk.ask(sides.replica(), suspect.key(), question);
      Content after = WindowWalk.ask(sides.source(), suspect.key(), question);
      standing.look(before, replica, after);
      if (standing.areNone()) {
        return new Content.Differences();
      }
      Content.Differences confirmed = standing.confirmed(settling.rounds());
      if (confirmed != null) {
        return confirmed;
      }
      pauses.more();
    }
  }

  private Content.Differences diff(Content mine, Content other) {
    return mine.against(other, tolerance());
  }

  private long tolerance() {
    return settling.ttlTolerance().toMillis();
  }
}
