package io.syncanalyzer.verify.found;

import io.syncanalyzer.result.verify.KeyVerdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts every key of a file of {@link SeenKeys} once: splits it by hash into parts that fit into
 * {@link #PART_BYTES} and counts each; of two verdicts on one key the graver one stands.
 */
final class DistinctCount {
  private static final int RECORD = SeenKeys.RECORD;
  private static final int BUFFER = SeenKeys.BUFFER;
  private static final int META = SeenKeys.META;
  private static final long SIDES = SeenKeys.ON_SOURCE | SeenKeys.ON_REPLICA;
  private static final int ELEMENT_BITS = SeenKeys.ELEMENT_BITS;
  private static final long PART_BYTES = 8L * 1024 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final List<String> types;

  /**
   * @param channel read from, its position left where it is
   * @param types the names that its records refer to by their place
   */
  DistinctCount(Path file, FileChannel channel, List<String> types) {
    this.file = file;
    this.channel = channel;
    this.types = types;
  }

  /** Counts the keys of the first {@code size} bytes. */
  SeenKeys.Counted count(long size) throws IOException {
    Tally tally = new Tally();
    Map<Long, KeyVerdict> repeatedMismatches = new HashMap<>();
    long repeats = 0;
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
    return new SeenKeys.Counted(tally, repeats, repeatedMismatches);
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

  private long countPart(
      FileChannel part, long size, Tally tally, Map<Long, KeyVerdict> repeatedMismatches)
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
      boolean both =
          verdict(data, earlier) != KeyVerdict.EQUAL && verdict(data, i) != KeyVerdict.EQUAL;
      int graver = gravity(verdict(data, i)) > gravity(verdict(data, earlier)) ? i : earlier;
      table[slot] = graver + 1;
      if (verdict(data, graver) == KeyVerdict.UNREADABLE) {
        // Each SCAN that returned it tells of its own side that it was there.
        data.putLong(
            graver * RECORD + META,
            data.getLong(graver * RECORD + META)
                | (data.getLong(earlier * RECORD + META) & SIDES)
                | (data.getLong(i * RECORD + META) & SIDES));
      }
      if (both) {
        repeatedMismatches.put(low, verdict(data, graver));
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

  private static KeyVerdict verdict(ByteBuffer data, int record) {
    return SeenKeys.verdict(data.getLong(record * RECORD + META));
  }

  private static int gravity(KeyVerdict verdict) {
    return switch (verdict) {
      case EQUAL -> 0;
      case UNSETTLED -> 1;
      case UNREADABLE -> 2;
      default -> 3;
    };
  }

  private void count(ByteBuffer data, int record, Tally tally) {
    long meta = data.getLong(record * RECORD + META);
    int type = (int) (meta >>> 56) & 0xff;
    tally.add(
        type < types.size() ? types.get(type) : "unknown",
        verdict(data, record),
        (meta & SeenKeys.ON_SOURCE) != 0,
        (meta & SeenKeys.ON_REPLICA) != 0,
        (meta & ((1L << ELEMENT_BITS) - 1)) - 1,
        data.getLong(record * RECORD + 24));
  }
}
