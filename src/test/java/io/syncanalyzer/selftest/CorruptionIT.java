package io.syncanalyzer.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.selftest.CorruptionPlan.Way;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifiedPair;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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
  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  private final ServerBinary binary;
  private VerifiedPair verified;
  private EmbeddedPair pair;
  private RedisConnection source;
  private RedisConnection replica;
  @TempDir private Path folder;

  CorruptionIT(ServerBinary binary) {
    this.binary = binary;
  }

  @BeforeEach
  void start() {
    verified = new VerifiedPair(binary, folder);
    pair = verified.servers();
    source = verified.source();
    replica = verified.replica();
  }

  @AfterEach
  void stop() {
    verified.close();
  }

  @Test
  void everyCorruptionIsFoundWithItsVerdictAndNothingElse() {
    List<SelftestCorruption> injected = inject(seeded());
    check("at rest", injected, verify(SettleSettings.DEFAULT));
  }

  @Test
  void everyCorruptionIsFoundUnderWritesChurnAndExpiries() throws Exception {
    List<SelftestCorruption> injected = inject(seeded());
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

  private void check(String how, List<SelftestCorruption> injected, VerifySummary summary) {
    Map<Bytes, KeyVerdict> found = new HashMap<>();
    summary
        .mismatches()
        .forEach(
            mismatch -> {
              if (mismatch.verdict().isMismatch()) {
                found.put(mismatch.key(), mismatch.verdict());
              }
            });
    CorruptionTable table = CorruptionTable.of(injected, found);
    table.publish(
        (binary.version() + "-" + (how.startsWith("under") ? "under writes" : how))
            .replaceAll("[^A-Za-z0-9.]+", "-"),
        binary.version() + ", " + how);
    assertThat(summary.incomplete()).isNull();
    // Every way on every type it can befall, each found, and rightly called.
    assertThat(table.rows())
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

  private List<SelftestCorruption> inject(Random random) {
    boolean fieldExpiry =
        !(source.call("HPEXPIRETIME", "k", "FIELDS", "1", "f") instanceof Reply.Failed);
    CorruptionPlan plan = new CorruptionPlan(random, System.currentTimeMillis(), fieldExpiry);
    List<SelftestWrite> fill = new ArrayList<>();
    plan.before().forEach(fill::addAll);
    SelftestWrite.send(source, fill);
    assertThat(source.expect("WAIT", "1", "10000")).isEqualTo(new Reply.Int(1));
    List<SelftestWrite> changes = new ArrayList<>();
    plan.corruptions().forEach(one -> changes.addAll(one.change()));
    SelftestWrite.send(replica, changes);
    assertThat(plan.corruptions().stream().map(Way::of).collect(Collectors.toSet()))
        .isEqualTo(CorruptionPlan.ways(fieldExpiry));
    return plan.corruptions();
  }
}
