package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import io.syncanalyzer.verify.server.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Compares large values of one type, window by window, in memory that does not grow with them. Not
 * safe for use by several threads.
 */
public final class LargeLook {
  private final RawConnection source;
  private final RawConnection replica;
  private final Abilities abilities;
  private final long toleranceMillis;

  public LargeLook(
      RawConnection source, RawConnection replica, Abilities abilities, long toleranceMillis) {
    this.source = source;
    this.replica = replica;
    this.abilities = abilities;
    this.toleranceMillis = toleranceMillis;
  }

  /** Says what differs in a window: at once, or after settling it. */
  public interface Check {
    Content.Differences differences(Question question, Content source, Content replica)
        throws Unanswered;
  }

  /**
   * Compares until the first difference, the sizes first; in doubt they are not the same.
   *
   * @return bytes of what was compared on the source; empty where they are not the same
   */
  public OptionalLong bytesIfSame(Bytes key, KeyState mine, KeyState other) {
    if (!Objects.equals(mine.count(), other.count())) {
      return OptionalLong.empty();
    }
    Optional<Watch> watch =
        abilities.watch() ? Watch.begin(source, List.of(key)) : Optional.empty();
    boolean same;
    long[] bytes = new long[1];
    try {
      same = walk(source, key, mine, 1, this::unlike, bytes, true).isEmpty();
    } catch (Unanswered changedOrRefused) {
      same = false;
    }
    boolean stoodStill = watch.isPresent() && watch.get().stoodStill();
    if (same && !stoodStill) {
      // Written to meanwhile: places in a list may have shifted past the windows, and what only the
      // replica has may have made up for what it did not have yet.
      same = !"list".equals(mine.type()) && replicaHasNothingElse(key, other);
    }
    return same ? OptionalLong.of(bytes[0]) : OptionalLong.empty();
  }

  private boolean replicaHasNothingElse(Bytes key, KeyState other) {
    try {
      return walk(replica, key, other, 1, this::unlike, new long[1], false).isEmpty();
    } catch (Unanswered changedOrRefused) {
      return false;
    }
  }

  private Content.Differences unlike(Question question, Content mine, Content other) {
    return against(mine, other);
  }

  /**
   * The first few differences of a value that stands still. Where the windows of the source show
   * none but the counts differ, the replica is walked for what only it has.
   *
   * @param check asked about each window
   * @throws Unanswered if either side would not answer
   */
  public Content.Differences differences(Bytes key, KeyState mine, KeyState other, Check check)
      throws Unanswered {
    long[] bytes = new long[1];
    Content.Differences found =
        walk(source, key, mine, Content.Differences.KEPT, check, bytes, true);
    if (!found.lackElements()) {
      return found;
    }
    Content.Differences extra =
        walk(replica, key, other, Content.Differences.KEPT, check, bytes, true);
    return extra.isEmpty() ? found : extra;
  }

  /**
   * The first few differences of a value that is written to meanwhile. Both sides are walked:
   * counts of different moments would hide what only the replica has, or show what neither lacks.
   *
   * @param check settles each window
   * @throws Unanswered if either side would not answer
   */
  public Content.Differences differencesWhileChanging(
      Bytes key, KeyState mine, KeyState other, Check check) throws Unanswered {
    long[] bytes = new long[1];
    Content.Differences found =
        walk(source, key, mine, Content.Differences.KEPT, check, bytes, false);
    if (found.isEmpty()) {
      found.addAll(walk(replica, key, other, Content.Differences.KEPT, check, bytes, false));
    }
    return found;
  }

  private Content.Differences walk(
      RawConnection side,
      Bytes key,
      KeyState state,
      int limit,
      Check check,
      long[] bytes,
      boolean counting)
      throws Unanswered {
    Content.Differences found = new Content.Differences();
    WindowWalk walk = new WindowWalk(side, key, state, abilities, counting);
    for (Question question = walk.next(); question != null; question = next(walk, found)) {
      question.ask(source.out(), key);
      question.ask(replica.out(), key);
      source.out().flush();
      replica.out().flush();
      Content mine = new Content();
      Content other = new Content();
      List<Question> more = new ArrayList<>();
      Unanswered refusal = null;
      try {
        question.answer(source.in(), mine, more::add);
      } catch (Unanswered e) {
        refusal = e;
      }
      question.answer(replica.in(), other, ignored -> {});
      if (refusal != null) {
        throw refusal;
      }
      walk.addNext(more);
      bytes[0] += mine.bytes();
      Content.Differences here = against(mine, other);
      if (!here.isEmpty()) {
        found.addAll(check.differences(question, mine, other));
      }
      if (here.mayBeMore()) {
        found.more();
      }
      if (found.count() >= limit) {
        found.more();
        break;
      }
    }
    return found;
  }

  /** The next window; what differs already differs, whatever else cannot be told. */
  private static @Nullable Question next(WindowWalk walk, Content.Differences found)
      throws Unanswered {
    try {
      return walk.next();
    } catch (Unanswered e) {
      if (found.isEmpty() || e.isChange()) {
        throw e;
      }
      return null;
    }
  }

  private Content.Differences against(Content mine, Content other) {
    return mine.against(other, toleranceMillis);
  }
}
