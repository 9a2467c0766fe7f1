package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Goes through the keys of one database: SCAN of a side, the keys handed to workers in batches,
 * suspects settled when they become many, and on the source a checkpoint every few seconds. Not
 * safe for use by several threads.
 */
final class Sweep {
  private static final int WORKERS = 3;
  private static final int SCAN_COUNT = 1000;
  private static final long CHECKPOINT_NANOS = 5_000_000_000L;
  private static final long MOST_UNLIMITED = 1000;

  private final PassSetting setting;
  private final Connections connections;
  private final Ledger ledger;
  private final SuspectSettling settling;
  private final Checkpointing checkpointing;
  private final int scanCount;
  private final List<CountingFound> countings = new ArrayList<>();
  private long lastCheckpoint;

  /** Writes down how far it is. */
  interface Checkpointing {
    /**
     * Writes it down.
     *
     * @param cursor where SCAN goes on
     * @param scanned keys passed over so far
     * @param gone keys that have vanished so far
     */
    void write(String cursor, long scanned, long gone);
  }

  Sweep(
      PassSetting setting,
      Connections connections,
      Ledger ledger,
      SuspectSettling settling,
      Checkpointing checkpointing) {
    this.setting = setting;
    this.connections = connections;
    this.ledger = ledger;
    this.settling = settling;
    this.checkpointing = checkpointing;
    this.scanCount = setting.pace().batch(SCAN_COUNT);
  }

  /**
   * Compares every key of the source with the replica's.
   *
   * @param sizesFirst whether sizes are asked before values
   * @param anyExpiry whether expiries are compared
   * @param from where an earlier one was cut off; empty = at the beginning
   * @return how many keys SCAN returned
   */
  long compare(
      OptionalLong keys, boolean sizesFirst, boolean anyExpiry, Optional<Checkpoint> from) {
    Connections own = connections.keep(new Connections());
    List<Consumer<KeyBatch>> jobs = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      CountingFound counting = new CountingFound(setting.database(), ledger, setting.clock());
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
      RawConnection scanning = setting.patience().insist(() -> own.open(setting.source()));
      String cursor = from.map(Checkpoint::cursor).orElse("0");
      long before = from.map(Checkpoint::keysScanned).orElse(0L);
      return scan(scan(scanning, cursor), keys, "comparing", workers, before, true);
    } finally {
      countings.forEach(CountingFound::countIn);
      countings.clear();
    }
  }

  /** Makes the worker of a sweep that only picks suspects. */
  interface Picking {
    /** Makes it. */
    SuspectWorker worker(PassSetting setting, Connections own, Ledger ledger);
  }

  /** Goes through the keys of one side for suspects alone. */
  void pick(Endpoint side, OptionalLong keys, String step, Picking picking) {
    Connections own = connections.keep(new Connections());
    try (Workers workers = new Workers(List.of(picking.worker(setting, own, ledger)), own::close)) {
      RawConnection scanning = setting.patience().insist(() -> own.open(side));
      scan(scan(scanning, "0"), keys, step, workers, 0, false);
    }
  }

  private KeyScan scan(RawConnection side, String cursor) {
    VerifyRequest request = setting.request();
    return new KeyScan(
        side,
        setting.database(),
        request.scope(),
        setting.scanType(),
        Verification.fencePrefix(request),
        scanCount,
        cursor);
  }

  private long scan(
      KeyScan scan,
      OptionalLong keys,
      String step,
      Workers workers,
      long before,
      boolean comparing) {
    Progress progress = setting.progress();
    progress.pass(keys, before);
    lastCheckpoint = setting.clock().nanoTime();
    long leftOut = 0;
    KeyBatch batch = new KeyBatch(scanCount + scanCount / 4);
    while (next(scan, batch)) {
      if (batch.count() >= (scanCount + 1) / 2 || batch.isFull()) {
        batch = handOver(batch, workers);
      }
      progress.scanned(Math.min(keys.orElse(Long.MAX_VALUE), before + scan.scanned()));
      if (comparing) {
        progress.leftOut(scan.leftOut() - leftOut);
        leftOut = scan.leftOut();
      }
      progress.tell(step);
      if (comparing && setting.clock().nanoTime() - lastCheckpoint > CHECKPOINT_NANOS) {
        batch = handOver(batch, workers);
        checkpoint(scan, workers, before);
      }
      if (ledger.suspectBytes() > SuspectSettling.MOST_BYTES || limitMayBeReached()) {
        settling.settle();
      }
    }
    handOver(batch, workers);
    workers.awaitIdle();
    return scan.returned();
  }

  private boolean next(KeyScan scan, KeyBatch batch) {
    return setting.patience().insist(() -> scan.next(batch));
  }

  /** Gives a batch to the workers when its time has come; a new one takes its place. */
  private KeyBatch handOver(KeyBatch batch, Workers workers) {
    if (batch.count() == 0) {
      return batch;
    }
    setting.pace().take(batch.count());
    workers.submit(batch);
    return new KeyBatch(scanCount + scanCount / 4);
  }

  /** Writes down how far it is, once every key returned so far has its verdict. */
  private void checkpoint(KeyScan scan, Workers workers, long before) {
    workers.awaitIdle();
    settling.settleAll();
    long gone = ledger.tally().goneKeys();
    for (CountingFound counting : countings) {
      counting.flush();
      gone += counting.goneKeys();
    }
    ledger.flush();
    checkpointing.write(scan.cursor(), before + scan.scanned(), gone);
    lastCheckpoint = setting.clock().nanoTime();
  }

  private boolean limitMayBeReached() {
    OptionalLong most = setting.request().maxMismatches();
    return most.isPresent() && ledger.suspects() >= Math.min(MOST_UNLIMITED, most.getAsLong());
  }
}
