package io.syncanalyzer.spark;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.redis.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  /** A file of secrets, as an executor may have it. */
  static Path secretsFile(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    SECRETS.forEach((name, value) -> lines.add(name + "=" + value));
    return Files.write(folder.resolve("secrets"), lines);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
