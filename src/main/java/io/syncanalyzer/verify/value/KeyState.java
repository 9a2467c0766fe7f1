package io.syncanalyzer.verify.value;

import org.jspecify.annotations.Nullable;

/**
 * What one side said of one key, as {@link KeyReader} read it.
 *
 * @param type as {@code TYPE} prints it; null where the key is absent
 * @param expiry what it said of its expiry
 * @param memoryBytes memory it takes on the server; null where that is not known
 * @param count length of a string, else how many elements; null where that is not known
 * @param content the value; null where absent, too large to be held, or not asked for
 * @param refusal what the server said when it would not answer; null where it did
 * @param torn whether the key changed while it was read
 */
public record KeyState(
    @Nullable String type,
    KeyExpiry expiry,
    @Nullable Long memoryBytes,
    @Nullable Long count,
    @Nullable Content content,
    @Nullable String refusal,
    boolean torn) {
  /** Elements that are read at once where nobody tells how large they are. */
  private static final int MOST_OF_UNKNOWN_SIZE = 100;

  public boolean isPresent() {
    return type != null;
  }

  public boolean isRefused() {
    return refusal != null;
  }

  /** Whether the value is to be read in windows. */
  public boolean isLarge() {
    if (type == null || KeyReader.countCommand(type) == null) {
      return false;
    }
    long bytes = memoryBytes == null ? 0 : memoryBytes;
    long elements = count == null ? 0 : count;
    if (type.equals("string")) {
      return Math.max(bytes, elements) > KeyReader.LARGE_BYTES;
    }
    return bytes > KeyReader.LARGE_BYTES
        || elements > (memoryBytes == null ? MOST_OF_UNKNOWN_SIZE : Questions.WINDOW);
  }

  /** Whether both expire at the same time, or neither does, to the tolerance. */
  public boolean sameExpiry(KeyState other, long toleranceMillis) {
    return expiry.isSameAs(other.expiry, toleranceMillis);
  }

  /** The same without the parts of its value, whose sums are kept: for what has been compared. */
  public KeyState withoutParts() {
    return content == null ? this : read(content.sumsOnly(), refusal, torn);
  }

  /** The same with its value, and what went wrong with reading that. */
  KeyState read(Content value, @Nullable String refused, boolean changed) {
    return new KeyState(type, expiry, memoryBytes, count, value, refused, changed);
  }
}
