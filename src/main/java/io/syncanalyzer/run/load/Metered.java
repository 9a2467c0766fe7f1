package io.syncanalyzer.run.load;

import io.syncanalyzer.capacity.TrialRules;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the servers counted between two moments.
 *
 * @param seconds between the two readings of the commands
 * @param writes write commands that the source carried out, whoever sent them; null = it hides its
 *     counts
 * @param reads likewise those that read
 * @param sourceCpuShare of its main thread, 1 = one core, of a cluster's primaries the busiest;
 *     null = not shown
 * @param replicaCpuShare the same by address
 * @param streamBytesPerS how fast each primary's replication offset grew, by address
 * @param loss why the counts prove nothing, one line; empty where they do
 */
public record Metered(
    double seconds,
    @Nullable Long writes,
    @Nullable Long reads,
    @Nullable Double sourceCpuShare,
    Map<String, Double> replicaCpuShare,
    Map<String, Double> streamBytesPerS,
    Optional<String> loss) {
  public Metered {
    replicaCpuShare = Map.copyOf(replicaCpuShare);
    streamBytesPerS = Map.copyOf(streamBytesPerS);
  }

  /**
   * Nothing was counted.
   *
   * @param why one line
   */
  public static Metered unknown(String why) {
    return new Metered(1, null, null, null, Map.of(), Map.of(), Optional.of(why));
  }

  /**
   * How fast a primary's replication offset grew.
   *
   * @param shard its address; null = of all of them together
   * @return null where it is not shown
   */
  public @Nullable Double streamOf(@Nullable String shard) {
    if (shard != null) {
      return streamBytesPerS.get(shard);
    }
    return streamBytesPerS.isEmpty()
        ? null
        : Double.valueOf(streamBytesPerS.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  /** Whether the source could do no more: its one thread for commands was never idle. */
  public boolean isSourceSaturated() {
    return sourceCpuShare != null && sourceCpuShare >= TrialRules.SATURATED_SHARE;
  }
}
