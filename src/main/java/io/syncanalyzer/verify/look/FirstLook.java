package io.syncanalyzer.verify.look;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Findings;
import io.syncanalyzer.verify.look.BatchFindings.State;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.SizesFirst;
import org.jspecify.annotations.Nullable;

/**
 * The first pass over a batch of keys: tells those that are certainly equal from the suspects, as
 * cheaply as that can be done.
 *
 * <p>Strings first ({@link StringLook}), then what answered that it is none ({@link
 * CollectionLook}), then the expiries, which are read only where either side has any, and at last
 * properly what the cheap ways could not tell ({@link ProperLook}). Each key costs a call or two of
 * a small method: the JVM compiles those once and early, where one large loop is compiled again and
 * again while it runs. Not safe for use by several threads.
 */
public final class FirstLook {
  private SizesFirst sizes;
  private final boolean anyStrings;
  private final boolean onlyStrings;
  private final BatchFindings findings = new BatchFindings();
  private final SizeLook sizeLook;
  private final StringLook strings;
  private final CollectionLook collections;
  private final ExpiryLook expiries;
  private final ProperLook proper;

  /**
   * @param sizes of which keys sizes are asked for before values, where the servers tell them
   * @param burdened the side that is asked what either could tell: sizes, and how many elements
   * @param scopeType the one type all keys are of; null = any
   */
  public FirstLook(
      RawConnection source,
      RawConnection replica,
      Abilities abilities,
      SizesFirst sizes,
      Side burdened,
      @Nullable String scopeType,
      long toleranceMillis,
      NanoClock clock) {
    this.sizes = abilities.memoryUsage() ? sizes : SizesFirst.OF_NONE;
    this.anyStrings = scopeType == null || scopeType.equals("string");
    this.onlyStrings = scopeType != null && scopeType.equals("string");
    RawConnection asked = burdened == Side.SOURCE ? source : replica;
    this.expiries = new ExpiryLook(source, replica, abilities, toleranceMillis);
    this.strings = new StringLook(source, replica, findings);
    this.sizeLook = new SizeLook(asked, findings);
    this.collections = new CollectionLook(source, replica, asked, abilities, findings);
    this.proper = new ProperLook(source, replica, abilities, toleranceMillis, clock, findings);
  }

  /**
   * Looks at every key of the batch and says of each what was found: of all of them, after the last
   * reply, or of none, where it fails.
   *
   * @param anyExpiry whether either side may have a key with an expiry
   */
  public void at(KeyBatch batch, boolean anyExpiry, Findings found) {
    findings.begin(batch.count(), anyStrings ? State.OPEN : State.NO_STRING);
    if (sizes == SizesFirst.OF_ALL) {
      sizeLook.at(batch, anyStrings ? State.OPEN : State.NO_STRING);
    }
    if (anyStrings) {
      strings.at(batch, sizes == SizesFirst.OF_ALL);
    }
    if (!onlyStrings) {
      if (sizes == SizesFirst.OF_COLLECTIONS) {
        sizeLook.at(batch, State.NO_STRING);
      }
      collections.at(batch);
    }
    if (anyExpiry) {
      expiries.at(
          batch, i -> findings.is(i, State.SAME), true, i -> findings.set(i, State.SUSPECT));
    }
    proper.at(batch);
    findings.tell(batch, found);
    if (sizes == SizesFirst.OF_COLLECTIONS && strings.hasSeenLarge()) {
      sizes = SizesFirst.OF_ALL; // Of what follows: they have come since the server was asked.
    }
  }
}
