package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import io.syncanalyzer.verify.value.KeyReader;
import io.syncanalyzer.verify.value.KeyState;
import io.syncanalyzer.verify.value.Question;
import io.syncanalyzer.verify.value.WindowWalk;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settles large lists that are written to meanwhile, each as a whole: an element has no name but
 * its place, and places shift with every push, so that nothing can be said of a window by itself.
 * Not safe for use by several threads.
 */
final class ListSettler {
  private final Abilities abilities;
  private final CountedFence fence;
  private final SettleSettings settling;
  private final NanoClock clock;

  ListSettler(Abilities abilities, CountedFence fence, SettleSettings settling, NanoClock clock) {
    this.abilities = abilities;
    this.fence = fence;
    this.settling = settling;
    this.clock = clock;
  }

  /**
   * Whether the replica's list differs from the source's, by the digests of both, as {@link
   * RepeatedLooks} rules.
   *
   * @throws Unanswered if the source's list is another at every look
   */
  boolean differs(BothSides sides, Bytes key) throws Unanswered {
    BackOff pauses = StandingDifferences.pauses(clock);
    RepeatedLooks looks = new RepeatedLooks(settling.rounds());
    @Nullable Bytes source = null;
    @Nullable Bytes seen = null;
    while (true) {
      Bytes before = digest(sides.source(), sides.sourceReader(), key);
      fence.pass(settling.fenceTimeout());
      Bytes replica = digest(sides.replica(), sides.replicaReader(), key);
      Bytes after = digest(sides.source(), sides.sourceReader(), key);
      boolean equal = replica.equals(before) || replica.equals(after);
      boolean likeLast = source == null || (before.equals(source) && Objects.equals(replica, seen));
      switch (looks.take(equal, before.equals(after) && likeLast)) {
        case EQUAL -> {
          return false;
        }
        case DIFFERS -> {
          return true;
        }
        case CHANGING -> throw Unanswered.changing();
        case OPEN -> pauses.more();
      }
      source = before;
      seen = replica;
    }
  }

  private Bytes digest(RawConnection side, KeyReader reader, Bytes key) throws Unanswered {
    KeyState state = reader.look(List.of(key)).get(0);
    if (!"list".equals(state.type())) {
      throw Unanswered.changing();
    }
    WindowWalk walk = new WindowWalk(side, key, state, abilities, false);
    Bytes digest = Bytes.EMPTY;
    for (Question question = walk.next(); question != null; question = walk.next()) {
      ByteArrayOutputStream window = new ByteArrayOutputStream();
      window.writeBytes(digest.array());
      for (Blob element : WindowWalk.ask(side, key, question).parts().values()) {
        window.writeBytes(element.digest().array());
      }
      digest = Blob.of(Bytes.wrap(window.toByteArray())).digest();
    }
    return digest;
  }
}
