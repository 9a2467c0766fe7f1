package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.ServerInfo;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one logical database: the source's keys against the replica, then the replica's against
 * the source.
 */
final class DatabasePass implements AutoCloseable {
  private static final int WORKERS = 3;
  private static final int SCAN_COUNT = 1000;
  private static final int LEAST_BATCH = 500;
  private static final long SUSPECT_BYTES = 8 * 1024 * 1024;
  private static final long CHECKPOINT_NANOS = 5_000_000_000L;
  private static final long SMALL_DATA_SET = 512L * 1024 * 1024;

  private final VerifyRequest request;
  private final int database;
  private final Connections connections;
  private final CountedFence fence;
  private final Ledger ledger;
  private final Progress progress;
  private final NanoClock clock;
  private final List<String> notes;
  private final Pace pace;
  private final Patience patience;
  private final Abilities abilities;
  private final PassSetting setting;
  private final Settler settler;
  private boolean anyExpiry;
  private boolean withoutExpiries;
  private boolean sizesFirst;
  private OptionalLong sourceKeys = OptionalLong.empty();
  private OptionalLong replicaKeys = OptionalLong.empty();
  private final Optional<Checkpoint> resumed;
  private final String sourceRunId;
  private final List<Counting> countings = new ArrayList<>();
  private long lastCheckpoint;
  private final List<Suspect> late = new ArrayList<>();
  private long lateBytes;
  private long returned;
  private long absentOnReplica;
  private Optional<String> lost = Optional.empty();
  private @Nullable Standing before;

  DatabasePass(
      VerifyRequest request,
      int database,
      Connections connections,
      CountedFence fence,
      Ledger ledger,
      Progress progress,
      Patience patience,
      NanoClock clock,
      List<String> notes,
      Optional<Checkpoint> resumed,
      String sourceRunId) {
    this.resumed = resumed;
    this.sourceRunId = sourceRunId;
    this.request = request;
    this.database = database;
    this.connections = connections;
    this.fence = fence;
    this.ledger = ledger;
    this.progress = progress;
    this.clock = clock;
    this.notes = notes;
    this.pace = new Pace(request.keysPerSecond(), clock, connections::isClosed);
    this.patience = patience;
    this.abilities = patience.insist(this::abilities);
    this.setting = new PassSetting(request, database, abilities, patience, progress, clock);
    this.settler =
        new Settler(
            this::bothSides, abilities, fence, request.settling(), patience, clock, this::settled);
  }

  private Abilities abilities() {
    Abilities mine = connections.with(request.source().withDatabase(database), Abilities::of);
    return mine.and(connections.with(request.replica().withDatabase(database), Abilities::of))
        .withWatch(mine.watch());
  }

  private BothSides bothSides() {
    return new BothSides(
        connections,
        setting.source(),
        setting.replica(),
        abilities,
        request.settling().ttlTolerance().toMillis(),
        clock);
  }

  private void settled(Settled settled) {
    if (settled.judgement().verdict() == null || !settled.onReplica()) {
      absentOnReplica++;
    }
    ledger.settled(database, settled);
    if (request.maxMismatches().isPresent()
        && ledger.hasMismatched(request.maxMismatches().getAsLong())) {
      throw new MismatchLimit();
    }
  }

  /**
   * Verifies.
   *
   * @return whether it is proved that no key was counted twice
   */
  boolean run() {
    lookAtServers();
    forward();
    settle();
    if (withoutExpiries && expiriesAppeared()) {
      progress.tell("comparing expiries");
      pick(setting.source(), sourceKeys, "comparing expiries", SuspectWorker::ofExpiries);
      settle();
    }
    if (noneIsExtraByCount()) {
      notes.add(
          "db "
              + database
              + ": every key of the source was found on the replica, both held "
              + returned
              + " keys at a fence, and nothing changed: there is no extra key, the replica was not"
              + " scanned");
      return true;
    }
    pick(setting.replica(), replicaKeys, "looking for extra keys", SuspectWorker::ofExtraKeys);
    settle();
    settleLate();
    layNumbersSideBySide();
    return false;
  }

  /** Where all keys were looked at, the numbers show what went behind the scan. */
  private void layNumbersSideBySide() {
    if (request.scope().leavesOut() || resumed.isPresent() || sourceKeys.isEmpty()) {
      return;
    }
    Optional<KeyNumbers> known = patience.insist(this::numbers);
    known.flatMap(numbers -> numbers.vanished(database)).ifPresent(notes::add);
    lost = known.flatMap(numbers -> numbers.lost(database, absentOnReplica));
  }

  private Optional<KeyNumbers> numbers() {
    OptionalLong before = Standing.keys(info(setting.source()), database);
    fence.pass(request.settling().fenceTimeout());
    OptionalLong there = Standing.keys(info(setting.replica()), database);
    OptionalLong after = Standing.keys(info(setting.source()), database);
    return before.isEmpty() || there.isEmpty() || after.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new KeyNumbers(
                sourceKeys.getAsLong(), before.getAsLong(), there.getAsLong(), after.getAsLong()));
  }

  /** What the replica has lost since it was looked at; empty where nothing shows that. */
  Optional<String> lost() {
    return lost;
  }

  /** Gives what kept changing another chance now that it has had time to come to rest. */
  private void settleLate() {
    if (late.isEmpty()) {
      return;
    }
    progress.tell("settling what kept changing");
    List<Settled> open = settler.settle(late);
    if (request.settling().pauseWrites().isPresent() && fence.fence().proves()) {
      open = settler.settlePaused(open, request.settling().pauseWrites().get());
    }
    open.forEach(this::settled);
    late.clear();
    lateBytes = 0;
  }

  /**
   * Whether counting alone proves that the replica has no key of its own: every key that the source
   * returned was found there, neither side changed since before the scan, nothing can expire, and
   * both hold exactly as many keys as were returned, which also proves that SCAN repeated none.
   */
  private boolean noneIsExtraByCount() {
    Standing earlier = before;
    if (earlier == null
        || !late.isEmpty()
        || request.scope().leavesOut()
        || absentOnReplica > 0
        || anyExpiry) {
      return false;
    }
    Standing now =
        patience.insist(
            () -> {
              fence.pass(request.settling().fenceTimeout());
              return Standing.of(
                  info(setting.source()), info(setting.replica()), database, fence.writes());
            });
    return now.isQuietSince(earlier)
        && now.sourceKeys() == returned + fence.keysIn(database)
        && now.replicaKeys() == returned + fence.keysIn(database);
  }

  private void lookAtServers() {
    ServerInfo mine = patience.insist(() -> info(setting.source()));
    ServerInfo other = patience.insist(() -> info(setting.replica()));
    sourceKeys = Standing.keys(mine, database);
    replicaKeys = Standing.keys(other, database);
    sizesFirst =
        Math.max(
                mine.usedMemoryBytes().orElse(Long.MAX_VALUE),
                other.usedMemoryBytes().orElse(Long.MAX_VALUE))
            > SMALL_DATA_SET;
    anyExpiry = expires(mine) || expires(other);
    before = Standing.of(mine, other, database, fence.writes());
  }

  /** Whether any key may have an expiry; where INFO hides its keyspace, any may. */
  private boolean expires(ServerInfo info) {
    return info.keyspaces().isEmpty()
        || info.keyspaces().stream()
            .anyMatch(keyspace -> keyspace.database() == database && keyspace.expires() > 0);
  }

  /** Whether keys that were compared without their expiries may have one by now. */
  private boolean expiriesAppeared() {
    anyExpiry =
        anyExpiry
            || expires(patience.insist(() -> info(setting.source())))
            || expires(patience.insist(() -> info(setting.replica())));
    return anyExpiry;
  }

  private ServerInfo info(Endpoint endpoint) {
    return connections.with(
        endpoint,
        connection ->
            connection.expect("INFO") instanceof Reply.Text text
                ? ServerInfo.parse(text.bytes().asUtf8())
                : ServerInfo.parse(""));
  }

  private void forward() {
    if (resumed.isPresent() && database < resumed.get().database()) {
      return;
    }
    withoutExpiries = !anyExpiry || resumedHere().map(Checkpoint::withoutExpiries).orElse(false);
    Connections own = connections.keep(new Connections());
    List<Consumer<KeyBatch>> jobs = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      Counting counting = new Counting();
      countings.add(counting);
      FirstWorker worker = new FirstWorker(setting, own, counting, sizesFirst, anyExpiry);
      jobs.add(
          batch -> {
            worker.accept(batch);
            counting.handOver();
          });
    }
    try (Workers workers = new Workers(jobs, own::close)) {
      // Suspects are settled in the middle of a scan, over other connections than the scan's.
      RawConnection scanning = patience.insist(() -> own.open(setting.source()));
      returned += scan(scanning, sourceKeys, true, "comparing", workers);
    } finally {
      countings.forEach(Counting::countIn);
      countings.clear();
    }
  }

  private Optional<Checkpoint> resumedHere() {
    return resumed.filter(checkpoint -> checkpoint.database() == database);
  }

  /** Writes down how far it is, once every key returned so far has its verdict. */
  private void checkpoint(KeyScan scan, Workers workers) {
    workers.awaitIdle();
    settle();
    settleLate();
    long gone = ledger.tally().goneKeys();
    for (Counting counting : countings) {
      counting.flush();
      gone += counting.tally.goneKeys();
    }
    ledger.flush();
    new Checkpoint(
            sourceRunId,
            Checkpoint.asked(request),
            database,
            scan.cursor(),
            progress.done(),
            scannedBefore(true) + scan.scanned(),
            gone,
            ledger.seen().size(),
            ledger.seen().types(),
            ledger.rows(),
            withoutExpiries)
        .write(request.folder());
    lastCheckpoint = clock.nanoTime();
  }

  private long scannedBefore(boolean forward) {
    return forward ? resumedHere().map(Checkpoint::keysScanned).orElse(0L) : 0;
  }

  private long scan(
      RawConnection side, OptionalLong keys, boolean forward, String step, Workers workers) {
    long before = scannedBefore(forward);
    progress.pass(keys, before);
    lastCheckpoint = clock.nanoTime();
    KeyScan scan =
        new KeyScan(
            side,
            database,
            request.scope(),
            setting.scanType(),
            Verification.fencePrefix(request),
            SCAN_COUNT,
            forward ? resumedHere().map(Checkpoint::cursor).orElse("0") : "0");
    long leftOut = 0;
    KeyBatch batch = new KeyBatch(SCAN_COUNT + SCAN_COUNT / 4);
    while (next(scan, batch)) {
      if (batch.count() >= LEAST_BATCH || batch.isFull()) {
        pace.take(batch.count());
        workers.submit(batch);
        batch = new KeyBatch(SCAN_COUNT + SCAN_COUNT / 4);
      }
      progress.scanned(Math.min(keys.orElse(Long.MAX_VALUE), before + scan.scanned()));
      if (forward) {
        progress.leftOut(scan.leftOut() - leftOut);
        leftOut = scan.leftOut();
      }
      progress.tell(step);
      if (forward && clock.nanoTime() - lastCheckpoint > CHECKPOINT_NANOS) {
        if (batch.count() > 0) {
          workers.submit(batch);
          batch = new KeyBatch(SCAN_COUNT + SCAN_COUNT / 4);
        }
        checkpoint(scan, workers);
      }
      if (ledger.suspectBytes() > SUSPECT_BYTES || limitMayBeReached()) {
        settle();
      }
    }
    if (batch.count() > 0) {
      workers.submit(batch);
    }
    workers.awaitIdle();
    return scan.returned();
  }

  private boolean next(KeyScan scan, KeyBatch batch) {
    return patience.insist(() -> scan.next(batch));
  }

  private boolean limitMayBeReached() {
    return request.maxMismatches().isPresent()
        && ledger.suspects() >= Math.min(1000, request.maxMismatches().getAsLong());
  }

  private interface Picking {
    SuspectWorker worker(PassSetting setting, Connections own, Ledger ledger);
  }

  /** Goes through the keys of one side once more, for suspects alone. */
  private void pick(Endpoint side, OptionalLong keys, String step, Picking picking) {
    Connections own = connections.keep(new Connections());
    try (Workers workers = new Workers(List.of(picking.worker(setting, own, ledger)), own::close)) {
      RawConnection scanning = patience.insist(() -> own.open(side));
      scan(scanning, keys, false, step, workers);
    }
  }

  private Suspect suspect(KeyBatch batch, int index) {
    return new Suspect(batch.key(index), clock.nanoTime());
  }

  private void settle() {
    List<Suspect> suspects = ledger.takeSuspects();
    int group = 4096;
    for (int from = 0; from < suspects.size(); from += group) {
      List<Suspect> part = suspects.subList(from, Math.min(suspects.size(), from + group));
      for (Settled open : settler.settle(part)) {
        if (lateBytes < SUSPECT_BYTES) {
          late.add(open.suspect());
          lateBytes += open.suspect().memoryBytes();
        } else {
          settled(open);
        }
      }
      progress.tell("settling");
    }
  }

  @Override
  public void close() {
    settler.close();
  }

  /** What one worker finds. */
  private final class Counting implements Found {
    private final Tally tally = new Tally();
    private final List<Suspect> suspects = new ArrayList<>();
    private final SeenKeys.Recorder recorder = ledger.seen().new Recorder();

    @Override
    public void equal(KeyBatch batch, int index, String type, long elements, long bytes) {
      tally.add(type, Verdict.EQUAL, true, true, elements, bytes);
      recorder.add(
          database,
          batch.array(),
          batch.at(index),
          batch.length(index),
          type,
          Verdict.EQUAL,
          true,
          true,
          elements,
          bytes);
    }

    @Override
    public void suspect(KeyBatch batch, int index) {
      suspects.add(DatabasePass.this.suspect(batch, index));
    }

    @Override
    public void gone(KeyBatch batch, int index) {
      tally.gone();
    }

    void handOver() {
      ledger.add(List.copyOf(suspects));
      suspects.clear();
    }

    void flush() {
      recorder.flush();
    }

    void countIn() {
      recorder.flush();
      ledger.add(tally);
    }
  }
}
