package io.syncanalyzer.verify.found;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.scan.KeyBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * What one worker has found, counted: equal keys and those that are gone by themselves, suspects
 * until they are handed over to the ledger. For one thread, but for the ledger it feeds.
 */
public final class CountedFindings implements Findings {
  private final Side scanned;
  private final Ledger ledger;
  private final NanoClock clock;
  private final Tally tally = new Tally();
  private final List<Suspect> suspects = new ArrayList<>();
  private final SeenKeys.Recorder recorder;

  /**
   * @param scanned the side whose SCAN returned the keys
   */
  public CountedFindings(Side scanned, Ledger ledger, NanoClock clock) {
    this.scanned = scanned;
    this.ledger = ledger;
    this.clock = clock;
    this.recorder = ledger.seen().new Recorder();
  }

  @Override
  public void equal(KeyBatch batch, int index, String type, long elements, long bytes) {
    tally.add(type, KeyVerdict.EQUAL, true, true, elements, bytes);
    recorder.add(
        batch.database(),
        batch.array(),
        batch.at(index),
        batch.length(index),
        type,
        KeyVerdict.EQUAL,
        true,
        true,
        elements,
        bytes);
  }

  @Override
  public void suspect(KeyBatch batch, int index) {
    suspects.add(Suspect.of(batch, index, batch.isOfOther() ? scanned.other() : scanned, clock));
  }

  @Override
  public void gone(KeyBatch batch, int index) {
    tally.gone();
  }

  /** Hands the suspects of a batch over to be settled. */
  public void handOver() {
    ledger.add(List.copyOf(suspects));
    suspects.clear();
  }

  /** Writes out what is buffered. */
  public void flush() {
    recorder.flush();
  }

  /** Keys that were on neither side any more. */
  public long goneKeys() {
    return tally.goneKeys();
  }

  /** Adds the counts to the ledger's, once, at the end. */
  public void countIn() {
    recorder.flush();
    ledger.add(tally);
  }
}
