package io.syncanalyzer.spark;

import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.attempt.SideBySide;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.partition.PartitionWork;
import io.syncanalyzer.verify.server.SlotsMoved;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Has each partition compared by an executor: a job of one task. Its results are put on the
 * executor's disk before the driver takes them piece by piece, so that the memory of neither
 * depends on how much differs. What can be gone on with stays there, and is compared again where
 * the executor is lost. Safe for use by several threads, each waiting for its own task.
 */
final class SparkWork implements PartitionWork {
  private final JavaSparkContext spark;
  private final Optional<Path> secrets;
  private final NanoClock clock;
  private final Map<Path, JavaRDD<Chunk>> kept = new ConcurrentHashMap<>();
  private final SharedRate rate = new SharedRate();

  SparkWork(JavaSparkContext spark, Optional<Path> secrets, NanoClock clock) {
    this.spark = Objects.requireNonNull(spark, "spark is null");
    this.secrets = Objects.requireNonNull(secrets, "secrets is null");
    this.clock = Objects.requireNonNull(clock, "clock is null");
  }

  @Override
  public int atOnce() {
    // As many as there are nodes: those for which there is no executor yet wait for one at Spark's,
    // which is how it comes to start more.
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean isHere() {
    return false;
  }

  @Override
  public Found verify(
      VerifyRequest request, Consumer<VerifyProgress> progress, SideBySide together) {
    try {
      return compared(request, progress, together);
    } catch (VerifyFailure | RedisFailure | SlotsMoved known) {
      throw known;
    } catch (Exception e) { // Scala's methods declare none, and throw checked ones too.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", e);
      }
      // Of a context that has ended by itself, for one.
      throw new VerifyFailure(
          VerifyFailure.Kind.EXECUTOR, "Spark does not go on: " + SparkWords.of(e), e);
    }
  }

  private Found compared(
      VerifyRequest request, Consumer<VerifyProgress> progress, SideBySide together) {
    long start = clock.nanoTime();
    VerifySettings asked = request.settings();
    SharedRate.Part share = rate.take(asked.keysPerSecond(), () -> mostAtOnce(together));
    try {
      TaskHead head = collect(request.with(allowed(asked, share, together)), progress);
      long waited = clock.nanoTime() - start - head.nanos();
      return new Found(
          head.outcome().summary(head.executor()), head.executor(), Math.max(0, waited));
    } finally {
      share.close();
    }
  }

  private int mostAtOnce(SideBySide together) {
    return together.atOnce() == 1 ? 1 : Math.min(together.atOnce(), Cores.of(spark, clock));
  }

  /** What this one is allowed of what is allowed to all. */
  private static VerifySettings allowed(
      VerifySettings all, SharedRate.Part share, SideBySide together) {
    VerifySettings one = all;
    if (share.perSecond() != null) {
      one = one.withRate(share.perSecond());
    }
    Long most = all.maxMismatches();
    return most == null ? one : one.withMaxMismatches(together.mismatches().left(most));
  }

  private TaskHead collect(VerifyRequest request, Consumer<VerifyProgress> progress) {
    Path folder = request.folder();
    // Of an earlier verification that was cut off in this folder: nothing goes on from that here.
    VerifyPhase.discard(folder);
    JsonFormat format = TaskFormat.in(folder);
    PartitionTask task =
        new PartitionTask(
            format.write(request.elsewhere(request.source(), request.replica(), Path.of("."))),
            secrets.map(Path::toString).orElse(null));
    JavaRDD<Chunk> before = kept.remove(folder);
    JavaRDD<Chunk> all =
        before != null && request.resume()
            ? before.mapPartitions(new GoOnTask(task))
            : spark.parallelize(List.of(task), 1).mapPartitions(new VerifyTask());
    all.persist(StorageLevel.DISK_ONLY());
    // Interrupted where it is cancelled, for a server may be waited for.
    spark.setJobGroup(
        folder.getFileName().toString(),
        (request.bySlot() ? "slots " + request.slots() + " of " : "all of ")
            + request.source().address(),
        true);
    try {
      TaskHead head =
          new TaskResult(all, folder, format, new TaskWait(spark, progress, clock)).take();
      if (request.keeps() && head.outcome() instanceof TaskOutcome.Compared) {
        kept.put(folder, all);
      }
      return head;
    } finally {
      if (before != null) {
        forget(before);
      }
      if (!all.equals(kept.get(folder))) {
        forget(all);
      }
    }
  }

  /** Where Spark does not bear to be asked, as after an interrupt, all goes with the context. */
  private static void forget(JavaRDD<Chunk> chunks) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      chunks.unpersist(false);
    } catch (Exception e) { // An undeclared InterruptedException, for one.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
