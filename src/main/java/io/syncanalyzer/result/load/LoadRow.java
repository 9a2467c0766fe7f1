package io.syncanalyzer.result.load;

import io.syncanalyzer.result.figure.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * A command of the load, a row of {@code load.csv}; null is unknown.
 *
 * @param engine {@code memtier} or {@code jmh}
 * @param command in upper case, such as {@code HSET}; {@link #TOTALS} for all of them together
 * @param kind what the command does; null where not known, and for several commands together
 * @param asked what was asked for
 * @param done what was done
 * @param latency from call to reply
 * @param bytesPerS both directions together
 * @param errors what went wrong
 * @param shard the source's node, {@code host:port}; null for all together, and where there is but
 *     one
 * @param intended from the moment that an open loop intended for a command to its reply
 */
public record LoadRow(
    String engine,
    String command,
    @Nullable CommandKind kind,
    Asked asked,
    Done done,
    Latency latency,
    @Nullable Double bytesPerS,
    Errors errors,
    @Nullable String shard,
    Intended intended) {
  /** The command of the row that sums up the others. */
  public static final String TOTALS = "Totals";

  public LoadRow {
    bytesPerS = Numbers.known(bytesPerS);
    if (command.isBlank()) {
      throw new IllegalArgumentException("a row of the load names no command");
    }
  }

  /** Of a loop that intends no moment: the next command follows a reply. */
  public LoadRow(
      String engine,
      String command,
      @Nullable CommandKind kind,
      Asked asked,
      Done done,
      Latency latency,
      @Nullable Double bytesPerS,
      Errors errors,
      @Nullable String shard) {
    this(engine, command, kind, asked, done, latency, bytesPerS, errors, shard, Intended.UNKNOWN);
  }

  /** Of all shards together. */
  public LoadRow(
      String engine,
      String command,
      @Nullable CommandKind kind,
      Asked asked,
      Done done,
      Latency latency,
      @Nullable Double bytesPerS,
      Errors errors) {
    this(engine, command, kind, asked, done, latency, bytesPerS, errors, null);
  }

  /**
   * What was asked for.
   *
   * @param step which step of a ramp, from 1; null without a ramp
   * @param perS the rate; null = as fast as it goes
   */
  public record Asked(@Nullable Integer step, @Nullable Long perS) {
    /** As fast as it goes, and no ramp. */
    public static final Asked NOTHING = new Asked(null, null);
  }

  /**
   * Commands of a kind.
   *
   * @param count answered
   * @param perS of them, each second
   */
  public record Commands(@Nullable Long count, @Nullable Double perS) {
    /** Nothing is known of them. */
    public static final Commands UNKNOWN = new Commands(null, null);

    /** There were none. */
    public static final Commands NONE = new Commands(0L, 0.0);

    public Commands {
      perS = Numbers.known(perS);
    }
  }

  /**
   * What was done.
   *
   * @param all commands
   * @param writes of them, unknown where they are not told apart
   * @param reads of them
   */
  public record Done(Commands all, Commands writes, Commands reads) {
    /** Commands that are not told apart. */
    public Done(@Nullable Long count, @Nullable Double perS) {
      this(new Commands(count, perS), Commands.UNKNOWN, Commands.UNKNOWN);
    }
  }

  /**
   * What went wrong.
   *
   * @param connections that failed
   * @param replies that were errors
   */
  public record Errors(@Nullable Long connections, @Nullable Long replies) {}

  /**
   * How long commands took from the moment that the schedule wanted them sent, which includes what
   * they waited for a connection: free of coordinated omission. Null is unknown.
   *
   * @param p99Nanos 99th percentile
   * @param maxNanos the longest
   */
  public record Intended(@Nullable Double p99Nanos, @Nullable Double maxNanos) {
    /** Nothing is known of it. */
    public static final Intended UNKNOWN = new Intended(null, null);

    public Intended {
      p99Nanos = Numbers.known(p99Nanos);
      maxNanos = Numbers.known(maxNanos);
    }
  }

  /**
   * What one server of a cluster carried out of the load, of which no more is known.
   *
   * @param shard its {@code host:port}
   */
  public static LoadRow ofShard(
      String engine, String shard, @Nullable Long count, @Nullable Double perS) {
    return new LoadRow(
        engine,
        TOTALS,
        null,
        Asked.NOTHING,
        new Done(count, perS),
        Latency.UNKNOWN,
        null,
        new Errors(null, null),
        shard);
  }

  /** Whether this row sums up all commands, of all shards. */
  public boolean isTotals() {
    return command.equals(TOTALS) && shard == null;
  }

  /** This row, what its command does known. */
  public LoadRow of(@Nullable CommandKind known) {
    return new LoadRow(
        engine, command, known, asked, done, latency, bytesPerS, errors, shard, intended);
  }

  /** This row, its commands told apart. */
  public LoadRow of(Commands writes, Commands reads) {
    Done apart = new Done(done.all(), writes, reads);
    return new LoadRow(
        engine, command, kind, asked, apart, latency, bytesPerS, errors, shard, intended);
  }

  /** Commands that were answered. */
  public @Nullable Long count() {
    return done.all().count();
  }

  /** Of {@link #count}, each second. */
  public @Nullable Double opsPerS() {
    return done.all().perS();
  }

  /** Of {@link #count}, the writes; null where they are not told apart. */
  public @Nullable Long writes() {
    return done.writes().count();
  }

  /** Of {@link #writes}, each second. */
  public @Nullable Double writesPerS() {
    return done.writes().perS();
  }

  /** Of {@link #count}, the reads; null where they are not told apart. */
  public @Nullable Long reads() {
    return done.reads().count();
  }

  /** Of {@link #reads}, each second. */
  public @Nullable Double readsPerS() {
    return done.reads().perS();
  }

  /** Which step of a ramp, from 1; null without a ramp. */
  public @Nullable Integer step() {
    return asked.step();
  }
}
