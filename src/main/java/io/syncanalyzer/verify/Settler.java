package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RawOutput;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells suspects that the replica was only behind with from mismatches.
 *
 * <p>A round reads the source (v1), passes a fence, reads the replica (r) and makes sure that the
 * source did not change meanwhile. Two ways of making sure:
 *
 * <ul>
 *   <li>The keys are WATCHed from before v1, and an empty MULTI/EXEC after r goes through: then
 *       nobody touched any of them, and r must equal v1. This also tells a key that was deleted and
 *       written again with the same value, which two reads cannot.
 *   <li>Where some key of the group was touched, the source is read again (v2): r = v1 or r = v2 is
 *       a replica that was behind; v1 differing from v2 is a key that keeps changing and gets
 *       another round; what stands still and differs is watched by itself.
 * </ul>
 *
 * <p>Where WATCH is not allowed, v1 = v2 differing from r is the verdict. Large values are compared
 * in windows, each settled by itself where the key keeps changing. Memory is bounded by the size of
 * a group. Not safe for use by several threads.
 */
final class Settler {
  private static final int GROUP = 512;
  private static final int FETCH = 64;
  private static final int SMALL_GROUP = 32;
  private static final long FIRST_WAIT_NANOS = 20_000_000;
  private static final String CHANGING = "changing";

  private final RawConnection source;
  private final RawConnection replica;
  private final KeyReader sourceReader;
  private final KeyReader replicaReader;
  private final LargeLook large;
  private final Abilities abilities;
  private final Verification.CountedFence fence;
  private final Settling settling;
  private final NanoClock clock;
  private final Consumer<Settled> results;

  Settler(
      RawConnection source,
      RawConnection replica,
      Abilities abilities,
      Verification.CountedFence fence,
      Settling settling,
      NanoClock clock,
      Consumer<Settled> results) {
    this.source = source;
    this.replica = replica;
    this.abilities = abilities;
    this.fence = fence;
    this.settling = settling;
    this.clock = clock;
    this.results = results;
    this.sourceReader = new KeyReader(source, abilities, clock);
    this.replicaReader = new KeyReader(replica, abilities, clock);
    this.large = new LargeLook(source, replica, abilities, tolerance());
  }

  /**
   * Settles suspects; results go to the consumer as they come.
   *
   * @return those that still changed in the last round
   */
  List<Settled> settle(List<Suspect> suspects) {
    List<Settled> open = new ArrayList<>();
    List<Suspect> next = suspects;
    for (int round = 1; round <= settling.rounds() && !next.isEmpty(); round++) {
      if (round > 1) {
        waitBefore(round);
      }
      open = new ArrayList<>();
      for (int from = 0; from < next.size(); from += GROUP) {
        open.addAll(group(next.subList(from, Math.min(next.size(), from + GROUP)), round));
      }
      next = open.stream().map(Settled::suspect).toList();
    }
    return open;
  }

  /**
   * Settles what kept changing while writes to the source are paused, a group at a time, each for
   * at most {@code limit}; between two pauses writes go on for as long as the last one took.
   *
   * @return those for which the pause was too short
   */
  List<Settled> settlePaused(List<Settled> changing, Duration limit) {
    List<Settled> open = new ArrayList<>();
    for (int from = 0; from < changing.size(); from += SMALL_GROUP) {
      List<Settled> group = changing.subList(from, Math.min(changing.size(), from + SMALL_GROUP));
      long start = now();
      try {
        open.addAll(paused(group, start, limit));
      } finally {
        fence.fence().unpause();
      }
      java.util.concurrent.locks.LockSupport.parkNanos(now() - start);
    }
    return open;
  }

  private List<Settled> paused(List<Settled> group, long start, Duration limit) {
    String proof;
    try {
      proof = "writes paused, " + fence.passPaused(limit).proof();
    } catch (VerifyFailure e) {
      if (e.kind() == VerifyFailure.Kind.BEHIND) {
        return group;
      }
      throw e;
    }
    List<Suspect> suspects = group.stream().map(Settled::suspect).toList();
    List<Bytes> keys = keys(suspects);
    List<KeyState> mine = sourceReader.look(keys);
    List<KeyState> others = replicaReader.look(keys);
    fetchWhereBothHaveIt(keys, mine, others, 0, keys.size());
    List<Settled> found = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      KeyState state = mine.get(i);
      KeyState other = others.get(i);
      Judgement judgement =
          isLargeOnBoth(state, other)
              ? judgeLarge(keys.get(i), state, other, (question, a, b) -> diff(a, b))
              : Judgement.of(state, other, tolerance());
      found.add(
          new Settled(
              suspects.get(i), judgement, state, other, settling.rounds() + 1, proof, now()));
    }
    if (now() - start >= limit.toNanos()) {
      return group;
    }
    List<Settled> open = new ArrayList<>();
    emit(found, open);
    return open;
  }

  private void waitBefore(int round) {
    Pause pause =
        new Pause(
            clock, clock.nanoTime(), Duration.ofNanos(FIRST_WAIT_NANOS << Math.min(5, round)));
    while (pause.more()) {
      // Changing keys are given a moment to come to rest.
    }
  }

  private List<Settled> group(List<Suspect> group, int round) {
    List<Settled> open = new ArrayList<>();
    if (!abilities.watch()) {
      openEach(group, round, open, false);
      return open;
    }
    List<Suspect> largeOnes = new ArrayList<>();
    List<Settled> found = watched(group, round, largeOnes);
    if (sourceStoodStill()) {
      emit(found, open);
    } else {
      openEach(found.stream().map(Settled::suspect).toList(), round, open, true);
    }
    for (Suspect suspect : largeOnes) {
      settleLarge(suspect, round, open);
    }
    return open;
  }

  private void openEach(List<Suspect> suspects, int round, List<Settled> open, boolean watchAlone) {
    for (int from = 0; from < suspects.size(); from += SMALL_GROUP) {
      List<Suspect> part = suspects.subList(from, Math.min(suspects.size(), from + SMALL_GROUP));
      for (Settled settled : readTwice(part, round)) {
        if (isLargeOnBoth(settled.source(), settled.replica())) {
          settleLarge(settled.suspect(), round, open);
          continue;
        }
        boolean doubtful =
            settled.judgement().verdict() != null
                && settled.judgement().verdict().isMismatch()
                && watchAlone;
        if (!doubtful) {
          emit(List.of(settled), open);
          continue;
        }
        List<Suspect> largeOnes = new ArrayList<>();
        List<Settled> alone = watched(List.of(settled.suspect()), round, largeOnes);
        if (sourceStoodStill()) {
          emit(alone, open);
        } else {
          alone.forEach(changing -> open.add(changing(changing)));
        }
        for (Suspect suspect : largeOnes) {
          settleLarge(suspect, round, open);
        }
      }
    }
  }

  private void emit(List<Settled> found, List<Settled> open) {
    for (Settled settled : found) {
      if (settled.judgement().verdict() == Verdict.UNSETTLED) {
        open.add(settled);
      } else {
        results.accept(settled);
      }
    }
  }

  private static Settled changing(Settled settled) {
    return with(settled, Judgement.unsettled("it kept changing on the source"));
  }

  private static Settled with(Settled settled, Judgement judgement) {
    return new Settled(
        settled.suspect(),
        judgement,
        settled.source(),
        settled.replica(),
        settled.rounds(),
        settled.fence(),
        settled.nanos());
  }

  /** Looks at the keys of a group under WATCH; {@link #sourceStoodStill} then ends the watch. */
  private List<Settled> watched(List<Suspect> group, int round, List<Suspect> largeOnes) {
    List<Bytes> keys = keys(group);
    watch(keys);
    List<KeyState> mine = sourceReader.look(keys);
    String proof = fence.pass(settling.fenceTimeout()).proof();
    List<KeyState> others = replicaReader.look(keys);
    List<Settled> found = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += FETCH) {
      int to = Math.min(keys.size(), from + FETCH);
      fetchWhereBothHaveIt(keys, mine, others, from, to);
      for (int i = from; i < to; i++) {
        KeyState state = mine.get(i);
        KeyState other = others.get(i);
        if (isLargeOnBoth(state, other)) {
          largeOnes.add(group.get(i));
        } else {
          found.add(settled(group.get(i), state, other, round, proof));
        }
        state.content = slim(state.content);
        other.content = slim(other.content);
      }
    }
    return found;
  }

  private void fetchWhereBothHaveIt(
      List<Bytes> keys, List<KeyState> mine, List<KeyState> others, int from, int to) {
    List<Bytes> wanted = new ArrayList<>();
    List<KeyState> wantedMine = new ArrayList<>();
    List<KeyState> wantedOthers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      KeyState state = mine.get(i);
      KeyState other = others.get(i);
      boolean sameType = state.type != null && state.type.equals(other.type);
      if (sameType && !state.isLarge() && !other.isLarge()) {
        wanted.add(keys.get(i));
        wantedMine.add(state);
        wantedOthers.add(other);
      }
    }
    sourceReader.fetch(wanted, wantedMine);
    replicaReader.fetch(wanted, wantedOthers);
  }

  /** Reads the source, passes the fence, reads the replica, and reads the source again. */
  private List<Settled> readTwice(List<Suspect> group, int round) {
    List<Bytes> keys = keys(group);
    List<KeyState> first = sourceReader.look(keys);
    sourceReader.fetch(keys, first);
    String proof = fence.pass(settling.fenceTimeout()).proof();
    List<KeyState> others = replicaReader.look(keys);
    replicaReader.fetch(keys, others);
    List<KeyState> second = sourceReader.look(keys);
    sourceReader.fetch(keys, second);
    List<Settled> found = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Settled before = settled(group.get(i), first.get(i), others.get(i), round, proof);
      Settled after = settled(group.get(i), second.get(i), others.get(i), round, proof);
      if (isDone(after)) {
        found.add(after);
      } else if (isDone(before)) {
        found.add(before);
      } else {
        Verdict still = Judgement.of(first.get(i), second.get(i), tolerance()).verdict();
        found.add(still == Verdict.EQUAL || still == null ? after : changing(after));
      }
    }
    return found;
  }

  /** Whether the two looks agree: nothing that follows can make them a mismatch. */
  private static boolean isDone(Settled settled) {
    Verdict verdict = settled.judgement().verdict();
    return verdict == null || verdict == Verdict.UNREADABLE || verdict == Verdict.EQUAL;
  }

  private void settleLarge(Suspect suspect, int round, List<Settled> open) {
    List<Bytes> key = List.of(suspect.key());
    if (abilities.watch()) {
      watch(key);
    }
    KeyState mine = sourceReader.look(key).get(0);
    String proof = fence.pass(settling.fenceTimeout()).proof();
    KeyState other = replicaReader.look(key).get(0);
    Judgement judgement =
        isLargeOnBoth(mine, other)
            ? judgeLarge(suspect.key(), mine, other, (question, a, b) -> diff(a, b))
            : Judgement.unsettled("it changed while it was read");
    if (abilities.watch() && sourceStoodStill()) {
      emit(List.of(new Settled(suspect, judgement, mine, other, round, proof, now())), open);
      return;
    }
    if (isLargeOnBoth(mine, other)) {
      judgement =
          judgeLarge(suspect.key(), mine, other, (question, a, b) -> settle(suspect, question));
    }
    emit(List.of(new Settled(suspect, judgement, mine, other, round, proof, now())), open);
  }

  private Judgement judgeLarge(Bytes key, KeyState mine, KeyState other, LargeLook.Check check) {
    try {
      Content.Differences found = large.differences(key, mine, other, check);
      return found.isEmpty()
          ? Judgement.ofExpiry(mine, other, tolerance())
          : Judgement.ofDifferences(found);
    } catch (Unanswered e) {
      return e.isChange() || e.said().equals(CHANGING)
          ? Judgement.unsettled("parts of it kept changing on the source")
          : new Judgement(Verdict.UNREADABLE, null, "in windows: " + e.said());
    }
  }

  /** Settles one window of a key that keeps changing elsewhere: as a key of its own. */
  private Content.Differences settle(Suspect suspect, Question question) throws Unanswered {
    for (int round = 1; round <= settling.rounds(); round++) {
      Content first = WindowWalk.ask(source, suspect.key(), question);
      fence.pass(settling.fenceTimeout());
      Content other = WindowWalk.ask(replica, suspect.key(), question);
      Content second = WindowWalk.ask(source, suspect.key(), question);
      Content.Differences found = diff(second, other);
      if (found.isEmpty() || diff(first, other).isEmpty()) {
        return new Content.Differences();
      }
      if (diff(first, second).isEmpty()) {
        return found;
      }
    }
    throw new Unanswered(CHANGING);
  }

  private Content.Differences diff(Content mine, Content other) {
    return mine.against(other, tolerance());
  }

  private static boolean isLargeOnBoth(KeyState mine, KeyState other) {
    boolean sameType = mine.type != null && mine.type.equals(other.type);
    boolean readable = !mine.isRefused() && !other.isRefused() && !mine.torn && !other.torn;
    return sameType && readable && (mine.isLarge() || other.isLarge());
  }

  /** What a settled key need not hold any longer is let go, its sums kept. */
  private static @org.jspecify.annotations.Nullable Content slim(
      @org.jspecify.annotations.Nullable Content content) {
    return content == null ? null : content.sumsOnly();
  }

  private Settled settled(Suspect suspect, KeyState mine, KeyState other, int round, String proof) {
    return new Settled(
        suspect, Judgement.of(mine, other, tolerance()), mine, other, round, proof, now());
  }

  private void watch(List<Bytes> keys) {
    RawOutput out = source.out();
    out.begin(1 + keys.size());
    out.part("WATCH");
    keys.forEach(out::part);
    out.flush();
    if (source.in().reply() instanceof Reply.Failed failed) {
      throw source.refused("WATCH", failed);
    }
  }

  /** Ends the watch; whether no watched key was touched since it began. */
  private boolean sourceStoodStill() {
    source.out().command("MULTI");
    source.out().command("EXEC");
    source.out().flush();
    source.in().reply();
    return source.in().reply() instanceof Reply.Items;
  }

  private static List<Bytes> keys(List<Suspect> group) {
    return group.stream().map(Suspect::key).toList();
  }

  private long tolerance() {
    return settling.ttlTolerance().toMillis();
  }

  private long now() {
    return clock.nanoTime();
  }
}
