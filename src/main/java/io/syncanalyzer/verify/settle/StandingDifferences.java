package io.syncanalyzer.verify.settle;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.server.Unanswered;
import io.syncanalyzer.verify.value.Content;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the parts of a value that really differ from those that are only written to all the time,
 * where nothing can prove that the source stood still.
 *
 * <p>Told to differ is a part only if it did in the same way, with the same two values, at every
 * one of {@link #LOOKS} looks (source, fence, replica, source again); told to be equal is one as
 * soon as a look shows what the source had before it or after it, whatever it showed otherwise.
 * Parts must keep their names, as those of a list do not ({@link ListSettler}). It knows no server:
 * it is told what a look showed. For one window, and one thread. {@link SettlingRule} has the
 * reason for ten looks.
 */
public final class StandingDifferences {
  /** How many looks in a row must agree. */
  public static final int LOOKS = SettlingRule.LOOKS;

  private static final long LONGEST_PAUSE_NANOS = 3_000_000;

  private final long toleranceMillis;
  private final Set<Content.Difference> standing = new LinkedHashSet<>();
  private final Set<Bytes> open = new HashSet<>();
  private int looks;

  /**
   * @param toleranceMillis how far apart equal deadlines of parts may be
   */
  StandingDifferences(long toleranceMillis) {
    this.toleranceMillis = toleranceMillis;
  }

  /** What lies between two looks: a moment of random length. */
  public static BackOff pauses(NanoClock clock) {
    return BackOff.random(clock, LONGEST_PAUSE_NANOS);
  }

  /** Takes a look: the source before the fence, the replica, and the source after that. */
  void look(Content before, Content replica, Content after) {
    List<Content.Difference> earlier = all(before, replica);
    List<Content.Difference> later = all(after, replica);
    Set<Content.Difference> now = new LinkedHashSet<>(later);
    now.retainAll(new HashSet<>(earlier));
    Set<Bytes> unlike = names(earlier);
    unlike.retainAll(names(later));
    if (looks == 0) {
      standing.addAll(now);
      open.addAll(unlike);
    } else {
      standing.retainAll(now);
      open.retainAll(unlike);
    }
    standing.removeIf(difference -> !open.contains(difference.name()));
    looks++;
  }

  /** Whether every part has been seen to be equal. */
  boolean areNone() {
    return open.isEmpty();
  }

  /**
   * What differs, confirmed; null as long as that is open.
   *
   * @param patience after so many looks that leave nothing to confirm it is given up
   * @throws Unanswered if all that differs has changed from look to look
   */
  Content.@Nullable Differences confirmed(int patience) throws Unanswered {
    if (standing.isEmpty() && looks >= patience) {
      throw Unanswered.changing();
    }
    if (standing.isEmpty() || looks < LOOKS) {
      return null;
    }
    Content.Differences found = new Content.Differences();
    standing.forEach(found::add);
    return found;
  }

  private List<Content.Difference> all(Content source, Content replica) {
    List<Content.Difference> found = new ArrayList<>();
    source.against(replica, toleranceMillis, found::add);
    return found;
  }

  private static Set<Bytes> names(List<Content.Difference> differences) {
    Set<Bytes> names = new HashSet<>();
    differences.forEach(difference -> names.add(difference.name()));
    return names;
  }
}
