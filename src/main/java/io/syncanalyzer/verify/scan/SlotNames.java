package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import org.jspecify.annotations.Nullable;

/**
 * The names of a cluster's node, slot by slot, those of one slot together. The slots that have very
 * many come last: the node is scanned for all of these at once.
 *
 * <p>Where the other side's node lets its slots be listed too, each is listed there just after, and
 * what it alone has is handed out apart ({@link #others}): so keys that only the other side has
 * need no pass of their own. Of the names of one slot only hashes are kept.
 *
 * <p>Where it is held up for so long that a connection may be gone, or one is lost, the slot it is
 * at is listed again; a key that so comes twice is counted once. Not safe for use by several
 * threads.
 */
public final class SlotNames implements Names {
  private final RawConnection connection;
  private final SlotLister mine;
  private final @Nullable SlotLister other;
  private final NameFilter names;
  private final int count;
  private final NameIntake intake = new NameIntake();
  private final SlotHashes hashes;
  private SlotCursor cursor;
  private KeyBatch others;
  private @Nullable KeyScan giants;
  private boolean begun;
  private long mineLeft;
  private long otherLeft;
  private boolean otherBegun;
  private boolean broken;
  private boolean bothOnce;
  private long returned;
  private long leftOut;

  /**
   * @param other lists the other side's names too; null = they are not listed
   * @param names which of them are handed out
   * @param count about how many are passed over at a time
   * @param cursor where it begins; another kind of names' own = from the begin
   */
  public SlotNames(
      RawConnection connection,
      @Nullable RawConnection other,
      NameFilter names,
      int count,
      String cursor) {
    this.connection = connection;
    this.mine = new SlotLister(connection, names.slots(), count);
    this.other = other == null ? null : new SlotLister(other, names.slots(), count);
    this.names = names;
    this.count = count;
    this.cursor = SlotCursor.parse(cursor).at(next(SlotCursor.parse(cursor).slot()));
    this.hashes = new SlotHashes(names.database());
    this.others = moreOthers();
    this.bothOnce = other != null && this.cursor.giants().isEmpty();
  }

  /** Whether a server lets the names of its slots be listed. */
  public static boolean works(RawConnection connection, SlotSet slots) {
    return SlotLister.works(connection, slots.next(0));
  }

  private int next(int from) {
    int slot = from >= HashSlot.COUNT ? -1 : names.slots().next(from);
    return slot < 0 ? HashSlot.COUNT : slot;
  }

  private KeyBatch moreOthers() {
    return new KeyBatch(names.database(), 64, true, true);
  }

  @Override
  public boolean next(KeyBatch batch) {
    boolean heldUp = mine.isIdle() || (other != null && other.isIdle());
    try {
      return more(batch);
    } catch (RedisFailure lost) {
      broken = true;
      if (!heldUp || giants != null || !lost.isConnectionLoss()) {
        throw lost;
      }
      return more(batch);
    }
  }

  private boolean more(KeyBatch batch) {
    if (giants != null) {
      return scanned(giants, batch);
    }
    if (broken) {
      beginAgain();
    }
    long before = returned;
    while (cursor.slot() < HashSlot.COUNT) {
      listSlot(batch);
      if (batch.isFull() || returned - before >= count || others.isFull()) {
        return true;
      }
    }
    if (returned > before || cursor.giants().isEmpty()) {
      return returned > before;
    }
    KeyScan scan = new KeyScan(connection, names.of(cursor.giants()), null, count, cursor.scan());
    giants = scan;
    return scanned(scan, batch);
  }

  private boolean scanned(KeyScan scan, KeyBatch batch) {
    long returnedBefore = scan.returned();
    long leftOutBefore = scan.leftOut();
    boolean any = scan.next(batch);
    returned += scan.returned() - returnedBefore;
    leftOut += scan.leftOut() - leftOutBefore;
    cursor =
        scan.isEnded()
            ? new SlotCursor(cursor.slot(), SlotSet.NONE, scan.cursor())
            : new SlotCursor(cursor.slot(), cursor.giants(), scan.cursor());
    return any;
  }

  /** What was asked for and not read is given up, and the slot is listed from its begin. */
  private void beginAgain() {
    mine.renew();
    if (other != null) {
      other.renew();
    }
    broken = false;
    bothOnce = false;
    begun = false;
    otherBegun = false;
    mineLeft = 0;
    otherLeft = 0;
  }

  /** Goes on with the slot it is at, to its end unless the batch is full before. */
  private void listSlot(KeyBatch batch) {
    int slot = cursor.slot();
    if (!begun) {
      begin(slot);
    }
    RawInput in = mine.in();
    in.forgetHeld();
    while (mineLeft > 0) {
      if (batch.isFull()) {
        return;
      }
      mineLeft--;
      take(in, batch);
    }
    if (other != null) {
      if (!otherBegun) {
        beginOther(other, slot);
      }
      other.in().forgetHeld();
      while (otherLeft > 0) {
        if (others.isFull()) {
          return;
        }
        otherLeft--;
        takeOther(other.in());
      }
    }
    begun = false;
    otherBegun = false;
    cursor = cursor.at(next(slot + 1));
  }

  private void begin(int slot) {
    mineLeft = mine.begin(slot);
    begun = true;
    if (mineLeft == SlotLister.GIANT || mineLeft >= SlotLister.LISTED_AT_MOST) {
      cursor = cursor.withGiant(slot);
      bothOnce = false;
    }
    if (other != null) {
      hashes.begin(Math.max(0, mineLeft));
    }
  }

  /**
   * Where either side has too many of a slot, the other's names are left to a pass of their own.
   */
  private void beginOther(SlotLister lister, int slot) {
    otherLeft = lister.begin(slot);
    otherBegun = true;
    if (otherLeft == SlotLister.GIANT || otherLeft >= SlotLister.LISTED_AT_MOST) {
      bothOnce = false;
    }
  }

  private void take(RawInput in, KeyBatch batch) {
    intake.read(in, in.expectBulk(), batch);
    NameFilter.Kind kind = names.kind(batch.array(), intake.at(), intake.length(), false);
    if (kind == NameFilter.Kind.FOREIGN) {
      return;
    }
    returned++;
    if (kind == NameFilter.Kind.OUT_OF_SCOPE) {
      leftOut++;
    } else if (kind == NameFilter.Kind.WANTED) {
      if (other != null) {
        hashes.add(batch.array(), intake.at(), intake.length());
      }
      intake.keep(batch);
    }
  }

  private void takeOther(RawInput in) {
    intake.read(in, in.expectBulk(), others);
    boolean isGiant = cursor.giants().contains(cursor.slot());
    if (!isGiant
        && !hashes.contains(others.array(), intake.at(), intake.length())
        && names.kind(others.array(), intake.at(), intake.length(), false)
            == NameFilter.Kind.WANTED) {
      intake.keep(others);
    }
  }

  @Override
  public @Nullable KeyBatch others(boolean all) {
    if (others.count() == 0 || !(all || others.isFull() || others.count() >= (count + 1) / 2)) {
      return null;
    }
    KeyBatch taken = others;
    others = moreOthers();
    return taken;
  }

  @Override
  public boolean hasListedBothOnce() {
    return bothOnce && cursor.slot() == HashSlot.COUNT;
  }

  @Override
  public String cursor() {
    return cursor.toString();
  }

  @Override
  public long returned() {
    return returned;
  }

  @Override
  public long scanned() {
    return returned;
  }

  @Override
  public long leftOut() {
    return leftOut;
  }
}
