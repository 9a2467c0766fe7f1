package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two servers that follow nothing, compared by the jar at a pace that takes about ten seconds: of
 * {@link #KEYS} strings every tenth is missing on the replica.
 */
final class StoresAtRest implements AutoCloseable {
  static final int KEYS = 20_000;
  static final int MISSING = KEYS / 10;

  /** The first checkpoint comes after five seconds. */
  private static final int KEYS_PER_SECOND = KEYS / 10;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedServer source = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
  private final EmbeddedServer replica = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
  private final Path folder;

  private StoresAtRest(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts and fills both.
   *
   * @param folder where the jar runs
   */
  static StoresAtRest start(Path folder) {
    return start(folder, 0);
  }

  /** As {@link #start(Path)}, with the keys in another database. */
  static StoresAtRest start(Path folder, int database) {
    StoresAtRest stores = new StoresAtRest(folder);
    fill(stores.source.endpoint(Side.SOURCE).withDatabase(database), 0);
    fill(stores.replica.endpoint(Side.REPLICA).withDatabase(database), 10);
    return stores;
  }

  private static void fill(Endpoint server, int without) {
    try (RedisConnection connection = RedisConnection.open(server)) {
      connection.expect(
          "EVAL",
          "for i = 1, ARGV[1] do if ARGV[2] == '0' or i % ARGV[2] ~= 0 then"
              + " redis.call('SET', 'key:' .. i, i) end end",
          "0",
          Integer.toString(KEYS),
          Integer.toString(without));
    }
  }

  EmbeddedServer source() {
    return source;
  }

  EmbeddedServer replica() {
    return replica;
  }

  /** Starts a comparison of both that writes into {@code results/r}, or where resuming says. */
  AnalyzerJar verify(String... more) throws IOException {
    return AnalyzerJar.start(folder, Map.of(), arguments(more).toArray(String[]::new));
  }

  /** The words of a comparison of both. */
  List<String> arguments(String... more) {
    List<String> words = new ArrayList<>(List.of("verify", "--fence", "none"));
    words.addAll(List.of("--source", source.endpoint(Side.SOURCE).display()));
    words.addAll(List.of("--replica", replica.endpoint(Side.REPLICA).display()));
    words.addAll(List.of(more));
    return words;
  }

  /** Starts the run {@code r}, at the slow pace, and waits until it has come to a checkpoint. */
  AnalyzerJar verifyToACheckpoint(String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("--run-id", "r"));
    words.addAll(List.of("--rate", Integer.toString(KEYS_PER_SECOND)));
    words.addAll(List.of(more));
    AnalyzerJar jar = verify(words.toArray(String[]::new));
    long start = System.nanoTime();
    Path checkpoint = run().resolve("verify/verify-checkpoint.json");
    while (!Files.exists(checkpoint)) {
      assertThat(jar.handle().isAlive()).describedAs(jar.err()).isTrue();
      assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
      Thread.sleep(20);
    }
    return jar;
  }

  /** The folder of the run {@code r}. */
  Path run() {
    return folder.resolve("results/r");
  }

  @Override
  public void close() {
    source.close();
    replica.close();
  }
}
