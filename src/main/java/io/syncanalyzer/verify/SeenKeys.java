package io.syncanalyzer.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every verdict with the hash of its key, in a file, so that a key that SCAN returned twice can be
 * counted once without holding the keys: 32 bytes of disk a key.
 *
 * <p>Where counting proves that no key came twice the file is thrown away unread. Else {@link
 * #count} splits it by hash into parts that fit into {@link #PART_BYTES} and counts each; of two
 * verdicts on one key the graver one stands. {@link Recorder} is for one thread each; the rest is
 * safe for use by several.
 */
final class SeenKeys implements AutoCloseable {
  private static final int RECORD = 32;
  private static final int BUFFER = RECORD * 2048;
  private static final long PART_BYTES = 8L * 1024 * 1024;
  private static final int ELEMENT_BITS = 48;
  private static final Verdict[] VERDICTS = Verdict.values();

  private final Path file;
  private final FileChannel channel;
  private final List<String> types = new ArrayList<>();

  /**
   * @param keepBytes how much of an earlier verification's file is kept, 0 for none
   */
  SeenKeys(Path file, long keepBytes, List<String> keepTypes) {
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
  synchronized List<String> types() {
    return List.copyOf(types);
  }

  /** Bytes written so far. */
  synchronized long size() {
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
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
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
        Verdict verdict,
        boolean onSource,
        boolean onReplica,
        long elements,
        long bytes) {
      if (!buffer.hasRemaining()) {
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
              | (onSource ? 1L << 51 : 0)
              | (onReplica ? 1L << 50 : 0)
              | Math.min((1L << ELEMENT_BITS) - 1, Math.max(0, elements + 1));
      buffer.putLong(hash.high()).putLong(hash.low()).putLong(meta).putLong(bytes);
    }

    /** Hands over what the buffer holds. */
    void flush() {
      buffer.flip();
      write(buffer);
      buffer.clear();
    }
  }

  private static int number(Verdict verdict) {
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
   * @param repeatedMismatches low halves of the hashes of keys with more than one row of mismatches
   */
  record Counted(Tally tally, long repeats, Set<Long> repeatedMismatches) {}

  /** Counts every key once; recorders must have been flushed. */
  synchronized Counted count() {
    Tally tally = new Tally();
    Set<Long> repeatedMismatches = new HashSet<>();
    long repeats = 0;
    try {
      long size = channel.position();
      int parts = Integer.highestOneBit((int) Math.min(4096, size / PART_BYTES)) * 2;
      if (parts < 2) {
        repeats += countPart(channel, size, tally, repeatedMismatches);
      } else {
        List<Path> paths = split(size, parts);
        for (Path path : paths) {
          try (FileChannel part = FileChannel.open(path, StandardOpenOption.READ)) {
            repeats += countPart(part, part.size(), tally, repeatedMismatches);
          }
          Files.delete(path);
        }
      }
      channel.position(size);
    } catch (IOException e) {
      throw failure(file, e);
    }
    return new Counted(tally, repeats, repeatedMismatches);
  }

  private List<Path> split(long size, int parts) throws IOException {
    List<Path> paths = new ArrayList<>();
    List<FileChannel> channels = new ArrayList<>();
    List<ByteBuffer> buffers = new ArrayList<>();
    int bufferBytes = RECORD * Math.max(16, (int) (PART_BYTES / 2 / RECORD / parts));
    try {
      for (int i = 0; i < parts; i++) {
        Path path = file.resolveSibling(file.getFileName() + "." + i);
        paths.add(path);
        channels.add(
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
        buffers.add(ByteBuffer.allocate(bufferBytes));
      }
      ByteBuffer in = ByteBuffer.allocate(BUFFER);
      for (long at = 0; at < size; at += in.limit()) {
        in.clear();
        in.limit((int) Math.min(BUFFER, size - at));
        readFully(channel, in, at);
        in.flip();
        while (in.hasRemaining()) {
          long high = in.getLong();
          int part = (int) (high >>> 40) & (parts - 1);
          ByteBuffer out = buffers.get(part);
          if (!out.hasRemaining()) {
            drain(channels.get(part), out);
          }
          out.putLong(high).putLong(in.getLong()).putLong(in.getLong()).putLong(in.getLong());
        }
      }
      for (int i = 0; i < parts; i++) {
        drain(channels.get(i), buffers.get(i));
      }
    } finally {
      for (FileChannel each : channels) {
        each.close();
      }
    }
    return paths;
  }

  private static void drain(FileChannel to, ByteBuffer buffer) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
    buffer.clear();
  }

  private static void readFully(FileChannel from, ByteBuffer into, long at) throws IOException {
    long position = at;
    while (into.hasRemaining()) {
      int count = from.read(into, position);
      if (count < 0) {
        throw new IOException("it ends early");
      }
      position += count;
    }
  }

  private long countPart(FileChannel part, long size, Tally tally, Set<Long> repeatedMismatches)
      throws IOException {
    int records = Math.toIntExact(size / RECORD);
    ByteBuffer data = ByteBuffer.allocate(records * RECORD);
    readFully(part, data, 0);
    int slots = Integer.highestOneBit(Math.max(1, records)) * 4;
    int[] table = new int[slots];
    long repeats = 0;
    for (int i = 0; i < records; i++) {
      long high = data.getLong(i * RECORD);
      long low = data.getLong(i * RECORD + 8);
      int slot = (int) low & (slots - 1);
      while (table[slot] != 0 && !isSame(data, table[slot] - 1, high, low)) {
        slot = (slot + 1) & (slots - 1);
      }
      if (table[slot] == 0) {
        table[slot] = i + 1;
        continue;
      }
      repeats++;
      int earlier = table[slot] - 1;
      if (verdict(data, earlier) != Verdict.EQUAL && verdict(data, i) != Verdict.EQUAL) {
        repeatedMismatches.add(low);
      }
      if (gravity(verdict(data, i)) > gravity(verdict(data, earlier))) {
        table[slot] = i + 1;
      }
    }
    for (int slot : table) {
      if (slot != 0) {
        count(data, slot - 1, tally);
      }
    }
    return repeats;
  }

  private static boolean isSame(ByteBuffer data, int record, long high, long low) {
    return data.getLong(record * RECORD) == high && data.getLong(record * RECORD + 8) == low;
  }

  private static Verdict verdict(ByteBuffer data, int record) {
    return VERDICTS[(int) (data.getLong(record * RECORD + 16) >>> 52) & 0xf];
  }

  private static int gravity(Verdict verdict) {
    return switch (verdict) {
      case EQUAL -> 0;
      case UNSETTLED -> 1;
      case UNREADABLE -> 2;
      default -> 3;
    };
  }

  private void count(ByteBuffer data, int record, Tally tally) {
    long meta = data.getLong(record * RECORD + 16);
    int type = (int) (meta >>> 56) & 0xff;
    tally.add(
        type < types.size() ? types.get(type) : "unknown",
        verdict(data, record),
        (meta & 1L << 51) != 0,
        (meta & 1L << 50) != 0,
        (meta & ((1L << ELEMENT_BITS) - 1)) - 1,
        data.getLong(record * RECORD + 24));
  }

  /** Closes and deletes the file. */
  void discard() {
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

  private static VerifyFailure failure(Path file, IOException e) {
    return new VerifyFailure(
        VerifyFailure.Kind.DISK,
        "cannot use " + file + ": " + e.getMessage() + "; make room, or choose another --results",
        e);
  }
}
