package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.found.CountingFound;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.found.Progress;
import io.syncanalyzer.verify.look.Workers;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.KeyScan;
import io.syncanalyzer.verify.server.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the keys of one side, one database after the other: SCAN, the keys handed to workers
 * in batches, suspects settled when they become many, and where asked for a checkpoint every few
 * seconds. Workers and connections are made once for all databases, as there may be thousands. Not
 * safe for use by several threads.
 */
final class Sweep implements AutoCloseable {
  private static final int WORKERS = 3;
  private static final int SCAN_COUNT = 1000;
  private static final long CHECKPOINT_NANOS = 5_000_000_000L;
  private static final long MOST_UNLIMITED = 1000;

  /** So many names are scanned in the time of one key that is looked at: they cost less. */
  private static final int NAMES_A_KEY = 10;

  private final PassSetting setting;
  private final Ledger ledger;
  private final SuspectSettling settling;
  private final Connections own;
  private final Endpoint side;
  private final int scanCount;
  private final List<CountingFound> countings = new ArrayList<>();
  private @Nullable Workers workers;
  private @Nullable RawConnection scanning;
  private @Nullable Checkpointing checkpointing;
  private KeyScan.Filter filter = KeyScan.Filter.ALL;
  private boolean names;
  private boolean comparing;
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

  private Sweep(
      PassSetting setting,
      Connections connections,
      Ledger ledger,
      SuspectSettling settling,
      Side scanned) {
    this.setting = setting;
    this.ledger = ledger;
    this.settling = settling;
    this.own = connections.others();
    this.side = scanned == Side.SOURCE ? setting.source() : setting.replica();
    this.scanCount = setting.pace().batch(SCAN_COUNT);
    this.lastCheckpoint = setting.clock().nanoTime();
  }

  /**
   * Compares every key of the source with the replica's.
   *
   * @param sizesFirst whether sizes are asked before values
   * @param anyExpiry whether expiries of a database are compared
   */
  static Sweep comparing(
      PassSetting setting,
      Connections connections,
      Ledger ledger,
      SuspectSettling settling,
      boolean sizesFirst,
      IntPredicate anyExpiry) {
    Sweep sweep = new Sweep(setting, connections, ledger, settling, Side.SOURCE);
    sweep.comparing = true;
    sweep.lookers(Side.SOURCE, sizesFirst, anyExpiry, new AtomicLong());
    return sweep;
  }

  /**
   * Compares those keys of the source with the replica's that the filter takes, expiries too: keys
   * that were counted when they were first passed over.
   */
  static Sweep comparingAgain(
      PassSetting setting,
      Connections connections,
      Ledger ledger,
      SuspectSettling settling,
      boolean sizesFirst,
      KeyScan.Filter filter) {
    Sweep sweep = new Sweep(setting, connections, ledger, settling, Side.SOURCE);
    sweep.filter = filter;
    sweep.lookers(Side.SOURCE, sizesFirst, any -> true, new AtomicLong());
    return sweep;
  }

  /**
   * Looks at those names of a side that the filter takes.
   *
   * @param looked takes how many there were
   */
  static Sweep lookingAtNames(
      PassSetting setting,
      Connections connections,
      Ledger ledger,
      SuspectSettling settling,
      Side scanned,
      boolean sizesFirst,
      AtomicLong looked,
      KeyScan.Filter filter) {
    Sweep sweep = new Sweep(setting, connections, ledger, settling, scanned);
    sweep.names = true;
    sweep.filter = filter;
    sweep.lookers(scanned, sizesFirst, any -> true, looked);
    return sweep;
  }

  /**
   * Counts those names of a side that the filter takes.
   *
   * @param counted takes how many there were
   * @param ofRuns takes how many sentinels and fence keys of other runs there were beside
   */
  static Sweep countingNames(
      PassSetting setting,
      Connections connections,
      Ledger ledger,
      SuspectSettling settling,
      Side scanned,
      AtomicLong counted,
      AtomicLong ofRuns,
      KeyScan.Filter filter) {
    Sweep sweep = new Sweep(setting, connections, ledger, settling, scanned);
    sweep.names = true;
    sweep.filter = filter;
    sweep.begin(List.of(new NameWorker(setting, sweep.own, sweep.side, counted, ofRuns)));
    return sweep;
  }

  /** Picks those of the source's keys whose expiries may differ. */
  static Sweep pickingExpiries(
      PassSetting setting, Connections connections, Ledger ledger, SuspectSettling settling) {
    Sweep sweep = new Sweep(setting, connections, ledger, settling, Side.SOURCE);
    sweep.begin(List.of(new ExpiryWorker(setting, sweep.own, ledger)));
    return sweep;
  }

  private void lookers(
      Side scanned, boolean sizesFirst, IntPredicate anyExpiry, AtomicLong looked) {
    List<Consumer<KeyBatch>> jobs = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      CountingFound counting = new CountingFound(scanned, ledger, setting.clock());
      countings.add(counting);
      FirstWorker worker =
          new FirstWorker(setting, own, scanned, counting, sizesFirst, anyExpiry, looked);
      jobs.add(
          batch -> {
            worker.accept(batch);
            counting.handOver();
          });
    }
    begin(jobs);
  }

  private void begin(List<Consumer<KeyBatch>> jobs) {
    workers = new Workers(jobs, own::close);
  }

  /**
   * Goes through a database from its first key on.
   *
   * @param keys how many there are, about; empty where unknown
   * @param step what is done, in words
   * @return how many keys SCAN returned
   */
  long over(int database, OptionalLong keys, String step) {
    return over(database, keys, step, "0", 0, null);
  }

  /**
   * Goes through a database, or through the rest of it. What was handed to workers may still be
   * looked at: {@link #finish}.
   *
   * @param cursor where SCAN begins
   * @param before how many keys lie before that
   * @param writing writes checkpoints; null = none
   */
  long over(
      int database,
      OptionalLong keys,
      String step,
      String cursor,
      long before,
      @Nullable Checkpointing writing) {
    checkpointing = writing;
    VerifyRequest request = setting.request();
    KeyScan scan =
        setting
            .patience()
            .insist(
                () ->
                    new KeyScan(
                        open(database),
                        database,
                        request.scope(),
                        setting.scanType(),
                        Verification.fencePrefix(request),
                        scanCount,
                        cursor,
                        filter));
    return scan(scan, database, keys, step, before);
  }

  /** Waits until all that was handed to workers has been looked at. */
  void finish() {
    if (workers != null) {
      workers.awaitIdle();
    }
  }

  /** Suspects are settled in the middle of a scan, over other connections than this. */
  private RawConnection open(int database) {
    RawConnection open = scanning == null ? own.open(side) : scanning;
    scanning = open;
    open.select(database);
    return open;
  }

  private long scan(KeyScan scan, int database, OptionalLong keys, String step, long before) {
    Progress progress = setting.progress();
    progress.pass(keys, before);
    long leftOut = 0;
    long paced = 0;
    KeyBatch batch = batch(database);
    while (next(scan, batch)) {
      if (batch.count() >= (scanCount + 1) / 2 || batch.isFull()) {
        batch = handOver(batch);
      }
      progress.scanned(Math.min(keys.orElse(Long.MAX_VALUE), before + scan.scanned()));
      if (comparing) {
        progress.leftOut(scan.leftOut() - leftOut);
        leftOut = scan.leftOut();
      }
      if (names && scan.returned() - paced >= NAMES_A_KEY) {
        setting.pace().take((scan.returned() - paced) / NAMES_A_KEY);
        paced = scan.returned();
      }
      progress.tell(step);
      if (checkpointing != null && setting.clock().nanoTime() - lastCheckpoint > CHECKPOINT_NANOS) {
        batch = handOver(batch);
        checkpoint(scan.cursor(), before + scan.scanned());
      }
      if (ledger.suspectBytes() > SuspectSettling.MOST_BYTES || limitMayBeReached()) {
        settling.settle();
      }
    }
    handOver(batch);
    return scan.returned();
  }

  private KeyBatch batch(int database) {
    return new KeyBatch(database, scanCount + scanCount / 4);
  }

  private boolean next(KeyScan scan, KeyBatch batch) {
    return setting.patience().insist(() -> scan.next(batch));
  }

  /** Gives a batch to the workers when its time has come; a new one takes its place. */
  private KeyBatch handOver(KeyBatch batch) {
    if (batch.count() == 0 || workers == null) {
      return batch;
    }
    setting.pace().take(batch.count());
    workers.submit(batch);
    return batch(batch.database());
  }

  /** Writes down how far it is, once every key returned so far has its verdict. */
  private void checkpoint(String cursor, long scanned) {
    finish();
    settling.settleAll();
    long gone = ledger.tally().goneKeys();
    for (CountingFound counting : countings) {
      counting.flush();
      gone += counting.goneKeys();
    }
    ledger.flush();
    if (checkpointing != null) {
      checkpointing.write(cursor, scanned, gone);
    }
    lastCheckpoint = setting.clock().nanoTime();
  }

  private boolean limitMayBeReached() {
    OptionalLong most = setting.request().maxMismatches();
    return most.isPresent() && ledger.suspects() >= Math.min(MOST_UNLIMITED, most.getAsLong());
  }

  /** Ends the workers, at once, and counts in what they found. */
  @Override
  public void close() {
    try {
      if (workers != null) {
        workers.close();
      }
    } finally {
      countings.forEach(CountingFound::countIn);
      countings.clear();
    }
  }
}
