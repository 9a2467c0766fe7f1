package io.syncanalyzer.verify.found;

import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells how far it is, a few times a second. Safe for use by several threads. */
public final class Progress {
  private static final long EVERY_NANOS = 200_000_000;

  /** No pace is told before so long, nor where no key came for so long. */
  private static final long PACE_NANOS = 1_000_000_000;

  private static final long STALLED_NANOS = 3_000_000_000L;
  private static final String DONE = "done";

  private final Consumer<VerifyProgress> consumer;
  private final NanoClock clock;
  private final long start;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong leftOut = new AtomicLong();
  private @Nullable Ledger ledger;
  private @Nullable Long passTotal;
  private long passScanned;
  private long passScannedBefore;
  private long passStart;
  private long lastScanned;
  private String step = "beginning";
  private String held = "";
  private long lastTold;

  public Progress(Consumer<VerifyProgress> consumer, NanoClock clock) {
    this.consumer = consumer;
    this.clock = clock;
    this.start = clock.nanoTime();
    this.lastTold = start;
    this.passStart = start;
    this.lastScanned = start;
  }

  /** Says who knows of suspects and mismatches. */
  public synchronized void counts(Ledger known) {
    ledger = known;
  }

  /** Says by what it is held back all the while. */
  public synchronized void held(String by) {
    held = ", " + by;
  }

  /**
   * A pass over a database begins.
   *
   * @param keys it has to pass over, empty where unknown
   * @param before how many of them an earlier verification has passed
   */
  public synchronized void pass(OptionalLong keys, long before) {
    passTotal = keys.isPresent() ? keys.getAsLong() : null;
    passScanned = before;
    passScannedBefore = before;
    passStart = clock.nanoTime();
    lastScanned = passStart;
  }

  /** How many keys the pass has passed over by now, those before it included. */
  public synchronized void scanned(long keys) {
    if (keys > passScanned) {
      lastScanned = clock.nanoTime();
    }
    passScanned = keys;
  }

  public void done(long keys) {
    done.addAndGet(keys);
  }

  /** How long it has been at work. */
  public long elapsedNanos() {
    return clock.nanoTime() - start;
  }

  /** Begins again at a checkpoint. */
  public void goOnFrom(long keys) {
    done.set(keys);
    leftOut.set(0);
  }

  public long done() {
    return done.get();
  }

  /** Counts keys of the source that the scope leaves out. */
  public void leftOut(long keys) {
    leftOut.addAndGet(keys);
  }

  /** Keys of the source that the scope left out so far, about. */
  public long leftOut() {
    return leftOut.get();
  }

  /** Tells what is being done, unless it told something just now. */
  public synchronized void tell(String what) {
    step = what;
    tell(null, true);
  }

  /** As {@link #tell}, of what is done beside the pass, and takes as long as it takes. */
  public synchronized void tellBeside(String what) {
    step = what;
    tell(null, false);
  }

  /** Tells that what it does is held up, by what. */
  public synchronized void tellWaiting(String why) {
    tell(why, false);
  }

  /** Tells at the end what it has come to. */
  public synchronized void ended() {
    step = DONE;
    passScanned = done.get() + leftOut.get();
    passTotal = passScanned;
    lastTold = clock.nanoTime() - EVERY_NANOS;
    tell(null, false);
  }

  private void tell(@Nullable String waitingFor, boolean timed) {
    long now = clock.nanoTime();
    if (now - lastTold < EVERY_NANOS) {
      return;
    }
    lastTold = now;
    double seconds = (now - passStart) / 1e9;
    boolean paced = timed && now - passStart >= PACE_NANOS && now - lastScanned < STALLED_NANOS;
    consumer.accept(
        new VerifyProgress(
            step + (step.equals(DONE) ? "" : held),
            waitingFor,
            done.get(),
            passScanned,
            passTotal,
            ledger == null ? 0 : ledger.suspects(),
            ledger == null ? Map.of() : ledger.unequal(),
            paced ? Double.valueOf((passScanned - passScannedBefore) / seconds) : null,
            Duration.ofNanos(now - start)));
  }
}
