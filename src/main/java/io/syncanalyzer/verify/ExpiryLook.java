package io.syncanalyzer.verify;

import io.syncanalyzer.redis.RawConnection;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Compares when keys of a batch expire, as cheaply as that can be done: what is not certainly the
 * same is a suspect. Not safe for use by several threads.
 */
final class ExpiryLook {
  private static final int NO_KEY = -2;

  private final RawConnection source;
  private final RawConnection replica;
  private final String command;
  private final long toleranceMillis;

  ExpiryLook(
      RawConnection source, RawConnection replica, Abilities abilities, long toleranceMillis) {
    this.source = source;
    this.replica = replica;
    this.command = abilities.absoluteExpiry() ? "PEXPIRETIME" : "PTTL";
    this.toleranceMillis = toleranceMillis;
  }

  /** Hands over the index of each key asked about whose expiry may differ, or that is gone. */
  void at(KeyBatch batch, IntPredicate asked, IntConsumer suspects) {
    for (int i = 0; i < batch.count(); i++) {
      if (asked.test(i)) {
        BatchWire.command(source.out(), command, batch, i);
        BatchWire.command(replica.out(), command, batch, i);
      }
    }
    source.out().flush();
    replica.out().flush();
    for (int i = 0; i < batch.count(); i++) {
      if (asked.test(i) && !isSame()) {
        suspects.accept(i);
      }
    }
  }

  private boolean isSame() {
    long mine = BatchWire.number(source, command);
    long other = BatchWire.number(replica, command);
    boolean same =
        (mine < 0 || other < 0) ? mine == other : Math.abs(mine - other) <= toleranceMillis;
    return same && mine != NO_KEY;
  }
}
