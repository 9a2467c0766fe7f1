package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Holds back all who verify so that no server spends more than a share of one CPU on them. Several
 * verifications may go by one, each with a seat of its own; the servers of all who sit are held.
 * Safe for use by several threads.
 *
 * <p><b>How.</b> A server tells how long its CPU has worked, for whomever. What it does for others
 * is what it does while all who verify wait here; that, as a rate, is taken off what it does while
 * they do not. The rest is theirs. Each server is allowed so much of theirs a second; what it did
 * beyond that is a debt, and while any has one, whoever wants to go on waits. What was not used up
 * is not kept for later, but for a moment.
 *
 * <p>Where others' use was last seen to be considerable and nobody has waited for long, all are
 * made to wait for a moment to see it again: it may have ended, and would be taken off for nothing.
 *
 * <p>A server that does not tell, or not for the moment, is not held.
 */
public final class CpuShare {
  private static final double NANOS = 1e9;

  /** Between two questions while somebody works, and at most while all wait. */
  private static final long OPEN_NANOS = 10_000_000;

  private static final long CLOSED_NANOS = 100_000_000;

  /** What is on its way when the last begins to wait is done by then. */
  private static final long DRAINED_NANOS = 50_000_000;

  /**
   * Each of two batches of a worker takes some of them: one that waits and one that is looked at.
   */
  private static final int TRIPS_UNDER_WAY = 8;

  /** Who has not come for so long does something else. */
  private static final long ABSENT_NANOS = 1_000_000_000L;

  /**
   * Others' use is looked at for so long, at least so often; it is given up where one never waits.
   */
  private static final long LOOK_NANOS = 150_000_000;

  private static final long LOOK_EVERY_NANOS = 2_000_000_000L;
  private static final long LOOK_AT_MOST_NANOS = 1_000_000_000L;

  /** Others' use below this part of the allowance does not matter. */
  private static final double NO_MATTER = 0.1;

  private final double percent;
  private final double share;
  private final NanoClock clock;
  private final Function<Endpoint, CpuAccount.Meter> meters;
  private final Map<String, CpuAccount> servers = new LinkedHashMap<>();
  private final long start;
  private final Set<Seat> seats = new LinkedHashSet<>();
  private long asked;
  private long othersSeen;
  private long lookSince;
  private boolean looking;
  private boolean asking;

  /**
   * By what INFO tells.
   *
   * @param percent of one CPU, 1 to 100
   * @param clock to wait by
   */
  public CpuShare(double percent, NanoClock clock) {
    this(percent, clock, server -> new CpuMeter(server, clock));
  }

  CpuShare(double percent, NanoClock clock, Function<Endpoint, CpuAccount.Meter> meters) {
    this.percent = percent;
    this.share = percent / 100;
    this.clock = clock;
    this.meters = meters;
    this.start = clock.nanoTime();
    this.asked = start;
    this.othersSeen = start - LOOK_EVERY_NANOS;
  }

  /**
   * One more who verifies; to be closed when it ends.
   *
   * @param used the servers that it uses, which are held as long as it sits
   * @param tripNanos the longest round trip to any of them: what it has asked for may be on its way
   *     for several
   */
  public synchronized Seat enter(List<Endpoint> used, long tripNanos) {
    List<CpuAccount> its = new ArrayList<>();
    for (Endpoint one : used) {
      CpuAccount account =
          servers.computeIfAbsent(one.toString(), name -> new CpuAccount(meters.apply(one)));
      account.enter();
      its.add(account);
    }
    Seat seat = new Seat(its, TRIPS_UNDER_WAY * tripNanos);
    seats.add(seat);
    return seat;
  }

  /** One who verifies. For one thread, but for its closing. */
  public final class Seat implements AutoCloseable {
    private final List<CpuAccount> its;
    private final long underWayNanos;
    private boolean waiting;

    /** Since when it waits, or when it last went on. */
    private long since;

    private Seat(List<CpuAccount> its, long underWayNanos) {
      this.its = List.copyOf(its);
      this.underWayNanos = underWayNanos;
      this.since = clock.nanoTime() - ABSENT_NANOS - underWayNanos;
    }

    /**
     * Waits until all servers may go on.
     *
     * @param stopping whether to wait no longer; looked at ten times a second
     */
    public void await(BooleanSupplier stopping) {
      long pause = pause(this);
      while (pause > 0 && !stopping.getAsBoolean()) {
        clock.park(pause);
        pause = pause(this);
      }
      goesOn(this);
    }

    /** Whether it did nothing from that moment on, nor had anything on its way then. */
    private boolean restsSince(long moment) {
      return moment - since >= (waiting ? DRAINED_NANOS : ABSENT_NANOS) + underWayNanos;
    }

    /** Ends it: the others wait for this one no longer. */
    @Override
    public void close() {
      synchronized (CpuShare.this) {
        if (seats.remove(this)) {
          its.forEach(CpuAccount::leave);
        }
      }
    }
  }

  /** How long a seat is to wait before it asks again; 0 = it may go on. */
  private long pause(Seat seat) {
    long now = clock.nanoTime();
    synchronized (this) {
      if (!seat.waiting && !looking && now - asked < OPEN_NANOS && worst() <= 0) {
        return 0;
      }
    }
    ask(now);
    return pause(seat, now);
  }

  private synchronized long pause(Seat seat, long now) {
    if (!looking && isLookDue(now)) {
      looking = true;
      lookSince = now;
    }
    if (!looking && worst() <= 0) {
      return 0;
    }
    if (!seat.waiting) {
      seat.waiting = true;
      seat.since = now;
    }
    long until = (long) (worst() / share * NANOS);
    return Math.max(1_000_000, Math.min(CLOSED_NANOS, looking ? DRAINED_NANOS : until));
  }

  private synchronized void goesOn(Seat seat) {
    seat.waiting = false;
    seat.since = clock.nanoTime();
  }

  private double worst() {
    return servers.values().stream().mapToDouble(CpuAccount::debt).max().orElse(0);
  }

  private boolean isLookDue(long now) {
    boolean matters = servers.values().stream().anyMatch(one -> one.others() > share * NO_MATTER);
    return (matters || othersSeen - start < 0) && now - othersSeen >= LOOK_EVERY_NANOS;
  }

  /** Asks the servers, unless another does; the others go on meanwhile by what is known. */
  private void ask(long now) {
    List<CpuAccount> accounts;
    synchronized (this) {
      if (asking || now - asked < 1_000_000) {
        return;
      }
      asking = true;
      accounts = servers.values().stream().filter(CpuAccount::begins).toList();
    }
    List<OptionalDouble> told = new ArrayList<>();
    try {
      accounts.forEach(server -> told.add(server.read()));
    } finally {
      take(accounts, told, now);
    }
  }

  private synchronized void take(List<CpuAccount> accounts, List<OptionalDouble> told, long now) {
    asking = false;
    long from = asked;
    boolean idle =
        seats.stream().anyMatch(one -> one.waiting)
            && seats.stream().allMatch(one -> one.restsSince(from));
    double seconds = (now - asked) / NANOS;
    asked = now;
    for (int i = 0; i < accounts.size(); i++) {
      OptionalDouble its = i < told.size() ? told.get(i) : OptionalDouble.empty();
      accounts.get(i).took(its, seconds, idle, share);
    }
    if (idle) {
      othersSeen = now;
    }
    if (looking
        && (now - lookSince >= LOOK_AT_MOST_NANOS || (idle && now - lookSince >= LOOK_NANOS))) {
      looking = false;
      othersSeen = now;
    }
  }

  /** {@code held to 10 % of each server's CPU}, as people read it. */
  public String words() {
    return "held to " + plain() + " % of each server's CPU";
  }

  private String plain() {
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f", percent)
        : Double.toString(percent);
  }

  /** What came of it: a line for each of these servers, how much of a CPU it spent on it. */
  public synchronized List<String> outcome(List<Endpoint> used) {
    List<String> lines = new ArrayList<>();
    for (Endpoint one : used) {
      CpuAccount account = servers.get(one.toString());
      if (account != null) {
        lines.add(outcome(one.toString(), account.spent()));
      }
    }
    return lines;
  }

  private String outcome(String name, OptionalDouble spent) {
    return "--server-cpu "
        + plain()
        + ": the "
        + name
        + (spent.isPresent()
            ? String.format(Locale.ROOT, " spent %.1f %% of a CPU on it", 100 * spent.getAsDouble())
            : " does not tell how long its CPU works, and was not held");
  }
}
