package io.syncanalyzer.sentinel;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one lane has sent and what came of it: the times of every sentinel from its send until all
 * its readers are done with it.
 *
 * <p>A ring: sequence {@code s} lies in slot {@code s mod capacity}. One thread writes ({@link
 * #send}, {@link #settle}); any number of readers, each with its own index, read what lies below
 * {@link #sent} and at or above their own {@link #release}. Nothing is allocated after
 * construction. The times of a sentinel are visible to a reader that has seen {@link #sent} above
 * it; its ack time to one that has seen its state {@link State#ACKED}.
 *
 * <p>Footprint: 28 bytes a slot.
 */
public final class SentinelLedger {
  /** What is known of a sentinel's write. */
  public static final class State {
    /** It left; no answer yet. */
    public static final int SENT = 1;

    /** The source has it. */
    public static final int ACKED = 2;

    /** The source refused it, or it never left. */
    public static final int FAILED = 3;

    /** No answer came: the source may have it. */
    public static final int UNKNOWN = 4;

    private State() {}
  }

  private final int mask;
  private final long[] intended;
  private final long[] send;
  private final long[] ack;
  private final AtomicIntegerArray states;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLongArray released;

  /**
   * @param slots at least how many sentinels may be on their way at once; rounded up to a power of
   *     two
   * @param readers how many readers must release a sentinel before its slot is used again
   */
  public SentinelLedger(int slots, int readers) {
    if (slots < 1 || slots > 1 << 28 || readers < 1) {
      throw new IllegalArgumentException("a ledger needs 1 to 2^28 slots and a reader");
    }
    int capacity = slots == 1 ? 1 : Integer.highestOneBit(slots - 1) << 1;
    this.mask = capacity - 1;
    this.intended = new long[capacity];
    this.send = new long[capacity];
    this.ack = new long[capacity];
    this.states = new AtomicIntegerArray(capacity);
    this.released = new AtomicLongArray(readers);
  }

  /** How many sentinels it can hold. */
  public int capacity() {
    return mask + 1;
  }

  /** The slot of a sequence, for readers that keep arrays of their own beside this one. */
  public int slot(long sequence) {
    return (int) sequence & mask;
  }

  /** The first sequence that some reader still needs. */
  public long releasedByAll() {
    long lowest = Long.MAX_VALUE;
    for (int reader = 0; reader < released.length(); reader++) {
      lowest = Math.min(lowest, released.getAcquire(reader));
    }
    return lowest;
  }

  /** Whether there is no room for another until a reader releases some. */
  public boolean isFull() {
    return sent.getPlain() - releasedByAll() > mask;
  }

  /** The sequence the next {@link #send} gets. */
  public long next() {
    return sent.getPlain();
  }

  /**
   * Notes that a sentinel is about to leave, and returns its sequence.
   *
   * @throws IllegalStateException if the ledger is full
   */
  public long send(long intendedNanos, long sendNanos) {
    if (isFull()) {
      throw new IllegalStateException("the ledger is full");
    }
    long sequence = sent.getPlain();
    int slot = slot(sequence);
    intended[slot] = intendedNanos;
    send[slot] = sendNanos;
    states.setPlain(slot, State.SENT);
    sent.setRelease(sequence + 1);
    return sequence;
  }

  /**
   * Notes what came of it: {@link State#ACKED}, {@link State#FAILED} or {@link State#UNKNOWN}.
   *
   * @return false if that was settled before (a writer that hangs may be given up), and stays so
   */
  public boolean settle(long sequence, int state, long ackNanos) {
    int slot = slot(sequence);
    if (states.getAcquire(slot) != State.SENT) {
      return false;
    }
    ack[slot] = ackNanos;
    return states.compareAndSet(slot, State.SENT, state);
  }

  /** How many were sent: sequences below are there to read. */
  public long sent() {
    return sent.getAcquire();
  }

  /** What is known of a sentinel. */
  public int state(long sequence) {
    return states.getAcquire(slot(sequence));
  }

  /** When it was due. */
  public long intendedNanos(long sequence) {
    return intended[slot(sequence)];
  }

  /** When it left. */
  public long sendNanos(long sequence) {
    return send[slot(sequence)];
  }

  /** When its answer came; of use once its state is not {@link State#SENT}. */
  public long ackNanos(long sequence) {
    return ack[slot(sequence)];
  }

  /** Tells that a reader will read nothing below a sequence any more. */
  public void release(int reader, long sequence) {
    released.setRelease(reader, sequence);
  }
}
