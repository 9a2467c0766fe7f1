package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.ServerInfo;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a verification, from the first connection to the summary. {@link #run} on one thread,
 * {@link #stop} from any, {@link #summary} when the thread has ended.
 */
final class Verification {
  static final String MISMATCHES = "verify-mismatches.jsonl";
  static final String SEEN = "verify-seen.bin";

  /** So often in a row a connection may be lost before another checkpoint was reached. */
  private static final int MOST_LOSSES = 3;

  private final VerifyRequest request;
  private final Progress progress;
  private final NanoClock clock;
  private volatile Connections connections = new Connections();
  private final List<String> notes = new ArrayList<>();
  private volatile boolean stopping;
  private volatile @Nullable RuntimeException failure;
  private @Nullable Ledger ledger;
  private @Nullable CountedFence fence;
  private ServerCost sourceCost = ServerCost.UNKNOWN;
  private ServerCost replicaCost = ServerCost.UNKNOWN;
  private @Nullable ServerInfo firstReplicaInfo;
  private boolean begun;
  private boolean stoppedEarly;
  private boolean distinct;
  private SeenKeys.@Nullable Counted counted;
  private long start;
  private long end;

  Verification(VerifyRequest request, Consumer<VerifyProgress> progress, NanoClock clock) {
    this.request = request;
    this.clock = clock;
    this.progress = new Progress(progress, clock);
  }

  /** Ends it soon: every connection is closed, what is known is kept. */
  void stop() {
    stopping = true;
    connections.close();
  }

  void run() {
    start = clock.nanoTime();
    try {
      verifyThroughLosses();
    } catch (MismatchLimit reached) {
      stoppedEarly = true;
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      if (ledger != null) {
        try {
          ledger.close();
          countDistinct(ledger);
        } catch (VerifyFailure e) {
          failure = failure == null ? e : failure;
        }
      }
      connections.close();
      end = clock.nanoTime();
    }
  }

  /** Goes on from the last checkpoint where a server is lost and comes back in time. */
  private void verifyThroughLosses() {
    VerifyRequest next = request;
    long keysAtLoss = -1;
    int losses = 0;
    while (true) {
      try {
        verify(next);
        return;
      } catch (RedisFailure e) {
        long keys = begun ? keysAtCheckpoint() : 0;
        losses = keys > keysAtLoss ? 1 : losses + 1;
        keysAtLoss = keys;
        long lost = clock.nanoTime();
        if (!e.isConnectionLoss() || losses > MOST_LOSSES) {
          throw e;
        }
        if (!Comeback.of(e.endpoint(), clock, () -> stopping)) {
          throw Comeback.failed(e);
        }
        notes.add(
            String.format(
                Locale.ROOT,
                "%s; it answered again after %.1f s, and what was looked at since the last"
                    + " checkpoint was looked at again",
                e.getMessage(),
                (clock.nanoTime() - lost) / 1e9));
        next = begun ? request.resumed() : request;
        reopen();
      }
    }
  }

  private long keysAtCheckpoint() {
    return Checkpoint.read(request.folder()).map(Checkpoint::keysDone).orElse(0L);
  }

  private void reopen() {
    connections.close();
    Connections anew = new Connections();
    connections = anew;
    if (stopping) {
      anew.close();
    }
  }

  private void verify(VerifyRequest request) {
    Endpoint source = request.source();
    Endpoint replica = request.replica();
    ServerInfo sourceInfo = infoOf(source);
    ServerInfo replicaInfo = infoOf(replica);
    refuseOneServer(sourceInfo, replicaInfo);
    List<Integer> databases = databases(sourceInfo, replicaInfo);
    int fenceDatabase =
        databases.contains(source.database()) ? source.database() : databases.get(0);
    CountedFence passing =
        new CountedFence(
            Fences.choose(
                request.settling().fence(),
                source.withDatabase(fenceDatabase),
                replica.withDatabase(fenceDatabase),
                request.runId(),
                clock),
            fenceDatabase);
    fence = connections.keep(passing);
    passing.pass(request.settling().fenceTimeout());
    Optional<Checkpoint> from = resumable(request, sourceInfo, replicaInfo);
    closeLedger();
    Ledger opened =
        new Ledger(
            new MismatchLog.Writer(
                request.folder().resolve(MISMATCHES),
                from.map(Checkpoint::mismatchRows).orElse(0L)),
            new SeenKeys(
                request.folder().resolve(SEEN),
                from.map(Checkpoint::seenBytes).orElse(0L),
                from.map(Checkpoint::seenTypes).orElse(List.of())));
    ledger = opened;
    from.ifPresent(checkpoint -> opened.goneBefore(checkpoint.goneKeys()));
    progress.goOnFrom(from.map(Checkpoint::keysDone).orElse(0L));
    begun = true;
    boolean provedDistinct = from.isEmpty();
    String sourceRunId = sourceInfo.runId().orElse("");
    progress.total(keysIn(sourceInfo, databases));
    for (int database : databases) {
      try (DatabasePass pass =
          new DatabasePass(
              request,
              database,
              connections,
              passing,
              opened,
              progress,
              clock,
              notes,
              from,
              sourceRunId)) {
        provedDistinct &= pass.run();
      }
    }
    distinct = provedDistinct;
    noteServers(sourceInfo, replicaInfo);
  }

  /** Counts every key once, unless counting has proved that none came twice. */
  private void countDistinct(Ledger known) {
    boolean ended = failure == null && !stopping;
    if (ended) {
      Checkpoint.delete(request.folder());
    }
    if (distinct) {
      known.seen().discard();
      return;
    }
    SeenKeys.Counted once = known.seen().count();
    once.tally().goneKeys(known.tally().goneKeys());
    counted = once;
    if (once.repeats() > 0) {
      notes.add("SCAN returned " + once.repeats() + " keys again; each is counted once");
    }
    if (ended) {
      known.seen().discard();
    } else {
      known.seen().close();
    }
  }

  /** What an attempt that was cut off has found: another one begins where its checkpoint is. */
  private void closeLedger() {
    Ledger earlier = ledger;
    if (earlier != null) {
      ledger = null;
      earlier.close();
      earlier.seen().close();
    }
  }

  /** The checkpoint to go on from; empty where there is none, or none that still holds. */
  private Optional<Checkpoint> resumable(
      VerifyRequest request, ServerInfo sourceInfo, ServerInfo replicaInfo) {
    ServerInfo before = firstReplicaInfo;
    firstReplicaInfo = replicaInfo;
    if (!request.resume()) {
      Checkpoint.delete(request.folder());
      return Optional.empty();
    }
    if (before != null && !before.runId().equals(replicaInfo.runId())) {
      Checkpoint.delete(request.folder());
      notes.add("the replica was restarted meanwhile: everything is looked at again");
      return Optional.empty();
    }
    Optional<Checkpoint> found = Checkpoint.read(request.folder());
    if (found.isEmpty()) {
      notes.add("there is no checkpoint to go on from: everything is looked at");
      return found;
    }
    Checkpoint checkpoint = found.get();
    if (!checkpoint.asked().equals(Checkpoint.asked(request))) {
      throw new IllegalArgumentException(
          "--resume: the verification in "
              + request.folder()
              + " asked for something else; use its own options, or leave out --resume");
    }
    if (!sourceInfo.runId().equals(Optional.of(checkpoint.sourceRunId()))) {
      notes.add("the source was restarted since the checkpoint: everything is looked at again");
      return Optional.empty();
    }
    notes.add(
        "went on after "
            + checkpoint.keysDone()
            + " keys; what was looked at since that checkpoint, and the replica's keys, are looked"
            + " at again");
    return found;
  }

  /** Asks both again at the end: what it cost, and whether they are still the same servers. */
  private void noteServers(ServerInfo sourceInfo, ServerInfo replicaInfo) {
    ServerInfo sourceAfter = infoOf(request.source());
    ServerInfo replicaAfter = infoOf(request.replica());
    sourceCost = ServerCost.between(sourceInfo, sourceAfter);
    replicaCost = ServerCost.between(replicaInfo, replicaAfter);
    refuseReplaced(sourceInfo, sourceAfter, request.source());
    refuseReplaced(replicaInfo, replicaAfter, request.replica());
  }

  private static void refuseReplaced(ServerInfo before, ServerInfo after, Endpoint endpoint) {
    if (!before.runId().equals(after.runId()) || !before.role().equals(after.role())) {
      throw new VerifyFailure(
          VerifyFailure.Kind.REPLACED,
          "the "
              + endpoint
              + " was restarted, replaced or failed over meanwhile; what was read of it is kept,"
              + " but verify again",
          null);
    }
  }

  private ServerInfo infoOf(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      ServerInfo info = ServerInfo.read(connection, false);
      if (info.isLoading()) {
        throw new RedisFailure(
            RedisFailure.Kind.LOADING,
            endpoint,
            endpoint + " is still loading its data; try again when it is done",
            null);
      }
      return info;
    }
  }

  private static void refuseOneServer(ServerInfo source, ServerInfo replica) {
    if (source.runId().isPresent() && source.runId().equals(replica.runId())) {
      throw new VerifyFailure(
          VerifyFailure.Kind.SAME_SERVER,
          "--source and --replica are one and the same server; everything would be equal and"
              + " nothing proved",
          null);
    }
  }

  private List<Integer> databases(ServerInfo source, ServerInfo replica) {
    if (request.scope().database().isPresent()) {
      return List.of(request.scope().database().getAsInt());
    }
    TreeSet<Integer> found = new TreeSet<>();
    source.keyspaces().forEach(keyspace -> found.add(keyspace.database()));
    replica.keyspaces().forEach(keyspace -> found.add(keyspace.database()));
    return found.isEmpty() ? List.of(request.source().database()) : List.copyOf(found);
  }

  private static OptionalLong keysIn(ServerInfo info, List<Integer> databases) {
    return info.keyspaces().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            info.keyspaces().stream()
                .filter(keyspace -> databases.contains(keyspace.database()))
                .mapToLong(ServerInfo.Keyspace::keys)
                .sum());
  }

  /** What was found; throws the failure where nothing was. */
  VerifySummary summary() {
    RuntimeException failed = failure;
    if (stopping) {
      failed = new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", failed);
    }
    Ledger known = ledger;
    if (known == null || !begun) {
      throw failed == null ? new IllegalStateException("nothing was verified") : failed;
    }
    SeenKeys.Counted once = counted;
    Tally tally = once == null ? known.tally() : once.tally();
    if (tally.rows().isEmpty() && failed == null) {
      notes.add("no key matched: there was nothing to compare");
    }
    Optional<VerifyFailure.Kind> kind =
        failed == null
            ? Optional.empty()
            : Optional.of(
                failed instanceof VerifyFailure known2 ? known2.kind() : VerifyFailure.Kind.SERVER);
    if (failed != null && !(failed instanceof VerifyFailure) && !(failed instanceof RedisFailure)) {
      throw failed;
    }
    CountedFence passed = fence;
    return new VerifySummary(
        tally.onSource(),
        tally.onReplica(),
        tally.common(),
        tally.goneKeys(),
        tally.rows(),
        new MismatchLog(
            request.folder().resolve(MISMATCHES),
            known.rows(),
            once == null ? Set.of() : once.repeatedMismatches()),
        passed == null ? "none" : passed.summary(),
        notes,
        sourceCost,
        replicaCost,
        Duration.ofNanos(end - start),
        stoppedEarly,
        failed == null ? null : String.valueOf(failed.getMessage()),
        kind);
  }

  /** Ends the run when enough mismatches are confirmed. */
  static final class MismatchLimit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MismatchLimit() {
      super("enough mismatches", null, false, false);
    }
  }

  /** A fence that counts its passages. */
  static final class CountedFence implements AutoCloseable {
    private final Fence fence;
    private final int database;
    private long passed;
    private long longestNanos;
    private long written;

    CountedFence(Fence fence, int database) {
      this.fence = fence;
      this.database = database;
    }

    FencePassage pass(Duration timeout) {
      written++;
      FencePassage passage = fence.pass(timeout);
      passed++;
      longestNanos = Math.max(longestNanos, passage.nanos());
      return passage;
    }

    Fence fence() {
      return fence;
    }

    FencePassage passPaused(Duration limit) {
      written++;
      passed++;
      return fence.passPaused(limit);
    }

    /** How many writes it made. */
    long writes() {
      return fence instanceof SentinelFence ? written : 0;
    }

    /** How many keys of its own it keeps in a database. */
    int keysIn(int one) {
      return fence instanceof SentinelFence && one == database ? 1 : 0;
    }

    String summary() {
      return fence.description()
          + (fence.proves()
              ? String.format(
                  java.util.Locale.ROOT,
                  "; passed %d times, at most %.1f ms each",
                  passed,
                  longestNanos / 1e6)
              : "");
    }

    @Override
    public void close() {
      fence.close();
    }
  }

  static Bytes fencePrefix(VerifyRequest request) {
    return Fences.keyPrefix(request.runId());
  }

  /** A connection to that database, closed with the rest. */
  static RawConnection open(Connections connections, Endpoint endpoint, int database) {
    return connections.open(endpoint.withDatabase(database));
  }
}
