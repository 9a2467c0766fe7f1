package io.syncanalyzer.verify;

import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.ServerInfo;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
  private static final int MOST_LATE = 20_000;
  private static final long SMALL_DATA_SET = 512L * 1024 * 1024;

  private final VerifyRequest request;
  private final int database;
  private final Connections connections;
  private final Verification.CountedFence fence;
  private final Ledger ledger;
  private final Progress progress;
  private final NanoClock clock;
  private final List<String> notes;
  private final Pace pace;
  private final RawConnection source;
  private final RawConnection replica;
  private final Abilities abilities;
  private final Settler settler;
  private volatile boolean anyExpiry;
  private boolean sizesFirst;
  private final Optional<Checkpoint> resumed;
  private final String sourceRunId;
  private final List<Counting> countings = new ArrayList<>();
  private long lastCheckpoint;
  private final List<Suspect> late = new ArrayList<>();
  private long returned;
  private long absentOnReplica;
  private @Nullable Standing before;

  DatabasePass(
      VerifyRequest request,
      int database,
      Connections connections,
      Verification.CountedFence fence,
      Ledger ledger,
      Progress progress,
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
    this.source = Verification.open(connections, request.source(), database);
    this.replica = Verification.open(connections, request.replica(), database);
    Abilities sourceAbilities = Abilities.of(source);
    this.abilities = sourceAbilities.and(Abilities.of(replica)).withWatch(sourceAbilities.watch());
    this.settler =
        new Settler(source, replica, abilities, fence, request.settling(), clock, this::settled);
  }

  private void settled(Settled settled) {
    if (settled.judgement().verdict() == null || !settled.onReplica()) {
      absentOnReplica++;
    }
    ledger.settled(database, settled);
  }

  /**
   * Verifies.
   *
   * @return whether it is proved that no key was counted twice
   */
  boolean run() {
    lookAtServers();
    for (@Nullable String type : types()) {
      forward(type);
    }
    settle();
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
    for (@Nullable String type : types()) {
      backward(type);
    }
    settle();
    settleLate();
    return false;
  }

  /** Gives what kept changing another chance now that it has had time to come to rest. */
  private void settleLate() {
    progress.tell("settling what kept changing", ledger);
    List<Settled> open = settler.settle(late);
    if (request.settling().pauseWrites().isPresent() && fence.fence().proves()) {
      open = settler.settlePaused(open, request.settling().pauseWrites().get());
    }
    open.forEach(this::settled);
    late.clear();
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
    fence.pass(request.settling().fenceTimeout());
    Standing now = Standing.of(info(source), info(replica), database, fence.writes());
    return now.isQuietSince(earlier)
        && now.sourceKeys() == returned + fence.keysIn(database)
        && now.replicaKeys() == returned + fence.keysIn(database);
  }

  private List<@Nullable String> types() {
    return request.scope().types().isEmpty()
        ? Collections.singletonList(null)
        : List.copyOf(new java.util.TreeSet<>(request.scope().types()));
  }

  private void lookAtServers() {
    ServerInfo mine = info(source);
    ServerInfo other = info(replica);
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

  private static ServerInfo info(RawConnection connection) {
    return connection.expect("INFO") instanceof Reply.Text text
        ? ServerInfo.parse(text.bytes().asUtf8())
        : ServerInfo.parse("");
  }

  private void forward(@Nullable String type) {
    List<Consumer<KeyBatch>> jobs = new ArrayList<>();
    if (isDoneBefore(type)) {
      return;
    }
    Connections own = connections.keep(new Connections());
    for (int i = 0; i < WORKERS; i++) {
      FirstLook look =
          new FirstLook(
              own.open(request.source().withDatabase(database)),
              own.open(request.replica().withDatabase(database)),
              abilities,
              sizesFirst,
              type,
              () -> anyExpiry,
              request.settling().ttlTolerance().toMillis(),
              clock);
      Counting counting = new Counting();
      countings.add(counting);
      jobs.add(
          batch -> {
            look.at(batch, counting);
            counting.handOver();
            progress.done(batch.count());
          });
    }
    try (Workers workers = new Workers(jobs, own::close)) {
      // Suspects are settled in the middle of a scan, over other connections than the scan's.
      RawConnection scanning = own.open(request.source().withDatabase(database));
      returned += scan(scanning, type, true, workers);
    } finally {
      countings.forEach(Counting::countIn);
      countings.clear();
    }
  }

  /** Whether an earlier verification that we go on with has passed this. */
  private boolean isDoneBefore(@Nullable String type) {
    if (resumed.isEmpty() || database > resumed.get().database()) {
      return false;
    }
    return database < resumed.get().database()
        || (type != null && type.compareTo(resumed.get().type()) < 0);
  }

  private String firstCursor(@Nullable String type) {
    boolean here =
        resumed.isPresent()
            && resumed.get().database() == database
            && resumed.get().type().equals(type == null ? "" : type);
    return here ? resumed.get().cursor() : "0";
  }

  /** Writes down how far it is, once every key returned so far has its verdict. */
  private void checkpoint(KeyScan scan, @Nullable String type, Workers workers) {
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
            type == null ? "" : type,
            scan.cursor(),
            progress.done(),
            gone,
            ledger.seen().size(),
            ledger.seen().types(),
            ledger.rows())
        .write(request.folder());
    lastCheckpoint = clock.nanoTime();
  }

  private long scan(RawConnection side, @Nullable String type, boolean forward, Workers workers) {
    String step = forward ? "comparing" : "looking for extra keys";
    lastCheckpoint = clock.nanoTime();
    KeyScan scan =
        new KeyScan(
            side,
            database,
            request.scope(),
            type,
            Verification.fencePrefix(request),
            SCAN_COUNT,
            forward ? firstCursor(type) : "0");
    KeyBatch batch = new KeyBatch(SCAN_COUNT + SCAN_COUNT / 4);
    while (scan.next(batch)) {
      if (batch.count() >= LEAST_BATCH || batch.isFull()) {
        pace.take(batch.count());
        workers.submit(batch);
        batch = new KeyBatch(SCAN_COUNT + SCAN_COUNT / 4);
      }
      progress.tell(step, ledger);
      if (forward && clock.nanoTime() - lastCheckpoint > CHECKPOINT_NANOS) {
        if (batch.count() > 0) {
          workers.submit(batch);
          batch = new KeyBatch(SCAN_COUNT + SCAN_COUNT / 4);
        }
        checkpoint(scan, type, workers);
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

  private boolean limitMayBeReached() {
    return request.maxMismatches().isPresent()
        && ledger.suspects() >= Math.min(1000, request.maxMismatches().getAsLong());
  }

  /** Looks for keys that only the replica has. */
  private void backward(@Nullable String type) {
    Connections own = connections.keep(new Connections());
    ExtraLook look = new ExtraLook(own.open(request.source().withDatabase(database)), type);
    Workers workers =
        new Workers(
            List.of(
                batch -> {
                  List<Suspect> found = new ArrayList<>();
                  look.at(batch, index -> found.add(suspect(batch, index)));
                  ledger.add(found);
                }),
            own::close);
    try (workers) {
      RawConnection scanning = own.open(request.replica().withDatabase(database));
      scan(scanning, type, false, workers);
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
        if (late.size() < MOST_LATE) {
          late.add(open.suspect());
        } else {
          settled(open);
        }
      }
      progress.tell("settling", ledger);
      if (request.maxMismatches().isPresent()
          && ledger.mismatched() >= request.maxMismatches().getAsLong()) {
        throw new Verification.MismatchLimit();
      }
    }
  }

  @Override
  public void close() {
    source.close();
    replica.close();
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
