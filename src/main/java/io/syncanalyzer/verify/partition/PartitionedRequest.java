package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What to verify by partitions.
 *
 * @param pairs which nodes hold the same slots
 * @param runId names the fence keys
 * @param folder existing folder of the verification: each partition has one of its own in it
 * @param settings which keys, how strictly, and at what cost, of all partitions together
 * @param resume go on where an earlier verification in {@code folder} was cut off
 */
public record PartitionedRequest(
    List<ShardPair> pairs, String runId, Path folder, VerifySettings settings, boolean resume) {
  public PartitionedRequest {
    pairs = List.copyOf(pairs);
    Objects.requireNonNull(runId, "runId is null");
    Objects.requireNonNull(folder, "folder is null");
    Objects.requireNonNull(settings, "settings is null");
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("no two nodes hold the same slots");
    }
  }

  /** Whether it is a pair of servers in no cluster, which is not cut. */
  boolean isWhole() {
    return pairs.size() == 1 && !pairs.get(0).bySlot();
  }

  /** Where a partition works. */
  Path folder(Partition partition) {
    return folder.resolve(partition.folder());
  }

  /** What is asked for of one of them. */
  VerifyRequest of(Partition partition) {
    VerifyRequest whole =
        VerifyRequest.of(partition.source(), partition.replica(), runId, folder(partition))
            .with(settings)
            .with(SlotSet.of(partition.slots()))
            .keeping();
    return partition.functions() ? whole : whole.withoutFunctions();
  }
}
