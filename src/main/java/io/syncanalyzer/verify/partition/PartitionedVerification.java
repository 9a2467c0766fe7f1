package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.SideBySide;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.found.MismatchCount;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.scan.CpuShare;
import io.syncanalyzer.verify.scan.Rate;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies whatever holds a source's keys against whatever holds the replica's, by partitions:
 * several at once, moved ones again. {@link #run} belongs to one thread, which may be interrupted;
 * partitions are verified on threads of their own.
 */
public final class PartitionedVerification {
  /** So long at most until it is looked at what is due. */
  private static final long LONGEST_NANOS = 100_000_000;

  private final PartitionedRequest request;
  private final Supplier<List<ShardPair>> again;
  private final PartitionWork work;
  private final Consumer<VerifyProgress> consumer;
  private final Tries tries;
  private final NanoClock clock;
  private final PartitionsProgress progress;
  private final NodeBook book;
  private final Rate rate;
  private final @Nullable CpuShare serverCpu;
  private final MismatchCount mismatches = new MismatchCount();
  private final Map<Integer, MismatchCount.Part> parts = new ConcurrentHashMap<>();
  private final Set<Integer> resumable = ConcurrentHashMap.newKeySet();
  private final int atOnce;
  private final Turns turns;
  private final Latecomers latecomers;
  private final Crew crew;
  private final Course course;
  private boolean interrupted;

  /**
   * @param again reads again which nodes hold the same slots
   * @param work who carries it out
   * @param progress told a few times a second how far it is, from threads of the verification
   */
  public PartitionedVerification(
      PartitionedRequest request,
      Supplier<List<ShardPair>> again,
      PartitionWork work,
      Consumer<VerifyProgress> progress,
      NanoClock clock) {
    this(
        request,
        again,
        work,
        new ClusterNodes(),
        progress,
        clock,
        Tries.within(
            request.pairs().stream()
                .mapToLong(pair -> pair.source().timeout().toNanos())
                .max()
                .orElse(0)));
  }

  PartitionedVerification(
      PartitionedRequest request,
      Supplier<List<ShardPair>> again,
      PartitionWork work,
      Nodes nodes,
      Consumer<VerifyProgress> progress,
      NanoClock clock,
      Tries tries) {
    this.request = request;
    this.again = again;
    this.work = work;
    this.consumer = progress;
    this.tries = tries;
    this.clock = clock;
    this.progress = new PartitionsProgress(progress, clock);
    this.book = new NodeBook(nodes);
    this.rate = new Rate(request.settings().keysPerSecond(), clock);
    this.serverCpu = request.settings().serverCpu(clock);
    this.atOnce = mostAtOnce(request.pairs(), work);
    this.turns = new Turns(atOnce);
    this.latecomers = new Latecomers(request, nodes);
    this.crew = new Crew(this::verify, clock);
    this.course =
        new Course(request, again, nodes, book, turns, latecomers, this.progress, clock, tries);
  }

  /** Whether a verification that worked in that folder was cut off and can be gone on with. */
  public static boolean canGoOn(Path folder) {
    return Journal.canGoOn(folder) || VerifyPhase.canGoOn(folder);
  }

  /** Whether that is the folder of a partition, within the one that it is of. */
  public static boolean isOfAPartition(Path folder) {
    return folder.getFileName().toString().startsWith(Partition.FOLDER);
  }

  /** So many at once as can be: a node takes part in one at a time. */
  private static int mostAtOnce(List<ShardPair> pairs, PartitionWork work) {
    long sources = pairs.stream().map(pair -> pair.source().address()).distinct().count();
    long replicas = pairs.stream().map(pair -> pair.replica().address()).distinct().count();
    return (int) Math.max(1, Math.min(work.atOnce(), Math.min(sources, replicas)));
  }

  /**
   * Verifies all of it. An interrupt ends it within some three seconds, with what there is, the
   * interrupt flag set.
   *
   * @throws io.syncanalyzer.verify.resume.CannotResume if it is to go on from what is not for it
   * @throws RuntimeException what kept the first partition from beginning, where none began
   */
  public PartitionedSummary run() {
    return request.isWhole()
        ? new WholePair(request, again, work, book, consumer, clock, tries).run()
        : byPartitions();
  }

  private PartitionedSummary byPartitions() {
    long start = clock.nanoTime();
    resumable.addAll(course.begin());
    course.done().forEach(one -> part(one.partition()).ended(one.summary().mismatched()));
    try {
      while (goesOn()) {
        beginWhatCanBe();
        Ended ended = crew.next(LONGEST_NANOS);
        if (ended != null) {
          take(ended);
        }
        course.rehouse();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (RuntimeException | Error e) {
      crew.stop(); // Nobody is to go on reading while this is told.
      throw e;
    }
    crew.stop().forEach(course::cutOff);
    try {
      return course.summary(interrupted, clock.nanoTime() - start);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void beginWhatCanBe() {
    Set<String> doubtful = course.doubtful();
    for (Partition next = turns.next(clock.nanoTime(), doubtful);
        next != null;
        next = turns.next(clock.nanoTime(), doubtful)) {
      MismatchCount.Part part = part(next);
      if (!course.isDone(next)) {
        part.withdraw();
      }
      crew.begin(next);
    }
  }

  private MismatchCount.Part part(Partition partition) {
    return parts.computeIfAbsent(partition.number(), one -> mismatches.part());
  }

  private boolean goesOn() {
    if (course.isOver()) {
      return false;
    }
    return !turns.running().isEmpty()
        || !turns.waiting().isEmpty()
        || course.hasHomeless()
        || course.looksOnceMore()
        || looksForLatecomers();
  }

  private boolean looksForLatecomers() {
    Set<Integer> gone = course.looksForLatecomers();
    resumable.addAll(gone);
    return !gone.isEmpty();
  }

  private void take(Ended ended) {
    turns.ended(ended.partition());
    course.ended(ended);
    VerifySummary found = ended.summary();
    if (found == null || !course.isDone(ended.partition())) {
      part(ended.partition()).withdraw();
    } else {
      part(ended.partition()).ended(found.mismatched());
      stopAtEnough();
    }
  }

  /** Those that are done may have enough together, though none of them by itself. */
  private void stopAtEnough() {
    Long most = request.settings().maxMismatches();
    boolean others = !turns.running().isEmpty() || !turns.waiting().isEmpty();
    if (most != null && others && mismatches.all() >= most) {
      course.stopAtEnough();
    }
  }

  private PartitionWork.Found verify(Partition partition) {
    book.meet(partition.source());
    book.meet(partition.replica());
    try {
      Files.createDirectories(request.folder(partition));
    } catch (IOException e) {
      throw new VerifyFailure(
          VerifyFailure.Kind.DISK,
          "cannot make " + request.folder(partition) + ": " + e.getMessage(),
          e);
    }
    VerifyRequest one = request.of(partition);
    latecomers.begins(partition);
    PartitionWork.Found found =
        work.verify(
            resumable.remove(partition.number()) ? one.resumed() : one,
            progress.of(partition),
            new SideBySide(rate, part(partition), serverCpu, atOnce));
    latecomers.wrote(partition, found.summary().fence());
    return found;
  }
}
