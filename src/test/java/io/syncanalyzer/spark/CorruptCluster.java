package io.syncanalyzer.spark;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Three primaries and their replicas with keys of every type, of which some differ in every way
 * there is, behind a password; and what {@code verify} of this JVM says of it.
 */
final class CorruptCluster implements AutoCloseable {
  static final int KEYS = 3000;

  /** Found nowhere but where it was put. */
  static final String PASSWORD = "pw-7d1f-of-the-servers";

  /** What the environment of everybody who talks to it has. */
  static final Map<String, String> SECRETS =
      Map.of("ANALYZER_SOURCE_PASSWORD", PASSWORD, "ANALYZER_REPLICA_PASSWORD", PASSWORD);

  private final TestCluster cluster = TestCluster.start(3, 1);
  private final List<Shard> shards = cluster.topology(Side.SOURCE).shards();

  CorruptCluster() {
    cluster.fill("key:", KEYS, "value");
    byte[] binary = {0, (byte) 0xff, '\n', ',', '"'};
    cluster.put("SET", binary, binary);
    cluster.put("HSET", "{tag}hash", "f", "1", "g", "2");
    cluster.put("RPUSH", "{tag}list", "a", "b", "c");
    cluster.put("SADD", "{tag}set", "a", "b");
    cluster.put("ZADD", "zset", "1.5", "a", "2", "b");
    cluster.put("XADD", "stream", "1-1", "f", "v");
    cluster.put("SET", "expires", "v", "EX", "100000");
    cluster.awaitReplicas();
    cluster.behindReplicas("SET", "key:7", "other");
    cluster.behindReplicas("DEL", "key:8");
    cluster.behindReplicas("SET", "missing", "x");
    cluster.behindReplicas("SET", binary, new byte[] {1});
    cluster.behindReplicas("HSET", "{tag}hash", "f", "3");
    cluster.behindReplicas("RPUSH", "{tag}list", "d");
    cluster.behindReplicas("SREM", "{tag}set", "a");
    cluster.behindReplicas("ZADD", "zset", "7", "a");
    cluster.behindReplicas("XADD", "stream", "1-2", "f", "w");
    cluster.behindReplicas("PERSIST", "expires");
    for (int node = 0; node < cluster.size(); node++) {
      cluster.on(node, "CONFIG", "SET", "masterauth", PASSWORD);
    }
    for (int node = 0; node < cluster.size(); node++) {
      cluster.on(node, "CONFIG", "SET", "requirepass", PASSWORD);
    }
  }

  /** The options of a verification of it. */
  List<String> words(Path results, String run, String... more) {
    String seed = "redis://" + cluster.endpoint(0, Side.SOURCE).address();
    List<String> words = new ArrayList<>(List.of("--source", seed, "--replica", seed));
    words.addAll(List.of("--results", results.toString(), "--run-id", run));
    words.addAll(List.of(more));
    return words;
  }

  /** Verifies it in this JVM, and gives the exit status. */
  int verifyHere(Path results, String run, String... more) {
    List<String> words = new ArrayList<>(List.of("verify", "--quiet"));
    words.addAll(words(results, run, more));
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return AnalyzerCli.run(words, nowhere, nowhere, SECRETS);
  }

  /** Writes keys, new ones and those that are there, until it is closed. */
  final class Writer implements AutoCloseable {
    private final AtomicLong written = new AtomicLong();
    private final Thread thread = new Thread(this::write, "live-writes");
    private volatile boolean stopped;

    private Writer() {
      thread.start();
    }

    private void write() {
      List<RedisConnection> connections = new ArrayList<>();
      try {
        for (Shard shard : shards) {
          connections.add(
              RedisConnection.open(
                  shard
                      .primary()
                      .withCredentials(Optional.empty(), Optional.of(new Secret(PASSWORD)))));
        }
        for (int i = 0; !stopped; i++) {
          String key = "key:" + (i % 2 == 0 ? 100 + i % 2000 : KEYS + i);
          int slot = HashSlot.of(Bytes.utf8(key));
          for (int shard = 0; shard < shards.size(); shard++) {
            if (shards.get(shard).slots().contains(slot)) {
              connections.get(shard).expect("SET", key, "value " + i);
              written.incrementAndGet();
            }
          }
        }
      } finally {
        connections.forEach(RedisConnection::close);
      }
    }

    /** How many writes were acknowledged so far. */
    long written() {
      return written.get();
    }

    @Override
    public void close() throws InterruptedException {
      stopped = true;
      thread.join();
    }
  }

  /** Goes on writing, none of the keys that differ. */
  Writer writeOn() {
    return new Writer();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
