package io.syncanalyzer.verify.look;

import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.Abilities;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Compares when keys of a batch expire, as cheaply as that can be done: what is not certainly the
 * same is a suspect. Not safe for use by several threads.
 */
public final class ExpiryLook {
  private static final int NO_KEY = -2;

  private final RawConnection source;
  private final RawConnection replica;
  private final String command;
  private final long replicaAheadMillis;
  private final boolean relative;
  private final long toleranceMillis;

  public ExpiryLook(
      RawConnection source, RawConnection replica, Abilities abilities, long toleranceMillis) {
    this.source = source;
    this.replica = replica;
    this.command = abilities.absoluteExpiry() ? "PEXPIRETIME" : "PTTL";
    // A time to live runs on the server's own clock, a moment of expiry is the same on any.
    this.replicaAheadMillis = abilities.absoluteExpiry() ? 0 : abilities.clocks().aheadMillis();
    this.relative = abilities.relativeExpiry();
    this.toleranceMillis = toleranceMillis;
  }

  /**
   * Hands over the index of each key asked about whose expiry may differ.
   *
   * @param gone whether a key that is not on both sides any more is handed over too
   */
  public void at(KeyBatch batch, IntPredicate asked, boolean gone, IntConsumer suspects) {
    // Both are there before either is asked: times to live run on while another is made.
    source.keepAwake();
    replica.keepAwake();
    for (int i = 0; i < batch.count(); i++) {
      if (asked.test(i)) {
        BatchWire.command(source.out(), command, batch, i);
        BatchWire.command(replica.out(), command, batch, i);
      }
    }
    source.out().flush();
    replica.out().flush();
    for (int i = 0; i < batch.count(); i++) {
      if (asked.test(i) && !isSame(gone)) {
        suspects.accept(i);
      }
    }
  }

  private boolean isSame(boolean gone) {
    long mine = BatchWire.number(source, command);
    long other = BatchWire.number(replica, command);
    if (mine == NO_KEY || other == NO_KEY) {
      return !gone;
    }
    if (mine < 0 || other < 0) {
      return mine == other;
    }
    return Math.abs(mine - other - replicaAheadMillis) <= toleranceMillis
        || (relative && Math.abs(mine - other) <= toleranceMillis);
  }
}
