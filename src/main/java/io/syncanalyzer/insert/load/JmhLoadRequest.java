package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.CommandUse;
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
 * What the JMH engine is to write as the load, unpaced: {@link #of} and its {@code with…} methods.
 *
 * @param source where to
 * @param folder the run folder; {@code jmh-load.json} and {@code jmh-load.log} land there
 * @param types the types written, in turn; keys are {@code sa:load:<type>:<number>}
 * @param threads writers, each with a connection of its own, 1 to 256
 * @param pipeline commands sent before their replies are read, 1 to 10000
 * @param valueBytes size of a value, a field's value, a list's or set's element; 1 to 16 MiB
 * @param keyRange how many keys of each type, 1 or more
 * @param readShare the share of reads among the commands, 0 to 1
 * @param seed where the random values come from
 * @param duration how long; empty = until it is stopped
 */
public record JmhLoadRequest(
    Endpoint source,
    Path folder,
    List<SentinelType> types,
    int threads,
    int pipeline,
    int valueBytes,
    long keyRange,
    double readShare,
    long seed,
    Optional<Duration> duration) {
  private static final int MAX_THREADS = 256;
  private static final int MAX_PIPELINE = 10_000;
  private static final int MAX_VALUE_BYTES = 16 << 20;
  private static final long LEAST_HEAP_BYTES = 512L << 20;

  /** JMH itself, and the block that values are cut from. */
  private static final long BASE_BYTES = 96L << 20;

  /** Of a command of a writer: what is recorded in, what is read from, and what was, of 224 KiB. */
  private static final long RECORDER_BYTES = 3 * (224L << 10);

  /** Of a writer: buffers of its connection. */
  private static final long WRITER_BYTES = 512L << 10;

  /** A value as it is sent, as it is read, and while its reply still grows. */
  private static final long VALUES_HELD = 4;

  public JmhLoadRequest {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(folder, "folder is null");
    Objects.requireNonNull(duration, "duration is null");
    types = List.copyOf(types);
    if (types.isEmpty() || Set.copyOf(types).size() != types.size()) {
      throw new IllegalArgumentException("the load's types: name each once, and at least one");
    }
    between("--load-threads", threads, 1, MAX_THREADS);
    between("--load-pipeline", pipeline, 1, MAX_PIPELINE);
    between("--load-value-size", valueBytes, 1, MAX_VALUE_BYTES);
    between("--load-keys", keyRange, 1, Long.MAX_VALUE);
    if (!(readShare >= 0 && readShare <= 1)) {
      throw new IllegalArgumentException("the load's read share is not in 0..1: " + readShare);
    }
    if (duration.isPresent() && (duration.get().isZero() || duration.get().isNegative())) {
      throw new IllegalArgumentException("the load's duration must be above 0");
    }
  }

  /** The defaults: every type, four threads, pipelines of 16, 100 bytes, 100,000 keys, no reads. */
  public static JmhLoadRequest of(Endpoint source, Path folder) {
    return new JmhLoadRequest(
        source,
        folder,
        List.copyOf(EnumSet.allOf(SentinelType.class)),
        4,
        16,
        100,
        100_000,
        0,
        42,
        Optional.empty());
  }

  /** With other types. */
  public JmhLoadRequest withTypes(List<SentinelType> others) {
    return new JmhLoadRequest(
        source, folder, others, threads, pipeline, valueBytes, keyRange, readShare, seed, duration);
  }

  /** With another number of writers and depth of their pipelines. */
  public JmhLoadRequest withWriters(int otherThreads, int otherPipeline) {
    return new JmhLoadRequest(
        source,
        folder,
        types,
        otherThreads,
        otherPipeline,
        valueBytes,
        keyRange,
        readShare,
        seed,
        duration);
  }

  /** With other data. */
  public JmhLoadRequest withData(int otherValueBytes, long otherKeyRange, double otherReadShare) {
    return new JmhLoadRequest(
        source,
        folder,
        types,
        threads,
        pipeline,
        otherValueBytes,
        otherKeyRange,
        otherReadShare,
        seed,
        duration);
  }

  /** With an end. */
  public JmhLoadRequest withDuration(Duration other) {
    return new JmhLoadRequest(
        source,
        folder,
        types,
        threads,
        pipeline,
        valueBytes,
        keyRange,
        readShare,
        seed,
        Optional.of(other));
  }

  /** What the fork's heap may grow to. However deep a pipeline, it holds one value of it. */
  public long heapBytes() {
    long commands = LoadCommand.of(types, readShare).size();
    long writer = WRITER_BYTES + commands * RECORDER_BYTES + VALUES_HELD * valueBytes;
    long needed = BASE_BYTES + 2L * valueBytes + threads * writer;
    return Math.max(LEAST_HEAP_BYTES, needed * 5 / 4);
  }

  /** The commands that it sends, each once. */
  public List<CommandUse> uses() {
    JmhLoadRequest small = withData(1, 1, readShare);
    LoadData data = new LoadData(LoadData.block(small), small, 0);
    List<CommandUse> uses = new ArrayList<>();
    for (SentinelType type : types) {
      for (LoadCommand command : LoadCommand.of(List.of(type), readShare)) {
        List<Bytes> arguments =
            Arrays.stream(data.arguments(type, command)).map(Bytes::wrap).toList();
        String keys = KeyPrefix.LOAD + type.label() + ":*";
        uses.add(new CommandUse(command.name(), arguments, 0, keys, true));
      }
    }
    return List.copyOf(uses);
  }

  private static void between(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          option + ": " + value + " is not in " + least + ".." + most);
    }
  }
}
