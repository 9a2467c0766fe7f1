package io.syncanalyzer.verify.scan;

import java.util.OptionalDouble;

/**
 * What one server spends on those who verify, and what it may: how much beyond that it spent is its
 * debt. For one thread at a time, but for {@link #read}.
 */
final class CpuAccount {
  /** What others do is averaged over about so long. */
  private static final double OTHERS_SECONDS = 1;

  /** Unused allowance that is kept, and debt at most, in seconds of the allowance. */
  private static final double KEPT_SECONDS = 0.05;

  private static final double OWED_SECONDS = 10;

  private final Meter meter;
  private int seats;
  private boolean reading;
  private double before = Double.NaN;
  private boolean othersKnown;
  private double others;
  private double othersBefore;
  private double unseenSeconds;
  private double lookUsed;
  private double lookSeconds;
  private double debt;
  private double ours;
  private double heldSeconds;

  /** What a server tells of its CPU. */
  interface Meter extends AutoCloseable {
    /** CPU seconds since its start, for whomever; empty where it does not tell, or not now. */
    OptionalDouble seconds();

    @Override
    void close();
  }

  CpuAccount(Meter meter) {
    this.meter = meter;
  }

  /** One more uses the server. */
  void enter() {
    seats++;
  }

  /** One uses it no longer; when nobody does it is asked no more. */
  void leave() {
    seats--;
    if (seats == 0) {
      forget();
      if (!reading) {
        meter.close();
      }
    }
  }

  /** Says that {@link #read} is next, by one thread; false where nobody uses the server. */
  boolean begins() {
    reading = seats > 0;
    return reading;
  }

  /** Asks the server, which may take long; meanwhile other threads may call all else. */
  OptionalDouble read() {
    return meter.seconds();
  }

  /**
   * Takes in what the server told.
   *
   * @param now what {@link #read} gave
   * @param seconds since it was asked before
   * @param idle whether nobody verified since then, so that all it did was for others
   * @param share how much of a CPU it may spend
   */
  void took(OptionalDouble now, double seconds, boolean idle, double share) {
    reading = false;
    if (seats == 0) {
      meter.close();
      return;
    }
    if (now.isEmpty()) {
      forget();
      return;
    }
    double used = now.getAsDouble() - before;
    before = now.getAsDouble();
    if (!(used >= 0)) {
      return; // The first answer, or that of a server that began anew.
    }
    heldSeconds += seconds;
    if (idle) {
      look(used, seconds);
    } else {
      unseenSeconds = lookSeconds > 0 ? seconds : unseenSeconds + seconds;
      othersKnown |= lookSeconds > 0;
      lookSeconds = 0;
    }
    double theirs = idle ? 0 : used - others * seconds;
    ours += theirs;
    debt =
        Math.max(
            -share * KEPT_SECONDS, Math.min(share * OWED_SECONDS, debt + theirs - share * seconds));
  }

  /** Takes in what was done for others; the longer that was not seen, the more it counts. */
  private void look(double used, double seconds) {
    if (lookSeconds == 0) {
      lookUsed = 0;
      othersBefore = others;
    }
    lookUsed += used;
    lookSeconds += seconds;
    double weight = othersKnown ? 1 - Math.exp(-(unseenSeconds + lookSeconds) / OTHERS_SECONDS) : 1;
    others = othersBefore + (lookUsed / lookSeconds - othersBefore) * weight;
  }

  private void forget() {
    before = Double.NaN;
    debt = 0;
  }

  /** CPU seconds that it spent beyond what it may. */
  double debt() {
    return debt;
  }

  /** How much of a CPU it spends on others. */
  double others() {
    return others;
  }

  /** How much of a CPU it spent on those who verify, over all; empty where it never told. */
  OptionalDouble spent() {
    return heldSeconds > 0
        ? OptionalDouble.of(Math.max(0, ours) / heldSeconds)
        : OptionalDouble.empty();
  }
}
