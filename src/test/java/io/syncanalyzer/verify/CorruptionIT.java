package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.Corruption.Injected;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
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

  /** Six kinds befall any of six types; what befalls only one type comes on top. */
  private static final int KINDS_AND_TYPES = 6 * 6 + Corruption.values().length - 6;

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
    Map<String, Injected> injected = corrupt(random);
    check("at rest", injected, verify(SettleSettings.DEFAULT));
  }

  @Test
  void everyCorruptionIsFoundUnderWritesChurnAndExpiries() throws Exception {
    Random random = seeded();
    fill(random);
    Map<String, Injected> injected = corrupt(random);
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
      summary = verify(SettleSettings.DEFAULT);
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
        summary.keys(KeyVerdict.UNSETTLED));
    check(
        String.format(Locale.ROOT, "under %.0f writes a second", writes.get() / seconds),
        injected,
        summary);
  }

  private static Random seeded() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("seed " + seed + " (repeat with -Dseed=" + seed + ")");
    return new Random(seed);
  }

  private VerifySummary verify(SettleSettings settling) {
    return new VerifyPhase(told -> {}, NanoClock.SYSTEM)
        .run(VerifyRequest.of(pair.source(), pair.replica(), "it", folder).with(settling));
  }

  private void check(String how, Map<String, Injected> injected, VerifySummary summary) {
    Map<String, KeyVerdict> found = new TreeMap<>();
    summary
        .mismatches()
        .forEach(
            mismatch -> {
              if (mismatch.verdict().isMismatch()) {
                found.put(mismatch.key().asUtf8(), mismatch.verdict());
              }
            });
    CorruptionTable table = CorruptionTable.of(injected, found);
    table.publish(
        (binary.version() + "-" + (how.startsWith("under") ? "under writes" : how))
            .replaceAll("[^A-Za-z0-9.]+", "-"),
        binary.version() + ", " + how);
    assertThat(summary.incomplete()).isNull();
    // Every kind on every type it can befall, each found, and rightly called.
    assertThat(table.rows())
        .hasSize(KINDS_AND_TYPES)
        .allSatisfy(
            row -> {
              assertThat(row.injected()).isPositive();
              assertThat(row.found()).isEqualTo(row.injected());
              assertThat(row.right()).isEqualTo(row.injected());
            });
    assertThat(table.falseOnes()).isEmpty();
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
          switch (random.nextInt(11)) {
            case 0 -> send(connection, "DEL", key);
            case 1 -> send(connection, "SET", key, "constant");
            case 2 -> send(connection, "SET", key, "short-lived", "PX", "30");
            case 3 -> {
              send(connection, "SET", key + "x", "constant");
              sent++;
              send(connection, "RENAME", key + "x", key);
            }
            case 8 -> {
              // Keys that change places in the middle of a scan.
              String other = "churn:" + random.nextInt(2000);
              send(connection, "COPY", key, "churn:swap", "REPLACE");
              send(connection, "COPY", other, key, "REPLACE");
              send(connection, "COPY", "churn:swap", other, "REPLACE");
              sent += 2;
            }
            case 9 -> {
              send(connection, "SET", "churn:a", key);
              send(connection, "RENAME", "churn:a", "churn:b");
              send(connection, "RENAME", "churn:b", "churn:a");
              sent += 2;
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
            arguments.add(i % 12 == 3 ? Integer.toString(e) : "m" + e);
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
      if (expires(i)) {
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

  /** Every kind on every type once, then at random. */
  private Map<String, Injected> corrupt(Random random) {
    Map<String, Injected> injected = new TreeMap<>();
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < KEYS; i++) {
      injectOnce(Corruption.of(type(i), expires(i)), i, injected, used);
    }
    while (injected.size() < CORRUPTIONS) {
      int i = random.nextInt(KEYS);
      List<Corruption> kinds = Corruption.of(type(i), expires(i));
      inject(kinds.get(random.nextInt(kinds.size())), i, injected, used);
    }
    return injected;
  }

  /** Injects the first of the kinds that this type has not suffered yet. */
  private void injectOnce(
      List<Corruption> kinds, int i, Map<String, Injected> injected, Set<Integer> used) {
    Set<Corruption> had =
        injected.values().stream()
            .filter(one -> one.type().equals(type(i)))
            .map(Injected::kind)
            .collect(Collectors.toSet());
    kinds.stream()
        .filter(kind -> !had.contains(kind))
        .findFirst()
        .ifPresent(kind -> inject(kind, i, injected, used));
  }

  private void inject(Corruption kind, int i, Map<String, Injected> injected, Set<Integer> used) {
    if (used.add(i)) {
      Injected one = kind.inject(replica, type(i), "k" + i);
      injected.put(one.key(), one);
    }
  }

  private static String type(int i) {
    return Corruption.TYPES.get(i % 6);
  }

  private static boolean expires(int i) {
    return i % 7 == 0;
  }
}
