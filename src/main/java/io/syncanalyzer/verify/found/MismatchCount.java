package io.syncanalyzer.verify.found;

import java.util.HashMap;
import java.util.Map;

/**
 * How many keys are confirmed to differ, over verifications that go on side by side and stop
 * together when there are enough. Safe for use by several threads.
 */
public final class MismatchCount {
  private final Map<Part, Long> parts = new HashMap<>();

  /** What one verification finds. */
  public final class Part {
    private Part() {}

    /**
     * Whether so many keys are confirmed to differ, what the others found included.
     *
     * @param ledger what is known to this one
     */
    public boolean reaches(Ledger ledger, long most) {
      return ledger.hasMismatched(Math.max(1, most - enter(this, ledger.mismatched())));
    }

    /** So many more are to be confirmed by this one, after what the others found; at least one. */
    public long left(long most) {
      return Math.max(1, most - others(this));
    }

    /** What it found counts no longer: its keys are compared again. */
    public void withdraw() {
      enter(this, 0);
    }

    /** So many came of it in the end. */
    public void ended(long mismatched) {
      enter(this, mismatched);
    }
  }

  /** One more verification begins. */
  public Part part() {
    return new Part();
  }

  /** How many there are by now. */
  public synchronized long all() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  private synchronized long others(Part part) {
    return all() - parts.getOrDefault(part, 0L);
  }

  /** Enters what one has; gives what the others have. */
  private synchronized long enter(Part part, long mismatched) {
    parts.put(part, mismatched);
    return all() - mismatched;
  }
}
