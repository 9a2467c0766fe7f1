package io.syncanalyzer.verify.look;

import io.syncanalyzer.verify.found.Findings;
import io.syncanalyzer.verify.scan.KeyBatch;
import java.util.Arrays;

/**
 * What the first pass knows so far of each key of a batch, by the key's place in it. Reused for one
 * batch after another; not safe for use by several threads.
 */
final class BatchFindings {
  /** How far a key is. */
  enum State {
    /** Not looked at. */
    OPEN,
    /** On neither side a string, or not there. */
    NO_STRING,
    /** The same on both sides. */
    SAME,
    /** To be read and compared properly: cheaper ways cannot tell. */
    UNLIKE,
    /** May differ. */
    SUSPECT,
    /** On neither side any more. */
    GONE
  }

  private State[] states = new State[0];
  private String[] types = new String[0];
  private long[] sizes = new long[0];
  private long[] counts = new long[0];
  private int count;

  /** Begins a batch of so many keys, all in one state. */
  void begin(int keys, State all) {
    if (states.length < keys) {
      states = new State[keys];
      types = new String[keys];
      sizes = new long[keys];
      counts = new long[keys];
    }
    count = keys;
    Arrays.fill(states, 0, keys, all);
  }

  boolean is(int i, State state) {
    return states[i] == state;
  }

  /** Something that is done to a key, by its place in the batch. */
  interface Step {
    /** Takes the step for the key at that place. */
    void at(int i);
  }

  /**
   * Takes a step for each key in that state, in order; the state may change on the way.
   *
   * <p>One loop for every step on purpose: the JVM then compiles the loop once and each step by
   * itself. A loop in each place is compiled with all that it calls, again and again as it runs on,
   * which took a third of our CPU time in the first seconds.
   */
  void each(State state, Step step) {
    for (int i = 0; i < count; i++) {
      if (states[i] == state) {
        step.at(i);
      }
    }
  }

  /** Whether any key is in that state. */
  boolean any(State state) {
    for (int i = 0; i < count; i++) {
      if (states[i] == state) {
        return true;
      }
    }
    return false;
  }

  void set(int i, State state) {
    states[i] = state;
  }

  /** The key is the same on both sides. */
  void same(int i, String type, long elements, long bytes) {
    states[i] = State.SAME;
    types[i] = type;
    counts[i] = elements;
    sizes[i] = bytes;
  }

  /** The type, of a key that is the same or whose type was asked for. */
  String type(int i) {
    return types[i];
  }

  void type(int i, String type) {
    types[i] = type;
  }

  /** Bytes: of the value where it is the same, before that the memory that the key takes. */
  long bytes(int i) {
    return sizes[i];
  }

  void bytes(int i, long bytes) {
    sizes[i] = bytes;
  }

  /** Hands over what was found. */
  void tell(KeyBatch batch, Findings found) {
    for (int i = 0; i < count; i++) {
      switch (states[i]) {
        case SAME -> found.equal(batch, i, types[i], counts[i], sizes[i]);
        case GONE -> found.gone(batch, i);
        case OPEN, NO_STRING, SUSPECT, UNLIKE -> found.suspect(batch, i);
      }
    }
  }
}
