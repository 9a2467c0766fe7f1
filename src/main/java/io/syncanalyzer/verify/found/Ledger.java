package io.syncanalyzer.verify.found;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is known so far: counts, mismatches and the suspects still to be settled. Safe for use by
 * several threads.
 */
public final class Ledger implements AutoCloseable {
  private final Tally tally = new Tally();
  private final MismatchLog.Writer mismatches;
  private final SeenKeys seen;
  private final SeenKeys.Recorder recorder;
  private List<Suspect> suspects = new ArrayList<>();
  private final Map<KeyVerdict, Long> unequal = new EnumMap<>(KeyVerdict.class);
  private long repeatedMismatches;
  private long suspectBytes;

  public Ledger(MismatchLog.Writer mismatches, SeenKeys seen) {
    this.mismatches = mismatches;
    this.seen = seen;
    this.recorder = seen.new Recorder();
  }

  /** Where each verdict is recorded with its key's hash. */
  public SeenKeys seen() {
    return seen;
  }

  /**
   * Takes over what was known at a checkpoint: the file of verdicts, and the keys that vanished.
   */
  public synchronized void goOn(long goneKeys) {
    tally.goneKeys(tally.goneKeys() + goneKeys);
    unequal.clear();
    unequal.putAll(distinctUnequal());
  }

  /**
   * Whether so many keys are confirmed to differ, each counted once however often SCAN returned it.
   */
  public synchronized boolean hasMismatched(long keys) {
    long mismatched = mismatched();
    if (mismatched - repeatedMismatches < keys) {
      return false;
    }
    repeatedMismatches = mismatched - VerifyProgress.mismatches(distinctUnequal());
    return mismatched - repeatedMismatches >= keys;
  }

  private Map<KeyVerdict, Long> distinctUnequal() {
    recorder.flush();
    return VerifyRow.unequal(seen.count().tally().rows());
  }

  /** Adds what a worker counted by itself. */
  public synchronized void add(Tally worker) {
    tally.add(worker);
  }

  public synchronized void add(List<Suspect> more) {
    suspects.addAll(more);
    for (Suspect suspect : more) {
      suspectBytes += suspect.memoryBytes();
    }
  }

  /** Memory that suspects take, in bytes, roughly. */
  public synchronized long suspectBytes() {
    return suspectBytes;
  }

  public synchronized int suspects() {
    return suspects.size();
  }

  /** Takes all suspects away, to settle them. */
  public synchronized List<Suspect> takeSuspects() {
    List<Suspect> taken = suspects;
    suspects = new ArrayList<>();
    suspectBytes = 0;
    return taken;
  }

  /** Enters what a suspect came to. */
  public synchronized void settled(Settled settled) {
    KeyVerdict verdict = settled.judgement().verdict();
    if (verdict == null) {
      tally.gone();
      return;
    }
    tally.add(
        settled.type(),
        verdict,
        settled.onSource(),
        settled.onReplica(),
        settled.elements(),
        settled.bytes());
    byte[] key = settled.suspect().key().array();
    recorder.add(
        settled.suspect().database(),
        key,
        0,
        key.length,
        settled.type(),
        verdict,
        settled.onSource(),
        settled.onReplica(),
        settled.elements(),
        settled.bytes());
    if (verdict != KeyVerdict.EQUAL) {
      unequal.merge(verdict, 1L, Long::sum);
      mismatches.add(settled.mismatch());
    }
  }

  /** Enters a row that is about no key. */
  public synchronized void add(Mismatch other) {
    mismatches.add(other);
  }

  /** Confirmed mismatches so far. */
  synchronized long mismatched() {
    return VerifyProgress.mismatches(unequal);
  }

  /** How many have each verdict but {@code EQUAL} so far. */
  synchronized Map<KeyVerdict, Long> unequal() {
    return new EnumMap<>(unequal);
  }

  /** How many rows of mismatches there are. */
  public synchronized long rows() {
    return mismatches.count();
  }

  /** The counts so far; not to be kept while others still count. */
  public synchronized Tally tally() {
    return tally;
  }

  /** Writes out what is buffered. */
  public synchronized void flush() {
    mismatches.flush();
    recorder.flush();
  }

  @Override
  public synchronized void close() {
    mismatches.close();
    recorder.flush();
  }
}
