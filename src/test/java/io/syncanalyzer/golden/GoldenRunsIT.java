package io.syncanalyzer.golden;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.run.AnalyzerJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs on real servers, each held to the golden files of its name: exit status, screen,
 * diagnostics, run.json, every CSV file, the page's parts. What varies is masked by {@link Varying}
 * and {@link MaskedText}; how to write the files anew stands at {@link Golden}.
 */
class GoldenRunsIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final List<String> METRICS =
      List.of(
          "analyzer_lag_upper_seconds_count",
          "analyzer_lag_lower_seconds_count",
          "analyzer_offset_gap_bytes",
          "analyzer_probe_pause_seconds",
          "analyzer_sentinels_outstanding",
          "analyzer_sentinels_sent_total",
          "analyzer_sentinels_observed_total");

  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("run"));
  }

  @WaitingTest
  void everyVerdictOfVerify() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      fill(pair);
      corrupt(pair);
      on(pair, Varying.always())
          .compare(
              "verify-every-verdict", verify(pair, "--junit", "junit.xml", "--exclude", "no*"));
    }
  }

  @WaitingTest
  void aPairThatIsEqual() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      fill(pair);
      on(pair, Varying.always()).compare("verify-equal", verify(pair, "--junit", "junit.xml"));
    }
  }

  @WaitingTest
  void oneMismatchOnTheScreen() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      fill(pair);
      pair.replica("HSET", "hash", "f", "other");
      on(pair, Varying.always()).compare("verify-one-mismatch", verify(pair));
    }
  }

  @WaitingTest
  void oneMismatchAsJson() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      pair.source("SET", "key", "value");
      pair.caughtUp();
      pair.replica("DEL", "key");
      on(pair, Varying.always()).compare("verify-json", verify(pair, "--json", "--quiet"));
    }
  }

  @WaitingTest
  void aKeyThatCannotBeRead() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      pair.source("SET", "readable", "v");
      pair.source("LPUSH", "secret", "v");
      pair.caughtUp();
      pair.replica("ACL", "SETUSER", "default", "resetkeys", "~readable");
      on(pair, Varying.always()).compare("verify-unreadable", verify(pair));
    }
  }

  @WaitingTest
  void aVerificationThatStopsAtSoManyMismatches() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      pair.source("SET", "one", "v");
      pair.caughtUp();
      pair.replica("DEL", "one");
      on(pair, Varying.always())
          .compare("verify-max-mismatches", verify(pair, "--max-mismatches", "1"));
    }
  }

  @WaitingTest
  void twoStoresAtRest() {
    try (ServerPair pair = ServerPair.apart(temporary)) {
      pair.source("SET", "key", "value");
      pair.replica("SET", "key", "value");
      on(pair, Varying.always())
          .compare("verify-at-rest", verify(pair, "--fence", "none", "--ttl-tolerance", "2s"));
    }
  }

  @WaitingTest
  void aReplicaThatFollowsNothing() {
    try (ServerPair pair = ServerPair.apart(temporary)) {
      pair.source("SET", "key", "value");
      on(pair, Varying.always())
          .compare("verify-follows-nothing", verify(pair, "--fence-timeout", "1s"));
    }
  }

  @WaitingTest
  void aSourceThatIsNotThere() {
    String port = Integer.toString(ServerPair.freePort());
    new GoldenRun(folder, Map.of(":" + port, ":<source>"), Varying.always())
        .compare(
            "verify-no-server",
            List.of("verify", "--source", "redis://127.0.0.1:" + port, "--run-id", "r"));
  }

  @WaitingTest
  void aVerificationThatIsInterrupted() {
    // It waits at its first fence, so how far it has come is known.
    try (ServerPair pair = ServerPair.apart(temporary)) {
      pair.source("SET", "key", "value");
      on(pair, Varying.always())
          .meanwhile(afterSaying("verify: begins", AnalyzerJar::interrupt))
          .compare("verify-interrupted", verify(pair));
    }
  }

  @WaitingTest
  void aLagWithinItsLimits() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      on(pair, Varying.measuring())
          .compare(
              "probe", probe(pair, "--floor", "500ms", "--max-lost", "0", "--junit", "junit.xml"));
    }
  }

  @WaitingTest
  void aLagBeyondItsLimit() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      on(pair, Varying.measuring("limits.measured"))
          .meanwhile(
              afterSaying(
                  "probe: begins",
                  jar -> {
                    while (jar.handle().isAlive()) {
                      pair.replica("DEBUG", "SLEEP", "0.3");
                      Thread.sleep(200);
                    }
                  }))
          .compare("probe-limit-broken", probe(pair, "--floor", "0s", "--max-lag", "50ms"));
    }
  }

  @WaitingTest
  void theMetricsOfAProbe() throws IOException, InterruptedException {
    String port = Integer.toString(ServerPair.freePort());
    try (ServerPair pair = ServerPair.linked(temporary)) {
      List<String> words = words("probe", pair, "--until-interrupted", "--listen", port);
      words.addAll(List.of("--floor", "0s", "--warmup", "0s"));
      try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), words.toArray(String[]::new))) {
        jar.awaitSaid("probe: begins", LONG);
        Golden.compare("metrics", Map.of("metrics.txt", metrics(scrape(port), pair)));
      }
    }
  }

  @WaitingTest
  void theBuiltInLoad() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      List<String> words = new ArrayList<>(List.of("load", "--run-id", "r", "--duration", "1s"));
      words.addAll(List.of("--source", "redis://127.0.0.1:" + pair.sourcePort()));
      words.addAll(List.of("--load-engine", "jmh", "--load-keys", "50"));
      on(pair, Varying.measuring()).compare("load-jmh", words);
    }
  }

  @WaitingTest
  void theWholeWithoutLoad() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      fill(pair);
      // A sentinel holds when it was sent.
      on(
              pair,
              Varying.measuring(
                  "verify.bytes",
                  "verify.rows.bytes",
                  "verify_partitions.bytes",
                  "partitions.bytes"))
          .compare("load-and-verify-none", whole(pair, "--load-engine", "none"));
    }
  }

  @WaitingTest
  void theWholeWithTheBuiltInLoad() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      // What the load leaves in its keys depends on how far it came.
      Varying varying =
          Varying.measuring(
              "verify.elements",
              "verify.bytes",
              "verify_partitions.bytes",
              "partitions.bytes",
              "verify.rows.elements",
              "verify.rows.bytes");
      on(pair, varying)
          .compare(
              "load-and-verify-jmh",
              whole(pair, "--load-engine", "jmh", "--load-keys", "50", "--junit", "junit.xml"));
    }
  }

  @WaitingTest
  void whatCleanWouldRemoveAndWhatItRemoves() {
    try (ServerPair pair = ServerPair.linked(temporary)) {
      pair.source("SET", "sa:load:string:1", "v");
      pair.source("SET", "sa:mine", "v");
      List<String> words = new ArrayList<>(List.of("clean"));
      words.addAll(List.of("--source", "redis://127.0.0.1:" + pair.sourcePort()));
      List<String> dry = new ArrayList<>(words);
      dry.add("--dry-run");
      on(pair, Varying.always()).compare("clean-dry-run", dry);
      on(pair, Varying.always()).compare("clean", words);
    }
  }

  private static void fill(ServerPair pair) {
    for (String key :
        List.of("equal", "lost", "retyped", "string", "nobody", "bin\n\"a,ry", "=1")) {
      pair.source("SET", key, "value");
    }
    pair.source("HSET", "hash", "f", "v", "g", "w");
    pair.source("RPUSH", "list", "a", "b", "c");
    pair.source("SADD", "set", "a", "b", "c");
    pair.source("ZADD", "zset", "1", "a", "2.5", "b");
    pair.source("XADD", "stream", "1-1", "f", "v");
    pair.source("XGROUP", "CREATE", "stream", "g", "0");
    pair.source("SET", "mortal", "v", "EX", "90000");
    pair.source("SET", "unmortal", "v", "EX", "90000");
    pair.source("SET", "long", "x".repeat(5000));
    pair.caughtUp();
  }

  private static void corrupt(ServerPair pair) {
    pair.replica("DEL", "lost");
    pair.replica("SET", "invented", "v");
    pair.replica("DEL", "retyped");
    pair.replica("RPUSH", "retyped", "v");
    pair.replica("SET", "string", "other");
    pair.replica("SET", "nobody", "is excluded");
    pair.replica("SET", "bin\n\"a,ry", "other");
    pair.replica("SET", "=1", "+2");
    pair.replica("HSET", "hash", "f", "x", "h", "new");
    pair.replica("LSET", "list", "1", "z");
    pair.replica("SREM", "set", "a");
    pair.replica("ZADD", "zset", "1.5", "a");
    pair.replica("XADD", "stream", "2-1", "f", "v");
    pair.replica("PEXPIRE", "mortal", "12340000");
    pair.replica("PERSIST", "unmortal");
    pair.replica("SETRANGE", "long", "4000", "y");
  }

  private GoldenRun on(ServerPair pair, Varying varying) {
    return new GoldenRun(folder, names(pair), varying);
  }

  private static Map<String, String> names(ServerPair pair) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(":" + pair.sourcePort(), ":<source>");
    names.put(":" + pair.replicaPort(), ":<replica>");
    return names;
  }

  private static List<String> verify(ServerPair pair, String... more) {
    return words("verify", pair, more);
  }

  private static List<String> probe(ServerPair pair, String... more) {
    List<String> words = words("probe", pair, more);
    words.addAll(List.of("--warmup", "500ms", "--duration", "2s", "--sentinel-rate", "120"));
    return words;
  }

  private static List<String> whole(ServerPair pair, String... more) {
    List<String> words = words("load-and-verify", pair, more);
    // Long enough for a whole second under load, which has a rate.
    words.addAll(List.of("--duration", "3s", "--warmup", "1s", "--baseline", "1s"));
    words.addAll(List.of("--sentinel-rate", "120"));
    return words;
  }

  private static List<String> words(String command, ServerPair pair, String... more) {
    List<String> words = new ArrayList<>(List.of(command, "--run-id", "r"));
    words.addAll(List.of("--source", "redis://127.0.0.1:" + pair.sourcePort()));
    words.addAll(List.of("--replica", "redis://127.0.0.1:" + pair.replicaPort()));
    words.addAll(List.of(more));
    return words;
  }

  /** What may fail as it likes. */
  private interface Act {
    void on(AnalyzerJar jar) throws IOException, InterruptedException;
  }

  private static Consumer<AnalyzerJar> afterSaying(String words, Act act) {
    return jar -> {
      try {
        jar.awaitSaid(words, LONG);
        act.on(jar);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    };
  }

  /**
   * Asks until every metric is there: the first ones come with a sentinel, the last with a second.
   */
  private static String scrape(String port) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    long start = System.nanoTime();
    while (true) {
      String text = client.send(ask, HttpResponse.BodyHandlers.ofString()).body();
      if (METRICS.stream().allMatch(metric -> text.contains("\n" + metric + "{"))) {
        return text;
      }
      if (System.nanoTime() - start > LONG.toNanos()) {
        throw new AssertionError("not all of " + METRICS + " in " + text);
      }
      Thread.sleep(50);
    }
  }

  /** Names, help, types and labels; the values vary, and so does whether a bucket is empty. */
  private static String metrics(String text, ServerPair pair) {
    MaskedText masked = new MaskedText(names(pair));
    return text.lines()
        .map(line -> line.startsWith("#") ? line : line.replaceFirst(" \\S+$", " <value>"))
        .map(masked::words)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
