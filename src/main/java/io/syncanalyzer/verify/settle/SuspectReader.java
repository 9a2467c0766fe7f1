package io.syncanalyzer.verify.settle;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.value.KeyReader;
import io.syncanalyzer.verify.value.KeyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads suspects on both sides, a fence passed between. Of a group that stands still values are
 * read after the fence, so that only those that both sides have are read, some at a time; of one
 * that may change they are read with each look. Not safe for use by several threads.
 */
final class SuspectReader {
  /**
   * Values that are read together take so much of a server's memory, or are of so few keys. Of more
   * keys only strings are: what a collection takes is the server's estimate.
   */
  private static final long FETCH_BYTES = 4L * 1024 * 1024;

  private static final int LEAST_FETCH = 64;
  private static final int MOST_FETCH = 2048;

  private SuspectReader() {}

  /**
   * A suspect as both sides showed it.
   *
   * @param source as the source showed it, before the fence
   * @param replica as the replica showed it, after the fence
   * @param proof of the fence
   */
  record Seen(Suspect suspect, KeyState source, KeyState replica, String proof) {
    /** Whether both sides have it as one type and its values are to be compared in windows. */
    boolean isLarge() {
      return LargeSettler.isLargeOnBoth(source, replica);
    }

    /** The same; of both values only the sums are kept. */
    Seen withoutParts() {
      return new Seen(suspect, source.withoutParts(), replica.withoutParts(), proof);
    }

    /**
     * What it came to. Of its values only the sums are kept.
     *
     * @param nanos when
     */
    Settled settled(SettlingRule.Ruling ruling, int round, long nanos) {
      return new Settled(
          suspect,
          ruling.judgement(),
          ruling.source().withoutParts(),
          replica.withoutParts(),
          round,
          proof,
          nanos);
    }
  }

  /**
   * A suspect at three looks.
   *
   * @param again as the source showed it after the replica was read
   */
  record SeenAgain(Seen seen, KeyState again) {}

  /**
   * Reads a group that the caller sees to stand still, or finds out afterwards whether it did.
   *
   * @param fence passes the fence, and gives its proof
   * @param each takes one at a time; its values are not kept
   */
  static void standing(
      BothSides sides, List<Suspect> group, Supplier<String> fence, Consumer<Seen> each) {
    List<Bytes> keys = keys(group);
    List<KeyState> mine = sides.sourceReader().look(keys);
    String proof = fence.get();
    List<KeyState> others = sides.replicaReader().look(keys);
    List<Seen> part = new ArrayList<>();
    long bytes = 0;
    boolean exact = true;
    for (int i = 0; i < keys.size(); i++) {
      Seen seen = new Seen(group.get(i), mine.get(i), others.get(i), proof);
      bytes += bytesToFetch(seen);
      exact &= isExact(seen);
      if (part.size() >= MOST_FETCH
          || (part.size() >= LEAST_FETCH && !(exact && bytes <= FETCH_BYTES))) {
        withValues(sides, part).forEach(each);
        part = new ArrayList<>();
        bytes = bytesToFetch(seen);
        exact = isExact(seen);
      }
      part.add(seen);
    }
    withValues(sides, part).forEach(each);
  }

  /** What the value that takes more takes; of one that is not told the most that is read whole. */
  private static long bytesToFetch(Seen seen) {
    return hasValuesToCompare(seen) ? Math.max(bytes(seen.source()), bytes(seen.replica())) : 0;
  }

  private static boolean isExact(Seen seen) {
    return !hasValuesToCompare(seen) || "string".equals(seen.source().type());
  }

  private static long bytes(KeyState state) {
    return Objects.requireNonNullElse(state.memoryBytes(), KeyReader.LARGE_BYTES);
  }

  private static List<Seen> withValues(BothSides sides, List<Seen> part) {
    List<Seen> small = part.stream().filter(SuspectReader::hasValuesToCompare).toList();
    List<Bytes> keys = small.stream().map(seen -> seen.suspect().key()).toList();
    List<KeyState> mine =
        sides.sourceReader().fetch(keys, small.stream().map(Seen::source).toList());
    List<KeyState> others =
        sides.replicaReader().fetch(keys, small.stream().map(Seen::replica).toList());
    List<Seen> all = new ArrayList<>();
    int next = 0;
    for (Seen seen : part) {
      if (hasValuesToCompare(seen)) {
        all.add(new Seen(seen.suspect(), mine.get(next), others.get(next), seen.proof()));
        next++;
      } else {
        all.add(seen);
      }
    }
    return all;
  }

  private static boolean hasValuesToCompare(Seen seen) {
    KeyState mine = seen.source();
    KeyState other = seen.replica();
    boolean sameType = mine.type() != null && mine.type().equals(other.type());
    return sameType && !mine.isLarge() && !other.isLarge();
  }

  /** Reads a group that may change: the source, the fence, the replica, and the source again. */
  static List<SeenAgain> changing(BothSides sides, List<Suspect> group, Supplier<String> fence) {
    List<Bytes> keys = keys(group);
    List<KeyState> first = sides.sourceReader().fetch(keys, sides.sourceReader().look(keys));
    String proof = fence.get();
    List<KeyState> replica = sides.replicaReader().fetch(keys, sides.replicaReader().look(keys));
    List<KeyState> second = sides.sourceReader().fetch(keys, sides.sourceReader().look(keys));
    List<SeenAgain> all = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Seen seen = new Seen(group.get(i), first.get(i), replica.get(i), proof);
      all.add(new SeenAgain(seen, second.get(i)));
    }
    return all;
  }

  static List<Bytes> keys(List<Suspect> group) {
    return group.stream().map(Suspect::key).toList();
  }
}
