package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;

/**
 * Takes names in from replies: each into the room that a batch has for its next key, where it is
 * dropped unless the batch is told to keep it. Not safe for use by several threads.
 */
final class NameIntake {
  private static final int DIRECT = 64 * 1024;

  private int at;
  private int length;

  /**
   * Takes the next name in.
   *
   * @param claimed how long it is said to be
   */
  void read(RawInput in, long claimed, KeyBatch batch) {
    if (claimed <= DIRECT) {
      length = (int) claimed;
      at = batch.room(length);
      in.copyTo(batch.array(), at, length);
    } else {
      // Room is made for what has come, never for what is only claimed.
      Bytes key = in.bytes(claimed);
      length = key.length();
      at = batch.room(length);
      System.arraycopy(key.array(), 0, batch.array(), at, length);
    }
  }

  /** Where it stands in the batch's array. */
  int at() {
    return at;
  }

  int length() {
    return length;
  }

  /** Has the batch keep it. */
  void keep(KeyBatch batch) {
    batch.added(at, length);
  }
}
