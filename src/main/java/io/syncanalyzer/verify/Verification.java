package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.NetworkWait;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.attempt.SideBySide;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifyRun;
import io.syncanalyzer.verify.found.Progress;
import io.syncanalyzer.verify.found.SeenKeys;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.pass.Company;
import io.syncanalyzer.verify.scan.CpuShare;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.NetworkTime;
import io.syncanalyzer.verify.server.ServerRetries;
import io.syncanalyzer.verify.server.SlotsMoved;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One verification, from the first connection to the summary: {@link #run} on one thread, {@link
 * #stop} from any, {@link #summary} when the thread has ended, or was waited for long enough.
 */
final class Verification {
  private final VerifyRun run;
  private final Company.Place place;
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final long start;
  private volatile Connections connections = new Connections();
  private volatile boolean stopping;

  /** The last attempt that looks or has looked at keys. */
  private volatile @Nullable Attempt begun;

  /** What that one came to; null until it has ended. */
  private volatile @Nullable AttemptOutcome outcome;

  private volatile SeenKeys.@Nullable Counted counted;
  private volatile @Nullable RuntimeException failure;
  private volatile long end;
  private volatile long networkNanos;

  /**
   * @param together what it has together with verifications that go on beside it
   * @param place where others may be met who compare the same source
   */
  Verification(
      VerifyRequest request,
      Consumer<VerifyProgress> progress,
      NanoClock clock,
      SideBySide together,
      Company.Place place) {
    this.place = place;
    Progress telling = new Progress(progress, clock);
    this.run =
        new VerifyRun(
            request,
            clock,
            telling,
            new ServerRetries(telling::tellWaiting, clock, () -> stopping),
            notes::add,
            () -> stopping,
            together);
    CpuShare serverCpu = together.serverCpu();
    if (serverCpu != null) {
      telling.held(serverCpu.words());
    }
    this.start = clock.nanoTime();
    this.end = start;
  }

  /** Ends it soon: every connection is closed, what is known is kept. */
  void stop() {
    stopping = true;
    connections.close();
  }

  void run() {
    long before = NetworkWait.ofThisThread();
    try {
      new Attempts(run).run(this::attempt, () -> begun != null);
      run.progress().ended();
    } catch (RuntimeException | Error e) {
      // An error too: without it what is known so far would look like all there is.
      failure = VerifyFailure.of(e);
    } finally {
      place.leave();
      try {
        countDistinct();
      } catch (RuntimeException | Error e) {
        failure = failure == null ? VerifyFailure.of(e) : failure;
      }
      notes.addAll(run.retries().notes());
      CpuShare share = run.serverCpu();
      if (share != null) {
        notes.addAll(share.outcome(List.of(run.request().source(), run.request().replica())));
      }
      connections.close();
      networkNanos = NetworkWait.ofThisThread() - before;
      end = run.clock().nanoTime();
    }
  }

  private void attempt(boolean resume) {
    Attempt opened =
        new AttemptOpening(run, reconnected(), begun, this::giveUpAttempt).open(resume);
    opened.goOn();
    begun = opened;
    AttemptOutcome came = AttemptOutcome.of(opened, place);
    outcome = came;
    came.rethrow();
  }

  /** What an attempt that was cut off has found: another one begins where its checkpoint is. */
  private void giveUpAttempt() {
    Attempt earlier = begun;
    begun = null;
    outcome = null;
    if (earlier != null) {
      earlier.ledger().close();
      earlier.ledger().seen().close();
    }
  }

  private Connections reconnected() {
    connections.close();
    Connections anew = new Connections();
    connections = anew;
    if (stopping) {
      anew.close();
    }
    return anew;
  }

  /** Counts every key once, unless counting has proved that none came twice. */
  private void countDistinct() {
    Attempt attempt = begun;
    if (attempt == null) {
      return;
    }
    attempt.ledger().close();
    AttemptOutcome came = outcome;
    SeenKeys seen = attempt.ledger().seen();
    if (came == null || came.passes() == null || !came.passes().provedDistinct()) {
      SeenKeys.Counted once = seen.count();
      once.tally().goneKeys(attempt.ledger().tally().goneKeys());
      counted = once;
      if (once.repeats() > 0) {
        notes.add(Counted.words(once.repeats(), "key") + " came up again; each is counted once");
      }
    }
    if (cannotBeGoneOnWith() && !(failure == null && run.request().keeps())) {
      run.checkpoint().delete();
      seen.discard();
    } else {
      seen.close();
    }
  }

  /** Whether it is over: what changed meanwhile is not mended by going on. */
  private boolean cannotBeGoneOnWith() {
    return !stopping
        && (failure == null
            || failure instanceof SlotsMoved
            || (failure instanceof VerifyFailure failed
                && failed.kind() == VerifyFailure.Kind.CHANGED));
  }

  /** What it came to. */
  Verified verified() {
    try {
      return new Verified(run.request(), summary(), null);
    } catch (RuntimeException e) {
      return new Verified(run.request(), null, e);
    }
  }

  /** What was found; throws the failure where nothing was, or slots moved meanwhile. */
  private VerifySummary summary() {
    RuntimeException failed = failure;
    if (stopping) {
      failed = new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", failed);
    }
    Attempt attempt = begun;
    if (attempt == null || failed instanceof SlotsMoved) {
      throw failed == null ? new IllegalStateException("nothing was verified") : failed;
    }
    AttemptOutcome came = outcome;
    return new SummaryOfAttempt(
            attempt,
            came == null ? AttemptOutcome.unknown(attempt.begin()) : came,
            counted,
            failed,
            Duration.ofNanos(end - start),
            NetworkTime.of(networkNanos, attempt.begin().distance()))
        .with(notes);
  }
}
