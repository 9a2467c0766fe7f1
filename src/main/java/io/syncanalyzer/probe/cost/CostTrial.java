package io.syncanalyzer.probe.cost;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.sentinel.SentinelCleaner;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelCommand;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.time.NanoClock;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Finds out what polls, pushes and sentinels cost the servers, by some of each as far apart as in a
 * measurement: the CPU that INFO tells of, against that of as long a time without them. Takes about
 * a fifth of a second each, and only where the server is near: nothing is exceeded where each
 * answer takes longer than that.
 */
public final class CostTrial {
  private static final int ROUNDS = 5;
  private static final int TIMES = 20;
  private static final int KEYS = 33;
  private static final long APART_NANOS = TimeUnit.MICROSECONDS.toNanos(600);
  private static final long FAR_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final Command EXISTS = Command.of("EXISTS");

  private final NanoClock clock;
  private final SentinelCodec codec;

  /**
   * @param codec of keys that no lane writes
   */
  public CostTrial(NanoClock clock, SentinelCodec codec) {
    this.clock = clock;
    this.codec = codec;
  }

  /**
   * What a poll costs a server; assumed where that cannot be known.
   *
   * @param roundTripNanos how far it is
   * @throws RedisFailure if the connection is lost
   */
  public QuestionCost question(Endpoint server, long roundTripNanos) {
    if (roundTripNanos > FAR_NANOS) {
      return QuestionCost.ASSUMED;
    }
    try (ServerCpu cpu = new ServerCpu(server)) {
      TrialRounds one = new TrialRounds(ROUNDS);
      TrialRounds many = new TrialRounds(ROUNDS);
      for (int round = 0; round < ROUNDS; round++) {
        Used without = used(cpu, cpu, () -> {});
        Used withOne = used(cpu, cpu, () -> ask(cpu.connection(), 1));
        Used withMany = used(cpu, cpu, () -> ask(cpu.connection(), KEYS));
        one.add(withOne.first, withOne.nanos, without.first, without.nanos, TIMES);
        many.add(withMany.first, withMany.nanos, without.first, without.nanos, TIMES);
      }
      return question(one.nanos(), many.nanos());
    } catch (RedisFailure e) {
      if (e.isConnectionLoss()) {
        throw e;
      }
      return QuestionCost.ASSUMED; // It does not tell what it uses.
    }
  }

  /** Of polls for one key and for {@value #KEYS}. */
  static QuestionCost question(OptionalDouble one, OptionalDouble many) {
    if (one.isEmpty()) {
      return QuestionCost.ASSUMED;
    }
    double key =
        many.isPresent() && many.getAsDouble() > one.getAsDouble()
            ? (many.getAsDouble() - one.getAsDouble()) / (KEYS - 1)
            : QuestionCost.ASSUMED.keyNanos();
    return QuestionCost.of(
        Math.max(1, Math.round(one.getAsDouble() - key)), Math.max(1, Math.round(key)), true);
  }

  /**
   * What a sentinel costs both; unknown where either hides it, is far, or is busy. What is written
   * for it is removed.
   *
   * @param roundTripNanos how far the further one is
   * @throws RedisFailure if a connection is lost
   */
  public SentinelCost sentinel(Endpoint source, Endpoint replica, long roundTripNanos) {
    if (roundTripNanos > FAR_NANOS) {
      return SentinelCost.UNKNOWN;
    }
    try (ServerCpu atSource = new ServerCpu(source);
        ServerCpu atReplica = new ServerCpu(replica)) {
      TrialRounds ofSource = new TrialRounds(ROUNDS);
      TrialRounds ofReplica = new TrialRounds(ROUNDS);
      for (int round = 0; round < ROUNDS; round++) {
        Used without = used(atSource, atReplica, () -> {});
        int[] sequence = {round * TIMES};
        Used with = used(atSource, atReplica, () -> write(atSource.connection(), sequence[0]++));
        ofSource.add(with.first, with.nanos, without.first, without.nanos, TIMES);
        ofReplica.add(with.second, with.nanos, without.second, without.nanos, TIMES);
      }
      return SentinelCost.of(ofSource.nanos(), ofReplica.nanos());
    } catch (RedisFailure e) {
      if (e.isConnectionLoss()) {
        throw e;
      }
      return SentinelCost.UNKNOWN;
    } finally {
      remove(source);
    }
  }

  /**
   * What it costs a replica to tell a client of a key by <a
   * href="https://redis.io/docs/latest/develop/reference/client-side-caching/">tracking</a>: as
   * many are written with such a client as without. Empty where either side hides its CPU, is far,
   * or is busy, or does not tell. What is written for it is removed.
   *
   * @param roundTripNanos how far the further one is
   * @throws RedisFailure if a connection is lost
   */
  public OptionalDouble push(Endpoint source, Endpoint replica, long roundTripNanos) {
    if (roundTripNanos > FAR_NANOS) {
      return OptionalDouble.empty();
    }
    try (ServerCpu atSource = new ServerCpu(source);
        ServerCpu atReplica = new ServerCpu(replica)) {
      TrialRounds rounds = new TrialRounds(ROUNDS);
      int[] sequence = {0};
      Runnable write = () -> write(atSource.connection(), sequence[0]++);
      for (int round = 0; round < ROUNDS; round++) {
        Used without = used(atReplica, atReplica, write);
        try (RedisConnection told = RedisConnection.openForPushes(replica, true)) {
          if (told.call("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", codec.keyPrefix())
              instanceof Reply.Failed) {
            return OptionalDouble.empty();
          }
          Used with = used(atReplica, atReplica, write);
          rounds.add(with.first, with.nanos, without.first, without.nanos, TIMES);
        }
      }
      return rounds.nanos();
    } catch (RedisFailure e) {
      if (e.isConnectionLoss()) {
        throw e;
      }
      return OptionalDouble.empty();
    } finally {
      remove(source);
    }
  }

  private void remove(Endpoint source) {
    try (RedisConnection open = RedisConnection.open(source)) {
      new SentinelCleaner(open)
          .remove(List.of(new SentinelRange(codec.keyPrefix(), 0, 2L * ROUNDS * TIMES)));
    }
  }

  /** What two servers used in the same time. */
  private record Used(double first, double second, long nanos) {}

  private Used used(ServerCpu first, ServerCpu second, Runnable doing) {
    double firstBefore = first.nanos();
    double secondBefore = second.nanos();
    long begin = clock.nanoTime();
    for (int i = 0; i < TIMES; i++) {
      doing.run();
      clock.park(APART_NANOS);
    }
    double firstUsed = first.nanos() - firstBefore;
    double secondUsed = second.nanos() - secondBefore;
    return new Used(firstUsed, secondUsed, Math.max(1, clock.nanoTime() - begin));
  }

  private void ask(RedisConnection connection, int keys) {
    for (int key = 0; key < keys; key++) {
      connection.send(EXISTS, codec.key(key));
    }
    connection.flush();
    for (int key = 0; key < keys; key++) {
      connection.receive();
    }
  }

  private void write(RedisConnection connection, int sequence) {
    byte[] buffer = new byte[codec.maxContentLength()];
    byte[] content = Arrays.copyOf(buffer, codec.encodeContent(sequence, 0, 0, buffer));
    SentinelCommand command = SentinelCommand.of(codec.type());
    connection.call(command.command(), command.arguments(codec.key(sequence), content, 0));
  }
}
