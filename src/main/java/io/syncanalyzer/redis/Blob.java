package io.syncanalyzer.redis;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.Optional;

/**
 * A value of any size held in little memory: the bytes themselves, or of a long one its length, its
 * beginning and its SHA-256.
 *
 * <p>Two blobs kept with the same limit are equal exactly if their bytes are, as far as SHA-256
 * tells; compare only such ({@link #sameBytes} takes care of others).
 *
 * @param length number of bytes of the whole
 * @param head all the bytes, or the beginning of a long one
 * @param sha256 of the whole, where {@code head} is only its beginning
 */
public record Blob(long length, Bytes head, Optional<Bytes> sha256) {
  public Blob {
    Objects.requireNonNull(head, "head is null");
    Objects.requireNonNull(sha256, "sha256 is null");
    if (sha256.isEmpty() && head.length() != length) {
      throw new IllegalArgumentException("a blob without digest holds all its bytes");
    }
  }

  /** All the bytes. */
  public static Blob of(Bytes bytes) {
    return new Blob(bytes.length(), bytes, Optional.empty());
  }

  /** Whether all bytes are held. */
  public boolean isWhole() {
    return sha256.isEmpty();
  }

  /** Whether both stand for the same bytes, however much of them each holds. */
  public boolean sameBytes(Blob other) {
    if (length != other.length) {
      return false;
    }
    if (isWhole() && other.isWhole()) {
      return head.equals(other.head);
    }
    return digest().equals(other.digest());
  }

  /** SHA-256 of the whole. */
  public Bytes digest() {
    return sha256.orElseGet(() -> Bytes.wrap(newSha256().digest(head.array())));
  }

  /** Takes in the bytes of a long one, part by part. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
