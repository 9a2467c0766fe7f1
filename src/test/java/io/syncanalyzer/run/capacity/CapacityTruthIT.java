package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.embedded.ThrottledPair;
import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.TrialOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs whose capacity is known, and what is found of it. */
@Tag("long")
class CapacityTruthIT {
  /** Beside the load; so few that their bytes are a small part of the stream. */
  private static final int SENTINELS = 300;

  private static final double BYTES_PER_SECOND = 1_500_000;

  private static final List<String> LOAD =
      List.of("--load-types", "string", "--load-value-size", "200");

  @TempDir Path results;

  /** Of a pair, what the stream's bytes say that its link brings. */
  private double knownCapacity(ThrottledPair pair) {
    StreamBytes begin = StreamBytes.at(pair.source(), List.of("set"));
    command(pair, "load", "--load-engine", "jmh", "--load-rate", "500", "--duration", "4s");
    StreamBytes load = StreamBytes.at(pair.source(), List.of("set")).since(begin);
    List<String> ofSentinels = List.of("set", "hset", "rpush", "lpush", "sadd", "zadd", "xadd");
    StreamBytes before = StreamBytes.at(pair.source(), ofSentinels);
    command(
        pair,
        "probe",
        "--sentinel-rate",
        "" + SENTINELS,
        "--warmup",
        "1s",
        "--duration",
        "4s",
        "--floor",
        "0s",
        "--keep");
    StreamBytes sentinels = StreamBytes.at(pair.source(), ofSentinels).since(before);
    return (BYTES_PER_SECOND - SENTINELS * sentinels.bytesPerWrite()) / load.bytesPerWrite();
  }

  private void command(ThrottledPair pair, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--source", "redis://" + pair.source().address()));
    if (words[0].equals("probe")) {
      all.addAll(List.of("--replica", "redis://" + pair.replica().address()));
    } else {
      all.addAll(LOAD);
    }
    all.addAll(List.of("--results", results.toString()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exit = AnalyzerCli.run(all, out, out, Map.of());
    assertThat(exit).describedAs(bytes.toString(StandardCharsets.UTF_8)).isZero();
  }

  private SearchedRun search(ThrottledPair pair, String name, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--source",
                "redis://" + pair.source().address(),
                "--replica",
                "redis://" + pair.replica().address(),
                "--sentinel-rate",
                "" + SENTINELS,
                "--trial",
                "8s",
                "--warmup",
                "2s",
                "--max-lag-p99",
                "200ms"));
    words.addAll(LOAD);
    words.addAll(List.of(options));
    return SearchedRun.of(results, name, words.toArray(String[]::new));
  }

  @Test
  void theIntervalHoldsTheRateAtWhichTheStreamMeetsTheLink() throws Exception {
    try (ThrottledPair pair = ThrottledPair.start(TestServers.onPath(), BYTES_PER_SECOND)) {
      double known = knownCapacity(pair);
      SearchedRun run = search(pair, "throttled");
      CapacityInterval found = run.interval();
      assertThat(run.exit()).describedAs(run.said()).isZero();
      assertThat(found.ending()).isEqualTo(CapacityEnding.FOUND);
      double proven = Objects.requireNonNull(found.provenPerS());
      double refuted = Objects.requireNonNull(found.refutedPerS());
      assertThat(proven)
          .describedAs("of %.0f: %s", known, run.said())
          .isGreaterThan(known * 0.85)
          .isLessThanOrEqualTo(known * 1.1);
      assertThat(refuted)
          .describedAs("of %.0f: %s", known, run.said())
          .isGreaterThanOrEqualTo(known * 0.9)
          .isLessThan(known * 1.15);
      assertThat(Math.sqrt(proven * refuted)).isCloseTo(known, within(known * 0.1));
    }
  }

  @Test
  void aLinkWhoseRateHalvesInTheMidstIsToldAsDriftAndNotAsAnInterval() throws Exception {
    try (ThrottledPair pair = ThrottledPair.start(TestServers.onPath(), BYTES_PER_SECOND)) {
      Thread halving =
          new Thread(
              () -> {
                try {
                  // Two trials after the first that was refuted: the search narrows down by then.
                  awaitTrialsAfterTheFirstRefuted(results.resolve("halved"), 3);
                  pair.link().set(BYTES_PER_SECOND / 2);
                } catch (InterruptedException | IOException e) {
                  Thread.currentThread().interrupt();
                }
              });
      halving.setDaemon(true);
      halving.start();
      SearchedRun run = search(pair, "halved");
      assertThat(run.interval().ending()).describedAs(run.said()).isEqualTo(CapacityEnding.DRIFT);
      assertThat(run.interval().provenPerS()).isNull();
      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.said()).contains("became slower");
    }
  }

  private static void awaitTrialsAfterTheFirstRefuted(Path run, int trials)
      throws InterruptedException, IOException {
    Path csv = run.resolve("capacity.csv");
    while (true) {
      if (Files.exists(csv)) {
        List<String> rows = Files.readAllLines(csv);
        int refuted = 0;
        while (refuted < rows.size() && !rows.get(refuted).contains(",refuted,")) {
          refuted++;
        }
        if (rows.size() > refuted + trials) {
          return;
        }
      }
      Thread.sleep(50);
    }
  }

  /** Of a replica that shares its core with so many others who never rest: what is found. */
  private SearchedRun besideNeighbours(int neighbours, String name) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of());
        BusyNeighbours busy = BusyNeighbours.on(pair.replicaServer().pid(), neighbours)) {
      SearchedRun run =
          SearchedRun.of(
              results,
              name,
              "--source",
              "redis://127.0.0.1:" + pair.source().port(),
              "--replica",
              "redis://127.0.0.1:" + pair.replica().port(),
              "--load-types",
              "zset",
              "--from",
              "250",
              "--trial",
              "6s",
              "--warmup",
              "1s",
              "--trials",
              "2",
              "--precision",
              "40%",
              "--sentinel-rate",
              "200",
              "--max-lag-p99",
              "1s");
      assertThat(busy.count()).describedAs("neighbours at the end").isEqualTo(neighbours);
      assertThat(run.interval().refutedPerS()).describedAs(run.said()).isNotNull();
      return run;
    }
  }

  @Test
  void aReplicaWithASmallerShareOfItsCoreIsFoundLower() throws Exception {
    CapacityInterval tenth = besideNeighbours(9, "a-tenth-of-a-core").interval();
    CapacityInterval fortieth = besideNeighbours(39, "a-fortieth-of-a-core").interval();
    assertThat(Objects.requireNonNull(fortieth.refutedPerS()))
        .describedAs("%s, and %s", tenth.words(), fortieth.words())
        .isLessThan(Objects.requireNonNull(tenth.provenPerS()));
  }

  @Test
  void aGeneratorThatCannotKeepUpIsTheLimitAndNotTheReplica() {
    SearchedRun run =
        SearchedRun.of(
            results,
            "slow-generator",
            "--embedded",
            "--load-threads",
            "1",
            "--load-pipeline",
            "1",
            "--load-value-size",
            "20000",
            "--load-types",
            "string",
            "--load-keys",
            "1000",
            "--from",
            "2000",
            "--trial",
            "8s",
            "--warmup",
            "1s",
            "--max-lag-p99",
            "5s");
    assertThat(run.interval().ending()).describedAs(run.said()).isEqualTo(CapacityEnding.GENERATOR);
    assertThat(run.trials().get(run.trials().size() - 1).trial()).isPositive();
    assertThat(run.trials())
        .anySatisfy(
            trial -> {
              assertThat(trial.outcome()).isEqualTo(TrialOutcome.INVALID);
              assertThat(trial.reason()).contains("another machine");
            });
    assertThat(run.trials()).noneMatch(trial -> trial.outcome() == TrialOutcome.REFUTED);
    assertThat(run.interval().refutedPerS()).isNull();
    assertThat(run.exit()).isEqualTo(4);
  }
}
