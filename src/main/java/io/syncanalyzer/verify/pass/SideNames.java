package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.scan.KeyScan;
import io.syncanalyzer.verify.scan.NameFilter;
import io.syncanalyzer.verify.scan.Names;
import io.syncanalyzer.verify.scan.SlotNames;
import io.syncanalyzer.verify.server.Connections;
import org.jspecify.annotations.Nullable;

/**
 * Opens the names of a side: listed slot by slot where it is a cluster's node that allows it, else
 * scanned. Its connections are made once for all databases. For one thread.
 */
final class SideNames {
  private final Attempt attempt;
  private final Connections connections;
  private final Side side;
  private final boolean alsoOthers;
  private @Nullable RawConnection listing;
  private @Nullable RawConnection listingOther;
  private @Nullable Boolean bySlot;
  private boolean otherBySlot;

  /**
   * @param connections with which those for the names are closed
   * @param alsoOthers whether what only the other side has is wanted beside, where that can be
   *     listed
   */
  SideNames(Attempt attempt, Connections connections, Side side, boolean alsoOthers) {
    this.attempt = attempt;
    this.connections = connections;
    this.side = side;
    // Of picked types what is another type on the other side is told by a pass over that; and where
    // the replica leads the source is to be spared.
    this.alsoOthers = alsoOthers && side == Side.SOURCE && attempt.scope().types().isEmpty();
  }

  /**
   * Opens them.
   *
   * @param count about how many are passed over at a time
   * @param cursor where to begin
   * @param filter which of those in scope are wanted
   */
  Names open(int database, int count, String cursor, KeyScan.Filter filter) {
    // Suspects are settled in the middle, over other connections than these.
    RawConnection mine = listing == null ? connections.open(attempt.endpoint(side)) : listing;
    listing = mine;
    mine.select(database);
    NameFilter names =
        new NameFilter(
            attempt.scope(), database, attempt.request().fencePrefix(), attempt.slots(), filter);
    if (!isBySlot(mine)) {
      return new KeyScan(mine, names, attempt.scanType(), count, cursor);
    }
    return new SlotNames(mine, otherBySlot ? listingOther : null, names, count, cursor);
  }

  private boolean isBySlot(RawConnection mine) {
    Boolean known = bySlot;
    if (known == null) {
      known = mine.endpoint().isInCluster() && SlotNames.works(mine, attempt.slots());
      Side otherSide = side.other();
      if (known && alsoOthers && attempt.endpoint(otherSide).isInCluster()) {
        RawConnection other =
            listingOther == null ? connections.open(attempt.endpoint(otherSide)) : listingOther;
        listingOther = other;
        otherBySlot = SlotNames.works(other, attempt.slots());
      }
      bySlot = known;
    }
    return known;
  }
}
