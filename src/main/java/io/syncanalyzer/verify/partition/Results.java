package io.syncanalyzer.verify.partition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of partitions: those done, failed, cut off and given up. For one thread. */
final class Results {
  private final Map<Integer, Done> done = new TreeMap<>();
  private final Map<Integer, Long> spent = new HashMap<>();
  private final List<Ended> failed = new ArrayList<>();
  private final List<Ended> cutOff = new ArrayList<>();
  private final List<Partition> givenUp = new ArrayList<>();

  /** One more attempt at it took so long. */
  void spent(Partition partition, long nanos) {
    spent.merge(partition.number(), nanos, Long::sum);
  }

  /** How long all attempts at it took. */
  long spent(Partition partition) {
    return spent.getOrDefault(partition.number(), 0L);
  }

  /** One is done, or done anew. */
  void done(Done one) {
    done.put(one.partition().number(), one);
  }

  /** What it came to; null where it is not done. */
  @Nullable Done of(Partition partition) {
    return done.get(partition.number());
  }

  /** What it came to holds no longer; whether it was done. */
  boolean undo(Partition partition) {
    return done.remove(partition.number()) != null;
  }

  Collection<Done> done() {
    return List.copyOf(done.values());
  }

  void fail(Ended ended, List<Partition> withIt) {
    failed.add(ended);
    givenUp.addAll(withIt);
  }

  /** One was told to end; what it was done with before stays. */
  void cutOff(Ended ended) {
    if (of(ended.partition()) == null) {
      cutOff.add(ended);
    }
  }

  /** All of them, each once, with those that are still to be done. */
  List<Partition> with(List<Partition> open) {
    Map<Integer, Partition> all = new LinkedHashMap<>();
    done.values().forEach(one -> all.put(one.partition().number(), one.partition()));
    open.forEach(one -> all.putIfAbsent(one.number(), one));
    failed.forEach(one -> all.putIfAbsent(one.partition().number(), one.partition()));
    cutOff.forEach(one -> all.putIfAbsent(one.partition().number(), one.partition()));
    givenUp.forEach(one -> all.putIfAbsent(one.number(), one));
    return List.copyOf(all.values());
  }

  /**
   * The sum of all.
   *
   * @param open those that are still to be done
   * @param changes what is to be told of slots and nodes
   */
  WholeSummary summary(PartitionedRequest request, List<Partition> open, List<String> changes) {
    List<Partition> notDone = new ArrayList<>(givenUp);
    notDone.addAll(open);
    notDone.removeIf(one -> of(one) != null);
    return new WholeSummary(request, done(), failed, cutOff, notDone, changes);
  }
}
