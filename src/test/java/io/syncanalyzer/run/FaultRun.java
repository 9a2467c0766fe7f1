package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole {@code load-and-verify} of the jar on a real pair of its own, its link through a relay,
 * brought to a named moment for a fault to be done to it there.
 *
 * <pre>{@code
 * try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.DRAIN)) {
 *   run.awaitMoment();
 *   run.pair().sourceServer().close();
 *   run.end(Duration.ofSeconds(60)).is(5).says("source").isIncomplete();
 * }
 * }</pre>
 *
 * <p>That a moment has come is told by the run itself or by the source, never by a time. The end
 * checks what holds after any fault: see {@link EndedRun}.
 */
final class FaultRun implements AutoCloseable {
  /** How long anything may take to come to its moment on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String RUN_ID = "r";
  private static final int SENTINEL_RATE = 240;
  private static final int TYPES = 6;
  private static final int WARMUP_SECONDS = 1;
  private static final int KEYS_TO_VERIFY = 20_000;
  private static final int VERIFIED_PER_SECOND = 6_000;
  private static final Duration DRAIN_AT_LEAST = Duration.ofSeconds(3);
  private static final Pattern SCANS = Pattern.compile("cmdstat_scan:calls=(\\d+)");

  /** A moment of a run, and what makes it last long enough to be hit. */
  enum Moment {
    /** The load has written its first keys; all is still warm-up. */
    LOAD,
    /** Measured sentinels are being written and looked for; the load goes on. */
    INSERT,
    /** The load is over; the replica is three seconds behind, by a delay on its link. */
    DRAIN,
    /** Keys are being compared, which takes some four seconds, by a limit on its rate. */
    VERIFY
  }

  private final Path folder;
  private final Path temporary;
  private final Moment moment;
  private final RelayedPair pair;
  private final AnalyzerJar jar;
  private final Set<ProcessHandle> children = new LinkedHashSet<>();

  private FaultRun(Path folder, Path temporary, Moment moment, RelayedPair pair, AnalyzerJar jar) {
    this.folder = folder;
    this.temporary = temporary;
    this.moment = moment;
    this.pair = pair;
    this.jar = jar;
  }

  /**
   * Starts a pair and the jar.
   *
   * @param folder where it runs; its own
   * @param more options of {@code load-and-verify}, which win over those set here
   */
  static FaultRun start(Path folder, ServerBinary server, Moment moment, String... more)
      throws IOException {
    return start(folder, server, moment, List.of(), more);
  }

  /** As the other, the jar started with its results on that disk. */
  static FaultRun startOn(SmallDisk disk, Path folder, ServerBinary server, Moment moment)
      throws IOException {
    return start(folder, server, moment, disk.before());
  }

  private static FaultRun start(
      Path folder, ServerBinary server, Moment moment, List<String> before, String... more)
      throws IOException {
    RelayedPair pair = RelayedPair.start(server);
    try {
      if (moment == Moment.VERIFY) {
        fill(pair.source());
      }
      Path temporary = Files.createDirectory(folder.resolve("tmp"));
      AnalyzerJar jar =
          AnalyzerJar.start(
              folder,
              before,
              List.of("-Djava.io.tmpdir=" + temporary),
              Map.of("TMPDIR", temporary.toString()),
              words(pair, moment, RUN_ID, List.of(more)));
      return new FaultRun(folder, temporary, moment, pair, jar);
    } catch (IOException | RuntimeException | AssertionError e) {
      pair.close();
      throw e;
    }
  }

  /** Starts another run on the same pair, which comes to no moment of its own. */
  AnalyzerJar startBeside(String runId, String... more) throws IOException {
    return AnalyzerJar.start(
        folder,
        List.of("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp-" + runId))),
        Map.of(),
        words(pair, moment, runId, List.of(more)));
  }

  private static List<String> words(
      RelayedPair pair, Moment moment, String runId, List<String> more) {
    List<List<String>> usual = new ArrayList<>();
    usual.add(List.of("--source", "redis://" + pair.source().address()));
    usual.add(List.of("--replica", "redis://" + pair.replica().address()));
    usual.add(List.of("--run-id", runId));
    usual.add(List.of("--load-engine", "jmh"));
    usual.add(List.of("--load-threads", "1"));
    usual.add(List.of("--load-pipeline", "1"));
    if (!more.contains("memtier")) {
      usual.add(List.of("--load-keys", "1000"));
    }
    usual.add(List.of("--warmup", WARMUP_SECONDS + "s"));
    usual.add(
        List.of("--duration", moment == Moment.LOAD || moment == Moment.INSERT ? "4s" : "1s"));
    usual.add(List.of("--baseline", "0s"));
    usual.add(List.of("--initial-verify", "counts"));
    usual.add(List.of("--sentinel-rate", Integer.toString(SENTINEL_RATE)));
    usual.add(List.of("--connect-timeout", "2s"));
    usual.add(List.of("--timeout", "3s"));
    usual.add(List.of("--observe-timeout", "15s"));
    usual.add(List.of("--drain-timeout", "20s"));
    usual.add(List.of("--fence-timeout", "20s"));
    if (moment == Moment.VERIFY) {
      usual.add(List.of("--rate", Integer.toString(VERIFIED_PER_SECOND)));
    }
    List<String> words = new ArrayList<>(List.of("load-and-verify"));
    usual.stream().filter(option -> !more.contains(option.get(0))).forEach(words::addAll);
    words.addAll(more);
    return words;
  }

  private static void fill(Endpoint source) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      connection.expect(
          "EVAL",
          "for i = 1, ARGV[1] do redis.call('SET', 'mine:' .. i, i) end",
          "0",
          Integer.toString(KEYS_TO_VERIFY));
      // A source may hold the stream back for a second after the link is up: a test that takes keys
      // from the replica at once would find none there.
      assertThat(connection.expect("WAIT", "1", "10000")).isEqualTo(new Reply.Int(1));
    }
  }

  RelayedPair pair() {
    return pair;
  }

  AnalyzerJar jar() {
    return jar;
  }

  /** The run's own folder. */
  Path results() {
    return folder.resolve("results").resolve(RUN_ID);
  }

  /** Removes the keys of that glob from the replica alone. */
  void loseOnReplica(String glob) {
    try (RedisConnection replica = RedisConnection.open(pair.replica())) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      replica.expect(
          "EVAL",
          "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end",
          "0",
          glob);
    }
  }

  /** Waits until the run has that file in its folder. */
  void awaitFile(String name) throws InterruptedException {
    await(name, () -> Files.exists(results().resolve(name)));
  }

  /** Waits until the moment has come; it lasts for seconds from then on. */
  void awaitMoment() throws InterruptedException {
    jar.awaitSaid("load: begins", PATIENCE);
    switch (moment) {
      case LOAD -> awaitOnSource("keys of the load", FaultRun::hasLoad);
      case INSERT -> awaitOnSource("a measured sentinel", FaultRun::hasMeasuredSentinel);
      case DRAIN -> {
        pair.relay().delay(DRAIN_AT_LEAST);
        jar.awaitSaid("drain: begins", PATIENCE);
      }
      case VERIFY -> {
        jar.awaitSaid("verify: begins", PATIENCE);
        try (RedisConnection source = RedisConnection.open(pair.source())) {
          long before = scans(source);
          await("scanning", () -> scans(source) >= before + 3);
        }
      }
    }
    children.addAll(jar.handle().descendants().toList());
  }

  private interface Sign {
    boolean isThere();
  }

  private interface SourceSign {
    boolean isThere(RedisConnection source);
  }

  private void awaitOnSource(String what, SourceSign sign) throws InterruptedException {
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      await(what, () -> sign.isThere(source));
    }
  }

  private void await(String what, Sign sign) throws InterruptedException {
    long start = System.nanoTime();
    while (!sign.isThere()) {
      assertThat(jar.handle().isAlive())
          .describedAs("waiting for %s: %s%s", what, jar.out(), jar.err())
          .isTrue();
      assertThat(System.nanoTime() - start)
          .describedAs("waiting for %s: %s", what, jar.err())
          .isLessThan(PATIENCE.toNanos());
      Thread.sleep(10);
    }
  }

  private static boolean hasLoad(RedisConnection source) {
    return source.expect("SCAN", "0", "MATCH", "sa:load:*", "COUNT", "1000")
            instanceof Reply.Items answer
        && answer.list().get(1) instanceof Reply.Items keys
        && !keys.list().isEmpty();
  }

  private static boolean hasMeasuredSentinel(RedisConnection source) {
    int measured = SENTINEL_RATE / TYPES * WARMUP_SECONDS + SENTINEL_RATE / TYPES / 2;
    return source
        .expect("EXISTS", "sa:" + RUN_ID + ":string:0:" + measured)
        .equals(new Reply.Int(1));
  }

  private static long scans(RedisConnection source) {
    Reply reply = source.expect("INFO", "commandstats");
    String text = reply instanceof Reply.Text said ? said.bytes().asUtf8() : "";
    Matcher matcher = SCANS.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Waits for the end and checks what holds after any fault. */
  EndedRun end(Duration bound) throws Exception {
    return EndedRun.check(awaitEnd(bound), results());
  }

  /** As {@link #end}, of a run whose disk took nothing any more, not even how it ended. */
  EndedRun endOnFull(SmallDisk disk, Duration bound) throws Exception {
    EndedRun.Finished ended = awaitEnd(bound);
    return EndedRun.checkOnFullDisk(ended, disk.kept().resolve(RUN_ID));
  }

  private EndedRun.Finished awaitEnd(Duration bound) throws Exception {
    long start = System.nanoTime();
    while (jar.handle().isAlive() && System.nanoTime() - start < bound.toNanos()) {
      children.addAll(jar.handle().descendants().toList());
      Thread.sleep(50);
    }
    int exit = jar.await(Duration.ofMillis(200));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new EndedRun.Finished(exit, took, jar.out() + jar.err(), temporary, children);
  }

  @Override
  public void close() {
    jar.close();
    pair.close();
  }
}
