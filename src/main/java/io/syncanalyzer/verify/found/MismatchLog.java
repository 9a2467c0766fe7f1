package io.syncanalyzer.verify.found;

import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.verify.scan.KeyHash;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The mismatches of a verification in a file of its work folder, so that however many there are
 * they take no memory. A line is a mismatch as JSON; keys are lossless text, whole.
 *
 * <p>Readable as often as wanted, as long as the file is there.
 */
public final class MismatchLog {
  /** In the place of a database, of what belongs to the whole server. */
  private static final int NO_DATABASE = -1;

  private final Path file;
  private final long count;
  private final Map<Long, KeyVerdict> repeated;
  private final List<MismatchLog> parts;
  private final @Nullable String replica;
  private final @Nullable String shard;

  /**
   * @param file may be absent where there are none
   * @param count how many lines are to be read
   * @param repeated keys that have more than one line, by the low halves of their hashes: the first
   *     line with the verdict given here counts
   */
  public MismatchLog(Path file, long count, Map<Long, KeyVerdict> repeated) {
    this(file, count, repeated, List.of(), null, null);
  }

  private MismatchLog(
      Path file,
      long count,
      Map<Long, KeyVerdict> repeated,
      List<MismatchLog> parts,
      @Nullable String replica,
      @Nullable String shard) {
    this.file = Objects.requireNonNull(file, "file is null");
    this.count = count;
    this.repeated = Map.copyOf(repeated);
    this.parts = List.copyOf(parts);
    this.replica = replica;
    this.shard = shard;
  }

  /**
   * Several, one after the other.
   *
   * @param folder where their files are, each in a folder of its own
   */
  public static MismatchLog of(Path folder, List<MismatchLog> parts) {
    return new MismatchLog(
        folder, parts.stream().mapToLong(one -> one.count).sum(), Map.of(), parts, null, null);
  }

  /**
   * The same, told to be found between one of several replicas and one of several shards.
   *
   * @param ofReplica the replica's address; null where there is but one
   * @param ofShard the source's node; null where there is but one
   */
  public MismatchLog at(@Nullable String ofReplica, @Nullable String ofShard) {
    return new MismatchLog(file, count, repeated, parts, ofReplica, ofShard);
  }

  /** How many lines are to be read. */
  public long count() {
    return count;
  }

  /** Keys that have more than one line, by the low halves of their hashes. */
  public Map<Long, KeyVerdict> repeated() {
    return repeated;
  }

  /** Where they are. */
  public Path file() {
    return file;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Every mismatch in the order found; close it.
   *
   * @throws VerifyFailure of kind {@code DISK} if the file cannot be read
   */
  @SuppressWarnings("StreamResourceLeak") // The caller closes it, as the contract says.
  public Stream<Mismatch> stream() {
    if (count == 0) {
      return Stream.empty();
    }
    if (!parts.isEmpty()) {
      OneByOne all = new OneByOne(parts.iterator());
      return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, 0), false)
          .onClose(all::close);
    }
    Set<Long> seen = new HashSet<>();
    KeyHash hash = new KeyHash();
    try {
      return Files.lines(file, StandardCharsets.UTF_8)
          .limit(count)
          .map(line -> Objects.requireNonNull(Lines.FORMAT.read(line, Mismatch.class)))
          .filter(
              mismatch -> {
                byte[] key = mismatch.key().array();
                Integer database = mismatch.db();
                hash.of(database == null ? NO_DATABASE : database, key, 0, key.length);
                KeyVerdict standing = repeated.get(hash.low());
                return standing == null || (standing == mismatch.verdict() && seen.add(hash.low()));
              })
          .map(
              mismatch -> replica == null && shard == null ? mismatch : mismatch.at(replica, shard))
          .map(Mismatch::shown);
    } catch (IOException e) {
      throw new VerifyFailure(
          VerifyFailure.Kind.DISK, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Hands over each mismatch in the order found.
   *
   * @throws VerifyFailure of kind {@code DISK} if the file cannot be read
   */
  public void forEach(Consumer<Mismatch> consumer) {
    try (Stream<Mismatch> all = stream()) {
      all.forEach(consumer);
    }
  }

  /** Writes the file, a line a mismatch. Not safe for use by several threads. */
  public static final class Writer implements AutoCloseable {
    private final Path file;
    private final BufferedWriter out;
    private long count;

    /**
     * @param keep how many lines of an earlier verification are kept, 0 for none
     */
    public Writer(Path file, long keep) {
      this.file = file;
      try {
        if (keep > 0) {
          truncate(file, keep);
        }
        this.out =
            Files.newBufferedWriter(
                file,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                keep > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        this.count = keep;
      } catch (IOException e) {
        throw failure(file, e);
      }
    }

    /** Adds one. */
    public void add(Mismatch mismatch) {
      try {
        out.write(Lines.FORMAT.write(mismatch));
        out.write('\n');
        count++;
      } catch (IOException e) {
        throw failure(file, e);
      }
    }

    /** How many there are. */
    public long count() {
      return count;
    }

    void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw failure(file, e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw failure(file, e);
      }
    }

    /** Cuts off what was written after the last checkpoint, perhaps half a line. */
    private static void truncate(Path file, long keep) throws IOException {
      long bytes = 0;
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        for (long lines = 0; lines < keep; bytes++) {
          int next = in.read();
          if (next < 0) {
            throw new EOFException("it has fewer than " + keep + " lines");
          }
          lines += next == '\n' ? 1 : 0;
        }
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(bytes);
      }
    }

    private static VerifyFailure failure(Path file, IOException e) {
      return new VerifyFailure(
          VerifyFailure.Kind.DISK,
          "cannot write "
              + file
              + ": "
              + e.getMessage()
              + "; make room, or choose another --results folder",
          e);
    }
  }

  /** Loaded with the first mismatch only: most verifications have none, and it takes its time. */
  private static final class Lines {
    static final JsonFormat FORMAT =
        JsonFormat.builder().text(Bytes.class, LosslessText::of, LosslessText::parse).build();
  }
}
