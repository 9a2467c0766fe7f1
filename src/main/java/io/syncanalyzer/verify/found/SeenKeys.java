package io.syncanalyzer.verify.found;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.scan.KeyHash;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Every verdict with the hash of its key, in a file, so that a key that SCAN returned twice can be
 * counted once without holding the keys: 32 bytes of disk a key.
 *
 * <p>Where counting proves that no key came twice the file is thrown away unread, else {@link
 * DistinctCount} reads it. {@link Recorder} is for one thread each; the rest is safe for use by
 * several.
 */
public final class SeenKeys implements AutoCloseable {
  static final int RECORD = 32;
  static final int META = 16;
  static final int BUFFER = RECORD * 2048;
  static final int ELEMENT_BITS = 48;
  static final long ON_SOURCE = 1L << 51;
  static final long ON_REPLICA = 1L << 50;
  private static final KeyVerdict[] VERDICTS = KeyVerdict.values();

  private final Path file;
  private final FileChannel channel;
  private final List<String> types = new ArrayList<>();

  /**
   * @param keepBytes how much of an earlier verification's file is kept, 0 for none
   */
  public SeenKeys(Path file, long keepBytes, List<String> keepTypes) {
    this.file = file;
    types.addAll(keepTypes);
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      channel.truncate(keepBytes);
      channel.position(keepBytes);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** The names that the file's records refer to by their place. */
  public synchronized List<String> types() {
    return List.copyOf(types);
  }

  /** Bytes written so far. */
  public synchronized long size() {
    try {
      return channel.position();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private synchronized int typeNumber(String type) {
    int known = types.indexOf(type);
    if (known >= 0) {
      return known;
    }
    if (types.size() == 255) {
      return 255; // Nobody has so many types; what comes after shares a number.
    }
    types.add(type);
    return types.size() - 1;
  }

  private synchronized void write(ByteBuffer buffer) {
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Writes records through a buffer of its own. */
  final class Recorder {
    // Words first and bytes in one go: a put of each would be checked each time.
    private final long[] words = new long[BUFFER / Long.BYTES];
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private int used;
    private final KeyHash hash = new KeyHash();
    private String lastType = "";
    private int lastNumber = -1;

    /** Records a verdict on a key. */
    void add(
        int database,
        byte[] array,
        int from,
        int length,
        String type,
        KeyVerdict verdict,
        boolean onSource,
        boolean onReplica,
        long elements,
        long bytes) {
      if (used == words.length) {
        flush();
      }
      if (!type.equals(lastType) || lastNumber < 0) {
        lastNumber = typeNumber(type);
        lastType = type;
      }
      hash.of(database, array, from, length);
      long meta =
          ((long) lastNumber << 56)
              | ((long) number(verdict) << 52)
              | (onSource ? ON_SOURCE : 0)
              | (onReplica ? ON_REPLICA : 0)
              | Math.min((1L << ELEMENT_BITS) - 1, Math.max(0, elements + 1));
      words[used++] = hash.high();
      words[used++] = hash.low();
      words[used++] = meta;
      words[used++] = bytes;
    }

    /** Hands over what the buffer holds. */
    void flush() {
      buffer.clear().asLongBuffer().put(words, 0, used);
      write(buffer.limit(used * Long.BYTES));
      used = 0;
    }
  }

  /** The verdict that is in the third word of a record. */
  static KeyVerdict verdict(long meta) {
    return VERDICTS[(int) (meta >>> 52) & 0xf];
  }

  private static int number(KeyVerdict verdict) {
    for (int i = 0; i < VERDICTS.length; i++) {
      if (VERDICTS[i] == verdict) {
        return i;
      }
    }
    throw new IllegalArgumentException(String.valueOf(verdict));
  }

  /**
   * The counts with every key counted once.
   *
   * @param tally what was counted, repeats left out
   * @param repeats how many records were left out
   * @param repeatedMismatches keys with more than one row of mismatches, by the low halves of their
   *     hashes, and the verdict that stands
   */
  public record Counted(Tally tally, long repeats, Map<Long, KeyVerdict> repeatedMismatches) {}

  /** Counts every key once; recorders must have been flushed. */
  public synchronized Counted count() {
    try {
      return new DistinctCount(file, channel, types).count(channel.position());
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** How many verdicts were recorded, repeats included. */
  public long records() {
    return size() / RECORD;
  }

  /** Puts into a set the keys of its part that have a verdict; recorders must have been flushed. */
  public void into(SeenSet set, int part) {
    into(set, part, any -> true);
  }

  /** As the other, of those keys alone that have one of these verdicts. */
  public synchronized void into(SeenSet set, int part, Predicate<KeyVerdict> wanted) {
    set.begin(part);
    ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    try {
      long size = channel.position();
      for (long at = 0; at < size; at += in.limit()) {
        in.clear().limit((int) Math.min(BUFFER, size - at));
        while (in.hasRemaining()) {
          if (channel.read(in, at + in.position()) < 0) {
            throw new IOException("it ends early");
          }
        }
        in.flip();
        for (int record = 0; record < in.limit(); record += RECORD) {
          if (wanted.test(verdict(in.getLong(record + META)))) {
            set.add(in.getLong(record), in.getLong(record + Long.BYTES));
          }
        }
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Closes and deletes the file. */
  public void discard() {
    close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  static VerifyFailure failure(Path file, IOException e) {
    return new VerifyFailure(
        VerifyFailure.Kind.DISK,
        "cannot use " + file + ": " + e.getMessage() + "; make room, or choose another --results",
        e);
  }
}
