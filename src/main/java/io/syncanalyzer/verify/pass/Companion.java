package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.found.CountedFindings;
import io.syncanalyzer.verify.found.Progress;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Member} of a {@link SharedPass} while it goes on. Its own thread waits in {@link
 * #goAlong} and does what it is given there: what is its own, as settling, is done on no other. It
 * leaves by itself where its replica fails, or its user wants it to end; the others go on.
 *
 * <p>Safe for use by several threads: its own, the pass's, and the workers'.
 */
final class Companion {
  private static final long POLL_MILLIS = 50;

  private final Member member;
  private final Connections toReplica;
  private final OneBehind behind;
  private final List<Seat> seats = new ArrayList<>();
  private final List<CountedFindings> countings = new ArrayList<>();
  private volatile boolean present = true;
  private boolean over;
  private @Nullable Runnable task;
  private @Nullable RuntimeException failed;

  /** Where a worker looks at keys for it: it does not leave while one sits there. */
  static final class Seat {
    private final CountedFindings counting;

    private Seat(CountedFindings counting) {
      this.counting = counting;
    }
  }

  /** A look at a batch. */
  interface Look {
    /**
     * Looks.
     *
     * @param counting takes what is found
     */
    void at(CountedFindings counting);
  }

  /**
   * @param workers how many look at keys for it
   */
  Companion(Member member, int workers) {
    this.member = member;
    this.toReplica = member.attempt().connections().others();
    for (int i = 0; i < workers; i++) {
      CountedFindings counting =
          new CountedFindings(
              Side.SOURCE, member.attempt().ledger(), member.attempt().run().clock());
      countings.add(counting);
      seats.add(new Seat(counting));
    }
    this.behind = new OneBehind(member.attempt(), member.settling(), countings, member.known());
  }

  Member member() {
    return member;
  }

  /** Connections to its replica; closed when it leaves. */
  Connections toReplica() {
    return toReplica;
  }

  OneBehind behind() {
    return behind;
  }

  Progress progress() {
    return member.attempt().run().progress();
  }

  /** Whether it still goes along. */
  boolean isPresent() {
    return present;
  }

  /** Looks at a batch for it, unless it has left. */
  void look(int worker, Look look) {
    Seat seat = seats.get(worker);
    synchronized (seat) {
      if (present) {
        look.at(seat.counting);
        seat.counting.handOver();
      }
    }
  }

  /** Gives its thread something to do; {@link #await} waits for it. */
  synchronized void give(Runnable work) {
    if (present) {
      task = work;
      notifyAll();
    }
  }

  /** Waits until it has done what it was given, or has left. */
  synchronized void await() {
    try {
      while (present && task != null) {
        wait(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** It can go along no longer; the others can. */
  synchronized void fails(RuntimeException why) {
    failed = failed == null ? why : failed;
    present = false;
    notifyAll();
  }

  /** The pass is over, for all who still go along. */
  synchronized void ends(@Nullable RuntimeException why) {
    if (present) {
      failed = why;
      over = true;
      notifyAll();
    }
  }

  /**
   * Goes along, on its own thread, until the pass is over.
   *
   * @param alone whether nobody else goes along any more
   * @param stop ends what the pass waits for
   * @throws RuntimeException what ended it before
   */
  void goAlong(BooleanSupplier alone, Runnable stop) {
    try {
      serve();
    } finally {
      present = false;
      wake();
      toReplica.close();
      if (alone.getAsBoolean()) {
        stop.run();
      }
      for (Seat seat : seats) {
        synchronized (seat) {
          seat.counting.countIn();
        }
      }
    }
    RuntimeException why = failed();
    if (why != null) {
      throw why;
    }
  }

  private void serve() {
    for (Runnable work = next(); work != null; work = next()) {
      work.run();
      done();
    }
  }

  private synchronized @Nullable Runnable next() {
    try {
      while (task == null && present && !over) {
        if (member.attempt().connections().isClosed()) {
          throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", null);
        }
        wait(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return present ? task : null;
  }

  private synchronized void done() {
    task = null;
    notifyAll();
  }

  private synchronized void wake() {
    task = null;
    notifyAll();
  }

  /** Whether the pass has ended while it went along. */
  synchronized boolean isOver() {
    return over;
  }

  private synchronized @Nullable RuntimeException failed() {
    return failed;
  }

  private static VerifyFailure interrupted() {
    Thread.currentThread().interrupt();
    return new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", null);
  }
}
