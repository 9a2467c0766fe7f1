package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bodies of strings, taken out of the buffer: passed over, held, digested, copied or compared.
 * What they are bodies of, {@link RawInput} knows. Above this one rather than beside it for the
 * reason that {@link ReplyBuffer} gives; its methods are final, so that a call is one call.
 */
abstract sealed class ReplyBodies extends ReplyBuffer permits RawInput {
  private static final int STEP = 64 * 1024;
  private static final int BLOB_HEAD = 256;

  /** Whether the first line of a string was read, and its body is still to be taken. */
  boolean bodyDue;

  ReplyBodies(Endpoint endpoint, Exchange exchange, PatientSocket socket, InputStream in) {
    super(endpoint, exchange, socket, in);
  }

  /** Goes on with another connection, on which nothing has come. */
  @Override
  void goOn(PatientSocket otherSocket, InputStream other) {
    super.goOn(otherSocket, other);
    bodyDue = false;
  }

  /** Passes over the body of a bulk string of that length. */
  public final void skip(long length) {
    long left = length;
    while (left > 0) {
      if (at == end) {
        fill();
      }
      int step = (int) Math.min(left, end - at);
      at += step;
      left -= step;
    }
    bodyEnd();
  }

  /** The body of a bulk string of that length, held whole. */
  public final Bytes bytes(long length) {
    if (length < 0) {
      throw protocol("nil where a string was asked for");
    }
    hold(length);
    if (length <= end - at - 2) {
      byte[] body = Arrays.copyOfRange(buffer, at, at + (int) length);
      at += (int) length;
      bodyEnd();
      return Bytes.wrap(body);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.min(length, STEP));
    eachPart(length, body::write);
    bodyEnd();
    return Bytes.wrap(body.toByteArray());
  }

  /** The body of a bulk string, whole up to {@code keep} bytes, else digested on the way. */
  public final Blob blob(long length, int keep) {
    if (length <= keep) {
      return Blob.of(bytes(length));
    }
    Blob blob = blobPart(length, keep);
    bodyEnd();
    return blob;
  }

  /**
   * As {@link #blob}, of the first {@code length} bytes of a longer body; take the rest after it.
   */
  public final Blob blobPart(long length, int keep) {
    hold(Math.min(length, Math.max(keep, BLOB_HEAD)));
    if (length <= keep) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream((int) Math.min(length, STEP));
      eachPart(length, whole::write);
      return Blob.of(Bytes.wrap(whole.toByteArray()));
    }
    MessageDigest digest = Blob.newSha256();
    ByteArrayOutputStream head = new ByteArrayOutputStream(BLOB_HEAD);
    eachPart(
        length,
        (array, from, count) -> {
          digest.update(array, from, count);
          head.write(array, from, Math.min(count, BLOB_HEAD - head.size()));
        });
    return new Blob(
        length, Bytes.wrap(head.toByteArray()), Optional.of(Bytes.wrap(digest.digest())));
  }

  /** Copies the body of a bulk string, without its line end, into an array with room for it. */
  public final void copyTo(byte[] target, int from, int length) {
    int done = 0;
    while (done < length) {
      if (at == end) {
        fill();
      }
      int step = Math.min(length - done, end - at);
      System.arraycopy(buffer, at, target, from + done, step);
      at += step;
      done += step;
    }
    bodyEnd();
  }

  /** The first byte of the body that comes next, without taking it. */
  public final byte peek() {
    if (at == end) {
      fill();
    }
    return buffer[at];
  }

  /**
   * Takes the bodies of two bulk strings of one length and says whether they are the same, the last
   * {@code footer} bytes apart. Both are taken in full either way.
   */
  public final boolean sameBody(RawInput other, long length, int footer) {
    boolean same = true;
    long left = Math.max(0, length - footer);
    while (left > 0) {
      if (at == end) {
        fill();
      }
      if (other.at == other.end) {
        other.fill();
      }
      int step = (int) Math.min(left, Math.min(end - at, other.end - other.at));
      same = same && Arrays.equals(buffer, at, at + step, other.buffer, other.at, other.at + step);
      at += step;
      other.at += step;
      left -= step;
    }
    long rest = Math.min(length, footer);
    skip(rest);
    other.skip(rest);
    return same;
  }

  private void bodyEnd() {
    lineEnd();
    bodyDue = false;
  }
}
