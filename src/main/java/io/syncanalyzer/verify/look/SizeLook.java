package io.syncanalyzer.verify.look;

import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.look.BatchFindings.State;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.value.KeyReader;

/**
 * Asks how much memory keys take before their values are asked for, so that what is large is left
 * to be read in windows. Not safe for use by several threads.
 */
final class SizeLook {
  /** What takes more is read in windows. */
  static final long LARGE_BYTES = Math.max(KeyReader.LARGE_BYTES, StringLook.MOST_BYTES / 16);

  private final RawConnection side;
  private final BatchFindings findings;

  /**
   * @param side which is asked; what is gone there becomes a suspect
   */
  SizeLook(RawConnection side, BatchFindings findings) {
    this.side = side;
    this.findings = findings;
  }

  /** Asks for every key of the batch that is in that state. */
  void at(KeyBatch batch, State state) {
    if (!findings.any(state)) {
      return;
    }
    findings.each(state, i -> ask(batch, i));
    side.out().flush();
    findings.each(state, this::read);
  }

  private void ask(KeyBatch batch, int i) {
    RawOutput out = side.out();
    out.begin(3);
    out.part("MEMORY");
    out.part("USAGE");
    BatchWire.key(out, batch, i);
  }

  private void read(int i) {
    RawInput in = side.in();
    in.next();
    if (in.kind() == RawInput.INTEGER) {
      findings.bytes(i, in.number());
      if (in.number() > LARGE_BYTES) {
        findings.set(i, State.UNLIKE);
      }
    } else {
      BatchWire.refused(side, "MEMORY USAGE");
      findings.set(i, State.SUSPECT);
    }
  }
}
