package io.syncanalyzer.verify.partition;

import io.syncanalyzer.fence.FenceUse;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.server.WriteCount;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys that come to a partition after it was verified, while others still are. When all are done,
 * those whose nodes were written to since are gone on with: their names are scanned again. What
 * brings new keys then is gone on with once more, until nothing is new, or the rounds are used up.
 * What the last of a partition's own rounds counts stands in its result, as ever.
 *
 * <p>A node that nobody but us has written to is told by its count of writes, and nothing of it is
 * listed. {@link #begins} and {@link #wrote} are safe for use by several threads, the rest is for
 * one.
 */
final class Latecomers {
  private final PartitionedRequest request;
  private final Nodes nodes;
  private final Map<String, Long> ours = new ConcurrentHashMap<>();
  private final Map<Integer, Writes> before = new ConcurrentHashMap<>();
  private final Set<Integer> settled = new HashSet<>();
  private int rounds;
  private long lookedAgain;

  Latecomers(PartitionedRequest request, Nodes nodes) {
    this.request = request;
    this.nodes = nodes;
  }

  /** A partition is about to be verified, and nothing else is with its nodes. */
  void begins(Partition partition) {
    Writes now = new Writes(writes(partition.source()), writes(partition.replica()));
    before.put(partition.number(), now);
  }

  /** So it ended, with writes of its own. */
  void wrote(Partition partition, FenceUse fence) {
    for (Endpoint node : List.of(partition.source(), partition.replica())) {
      ours.merge(node.address(), fence.writes(), Long::sum);
    }
  }

  /** How often its nodes had been written to when it began. */
  Writes before(Partition partition) {
    return before.getOrDefault(partition.number(), Writes.UNKNOWN);
  }

  /** It is not to be gone on with. */
  void leaveAlone(Partition partition) {
    settled.add(partition.number());
  }

  private @Nullable WriteCount writes(Endpoint node) {
    try {
      WriteCount all = WriteCount.of(nodes.info(node)).orElse(null);
      return all == null
          ? null
          : new WriteCount(
              all.changes() - ours.getOrDefault(node.address(), 0L),
              all.savedAt(),
              all.saves(),
              all.certain());
    } catch (RedisFailure hidden) {
      return null;
    }
  }

  /**
   * Those that are to be gone on with now that all are done; none where nothing came, the rounds
   * are used up, or there is but one, which has looked itself.
   */
  List<Done> next(Collection<Done> done) {
    if (done.size() < 2 || rounds >= request.settings().rounds()) {
      return List.of();
    }
    List<Done> next = written(done);
    if (!next.isEmpty()) {
      rounds++;
      lookedAgain += next.size();
    }
    return next;
  }

  private List<Done> written(Collection<Done> done) {
    Map<String, Endpoint> all = new HashMap<>();
    List<Done> open = done.stream().filter(this::isOpen).toList();
    for (Done one : open) {
      all.put(one.partition().source().address(), one.partition().source());
      all.put(one.partition().replica().address(), one.partition().replica());
    }
    Map<String, WriteCount> now = new HashMap<>();
    all.forEach((address, node) -> now.put(address, writes(node)));
    return open.stream()
        .filter(
            one ->
                !one.before()
                    .areAllUntil(
                        new Writes(
                            now.get(one.partition().source().address()),
                            now.get(one.partition().replica().address()))))
        .toList();
  }

  private boolean isOpen(Done one) {
    return !settled.contains(one.partition().number())
        && one.summary().incompleteKind() == null
        && !one.summary().stoppedEarly();
  }

  /** What a partition came to that was gone on with, and whether that was all. */
  VerifySummary joined(Done earlier, VerifySummary later) {
    VerifySummary first = earlier.summary();
    boolean isNew =
        later.keys() + later.goneKeys() > first.keys() + first.goneKeys()
            || later.notLookedAt().appeared() > 0;
    if (!isNew) {
      // Whatever comes from now on comes after all was looked at.
      settled.add(earlier.partition().number());
    }
    FenceUse fence = later.fence();
    return later.noting(
        first.notes().stream().filter(note -> !later.notes().contains(note)).toList(),
        new FenceUse(
            fence.description(),
            fence.proves() || first.fence().proves(),
            fence.passed() + first.fence().passed(),
            Math.max(fence.longestNanos(), first.fence().longestNanos()),
            fence.writes() + first.fence().writes()));
  }

  /** What was done, in words; none where nothing was. */
  Stream<String> words() {
    return lookedAgain == 0
        ? Stream.empty()
        : Stream.of(
            "their nodes were written to since they were compared: the names of "
                + Counted.words(lookedAgain, "partition")
                + " were scanned again when all were done, in "
                + Counted.words(rounds, "round"));
  }
}
