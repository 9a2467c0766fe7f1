package io.syncanalyzer.run;

import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the replica has everything, through losses of either server: a fence for every pair
 * of shards, all at once, and the slowest is the whole.
 */
final class Drain {
  private final RunContext context;
  private final Recorder recorder;
  private final LoadAndVerifyRequest request;

  Drain(RunContext context, Recorder recorder, LoadAndVerifyRequest request) {
    this.context = context;
    this.recorder = recorder;
    this.request = request;
  }

  /**
   * Drains. What it could not be done for is in the report; a server that is gone ends the run.
   *
   * @param loadEndedNanos from when on the drain's time counts, on the context's clock
   */
  DrainReport run(List<ShardPair> pairs, long loadEndedNanos) {
    List<PairDrain> drained =
        EachPair.run(
            pairs,
            pair -> {
              PairDrain drain =
                  new PairDrain(context, request, recorder.folder().runId(), loadEndedNanos);
              drain.run(pair);
              return drain;
            });
    // What the probe has seen until then is collected all the same.
    drained.forEach(drain -> drain.lost().ifPresent(recorder::failedUnlessInterrupted));
    drained.forEach(drain -> drain.failovers().forEach(recorder.report()::warning));
    return new DrainReport(
        fence(pairs, drained),
        drained.stream().allMatch(drain -> drain.seconds() != null)
            ? drained.stream().map(PairDrain::seconds).max(Double::compare).orElse(null)
            : null,
        request.ending().drainTimeout().toNanos() / 1e9,
        incomplete(pairs, drained));
  }

  /** How many fences there were, and which was the last to be passed. */
  private static String fence(List<ShardPair> pairs, List<PairDrain> drained) {
    String descriptions =
        drained.stream().map(PairDrain::description).distinct().collect(Collectors.joining("; "));
    if (pairs.size() == 1) {
      return descriptions;
    }
    PairDrain slowest = null;
    String shard = "";
    for (int i = 0; i < drained.size(); i++) {
      Double seconds = drained.get(i).seconds();
      if (seconds != null
          && (slowest == null || seconds > Objects.requireNonNull(slowest.seconds()))) {
        slowest = drained.get(i);
        shard = pairs.get(i).shard();
      }
    }
    return pairs.size()
        + " fences"
        + (slowest == null ? "" : ", the slowest that of shard " + shard)
        + "; "
        + descriptions;
  }

  /** Why not all were passed, the shards named where there are several. */
  private static @Nullable String incomplete(List<ShardPair> pairs, List<PairDrain> drained) {
    List<String> why = new ArrayList<>();
    for (int i = 0; i < drained.size(); i++) {
      String failure = drained.get(i).failure();
      if (failure != null) {
        why.add((pairs.size() == 1 ? "" : "shard " + pairs.get(i).shard() + ": ") + failure);
      }
    }
    return why.isEmpty() ? null : String.join("; ", why);
  }
}
