package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.server.CommandUse;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the JMH engine is to write as the load: {@link #of} and its {@code with…} methods.
 *
 * @param source where to: a server, or a cluster, each key of which goes to its slot's primary
 * @param folder the run folder; {@code jmh-load.json} and {@code jmh-load.log} land there
 * @param writers how many write at once
 * @param data what they write
 * @param duration how long; empty = until it is stopped
 * @param paced whether it keeps a rate, an open loop, and stands still until it is told one; else
 *     it goes as fast as the replies come
 */
public record JmhLoadRequest(
    Topology source,
    Path folder,
    Writers writers,
    Data data,
    Optional<Duration> duration,
    boolean paced) {
  /** The highest rate that a load can be told. */
  public static final long MOST_PER_SECOND = PacedSchedule.MOST_PER_SECOND;

  private static final long LEAST_HEAP_BYTES = 512L << 20;

  /** JMH itself, and the block that values are cut from. */
  private static final long BASE_BYTES = 96L << 20;

  /** Of a command of a writer: what is recorded in, what is read from, and what was, of 224 KiB. */
  private static final long RECORDER_BYTES = 3 * (224L << 10);

  /** Of a writer: buffers of each of its connections. */
  private static final long WRITER_BYTES = 512L << 10;

  /** A value as it is sent, as it is read, and while its reply still grows. */
  private static final long VALUES_HELD = 4;

  /**
   * How many write at once.
   *
   * @param threads writers, each with a connection of its own, 1 to 256
   * @param pipeline commands sent before their replies are read, 1 to 10000
   */
  public record Writers(int threads, int pipeline) {
    /** Of a writer where nobody says otherwise. */
    public static final int PIPELINE = 16;

    /** Four of them. */
    public static final Writers DEFAULT = new Writers(4, PIPELINE);

    private static final int MAX_THREADS = 256;
    private static final int MAX_PIPELINE = 10_000;

    public Writers {
      between(threads, 1, MAX_THREADS);
      between(pipeline, 1, MAX_PIPELINE);
    }

    /** So many, each as before. */
    public Writers withThreads(int other) {
      return new Writers(other, pipeline);
    }

    /** As many, each with so deep a pipeline. */
    public Writers withPipeline(int other) {
      return new Writers(threads, other);
    }
  }

  /**
   * What is written.
   *
   * @param types the types written, in turn; keys are {@code sa:load:<type>:<number>}
   * @param valueBytes size of a value, a field's value, a list's or set's element; 1 to 16 MiB
   * @param keyRange how many keys of each type, 1 or more
   * @param readShare the share of reads among the commands, 0 to 1
   * @param seed where the random values come from
   */
  public record Data(
      List<SentinelType> types, int valueBytes, long keyRange, double readShare, long seed) {
    /** Of a value where nobody says otherwise. */
    public static final int VALUE_BYTES = 100;

    /** Of each type where nobody says otherwise. */
    public static final int KEYS = 100_000;

    /** Every type, no reads. */
    public static final Data DEFAULT =
        new Data(List.copyOf(EnumSet.allOf(SentinelType.class)), VALUE_BYTES, KEYS, 0, 42);

    private static final int MAX_VALUE_BYTES = 16 << 20;

    public Data {
      types = List.copyOf(types);
      if (types.isEmpty() || Set.copyOf(types).size() != types.size()) {
        throw new IllegalArgumentException("the load's types: name each once, and at least one");
      }
      between(valueBytes, 1, MAX_VALUE_BYTES);
      between(keyRange, 1, Long.MAX_VALUE);
      if (!(readShare >= 0 && readShare <= 1)) {
        throw new IllegalArgumentException("the load's read share is not in 0..1: " + readShare);
      }
    }

    /** The same of other types. */
    public Data withTypes(List<SentinelType> others) {
      return new Data(others, valueBytes, keyRange, readShare, seed);
    }

    /** The same with values of another size. */
    public Data withValueBytes(int other) {
      return new Data(types, other, keyRange, readShare, seed);
    }

    /** The same over so many keys. */
    public Data withKeyRange(long other) {
      return new Data(types, valueBytes, other, readShare, seed);
    }

    /** The same with another share of reads. */
    public Data withReadShare(double other) {
      return new Data(types, valueBytes, keyRange, other, seed);
    }
  }

  public JmhLoadRequest {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(folder, "folder is null");
    Objects.requireNonNull(writers, "writers is null");
    Objects.requireNonNull(data, "data is null");
    Objects.requireNonNull(duration, "duration is null");
    if (duration.isPresent() && (duration.get().isZero() || duration.get().isNegative())) {
      throw new IllegalArgumentException("the load's duration must be above 0");
    }
  }

  /** The default of each part, until it is stopped. */
  public static JmhLoadRequest of(Topology source, Path folder) {
    return new JmhLoadRequest(
        source, folder, Writers.DEFAULT, Data.DEFAULT, Optional.empty(), false);
  }

  /** See {@link Writers}. */
  public int threads() {
    return writers.threads;
  }

  /** See {@link Writers}. */
  public int pipeline() {
    return writers.pipeline;
  }

  /** Commands that a writer has on their way at once: a pipeline for each primary. */
  public int batch() {
    return writers.pipeline * source.primaries().size();
  }

  /** See {@link Data}. */
  public List<SentinelType> types() {
    return data.types;
  }

  /** See {@link Data}. */
  public int valueBytes() {
    return data.valueBytes;
  }

  /** See {@link Data}. */
  public long keyRange() {
    return data.keyRange;
  }

  /** See {@link Data}. */
  public double readShare() {
    return data.readShare;
  }

  /** See {@link Data}. */
  public long seed() {
    return data.seed;
  }

  /** With other writers. */
  public JmhLoadRequest with(Writers others) {
    return new JmhLoadRequest(source, folder, others, data, duration, paced);
  }

  /** With other data. */
  public JmhLoadRequest with(Data other) {
    return new JmhLoadRequest(source, folder, writers, other, duration, paced);
  }

  /** With an end. */
  public JmhLoadRequest withDuration(Duration other) {
    return new JmhLoadRequest(source, folder, writers, data, Optional.of(other), paced);
  }

  /** At a pace, which it is told when it runs. */
  public JmhLoadRequest withPace() {
    return new JmhLoadRequest(source, folder, writers, data, duration, true);
  }

  /** What the fork's heap may grow to. However deep a pipeline, it holds one value of it. */
  public long heapBytes() {
    long commands = LoadCommand.of(data.types, data.readShare).size();
    long writer =
        source.primaries().size() * WRITER_BYTES
            + commands * RECORDER_BYTES * (paced ? 2 : 1)
            + VALUES_HELD * data.valueBytes;
    long needed = BASE_BYTES + 2L * data.valueBytes + writers.threads * writer;
    return Math.max(LEAST_HEAP_BYTES, needed * 5 / 4);
  }

  /** The commands that it sends, each once. */
  public List<CommandUse> uses() {
    JmhLoadRequest small = with(data.withValueBytes(1).withKeyRange(1));
    LoadData drawn = new LoadData(LoadData.block(small), small, 0);
    List<CommandUse> uses = new ArrayList<>();
    for (SentinelType type : data.types) {
      for (LoadCommand command : LoadCommand.of(List.of(type), data.readShare)) {
        List<Bytes> arguments =
            Arrays.stream(drawn.arguments(type, command)).map(Bytes::wrap).toList();
        String keys = KeyPrefix.LOAD + type.label() + ":*";
        uses.add(new CommandUse(command.name(), arguments, 0, keys, true));
      }
    }
    if (source.cluster()) {
      uses.add(new CommandUse("ASKING", List.of(), -1, "", false));
    }
    return List.copyOf(uses);
  }

  private static void between(long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(value + " is not in " + least + ".." + most);
    }
  }
}
