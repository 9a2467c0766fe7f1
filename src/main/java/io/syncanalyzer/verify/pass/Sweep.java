package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.Progress;
import io.syncanalyzer.verify.look.Workers;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.KeyScan;
import io.syncanalyzer.verify.scan.Names;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.InFlight;
import java.util.OptionalLong;

/**
 * Goes through the keys of one side, one database after the other: its names, the keys handed to
 * workers in batches, suspects settled when they become many, and where asked for a checkpoint
 * every few seconds. Workers and connections are made once for all databases, as there may be
 * thousands. Not safe for use by several threads.
 */
final class Sweep implements AutoCloseable {
  private static final long CHECKPOINT_NANOS = 5_000_000_000L;

  /** A checkpoint waits for all that is under way: not more often than every so many trips. */
  private static final int CHECKPOINT_TRIPS = 50;

  /** So many names are scanned in the time of one key that is looked at: they cost less. */
  private static final int NAMES_A_KEY = 10;

  private final Attempt attempt;
  private final Behind behind;
  private final SideNames names;
  private final Kind kind;
  private final KeyScan.Filter filter;
  private final Crew crew;
  private final InFlight inFlight;
  private final int scanCount;
  private final int batchKeys;
  private boolean checkpointing;
  private long lastCheckpoint;
  private boolean listedBothOnce;

  /** What is made of the keys that are passed over. */
  enum Kind {
    /** Every key in scope is handed out, and counted those that are not in scope. */
    EVERY_KEY,
    /** Keys are handed out that were counted before. */
    SOME_KEYS,
    /** Few keys are handed out, if any: the pace holds back the scan itself. */
    NAMES
  }

  /**
   * Those who work for a sweep.
   *
   * @param inFlight how much of it is under way at once
   * @param connections theirs and the scan's own, closed with them
   * @param workers take the keys in batches
   */
  record Crew(InFlight inFlight, Connections connections, Workers workers) {}

  /** Those for whom a sweep is made: what was found is theirs. */
  interface Behind {
    /**
     * Whether what the other side alone has is wanted beside, where that can be listed: of several
     * other sides it is not.
     */
    default boolean wantsOthers() {
      return false;
    }

    /** A database begins, as {@link Progress#pass}. */
    void pass(OptionalLong keys, long before);

    /**
     * How far it is within the database.
     *
     * @param keys passed over by now
     * @param leftOut of these so many more than before are out of scope
     * @param step what is done, in words
     */
    void scanned(long keys, long leftOut, String step);

    /** Settles suspects where they have become many. */
    void settleIfMany();

    /**
     * Settles all there are and writes down how far it is: every key that was listed so far was
     * looked at.
     *
     * @param cursor where the names go on
     * @param scanned keys passed over so far
     */
    void checkpoint(int database, String cursor, long scanned);

    /** Counts in what the workers found; they have ended. */
    void ended();
  }

  Sweep(Attempt attempt, Behind behind, Side scanned, Kind kind, KeyScan.Filter filter, Crew crew) {
    this.attempt = attempt;
    this.behind = behind;
    this.names =
        new SideNames(
            attempt, crew.connections(), scanned, kind == Kind.EVERY_KEY && behind.wantsOthers());
    this.kind = kind;
    this.filter = filter;
    this.crew = crew;
    this.inFlight = crew.inFlight();
    this.scanCount = attempt.pace().batch(inFlight.names(), attempt.begin().distance().of(scanned));
    this.batchKeys = attempt.pace().batch(inFlight.batch());
    this.lastCheckpoint = attempt.run().clock().nanoTime();
  }

  /**
   * Goes through a database from its first key on.
   *
   * @param keys how many there are, about; empty where unknown
   * @param step what is done, in words
   * @return how many keys the side's names were
   */
  long over(int database, OptionalLong keys, String step) {
    return over(database, keys, step, "0", 0, false);
  }

  /**
   * Goes through a database, or through the rest of it. What was handed to workers may still be
   * looked at: {@link #finish}.
   *
   * @param cursor where its names begin
   * @param before how many keys lie before that
   * @param writing whether checkpoints are written
   */
  long over(
      int database, OptionalLong keys, String step, String cursor, long before, boolean writing) {
    checkpointing = writing;
    Names scan =
        attempt.run().retries().insist(() -> names.open(database, scanCount, cursor, filter));
    return scan(scan, database, keys, step, before);
  }

  /** Waits until all that was handed to workers has been looked at. */
  void finish() {
    crew.workers().awaitIdle();
  }

  /** Whether the last database's names were listed on both sides, each just once. */
  boolean hasListedBothOnce() {
    return listedBothOnce;
  }

  private long scan(Names scan, int database, OptionalLong keys, String step, long before) {
    behind.pass(keys, before);
    long leftOut = 0;
    long paced = 0;
    KeyBatch batch = batch(database);
    while (next(scan, batch)) {
      if (batch.count() >= (batchKeys + 1) / 2 || batch.isFull()) {
        batch = handOver(batch);
      }
      handOverOthers(scan, false);
      if (kind == Kind.NAMES && scan.returned() - paced >= NAMES_A_KEY) {
        attempt.pace().take((scan.returned() - paced) / NAMES_A_KEY);
        paced = scan.returned();
      }
      long leftOutNow = kind == Kind.EVERY_KEY ? scan.leftOut() : 0;
      behind.scanned(
          Math.min(keys.orElse(Long.MAX_VALUE), before + scan.scanned()),
          leftOutNow - leftOut,
          step);
      leftOut = leftOutNow;
      if (checkpointing && attempt.run().clock().nanoTime() - lastCheckpoint > checkpointNanos()) {
        batch = handOver(batch);
        handOverOthers(scan, true);
        finish();
        behind.checkpoint(database, scan.cursor(), before + scan.scanned());
        lastCheckpoint = attempt.run().clock().nanoTime();
      }
      behind.settleIfMany();
    }
    handOver(batch);
    handOverOthers(scan, true);
    listedBothOnce = scan.hasListedBothOnce();
    return scan.returned();
  }

  private KeyBatch batch(int database) {
    KeyBatch spent = crew.workers().spent();
    if (spent != null) {
      return spent.emptied(database);
    }
    return new KeyBatch(
        database, batchKeys + batchKeys / 4, attempt.bySlot(), false, inFlight.mostKeys());
  }

  private long checkpointNanos() {
    return Math.max(CHECKPOINT_NANOS, CHECKPOINT_TRIPS * attempt.begin().distance().longestNanos());
  }

  private void handOverOthers(Names scan, boolean all) {
    KeyBatch others = scan.others(all);
    if (others != null) {
      handOver(others);
    }
  }

  private boolean next(Names scan, KeyBatch batch) {
    return attempt.run().retries().insist(() -> scan.next(batch));
  }

  /** Gives a batch to the workers when its time has come; a new one takes its place. */
  private KeyBatch handOver(KeyBatch batch) {
    if (batch.count() == 0) {
      return batch;
    }
    attempt.pace().take(batch.count());
    crew.workers().submit(batch);
    return batch(batch.database());
  }

  /** Ends the workers, at once, and counts in what they found. */
  @Override
  public void close() {
    try {
      crew.workers().close();
    } finally {
      behind.ended();
    }
  }
}
