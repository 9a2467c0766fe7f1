package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.topology.HashSlot;
import java.util.Arrays;

/**
 * Keys of one database, as a server listed them, in one array and in the protocol's own form, so
 * that they go into the next command as they came. Where keys are asked for by slot it knows where
 * keys of another slot begin. Filled by one thread, then read by another.
 */
public final class KeyBatch {
  private static final int LONGEST_HEAD = 16;
  private static final int FULL = 1024 * 1024;

  private int database;
  private byte[] encoded;
  private int used;
  private int[] at;
  private int[] length;
  private int[] slot;
  private int count;
  private final boolean bySlot;
  private final boolean ofOther;
  private final int most;

  /**
   * @param keys how many it is likely to take
   */
  public KeyBatch(int database, int keys) {
    this(database, keys, false, false);
  }

  /**
   * @param keys how many it is likely to take
   * @param bySlot whether keys are asked for by slot
   * @param ofOther whether they are what the side that is listed lacks and the other has
   */
  public KeyBatch(int database, int keys, boolean bySlot, boolean ofOther) {
    this(database, keys, bySlot, ofOther, Integer.MAX_VALUE);
  }

  /**
   * As the last.
   *
   * @param most with so many keys it is full
   */
  public KeyBatch(int database, int keys, boolean bySlot, boolean ofOther, int most) {
    this.most = most;
    this.database = database;
    this.bySlot = bySlot;
    this.ofOther = ofOther;
    slot = new int[bySlot ? keys : 0];
    encoded = new byte[keys * 48];
    at = new int[keys];
    length = new int[keys];
  }

  /**
   * Whether its array has not grown for a very long key, so that it may be kept to be filled again.
   */
  public boolean isOfUsualSize() {
    return encoded.length <= 2 * FULL;
  }

  /**
   * The same without its keys, for those of a database: arrays that are used again need not be
   * cleared, which took a third of the time of a scan. Nobody may look at its keys any more.
   */
  public KeyBatch emptied(int ofDatabase) {
    database = ofDatabase;
    used = 0;
    count = 0;
    return this;
  }

  /** Makes room for a key of that length and says where its bytes go; then {@link #added}. */
  int room(int keyLength) {
    int needed = used + keyLength + LONGEST_HEAD;
    if (needed > encoded.length) {
      encoded = Arrays.copyOf(encoded, Math.max(needed, encoded.length * 2));
    }
    if (count == at.length) {
      at = Arrays.copyOf(at, count * 2);
      length = Arrays.copyOf(length, count * 2);
      slot = bySlot ? Arrays.copyOf(slot, count * 2) : slot;
    }
    int digits = 1;
    for (int rest = keyLength; rest >= 10; rest /= 10) {
      digits++;
    }
    int rest = keyLength;
    encoded[used] = '$';
    for (int i = used + digits; i > used; i--) {
      encoded[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    encoded[used + digits + 1] = '\r';
    encoded[used + digits + 2] = '\n';
    return used + digits + 3;
  }

  /** Takes the key whose bytes were put where {@link #room} said; without it they are dropped. */
  void added(int position, int keyLength) {
    at[count] = position;
    length[count] = keyLength;
    if (bySlot) {
      slot[count] = HashSlot.of(encoded, position, keyLength);
    }
    count++;
    used = position + keyLength;
    encoded[used++] = '\r';
    encoded[used++] = '\n';
  }

  /** Adds a key. */
  public void add(Bytes key) {
    int position = room(key.length());
    System.arraycopy(key.array(), 0, encoded, position, key.length());
    added(position, key.length());
  }

  /** Its keys from one place to before another, as a batch of their own. */
  public KeyBatch part(int from, int to) {
    KeyBatch part = new KeyBatch(database, Math.max(1, to - from), bySlot, ofOther);
    for (int i = from; i < to; i++) {
      int position = part.room(length[i]);
      System.arraycopy(encoded, at[i], part.encoded, position, length[i]);
      part.added(position, length[i]);
    }
    return part;
  }

  /** One for some of its keys: of the same database, asked for in the same way. */
  KeyBatch likeIt() {
    return new KeyBatch(database, Math.max(1, count), bySlot, ofOther);
  }

  /** Whether its keys are what the side that is listed lacks and the other has. */
  public boolean isOfOther() {
    return ofOther;
  }

  /**
   * Up to where keys from one place on may go into one command: all of them, or where keys are
   * asked for by slot those that follow in the same one.
   */
  public int endOfSlot(int from, int to) {
    if (!bySlot) {
      return to;
    }
    int end = from + 1;
    while (end < to && slot[end] == slot[from]) {
      end++;
    }
    return end;
  }

  /** Where its keys are. */
  public int database() {
    return database;
  }

  public int count() {
    return count;
  }

  /**
   * Whether no more keys should be added: they are as many as was said, or take so much memory,
   * however few they are.
   */
  public boolean isFull() {
    return used >= FULL || count >= most;
  }

  public byte[] array() {
    return encoded;
  }

  /** Where key {@code i} begins in {@link #array}. */
  public int at(int i) {
    return at[i];
  }

  public int length(int i) {
    return length[i];
  }

  /** Where the encoded form of key {@code i} begins. */
  public int encodedFrom(int i) {
    return i == 0 ? 0 : at[i - 1] + length[i - 1] + 2;
  }

  /** Where the encoded form of key {@code i} ends. */
  public int encodedTo(int i) {
    return at[i] + length[i] + 2;
  }

  public Bytes key(int i) {
    return Bytes.wrap(Arrays.copyOfRange(encoded, at[i], at[i] + length[i]));
  }
}
