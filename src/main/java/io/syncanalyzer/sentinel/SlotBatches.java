package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.topology.HashSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects keys to batches that one command may name: of a cluster those of one slot, for which as
 * many keys wait as memory is well spent on. Belongs to one thread.
 */
final class SlotBatches {
  /** A server goes through all keys watched so far for each further one. */
  private static final int BATCH = 128;

  /** About one key for each slot: some megabytes. */
  private static final int WAITING = 16_384;

  private final boolean inCluster;
  private final Map<Integer, List<OurKey>> waiting = new HashMap<>();
  private int count;

  SlotBatches(boolean inCluster) {
    this.inCluster = inCluster;
  }

  /**
   * Takes a key in, and uses what is to be used by now.
   *
   * @return whether something was used
   */
  boolean add(OurKey key, Consumer<List<OurKey>> use) {
    int slot = inCluster ? HashSlot.of(key.key()) : 0;
    List<OurKey> batch = waiting.computeIfAbsent(slot, none -> new ArrayList<>());
    batch.add(key);
    count++;
    if (batch.size() == BATCH) {
      waiting.remove(slot);
      count -= BATCH;
      use.accept(batch);
      return true;
    }
    if (count == WAITING) {
      useAll(use);
      return true;
    }
    return false;
  }

  /** What is left. */
  void useAll(Consumer<List<OurKey>> use) {
    List<List<OurKey>> batches = List.copyOf(waiting.values());
    waiting.clear();
    count = 0;
    batches.forEach(use);
  }
}
