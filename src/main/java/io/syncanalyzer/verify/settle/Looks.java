package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.result.KeyVerdict;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.server.WriteCount;
import io.syncanalyzer.verify.value.Content;
import io.syncanalyzer.verify.value.Judgement;
import io.syncanalyzer.verify.value.KeyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at suspects without WATCH: the source, a fence, the replica, and the source again. Not safe
 * for use by several threads.
 */
final class Looks {
  private final CountedFence fence;
  private final Settling settling;
  private final NanoClock clock;

  Looks(CountedFence fence, Settling settling, NanoClock clock) {
    this.fence = fence;
    this.settling = settling;
    this.clock = clock;
  }

  /** Reads the source, passes the fence, reads the replica, and reads the source again. */
  List<Settled> twice(BothSides sides, List<Suspect> group, int round) {
    List<Bytes> keys = keys(group);
    List<KeyState> first = sides.sourceReader().look(keys);
    sides.sourceReader().fetch(keys, first);
    String proof = fence.pass(settling.fenceTimeout()).proof();
    List<KeyState> others = sides.replicaReader().look(keys);
    sides.replicaReader().fetch(keys, others);
    List<KeyState> second = sides.sourceReader().look(keys);
    sides.sourceReader().fetch(keys, second);
    List<Settled> found = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Settled before = settled(group.get(i), first.get(i), others.get(i), round, proof);
      Settled after = settled(group.get(i), second.get(i), others.get(i), round, proof);
      if (isDone(after)) {
        found.add(after);
      } else if (isDone(before)) {
        found.add(before);
      } else {
        KeyVerdict still = Judgement.of(first.get(i), second.get(i), tolerance()).verdict();
        found.add(still == KeyVerdict.EQUAL || still == null ? after : changing(after));
      }
      for (KeyState read : List.of(first.get(i), others.get(i), second.get(i))) {
        read.content = slim(read.content);
      }
    }
    return found;
  }

  /** Whether the two looks agree: nothing that follows can make them a mismatch. */
  private static boolean isDone(Settled settled) {
    KeyVerdict verdict = settled.judgement().verdict();
    return verdict == null || verdict == KeyVerdict.UNREADABLE || verdict == KeyVerdict.EQUAL;
  }

  /**
   * Where WATCH is not allowed, what differs must do so in the same way again and again: see {@link
   * StandingDifferences}.
   */
  void again(BothSides sides, List<Settled> differing, int round, Outcome outcome) {
    List<Settled> left = differing;
    BackOff pauses = StandingDifferences.pauses(clock);
    for (int look = 1; look < StandingDifferences.LOOKS && !left.isEmpty(); look++) {
      pauses.more();
      List<Settled> again = twice(sides, left.stream().map(Settled::suspect).toList(), round);
      List<Settled> standing = new ArrayList<>();
      for (int i = 0; i < again.size(); i++) {
        Settled settled = again.get(i);
        if (LargeSettler.isLargeOnBoth(settled.source(), settled.replica())) {
          outcome.add(changing(settled)); // It has grown meanwhile, and was not read.
        } else if (!isMismatch(settled)) {
          outcome.add(settled);
        } else if (settled.judgement().isLike(left.get(i).judgement())) {
          standing.add(settled);
        } else {
          outcome.add(changing(settled));
        }
      }
      left = standing;
    }
    left.forEach(outcome::add);
  }

  /** How often the source has been written to; empty where it hides that. */
  Optional<WriteCount> writes(BothSides sides) {
    return sides.source().call("INFO") instanceof Reply.Text text
        ? WriteCount.of(ServerInfo.parse(text.bytes().asUtf8()))
        : Optional.empty();
  }

  /** What one look came to. */
  Settled settled(Suspect suspect, KeyState mine, KeyState other, int round, String proof) {
    return new Settled(
        suspect,
        Judgement.of(mine, other, tolerance()),
        mine,
        other,
        round,
        proof,
        clock.nanoTime());
  }

  static List<Bytes> keys(List<Suspect> group) {
    return group.stream().map(Suspect::key).toList();
  }

  private long tolerance() {
    return settling.ttlTolerance().toMillis();
  }

  /** Whether it differs, as far as this look tells. */
  static boolean isMismatch(Settled settled) {
    KeyVerdict verdict = settled.judgement().verdict();
    return verdict != null && verdict.isMismatch();
  }

  /** The same, found to be written to all the time. */
  static Settled changing(Settled settled) {
    return new Settled(
        settled.suspect(),
        Judgement.unsettled("it kept changing on the source"),
        settled.source(),
        settled.replica(),
        settled.rounds(),
        settled.fence(),
        settled.nanos());
  }

  /** What a settled key need not hold any longer is let go, its sums kept. */
  static @Nullable Content slim(@Nullable Content content) {
    return content == null ? null : content.sumsOnly();
  }
}
