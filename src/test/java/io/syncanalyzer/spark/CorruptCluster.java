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

  /** Writes to keys that are there, and makes others, until it is closed. */
  final class Writer implements AutoCloseable {
    private static final int CHANGED = 1000;
    private static final int NEW = 500;

    private final AtomicLong written = new AtomicLong();
    private final List<RedisConnection> connections = new ArrayList<>();
    private final Thread thread = new Thread(this::write, "live-writes");
    private volatile boolean stopped;

    private Writer() {
      for (Shard shard : shards) {
        connections.add(
            RedisConnection.open(
                shard
                    .primary()
                    .withCredentials(Optional.empty(), Optional.of(new Secret(PASSWORD)))));
      }
      thread.start();
    }

    private void write() {
      for (int i = 0; !stopped; i++) {
        set("key:" + (100 + i % CHANGED), "value " + i % 7);
        set("new:" + i % NEW, "value " + i % 7);
        written.addAndGet(2);
      }
    }

    private void set(String key, String value) {
      on(key).expect("SET", key, value);
    }

    private RedisConnection on(String key) {
      int slot = HashSlot.of(Bytes.utf8(key));
      for (int i = 0; i < shards.size(); i++) {
        if (shards.get(i).slots().contains(slot)) {
          return connections.get(i);
        }
      }
      throw new AssertionError("nobody holds " + key);
    }

    /** How many writes were acknowledged so far. */
    long written() {
      return written.get();
    }

    /** Everything is as it was before. */
    @Override
    public void close() {
      stopped = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return; // The test is being ended, and its servers with it.
      }
      for (int i = 0; i < CHANGED; i++) {
        set("key:" + (100 + i), "value");
      }
      for (int i = 0; i < NEW; i++) {
        on("new:" + i).expect("DEL", "new:" + i);
      }
      for (RedisConnection connection : connections) {
        connection.expect("WAIT", "1", "10000");
        connection.close();
      }
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
