package io.syncanalyzer.run.drain;

import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the replica has everything, through losses of either server: a fence for every pair
 * of shards, all at once, and the slowest is the whole.
 */
public final class Drain {
  private final RunContext context;
  private final Recorder recorder;
  private final FenceMode fence;
  private final Duration timeout;

  /**
   * @param fence how the proof is made
   * @param timeout how long it may take, from the end of the load on
   */
  public Drain(RunContext context, Recorder recorder, FenceMode fence, Duration timeout) {
    this.context = context;
    this.recorder = recorder;
    this.fence = fence;
    this.timeout = timeout;
  }

  /**
   * Drains. What it could not be done for is in the report; a server that is gone ends the run.
   *
   * @param loadEndedNanos from when on the drain's time counts, on the context's clock
   */
  public DrainReport run(List<ShardPair> pairs, long loadEndedNanos) {
    List<PairDrain> drained =
        EachPair.run(
            pairs,
            pair -> {
              PairDrain drain =
                  new PairDrain(context, fence, timeout, recorder.folder().runId(), loadEndedNanos);
              drain.run(pair);
              return drain;
            });
    // What the probe has seen until then is collected all the same.
    drained.forEach(drain -> drain.lost().ifPresent(recorder::failedUnlessInterrupted));
    drained.forEach(drain -> drain.failovers().forEach(recorder.report()::warning));
    return report(drained.stream().map(PairDrain::drained).toList(), timeout);
  }

  /**
   * What the fences come to: how many there were, which was the last to be passed, and why not all
   * were; of a single one nothing but what came of it.
   */
  static DrainReport report(List<Drained> all, Duration timeout) {
    String fences = all.stream().map(Drained::fence).distinct().collect(Collectors.joining("; "));
    Optional<Drained> slowest =
        all.stream()
            .filter(one -> one.seconds() != null)
            .max(Comparator.comparingDouble(one -> Objects.requireNonNull(one.seconds())));
    boolean single = all.size() == 1;
    List<String> why = new ArrayList<>();
    for (Drained one : all) {
      if (one.failure() != null) {
        why.add((single ? "" : "shard " + one.shard() + ": ") + one.failure());
      }
    }
    return new DrainReport(
        single
            ? fences
            : all.size()
                + " fences"
                + slowest.map(one -> ", the slowest that of shard " + one.shard()).orElse("")
                + "; "
                + fences,
        why.isEmpty() ? slowest.map(Drained::seconds).orElse(null) : null,
        timeout.toNanos() / 1e9,
        why.isEmpty() ? null : String.join("; ", why));
  }

  /**
   * What came of one pair.
   *
   * @param fence that told, in words
   * @param seconds from the end of the load until it was passed; null if it never was
   * @param failure why it was not; null where it was
   */
  record Drained(String shard, String fence, @Nullable Double seconds, @Nullable String failure) {}
}
