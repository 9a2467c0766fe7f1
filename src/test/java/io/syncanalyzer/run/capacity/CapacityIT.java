package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches on real pairs, far below what they take: what they leave, and how they end. */
class CapacityIT {
  private static final String[] SHORT = {
    "--trial", "5s", "--warmup", "1s", "--trials", "1", "--baseline", "1s", "--max-lag-p99", "2s"
  };

  @TempDir Path results;

  private static String[] with(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @Test
  void oneQuestionIsAnsweredWithAnExitStatusAndEveryFile() throws Exception {
    Path junit = results.resolve("junit.xml");
    SearchedRun run =
        SearchedRun.of(
            results,
            "at-least",
            with(
                SHORT,
                "--embedded",
                "--at-least",
                "500",
                "--trials",
                "2",
                "--junit",
                junit.toString()));
    assertThat(run.exit()).describedAs(run.said()).isZero();
    CapacityInterval found = run.interval();
    assertThat(found.ending()).isEqualTo(CapacityEnding.AT_LEAST_PROVEN);
    assertThat(found.provenPerS()).isEqualTo(500);
    // One whose generator or probe was held up by this machine says nothing, and is repeated.
    List<Trial> valid =
        run.trials().stream().filter(one -> one.outcome() != TrialOutcome.INVALID).toList();
    assertThat(valid).hasSize(2);
    Trial trial = valid.get(0);
    assertThat(trial.outcome()).describedAs(trial.reason()).isEqualTo(TrialOutcome.SUSTAINED);
    assertThat(trial.rate().achievedPerS()).isGreaterThanOrEqualTo(495.0);
    assertThat(trial.lag().samples()).isGreaterThan(4000);
    assertThat(trial.growth().lag()).isNotNull();
    assertThat(trial.growth().gap()).isNotNull();
    assertThat(run.lines("capacity.csv").get(0))
        .startsWith(
            "trial,asked_ops_per_s,achieved_ops_per_s,seconds,p50_upper_us,p99_upper_us,"
                + "max_upper_us,censored,lag_slope_us_per_s,lag_slope_low,lag_slope_high,"
                + "gap_slope_bytes_per_s,gap_slope_low,gap_slope_high,recovered_s,outcome,reason");
    assertThat(run.lines("capacity.csv")).hasSize(1 + run.trials().size());
    assertThat(run.lines("summary.csv")).contains("capacity,proven,500,1/s");
    assertThat(run.lines("summary.csv")).anyMatch(line -> line.startsWith("capacity,refuted,,"));
    assertThat(run.lines("lag.csv")).anyMatch(line -> line.startsWith("load,99,"));
    assertThat(run.lines("lag_accounting.csv"))
        .anyMatch(line -> line.endsWith("," + trial.trial()));
    assertThat(Files.readString(junit)).contains("capacity");
    assertThat(run.folder().reportHtml()).exists();
  }

  @Test
  @Tag("long")
  void aSearchThatWasInterruptedKeepsItsTrialsAndGoesOnFromThem() throws Exception {
    String[] search = with(SHORT, "--embedded", "--from", "400", "--to", "800");
    AtomicReference<SearchedRun> first = new AtomicReference<>();
    Thread user =
        new Thread(() -> first.set(SearchedRun.of(results, "interrupted", search)), "search");
    user.start();
    Path csv = results.resolve("interrupted").resolve("capacity.csv");
    long begun = System.nanoTime();
    while (!Files.exists(csv)
        && user.isAlive()
        && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(2)) {
      Thread.sleep(100);
    }
    user.interrupt();
    user.join(Duration.ofSeconds(60).toMillis());
    SearchedRun cut = Objects.requireNonNull(first.get(), "the search has not ended");
    assertThat(cut.exit()).describedAs(cut.said()).isEqualTo(130);
    assertThat(cut.trials()).isNotEmpty();
    assertThat(cut.interval().ending()).isEqualTo(CapacityEnding.UNFINISHED);
    int before = cut.trials().size();

    SearchedRun on =
        SearchedRun.ran(
            results,
            "interrupted",
            Stream.concat(
                    Stream.of(
                        "capacity",
                        "--load-engine",
                        "jmh",
                        "--results",
                        results.toString(),
                        "--resume",
                        "interrupted"),
                    Arrays.stream(search))
                .toList());
    assertThat(on.exit()).describedAs(on.said()).isZero();
    assertThat(on.interval().ending()).isEqualTo(CapacityEnding.TO_SUSTAINED);
    assertThat(on.interval().provenPerS()).isEqualTo(800);
    assertThat(on.trials().subList(0, before))
        .extracting(trial -> trial.rate().askedPerS())
        .isEqualTo(cut.trials().stream().map(trial -> trial.rate().askedPerS()).toList());
    assertThat(on.trials())
        .extracting(Trial::trial)
        .isEqualTo(IntStream.rangeClosed(1, on.trials().size()).boxed().toList());
    assertThat(Objects.requireNonNull(RunReader.read(on.folder()).lag()).timeline())
        .describedAs("the seconds of the trials before are kept")
        .anyMatch(second -> Integer.valueOf(1).equals(second.step()));
  }

  @Test
  @Tag("long")
  void eachOfSeveralReplicasHasItsOwnInterval() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of());
        EmbeddedServer second =
            EmbeddedServer.start(
                TestServers.onPath(),
                0,
                List.of("--replicaof", "127.0.0.1", Integer.toString(pair.source().port())))) {
      Endpoint other = second.endpoint(Side.REPLICA);
      SearchedRun run =
          SearchedRun.of(
              results,
              "several",
              with(
                  SHORT,
                  "--source",
                  "redis://127.0.0.1:" + pair.source().port(),
                  "--replica",
                  "redis://127.0.0.1:" + pair.replica().port(),
                  "--replica",
                  "redis://" + other.address(),
                  "--from",
                  "400",
                  "--to",
                  "800"));
      assertThat(run.exit()).describedAs(run.said()).isZero();
      assertThat(run.capacity().intervals())
          .extracting(CapacityInterval::replica)
          .containsExactlyInAnyOrder("127.0.0.1:" + pair.replica().port(), other.address());
      assertThat(run.capacity().intervals())
          .allSatisfy(interval -> assertThat(interval.provenPerS()).isEqualTo(800));
      assertThat(keysLeft(pair.source())).describedAs("only the load is left").isZero();
    }
  }

  @Test
  @Tag("long")
  void aClusterIsLoadedAtTheRateInAllAndItsWorstShardDecides() {
    SearchedRun run =
        SearchedRun.of(
            results,
            "cluster",
            with(SHORT, "--embedded", "--shards", "2", "--from", "400", "--to", "800"));
    assertThat(run.exit()).describedAs(run.said()).isZero();
    assertThat(run.interval().provenPerS()).isEqualTo(800);
    assertThat(run.trials())
        .allSatisfy(
            trial -> {
              assertThat(trial.shard()).isNotNull();
              assertThat(trial.rate().achievedPerS())
                  .isBetween(0.98 * trial.rate().askedPerS(), 1.02 * trial.rate().askedPerS());
            });
  }

  private static long keysLeft(Endpoint source) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      return connection.call("KEYS", "sa:several:*") instanceof Reply.Items items
          ? items.list().size()
          : -1;
    }
  }

  @Test
  @Tag("long")
  void whatStopsTheReplicaIsToldAndTheTrialsAreKept() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of())) {
      CompletableFuture<SearchedRun> running =
          CompletableFuture.supplyAsync(
              () ->
                  SearchedRun.of(
                      results,
                      "gone",
                      with(
                          SHORT,
                          "--source",
                          "redis://127.0.0.1:" + pair.source().port(),
                          "--replica",
                          "redis://127.0.0.1:" + pair.replica().port(),
                          "--from",
                          "400",
                          "--drain-timeout",
                          "5s")));
      Path csv = results.resolve("gone").resolve("capacity.csv");
      long begun = System.nanoTime();
      while (!Files.exists(csv) && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(2)) {
        Thread.sleep(100);
      }
      pair.replicaServer().close();
      SearchedRun run = running.get(3, TimeUnit.MINUTES);
      assertThat(run.exit()).describedAs(run.said()).isEqualTo(5);
      assertThat(run.trials()).isNotEmpty();
      assertThat(run.said()).contains("127.0.0.1:" + pair.replica().port());
    }
  }
}
