package io.syncanalyzer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.load.memtier.LoadLimits;
import io.syncanalyzer.load.memtier.LoadProfile;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.load.memtier.Ramp;
import io.syncanalyzer.load.proof.LoadProof;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.LoadRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole phase with every real memtier_benchmark of this machine. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RealMemtierIT {
  private static final List<Path> MEMTIERS = TestMemtier.all();

  @TempDir Path folder;

  static Stream<Arguments> profiles() {
    // Without one, a single row is left to say so.
    return MEMTIERS.isEmpty()
        ? Stream.of(Arguments.of("none", "strings"))
        : MEMTIERS.stream()
            .flatMap(
                memtier ->
                    LoadProfile.names().stream()
                        .map(name -> Arguments.of(memtier.toString(), name)));
  }

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyProfileIsProvedByTheSourceToTheLastOperation(String memtier, String profile) {
    TestMemtier.needed();
    try (EmbeddedServer server = start()) {
      LoadSummary summary =
          load(server.endpoint(Side.SOURCE), Path.of(memtier), profile, 1, OptionalLong.empty());

      assertThat(summary.incomplete()).isNull();
      LoadProof proof = summary.proof().orElseThrow();
      assertThat(proof.claimed()).isEqualTo(summary.operations()).isPositive();
      assertThat(proof.served()).isEqualTo(proof.claimed());
      assertThat(summary.errorReplies()).isEmpty();
      assertThat(summary.timeline()).isNotEmpty();
      LoadRow totals = totals(summary);
      // Over its real duration, whatever memtier takes that to be.
      assertThat(totals.opsPerS())
          .isCloseTo((double) summary.operations(), Percentage.withPercentage(30));
      assertThat(totals.latency().p50Nanos())
          .isPositive()
          .isLessThanOrEqualTo(totals.latency().p99Nanos());
      assertThat(totals.latency().maxNanos()).isGreaterThanOrEqualTo(totals.latency().p999Nanos());
      // Nobody else is there: what the source says it wrote is what the load wrote.
      long writes =
          summary.rows().stream()
              .filter(row -> row.kind() == CommandKind.WRITE)
              .mapToLong(row -> Objects.requireNonNull(row.count()))
              .sum();
      assertThat(proof.writes()).hasValue(writes);
      assertThat(proof.reads()).hasValue(summary.operations() - writes);
      assertThat(writes < summary.operations())
          .isEqualTo(List.of("mixed-read-write", "hot-keys").contains(profile));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void theDefaultProfileWritesEveryTypeUnderOurPrefixAndNothingElse(ServerBinary binary) {
    TestMemtier.needed();
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      load(server.endpoint(Side.SOURCE), MEMTIERS.get(0), "all-types", 1, OptionalLong.empty());

      long all = number(connection.expect("DBSIZE"));
      long counted = 0;
      for (String type : List.of("string", "hash", "list", "set", "zset", "stream")) {
        long keys =
            number(
                connection.expect(
                    "EVAL",
                    "local n=0; local c='0'; repeat local r=redis.call('SCAN',c,'MATCH',ARGV[1],"
                        + "'COUNT',1000,'TYPE',ARGV[2]); c=r[1]; n=n+#r[2] until c=='0'; return n",
                    "0",
                    "sa:load:" + type + ":*",
                    type));
        assertThat(keys).as(type).isPositive();
        counted += keys;
      }
      assertThat(counted).isEqualTo(all);
    }
  }

  @Test
  void aReadOnlySourceEndsTheLoadWithinSeconds() {
    TestMemtier.needed();
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      long start = System.nanoTime();
      LoadSummary summary =
          load(pair.replica(), MEMTIERS.get(0), "strings", 30, OptionalLong.empty());

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(summary.incomplete())
          .contains(" READONLY (`READONLY You can't write against a read only replica.`)")
          .endsWith("it is a read-only replica; point --source at its source");
      assertThat(summary.errorReplies()).containsOnlyKeys("READONLY");
      assertThat(folder.resolve("memtier_benchmark.stderr")).isNotEmptyFile();
    }
  }

  @Test
  void aFullSourceEndsTheLoad() {
    TestMemtier.needed();
    try (EmbeddedServer server =
        EmbeddedServer.start(TestServers.onPath(), 0, List.of("--maxmemory", "4mb"))) {
      LoadSummary summary =
          load(
              server.endpoint(Side.SOURCE),
              MEMTIERS.get(0),
              "large-values",
              30,
              OptionalLong.empty());

      assertThat(summary.incomplete()).contains(" OOM (").contains("raise it or load less");
    }
  }

  @Test
  void aRateIsKept() {
    TestMemtier.needed();
    assumeThat(MEMTIERS.get(0).toString()).doesNotContain("1.4.0");
    try (EmbeddedServer server = start()) {
      LoadSummary summary =
          load(server.endpoint(Side.SOURCE), MEMTIERS.get(0), "strings", 2, OptionalLong.of(1000));

      assertThat(summary.incomplete()).isNull();
      assertThat(totals(summary).opsPerS()).isCloseTo(1000, Percentage.withPercentage(30));
      assertThat(totals(summary).asked().perS()).isEqualTo(1000);
    }
  }

  @Test
  void aRampHasARowForEachStepAndFilesForEach() {
    TestMemtier.needed();
    try (EmbeddedServer server = start()) {
      LoadSummary summary =
          new LoadPhase(progress -> {})
              .run(
                  request(
                      server.endpoint(Side.SOURCE),
                      MEMTIERS.get(0),
                      "strings",
                      Optional.empty(),
                      OptionalLong.empty(),
                      Optional.of(Ramp.parse("500:1500:500:1s")),
                      List.of()));

      assertThat(summary.incomplete()).isNull();
      List<LoadRow> totals = summary.rows().stream().filter(LoadRow::isTotals).toList();
      assertThat(totals).extracting(LoadRow::step).containsExactly(1, 2, 3);
      assertThat(totals)
          .allSatisfy(
              row ->
                  assertThat(row.opsPerS())
                      .isCloseTo(
                          (double) Objects.requireNonNull(row.asked().perS()),
                          Percentage.withPercentage(30)));
      assertThat(folder.resolve("memtier_benchmark.txt")).isNotEmptyFile();
      assertThat(folder.resolve("memtier_benchmark-step3.json")).isNotEmptyFile();
    }
  }

  @Test
  void everyStepOfARampOfShortStepsHasLagsAndSoHasTheLast() throws IOException {
    TestMemtier.needed();
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      String brief =
          "load-and-verify --memtier-profile strings --ramp 200:1000:200:1s --warmup 1s"
              + " --baseline 0s --initial-verify off --sentinel-rate 200 --run-id r --quiet";
      List<String> words = new ArrayList<>(List.of(brief.split(" ", -1)));
      words.addAll(List.of("--source", "redis://" + pair.source().address()));
      words.addAll(List.of("--replica", "redis://" + pair.replica().address()));
      words.addAll(List.of("--memtier", MEMTIERS.get(0).toString()));
      words.addAll(List.of("--results", folder.toString()));
      assertThat(AnalyzerCli.run(words, System.out, System.err, Map.of())).isZero();
    }
    for (int step = 1; step <= 5; step++) {
      for (String percentile : List.of("50", "max")) {
        List<String> row = lagOfStep(step, percentile);
        assertThat(row.get(2)).as("upper_us of step %d", step).matches("\\d+");
        assertThat(row.get(3)).as("lower_us of step %d", step).matches("\\d+");
        // Some 200, less what fell beside it where a step began late.
        assertThat(Long.parseLong(row.get(5))).as("samples of step %d", step).isBetween(50L, 600L);
      }
    }
    assertThat(folder.resolve("r/lag.csv")).content().doesNotContainPattern("(?m),6,$");
  }

  private List<String> lagOfStep(int step, String percentile) throws IOException {
    String whole = "load," + percentile + ",";
    List<String> rows =
        Files.readAllLines(folder.resolve("r/lag.csv")).stream()
            .filter(row -> row.startsWith(whole) && row.endsWith("," + step + ","))
            .toList();
    assertThat(rows).as("%s of step %d", percentile, step).hasSize(1);
    return List.of(rows.get(0).split(",", -1));
  }

  @Test
  void thePasswordReachesMemtierAndNoFile() throws IOException {
    TestMemtier.needed();
    String password = "pa:ss-4711";
    try (EmbeddedServer server =
        EmbeddedServer.start(TestServers.onPath(), 0, List.of("--requirepass", password))) {
      LoadSummary summary =
          load(
              server
                  .endpoint(Side.SOURCE)
                  .withCredentials(Optional.empty(), Optional.of(new Secret(password))),
              MEMTIERS.get(0),
              "strings",
              1,
              OptionalLong.empty());

      assertThat(summary.incomplete()).isNull();
      assertThat(summary.rows().get(0).latency().maxNanos()).isPositive();
      for (Path file : summary.files()) {
        assertThat(Files.readString(file)).doesNotContain(password);
      }
    }
  }

  @Test
  void anInterruptedLoadKeepsItsResultsAndLeavesNoProcess() throws Exception {
    TestMemtier.needed();
    try (EmbeddedServer server = start()) {
      LoadSummary[] summary = new LoadSummary[1];
      Thread phase =
          new Thread(
              () ->
                  summary[0] =
                      load(
                          server.endpoint(Side.SOURCE),
                          MEMTIERS.get(0),
                          "strings",
                          60,
                          OptionalLong.empty()));
      phase.start();
      Thread.sleep(2500);
      long start = System.nanoTime();
      phase.interrupt();
      phase.join(20_000);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(summary[0].incomplete()).isEqualTo("interrupted");
      assertThat(summary[0].operations()).isPositive();
      assertThat(ProcessHandle.current().descendants())
          .noneMatch(child -> child.info().command().orElse("").contains("memtier"));
    }
  }

  @Test
  void anOptionThatThisVersionDoesNotKnowIsQuotedWithTheVersion() {
    TestMemtier.needed();
    try (EmbeddedServer server = start()) {
      LoadRequest request =
          request(
              server.endpoint(Side.SOURCE),
              MEMTIERS.get(0),
              "strings",
              Optional.of(Duration.ofSeconds(1)),
              OptionalLong.empty(),
              Optional.empty(),
              List.of("--bogus"));

      assertThatThrownBy(() -> LoadPhase.check(request, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("after --: memtier_benchmark \\S+ has no option --bogus; .*");
    }
  }

  @Test
  void whatMemtierRefusesOfAKnownOptionIsSaidInItsOwnWordsBeforeItConnects() {
    TestMemtier.needed();
    try (EmbeddedServer server = start()) {
      for (Path memtier : MEMTIERS) {
        LoadRequest request =
            request(
                server.endpoint(Side.SOURCE),
                memtier,
                "strings",
                Optional.of(Duration.ofSeconds(1)),
                OptionalLong.empty(),
                Optional.empty(),
                List.of("--pipeline=0"));

        assertThatThrownBy(() -> LoadPhase.check(request, ""))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageMatching("memtier_benchmark \\S+ refuses its arguments .*pipeline.*");
      }
    }
  }

  private static EmbeddedServer start() {
    return EmbeddedServer.start(TestServers.onPath(), 0, List.of());
  }

  private static LoadRow totals(LoadSummary summary) {
    return summary.rows().stream().filter(LoadRow::isTotals).findFirst().orElseThrow();
  }

  private static long number(Reply reply) {
    return ((Reply.Int) reply).value();
  }

  private LoadSummary load(
      Endpoint source, Path memtier, String profile, int seconds, OptionalLong rate) {
    return new LoadPhase(progress -> {})
        .run(
            request(
                source,
                memtier,
                profile,
                Optional.of(Duration.ofSeconds(seconds)),
                rate,
                Optional.empty(),
                List.of()));
  }

  private LoadRequest request(
      Endpoint source,
      Path memtier,
      String profile,
      Optional<Duration> duration,
      OptionalLong rate,
      Optional<Ramp> ramp,
      List<String> passThrough) {
    return new LoadRequest(
        Topology.single(source),
        folder,
        new MemtierLocation.AtPath(memtier),
        profile,
        duration,
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        rate,
        ramp,
        passThrough,
        LoadLimits.DEFAULT);
  }
}
