package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.RedisConnection.Command;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.time.NanoClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Corrupts a writable replica at random and asks that exactly that is found. */
@ParameterizedClass
@MethodSource("servers")
class CorruptionIT {
  private static final int KEYS = 6000;
  private static final int CORRUPTIONS = 1200;

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  private final ServerBinary binary;
  private EmbeddedPair pair;
  private RedisConnection source;
  private RedisConnection replica;
  @TempDir private Path folder;

  CorruptionIT(ServerBinary binary) {
    this.binary = binary;
  }

  @BeforeEach
  void start() {
    pair = EmbeddedPair.start(binary);
    source = RedisConnection.open(pair.source());
    replica = RedisConnection.open(pair.replica());
    replica.expect("CONFIG", "SET", "replica-read-only", "no");
  }

  @AfterEach
  void stop() {
    source.close();
    replica.close();
    pair.close();
  }

  @Test
  void everyCorruptionIsFoundWithItsVerdictAndNothingElse() {
    Random random = seeded();
    fill(random);
    Map<String, Verdict> injected = corrupt(random);
    check(injected, verify(Settling.DEFAULT));
  }

  @Test
  void everyCorruptionIsFoundUnderWritesChurnAndExpiries() throws Exception {
    Random random = seeded();
    fill(random);
    Map<String, Verdict> injected = corrupt(random);
    AtomicBoolean ending = new AtomicBoolean();
    AtomicLong writes = new AtomicLong();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread writer = new Thread(() -> churn(pair.source(), ending, writes));
      writer.start();
      writers.add(writer);
    }
    long start = System.nanoTime();
    VerifySummary summary;
    try {
      Thread.sleep(300);
      summary = verify(Settling.DEFAULT);
    } finally {
      ending.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.err.printf(
        "%s: %.0f writes/s meanwhile, verified in %s, gone %d, unsettled %d%n",
        binary.version(),
        writes.get() / seconds,
        summary.elapsed(),
        summary.goneKeys(),
        summary.keys(Verdict.UNSETTLED));
    check(injected, summary);
  }

  private static Random seeded() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("seed " + seed + " (repeat with -Dseed=" + seed + ")");
    return new Random(seed);
  }

  private VerifySummary verify(Settling settling) {
    return new VerifyPhase(told -> {}, NanoClock.SYSTEM)
        .run(VerifyRequest.of(pair.source(), pair.replica(), "it", folder).with(settling));
  }

  private static void check(Map<String, Verdict> injected, VerifySummary summary) {
    Map<String, Verdict> found = new TreeMap<>();
    summary
        .mismatches()
        .forEach(
            mismatch -> {
              if (mismatch.verdict().isMismatch()) {
                found.put(mismatch.key().asUtf8(), mismatch.verdict());
              }
            });
    assertThat(summary.incomplete()).isNull();
    assertThat(found).isEqualTo(injected);
    assertThat(summary.mismatched()).isEqualTo(injected.size());
  }

  /** Writes without end: new values, deletions, renames, expiries, on keys of its own. */
  private static void churn(Endpoint endpoint, AtomicBoolean ending, AtomicLong writes) {
    Random random = new Random();
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      while (!ending.get()) {
        int sent = 0;
        for (int i = 0; i < 100; i++) {
          String key = "churn:" + random.nextInt(2000);
          switch (random.nextInt(8)) {
            case 0 -> send(connection, "DEL", key);
            case 1 -> send(connection, "SET", key, "constant");
            case 2 -> send(connection, "SET", key, "short-lived", "PX", "30");
            case 3 -> {
              send(connection, "SET", key + "x", "constant");
              sent++;
              send(connection, "RENAME", key + "x", key);
            }
            case 4 -> send(connection, "HINCRBY", "churn:hash" + random.nextInt(5), "f" + i, "1");
            case 5 -> send(connection, "RPUSH", "churn:list" + random.nextInt(5), "v" + i);
            case 6 -> send(connection, "LTRIM", "churn:list" + random.nextInt(5), "-50", "-1");
            default -> send(connection, "SET", key, Integer.toString(random.nextInt()));
          }
          sent++;
        }
        connection.flush();
        for (int i = 0; i < sent; i++) {
          connection.receive();
        }
        writes.addAndGet(sent);
        java.util.concurrent.locks.LockSupport.parkNanos(sent * 80_000L);
      }
    } catch (RedisFailure e) {
      throw new AssertionError(e);
    }
  }

  private static void send(RedisConnection connection, String command, String... arguments) {
    byte[][] bytes = new byte[arguments.length][];
    for (int i = 0; i < arguments.length; i++) {
      bytes[i] = arguments[i].getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
    connection.send(Command.of(command), bytes);
  }

  private void fill(Random random) {
    for (int i = 0; i < KEYS; i++) {
      int size = 1 + random.nextInt(random.nextInt(20) == 0 ? 1500 : 20);
      List<String> arguments = new ArrayList<>();
      switch (i % 6) {
        case 0 -> source.expect("SET", "k" + i, "v".repeat(size) + random.nextInt());
        case 1 -> {
          for (int e = 0; e < size; e++) {
            arguments.add("f" + e);
            arguments.add("v" + random.nextInt());
          }
          write("HSET", i, arguments);
        }
        case 2 -> {
          for (int e = 0; e < size; e++) {
            arguments.add("v" + random.nextInt());
          }
          write("RPUSH", i, arguments);
        }
        case 3 -> {
          for (int e = 0; e < size; e++) {
            arguments.add(i % 4 == 0 ? Integer.toString(e) : "m" + e);
          }
          write("SADD", i, arguments);
        }
        case 4 -> {
          for (int e = 0; e < size; e++) {
            arguments.add(Double.toString(random.nextGaussian()));
            arguments.add("m" + e);
          }
          write("ZADD", i, arguments);
        }
        default -> {
          for (int e = 1; e <= 1 + size % 40; e++) {
            source.expect("XADD", "k" + i, e + "-1", "f", "v" + random.nextInt());
          }
          source.expect("XGROUP", "CREATE", "k" + i, "g", "0");
          source.expect("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "STREAMS", "k" + i, ">");
        }
      }
      if (i % 7 == 0) {
        source.expect("PEXPIRE", "k" + i, "3600000");
      }
    }
    assertThat(source.expect("WAIT", "1", "10000")).isEqualTo(new Reply.Int(1));
  }

  private void write(String command, int i, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.add(0, "k" + i);
    source.expect(command, all.toArray(String[]::new));
  }

  private Map<String, Verdict> corrupt(Random random) {
    Map<String, Verdict> injected = new TreeMap<>();
    while (injected.size() < CORRUPTIONS) {
      int i = random.nextInt(KEYS);
      String key = "k" + i;
      if (injected.containsKey(key)) {
        continue;
      }
      switch (random.nextInt(10)) {
        case 0 -> {
          replica.expect("DEL", key);
          injected.put(key, Verdict.MISSING_ON_REPLICA);
        }
        case 1 -> {
          String extra = "extra" + i;
          replica.expect("SET", extra, "v");
          injected.put(extra, Verdict.EXTRA_ON_REPLICA);
        }
        case 2 -> {
          replica.expect("DEL", key);
          if (i % 6 == 0) {
            replica.expect("SADD", key, "v");
          } else {
            replica.expect("SET", key, "v");
          }
          injected.put(key, Verdict.TYPE_DIFFERS);
        }
        case 3 -> {
          replica.expect("PEXPIRE", key, "7200000");
          injected.put(key, Verdict.TTL_DIFFERS);
        }
        default -> {
          corruptValue(random, i, key);
          injected.put(key, Verdict.VALUE_DIFFERS);
        }
      }
    }
    return injected;
  }

  private void corruptValue(Random random, int i, String key) {
    boolean one = random.nextBoolean();
    switch (i % 6) {
      case 0 -> {
        if (one) {
          replica.expect("APPEND", key, "x");
        } else {
          replica.expect("SETBIT", key, "3", "1");
          replica.expect("SETRANGE", key, "0", "~");
        }
      }
      case 1 -> replica.expect("HSET", key, one ? "f0" : "new", "other");
      case 2 -> {
        if (one) {
          replica.expect("RPUSH", key, "v");
        } else {
          replica.expect("LSET", key, "-1", "other");
        }
      }
      case 3 -> {
        replica.expect("SADD", key, "other");
        if (one) {
          replica.expect("SREM", key, i % 4 == 0 ? "0" : "m0");
        }
      }
      case 4 -> replica.expect("ZADD", key, one ? "17.25" : "-inf", "m0");
      default -> {
        switch (random.nextInt(5)) {
          case 0 -> replica.expect("XADD", key, "99999-1", "f", "v");
          case 1 -> replica.expect("XDEL", key, "1-1");
          case 2 -> replica.expect("XACK", key, "g", "1-1");
          case 3 -> replica.expect("XGROUP", "CREATE", key, "g2", "0");
          default -> replica.expect("XCLAIM", key, "g", "other", "0", "1-1");
        }
      }
    }
  }
}
