package io.syncanalyzer.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of bytes: a key, a field, a value. Never assumed to be text.
 *
 * <p>Equality, hash and order are by content, the order unsigned and lexicographic as Redis has it.
 * Instances are safe to share between threads as long as nobody writes to an array handed to {@link
 * #wrap}.
 */
public final class Bytes implements Comparable<Bytes> {
  /** The empty run. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Takes over the array; the caller must not write to it afterwards. */
  public static Bytes wrap(byte[] array) {
    return new Bytes(Objects.requireNonNull(array, "array is null"));
  }

  /** Copies the array. */
  public static Bytes copyOf(byte[] array) {
    return new Bytes(array.clone());
  }

  /** The UTF-8 bytes of a text. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Number of bytes. */
  public int length() {
    return array.length;
  }

  /** The byte at {@code index}. */
  public byte at(int index) {
    return array[index];
  }

  /** The backing array, not a copy: read it, never write to it. */
  public byte[] array() {
    return array;
  }

  /** Bytes {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    return new Bytes(Arrays.copyOfRange(array, from, to));
  }

  /** Whether this begins with {@code prefix}. */
  public boolean startsWith(Bytes prefix) {
    return array.length >= prefix.array.length
        && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
  }

  /**
   * The bytes read as UTF-8, faults replaced: for protocol text such as INFO, never for a key or a
   * value that must survive (see {@link LosslessText}).
   */
  public String asUtf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** At most the first 64 bytes in lossless text, for messages. */
  @Override
  public String toString() {
    return array.length <= 64
        ? LosslessText.of(this)
        : LosslessText.of(slice(0, 64)) + "… (" + array.length + " bytes)";
  }

  /** Lower-case hexadecimal. */
  public String toHex() {
    return HexFormat.of().formatHex(array);
  }
}
