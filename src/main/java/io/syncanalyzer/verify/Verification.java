package io.syncanalyzer.verify;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.ServerInfo;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.found.MismatchLimit;
import io.syncanalyzer.verify.found.MismatchLog;
import io.syncanalyzer.verify.found.Progress;
import io.syncanalyzer.verify.found.SeenKeys;
import io.syncanalyzer.verify.found.Tally;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.scan.Databases;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.Flushes;
import io.syncanalyzer.verify.server.KeyCounts;
import io.syncanalyzer.verify.server.Patience;
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.Servers;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a verification, from the first connection to the summary. {@link #run} on one thread,
 * {@link #stop} from any, {@link #summary} when the thread has ended.
 */
final class Verification {
  static final String MISMATCHES = "verify-mismatches.jsonl";
  static final String SEEN = "verify-seen.bin";

  private final VerifyRequest request;
  private final Progress progress;
  private final NanoClock clock;
  private volatile Connections connections = new Connections();
  private final Patience patience;
  private final List<String> notes = new ArrayList<>();
  private volatile boolean stopping;
  private volatile @Nullable RuntimeException failure;
  private @Nullable Ledger ledger;
  private @Nullable CountedFence fence;
  private ServerCost sourceCost = ServerCost.UNKNOWN;
  private ServerCost replicaCost = ServerCost.UNKNOWN;
  private Checkpoint.@Nullable Processes processes;
  private @Nullable Flushes flushes;
  private boolean begun;
  private boolean stoppedEarly;
  private @Nullable Databases compared;
  private List<Integer> through = List.of();
  private long appeared;
  private long moves;
  private @Nullable FunctionsPass functions;
  private OptionalLong keysOnSource = OptionalLong.empty();
  private boolean lookedThrough;
  private boolean distinct;
  private SeenKeys.@Nullable Counted counted;
  private long start;
  private long end;

  Verification(VerifyRequest request, Consumer<VerifyProgress> progress, NanoClock clock) {
    this.request = request;
    this.clock = clock;
    this.progress = new Progress(progress, clock);
    this.patience = new Patience(this.progress::tellWaiting, clock, () -> connections.isClosed());
  }

  /** Ends it soon: every connection is closed, what is known is kept. */
  void stop() {
    stopping = true;
    connections.close();
  }

  void run() {
    start = clock.nanoTime();
    try {
      new Attempts(request, clock, () -> stopping, notes, progress::tellWaiting)
          .run(this::verify, () -> begun);
      progress.ended();
    } catch (RuntimeException | Error e) {
      // An error too: without it what is known so far would look like all there is.
      failure = VerifyFailure.of(e);
    } finally {
      if (ledger != null) {
        try {
          ledger.close();
          countDistinct(ledger);
        } catch (RuntimeException | Error e) {
          failure = failure == null ? VerifyFailure.of(e) : failure;
        }
      }
      notes.addAll(patience.notes());
      connections.close();
      end = clock.nanoTime();
    }
  }

  /** What an attempt that was cut off has found: another one begins where its checkpoint is. */
  private void closeEarlierLedger() {
    Ledger earlier = ledger;
    if (earlier != null) {
      ledger = null;
      earlier.close();
      earlier.seen().close();
    }
    lookedThrough = false;
    appeared = 0;
    moves = 0;
    functions = null;
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
    stoppedEarly = false;
    distinct = false;
    reopen();
    Endpoint source = request.source();
    Endpoint replica = request.replica();
    ServerInfo sourceInfo = patience.insist(() -> Servers.infoOf(source));
    ServerInfo replicaInfo = patience.insist(() -> Servers.infoOf(replica));
    Servers.refuseOneServer(sourceInfo, replicaInfo);
    connections.onlyTo(sourceInfo, replicaInfo);
    Databases wanted =
        new Databases(source, replica, request.scope().database(), connections, notes);
    List<Integer> databases =
        patience.insist(() -> wanted.now(KeyCounts.of(sourceInfo), KeyCounts.of(replicaInfo)));
    compared = wanted;
    through = databases;
    int fenceDatabase =
        databases.contains(source.database()) ? source.database() : databases.get(0);
    CountedFence passing =
        connections.keep(patience.insist(() -> chosen(source, replica, fenceDatabase)));
    fence = passing;
    patience.insist(() -> passing.pass(request.settling().fenceTimeout()));
    // From a fence on: a flush before it has arrived by now, and is nothing to what is looked at.
    Supplier<Flushes> fromNowOn = () -> new Flushes(source, replica, sourceInfo, replicaInfo);
    Flushes earlier = flushes;
    Flushes counting = earlier == null ? patience.insist(fromNowOn) : earlier;
    Optional<Checkpoint> from =
        checkpoint(request, Checkpoint.Processes.of(sourceInfo, replicaInfo, counting.begin()));
    if (from.isEmpty() && earlier != null) {
      counting = patience.insist(fromNowOn);
    }
    if (from.isPresent()) {
      counting = counting.since(from.get().processes().flushes());
    }
    flushes = counting;
    Checkpoint.Processes ids = Checkpoint.Processes.of(sourceInfo, replicaInfo, counting.begin());
    closeEarlierLedger();
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
    progress.counts(opened);
    from.ifPresent(checkpoint -> opened.goOn(checkpoint.goneKeys()));
    progress.goOnFrom(from.map(Checkpoint::keysDone).orElse(0L));
    begun = true;
    keysOnSource = KeyCounts.of(sourceInfo).keysIn(databases);
    List<String> lost = new ArrayList<>();
    PassSetting setting = PassSetting.of(request, connections, patience, progress, clock);
    try (Passes passes =
        new Passes(setting, connections, passing, opened, notes, wanted, from, ids)) {
      passes.run();
      lookedThrough = true;
      distinct = passes.isProvedDistinct();
      appeared = passes.appearedNotLookedAt();
      moves = passes.movesNotLookedAt();
      lost.addAll(passes.lost());
      if (request.scope().match().isEmpty() && request.scope().types().isEmpty()) {
        FunctionsPass comparing = new FunctionsPass(setting, connections, passing, notes);
        comparing.run(opened);
        functions = comparing;
        lost.addAll(comparing.untold());
      }
    } catch (MismatchLimit reached) {
      stoppedEarly = true;
    }
    through = wanted.all();
    noteServers(sourceInfo, replicaInfo, through).ifPresent(lost::add);
    if (!lost.isEmpty()) {
      throw new VerifyFailure(VerifyFailure.Kind.CHANGED, String.join("; ", lost), null);
    }
  }

  /** Where to go on from; nowhere if the replica was restarted since an earlier attempt. */
  private Optional<Checkpoint> checkpoint(VerifyRequest request, Checkpoint.Processes now) {
    Checkpoint.Processes before = processes;
    processes = now;
    return request.resume() && before != null && !before.replica().equals(now.replica())
        ? Checkpoint.anew(request, Checkpoint.REPLICA_RESTARTED, notes)
        : Checkpoint.resumable(request, now, notes);
  }

  private CountedFence chosen(Endpoint source, Endpoint replica, int database) {
    return new CountedFence(
        Fences.choose(
            request.settling().fence(),
            source.withDatabase(database),
            replica.withDatabase(database),
            request.runId(),
            clock),
        database,
        clock,
        progress::tellWaiting);
  }

  /** Counts every key once, unless counting has proved that none came twice. */
  private void countDistinct(Ledger known) {
    // What changed meanwhile is not mended by going on.
    boolean ended =
        !stopping
            && (failure == null
                || (failure instanceof VerifyFailure failed
                    && failed.kind() == VerifyFailure.Kind.CHANGED));
    if (!distinct) {
      SeenKeys.Counted once = known.seen().count();
      once.tally().goneKeys(known.tally().goneKeys());
      counted = once;
      if (once.repeats() > 0) {
        notes.add(Counted.words(once.repeats(), "key") + " came up again; each is counted once");
      }
    }
    if (ended) {
      Checkpoint.delete(request.folder());
      known.seen().discard();
    } else {
      known.seen().close();
    }
  }

  /**
   * Asks both again at the end: what it cost, and whether they are still the same servers.
   *
   * @return what was lost because one of them was flushed or swapped
   */
  private Optional<String> noteServers(
      ServerInfo sourceInfo, ServerInfo replicaInfo, List<Integer> databases) {
    ServerInfo sourceAfter = patience.insist(() -> Servers.infoOf(request.source()));
    ServerInfo replicaAfter = patience.insist(() -> Servers.infoOf(request.replica()));
    sourceCost = ServerCost.between(sourceInfo, sourceAfter);
    replicaCost = ServerCost.between(replicaInfo, replicaAfter);
    Servers.refuseReplaced(sourceInfo, sourceAfter, request.source());
    Servers.refuseReplaced(replicaInfo, replicaAfter, request.replica());
    Flushes sinceBegin = flushes;
    Ledger known = ledger;
    if (sinceBegin != null) {
      sinceBegin.untold(sourceAfter, replicaAfter).ifPresent(notes::add);
    }
    return sinceBegin == null || known == null
        ? Optional.empty()
        : patience.insist(
            () -> sinceBegin.since(sourceAfter, replicaAfter, databases, known.tally().goneKeys()));
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
      notes.add(
          request.scope().leavesOut() || request.scope().database().isPresent()
              ? "no key matched: there was nothing to compare"
              : "neither side holds a key in any database: there was nothing to compare");
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
    OptionalLong notLookedAt = notLookedAt(tally);
    Databases databases = compared;
    FunctionsPass comparing = functions;
    return new VerifySummary(
        tally.onSource(),
        tally.onReplica(),
        tally.common(),
        tally.goneKeys(),
        tally.rows(),
        comparing == null ? List.of() : comparing.rows(),
        new MismatchLog(
            request.folder().resolve(MISMATCHES),
            known.rows(),
            once == null ? Map.of() : once.repeatedMismatches()),
        passed == null ? "none" : passed.summary(),
        notes,
        sourceCost,
        replicaCost,
        Duration.ofNanos(end - start),
        stoppedEarly,
        notLookedAt,
        through,
        appeared,
        moves,
        databases == null ? 0 : databases.unselectableKeys(),
        comparing == null ? 0 : comparing.notLookedAt(),
        databases == null ? OptionalLong.empty() : databases.leftOut(),
        failed == null ? null : String.valueOf(failed.getMessage()),
        kind);
  }

  /**
   * How many keys of the source have no verdict, about where it is written to; and notes what else
   * was left.
   */
  private OptionalLong notLookedAt(Tally tally) {
    if (lookedThrough) {
      return OptionalLong.of(0);
    }
    notes.add("not all of the replica was looked through for keys that only it has");
    long known = tally.onSource() + tally.goneKeys() + progress.leftOut();
    return keysOnSource.isEmpty()
        ? keysOnSource
        : OptionalLong.of(Math.max(0, keysOnSource.getAsLong() - known));
  }

  static Bytes fencePrefix(VerifyRequest request) {
    return Fences.keyPrefix(request.runId());
  }
}
