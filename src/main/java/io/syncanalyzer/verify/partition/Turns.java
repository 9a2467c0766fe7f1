package io.syncanalyzer.verify.partition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. A node takes part in one partition at a time: more would not be served faster,
 * and fences of one that are written to a node would keep another from proving that nobody wrote
 * there. Nodes that have most before them come first, and what waits for all others last. For one
 * thread.
 */
final class Turns {
  private final int most;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Partition> running = new ArrayList<>();

  /** One that waits. */
  private record Waiting(Partition partition, long dueNanos) {}

  /**
   * @param most so many at once
   */
  Turns(int most) {
    this.most = most;
  }

  /** One more is to be done, not before that moment. */
  void add(Partition partition, long dueNanos) {
    waiting.add(new Waiting(partition, dueNanos));
  }

  /**
   * The next that can be begun, which is taken; null where none can be now.
   *
   * @param doubtful addresses of nodes with which nothing is to be begun
   */
  @Nullable Partition next(long nowNanos, Set<String> doubtful) {
    if (running.size() >= most) {
      return null;
    }
    Set<String> busy = new HashSet<>(doubtful);
    for (Partition one : running) {
      busy.add(one.source().address());
      busy.add(one.replica().address());
    }
    Map<String, Long> left = new HashMap<>();
    for (Waiting one : waiting) {
      long weight = one.partition().keys() + one.partition().slots().count();
      left.merge(one.partition().source().address(), weight, Long::sum);
    }
    boolean onlyLast = onlyLastAreLeft();
    Waiting best = null;
    for (Waiting one : waiting) {
      Partition partition = one.partition();
      if (one.dueNanos() - nowNanos > 0
          || (partition.last() && !onlyLast)
          || busy.contains(partition.source().address())
          || busy.contains(partition.replica().address())) {
        continue;
      }
      if (best == null || left(left, partition) > left(left, best.partition())) {
        best = one;
      }
    }
    if (best == null) {
      return null;
    }
    waiting.remove(best);
    running.add(best.partition());
    return best.partition();
  }

  private boolean onlyLastAreLeft() {
    return running.stream().allMatch(Partition::last)
        && waiting.stream().allMatch(one -> one.partition().last());
  }

  private static long left(Map<String, Long> left, Partition partition) {
    return left.getOrDefault(partition.source().address(), 0L);
  }

  /** One that was taken has ended. */
  void ended(Partition partition) {
    running.removeIf(one -> one.number() == partition.number());
  }

  /** Takes away those that wait and are such. */
  List<Partition> take(Predicate<Partition> such) {
    List<Partition> taken = new ArrayList<>();
    waiting.removeIf(one -> such.test(one.partition()) && taken.add(one.partition()));
    return taken;
  }

  /** Those that are at it. */
  List<Partition> running() {
    return List.copyOf(running);
  }

  /** Those that wait. */
  List<Partition> waiting() {
    return waiting.stream().map(Waiting::partition).toList();
  }

  /** When the first of those that wait is due; empty where none waits. */
  OptionalLong firstDue() {
    return waiting.stream().mapToLong(Waiting::dueNanos).min();
  }
}
