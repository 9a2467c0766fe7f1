package io.syncanalyzer.cause;

import io.syncanalyzer.cause.Finding.Against;
import io.syncanalyzer.cause.Finding.Fits;
import io.syncanalyzer.cause.Finding.Untold;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.Signs;
import java.util.Locale;

/**
 * What kept one server busy, by what it told of itself.
 *
 * @param isSource which of the two it is
 * @param signs what it told
 */
record ServerRules(boolean isSource, Signs signs, Evidence evidence) {
  /** Of a core: no more is to be had from the one thread that serves commands. */
  private static final double ALL = 0.95;

  private static final double NEARLY_ALL = 0.85;

  /** Keys a second that are more than a server does in passing. */
  private static final long MANY_KEYS_PER_S = 1_000;

  /** Memory below which a server's own code weighs more than what may be swapped. */
  private static final long LEAST_SWAPPED_BYTES = 32L << 20;

  private static final double RESIDENT = 0.9;

  Finding slowCommand() {
    LagCause cause = isSource ? LagCause.SOURCE_SLOW_COMMAND : LagCause.REPLICA_SLOW_COMMAND;
    Long slow = signs.slowNanos();
    if (slow == null) {
      return new Untold(cause, "SLOWLOG");
    }
    return slow == 0
        ? new Against(cause, "none in its SLOWLOG")
        : Finding.byLength(
            cause,
            evidence,
            slow,
            "longest in its SLOWLOG: " + signs.slowCommand() + ", " + ProbeRules.time(slow));
  }

  Finding latencyEvent() {
    LagCause cause = isSource ? LagCause.SOURCE_LATENCY_EVENT : LagCause.REPLICA_LATENCY_EVENT;
    Long event = signs.latencyNanos();
    if (event == null) {
      return new Untold(cause, "its latency monitor, which is off or not for us");
    }
    if (event == 0) {
      return new Against(cause, "none in its latency monitor");
    }
    String words =
        "its latency monitor has " + signs.latencyEvent() + ", " + ProbeRules.time(event);
    return evidence.isHalf(event)
        ? new Fits(cause, Certainty.LIKELY, words)
        : new Against(cause, words);
  }

  /** A fork stops the server for its time; what is copied on write later slows it. */
  Finding fork() {
    LagCause cause = isSource ? LagCause.SOURCE_FORK : LagCause.REPLICA_FORK;
    Long fork = signs.forkNanos();
    if (fork == null && signs.saving() == null) {
      return new Untold(cause, "forks");
    }
    boolean saving = Boolean.TRUE.equals(signs.saving());
    if (!saving && LagSecond.orZero(fork) == 0) {
      return new Against(cause, "none, and no save was running");
    }
    String words =
        (LagSecond.orZero(fork) == 0
                ? "a save was running, begun before"
                : "a fork took " + ProbeRules.time(LagSecond.orZero(fork)))
            + (LagSecond.orZero(signs.copiedBytes()) == 0
                ? ""
                : ", " + Numbers.bytes(LagSecond.orZero(signs.copiedBytes())) + " copied on write");
    Finding byLength = Finding.byLength(cause, evidence, LagSecond.orZero(fork), words);
    return byLength instanceof Against ? new Fits(cause, Certainty.POSSIBLE, words) : byLength;
  }

  Finding expiry() {
    LagCause cause = isSource ? LagCause.SOURCE_EXPIRY : LagCause.REPLICA_EXPIRY;
    Long expired = signs.expired();
    if (expired == null) {
      return new Untold(cause, "expired keys");
    }
    long cut = LagSecond.orZero(signs.expiryCut());
    String words =
        Numbers.count(expired, "key")
            + " expired"
            + (signs.expiryNanos() == null || expired == 0
                ? ""
                : ", " + ProbeRules.time(signs.expiryNanos()) + " of CPU time at most in a second")
            + (cut == 0 ? "" : ", and " + Numbers.count(cut, "cycle") + " ended for want of time");
    if (cut > 0 || evidence.isHalf(LagSecond.orZero(signs.expiryNanos()))) {
      return new Fits(cause, Certainty.LIKELY, words);
    }
    return expired >= MANY_KEYS_PER_S * evidence.seconds()
        ? new Fits(cause, Certainty.POSSIBLE, words)
        : new Against(cause, words);
  }

  Finding eviction() {
    LagCause cause = isSource ? LagCause.SOURCE_EVICTION : LagCause.REPLICA_EVICTION;
    Long evicted = signs.evicted();
    if (evicted == null) {
      return new Untold(cause, "evicted keys");
    }
    String words = Numbers.count(evicted, "key") + " evicted";
    if (evicted == 0) {
      return new Against(cause, words);
    }
    return new Fits(
        cause,
        evicted >= MANY_KEYS_PER_S * evidence.seconds() ? Certainty.LIKELY : Certainty.POSSIBLE,
        words);
  }

  Finding cpu() {
    LagCause cause = isSource ? LagCause.SOURCE_CPU : LagCause.REPLICA_CPU;
    Double share = signs.cpuShare();
    if (share == null) {
      return new Untold(cause, "its CPU time");
    }
    String words =
        String.format(Locale.ROOT, "it used up to %.0f %% of a core in a second", 100 * share);
    if (share >= ALL) {
      return new Fits(cause, Certainty.LIKELY, words);
    }
    return share >= NEARLY_ALL
        ? new Fits(cause, Certainty.POSSIBLE, words)
        : new Against(cause, words);
  }

  /** INFO does not tell swapping; memory that is in use and not in RAM hints at it. */
  Finding swap() {
    LagCause cause = isSource ? LagCause.SOURCE_SWAP : LagCause.REPLICA_SWAP;
    Long used = signs.usedBytes();
    Long resident = signs.residentBytes();
    if (used == null || resident == null) {
      return new Untold(cause, "its resident memory");
    }
    String words =
        Numbers.bytes(used) + " in use, " + Numbers.bytes(resident) + " of the process in RAM";
    return used >= LEAST_SWAPPED_BYTES && resident < RESIDENT * used
        ? new Fits(cause, Certainty.POSSIBLE, words)
        : new Against(cause, words);
  }
}
