package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.load.Fixtures;
import io.syncanalyzer.load.memtier.MemtierPlan.Launch;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemtierPlanTest {
  private static final MemtierFeatures NEW = Fixtures.features("2.3.1", true);
  private static final MemtierFeatures MIDDLE = Fixtures.features("2.1.4", false);
  private static final MemtierFeatures OLD = Fixtures.features("1.4.0", false);

  @TempDir Path folder;

  @Test
  void aNewMemtierWritesAllTypesFromOneProcess() {
    MemtierPlan plan = MemtierPlan.of(request("all-types"), NEW);

    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.stages()).hasSize(1);
    assertThat(only(plan).label()).isEmpty();
    assertThat(only(plan).options())
        .contains(
            "--command=HSET sa:load:hash:{__key__} f1 __data__ f2 __data__", "--test-time=20");
  }

  @Test
  void anOldMemtierGetsAProcessForEachTypeAndTheUserIsTold() {
    List<Launch> launches = MemtierPlan.of(request("all-types"), MIDDLE).stages().get(0).launches();

    assertThat(launches)
        .extracting(Launch::label)
        .containsExactly("", "hash", "list", "set", "zset", "stream");
    assertThat(launches.get(2).options())
        .contains(
            "--key-prefix=sa:load:list:",
            "--command=RPUSH __key__ __data__ __data__",
            "--command=LTRIM __key__ -32 -1",
            "--threads=1")
        .noneMatch(argument -> argument.contains("HSET"));
    // 20 connections over weights 4, 2, 2, 2, 2, 1.
    assertThat(launches)
        .extracting(launch -> argument(launch, "--clients="))
        .containsExactly("6", "3", "3", "3", "3", "2");
    assertThat(MemtierPlan.of(request("all-types"), MIDDLE).warnings())
        .singleElement()
        .asString()
        .contains("2.1.4 cannot join __key__", "6 processes");
  }

  @Test
  void aKeyThatNoPrefixCanStandForIsRefusedForAnOldMemtier() throws IOException {
    Path file = write("--command=SET a:__key__:b __data__");

    assertThatThrownBy(() -> MemtierPlan.of(request(file.toString()), MIDDLE))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("memtier_benchmark 2.1.4 cannot join")
        .hasMessageContaining("`SET a:__key__:b __data__`");
    assertThat(MemtierPlan.of(request(file.toString()), NEW).warnings()).isEmpty();
  }

  @Test
  void optionsOverrideTheProfileAndWhatFollowsTheDashesOverridesBoth() {
    LoadRequest request =
        new LoadRequest(
            Topology.single(Endpoint.parse(Side.SOURCE, "redis://h")),
            folder,
            new MemtierLocation.OnPath(),
            "strings",
            Optional.of(Duration.ofSeconds(7)),
            OptionalInt.of(3),
            OptionalInt.of(5),
            OptionalInt.of(9),
            OptionalLong.empty(),
            Optional.empty(),
            List.of("-d", "7", "--pipeline=11"),
            LoadLimits.DEFAULT);

    List<String> options = only(MemtierPlan.of(request, NEW)).options();

    assertThat(options)
        .contains("--clients=3", "--threads=5", "--test-time=7")
        .doesNotContain("--clients=10", "--threads=2");
    assertThat(options.subList(options.size() - 3, options.size()))
        .containsExactly("-d", "7", "--pipeline=11");
    assertThat(options.indexOf("--pipeline=9")).isLessThan(options.indexOf("--pipeline=11"));
  }

  @Test
  void aTotalRateIsSpreadOverTheConnections() {
    MemtierPlan plan = MemtierPlan.of(rated(5000), NEW);

    assertThat(only(plan).options())
        .contains("--threads=2", "--clients=10", "--rate-limiting=250")
        .doesNotContain("--clients=9");
    assertThat(plan.stages().get(0).rate()).hasValue(5000);
  }

  @Test
  void aRateThatCannotBeKeptExactlyIsSaid() {
    assertThat(MemtierPlan.of(rated(51), NEW).warnings()).isEmpty();
    LoadRequest one = withPassThrough(rated(51), List.of("-c", "1", "-t", "1"));
    assertThat(MemtierPlan.of(one, NEW).warnings())
        .singleElement()
        .asString()
        .contains("51/s does not divide", "it will be 50/s");
  }

  @Test
  void connectionsAfterTheDashesThatWouldChangeTheRateAreRefused() {
    assertThatThrownBy(
            () -> MemtierPlan.of(withPassThrough(rated(100), List.of("-c", "50", "-t", "4")), NEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100/s cannot be divided over 4 threads of 50 connections");
    assertThatThrownBy(
            () -> MemtierPlan.of(withPassThrough(rated(100), List.of("--rate-limiting=5")), NEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both --rate-limiting and --load-rate");
  }

  @Test
  void aTestTimeAfterTheDashesIsRefusedWhereADurationIsAskedForToo() {
    LoadRequest open = withPassThrough(request("strings"), List.of("--test-time=5"));
    assertThat(only(MemtierPlan.of(open, NEW)).options()).contains("--test-time=5");
    LoadRequest timed =
        withPassThrough(
            withDuration(request("strings"), Duration.ofSeconds(9)), List.of("--test-time=5"));
    assertThatThrownBy(() -> MemtierPlan.of(timed, NEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both --test-time and --duration");
  }

  @Test
  void anOptionAfterTheDashesThatThisMemtierLacksIsRefused() {
    LoadRequest cut = withPassThrough(request("strings"), List.of("--data-siz=5"));
    assertThatThrownBy(() -> MemtierPlan.of(cut, NEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("after --: memtier_benchmark")
        .hasMessageContaining("has no option --data-siz");
  }

  @Test
  void aMemtierWithoutRateLimitingIsRefusedForARate() {
    assertThatThrownBy(() -> MemtierPlan.of(rated(100), OLD))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("memtier_benchmark 1.4.0 has no --rate-limiting");
  }

  @Test
  void aRampIsAStageForEachStep() {
    LoadRequest base = request("strings");
    LoadRequest request =
        new LoadRequest(
            base.source(),
            folder,
            base.memtier(),
            "strings",
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.of(Ramp.parse("1000:3000:1000:4s")),
            List.of(),
            LoadLimits.DEFAULT);

    MemtierPlan plan = MemtierPlan.of(request, NEW);

    assertThat(plan.stages())
        .extracting(stage -> stage.step().orElseThrow())
        .containsExactly(1, 2, 3);
    assertThat(plan.stages())
        .allSatisfy(
            stage -> {
              assertThat(stage.expected()).isEqualTo(Duration.ofSeconds(4));
              assertThat(stage.launches().get(0).options()).contains("--test-time=4");
            });
    assertThat(plan.stages().get(2).launches().get(0).options()).contains("--rate-limiting=150");
  }

  @Test
  void hotKeysFallBackToABellCurveWhereMemtierKnowsNoZipf() {
    MemtierPlan plan = MemtierPlan.of(request("hot-keys"), OLD);

    assertThat(only(plan).options())
        .contains("--key-pattern=G:G", "--key-stddev=1000")
        .noneMatch(argument -> argument.contains("zipf"));
    assertThat(plan.warnings()).singleElement().asString().contains("knows no Zipf distribution");
  }

  @Test
  void partsOfASecondAreRoundedUpAndThatIsSaid() {
    LoadRequest base = request("strings");
    LoadRequest request = withDuration(base, Duration.ofMillis(1200));

    MemtierPlan plan = MemtierPlan.of(request, NEW);

    assertThat(only(plan).options()).contains("--test-time=2");
    assertThat(plan.warnings()).singleElement().asString().contains("loads for 2 s, not 1200 ms");
  }

  @Test
  void aNumberOfRequestsStandsInForADuration() throws IOException {
    LoadRequest request = withPassThrough(request("strings"), List.of("-n", "100"));

    MemtierPlan plan = MemtierPlan.of(request, NEW);

    assertThat(only(plan).options()).noneMatch(argument -> argument.startsWith("--test-time"));
    assertThat(plan.stages().get(0).expected()).isZero();
    Path file = write("--requests=5");
    assertThat(only(MemtierPlan.of(request(file.toString()), NEW)).options())
        .contains("--requests=5")
        .noneMatch(argument -> argument.startsWith("--test-time"));
  }

  @Test
  void bothANumberOfRequestsAndADurationAreRefused() throws IOException {
    Path both = write("-n 100\n--test-time=3");
    Path requests = write("-n 100");
    Duration asked = Duration.ofSeconds(3);

    assertThatThrownBy(() -> MemtierPlan.of(request(both.toString()), NEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both a number of requests (-n) and --test-time");
    assertThatThrownBy(() -> MemtierPlan.of(withDuration(request(requests.toString()), asked), NEW))
        .hasMessageContaining("both a number of requests (-n) and --duration");
    assertThatThrownBy(
            () ->
                MemtierPlan.of(
                    withPassThrough(withDuration(request("strings"), asked), List.of("-n5")), NEW))
        .hasMessageContaining("after --: both a number of requests (-n) and --duration");
    assertThatThrownBy(
            () ->
                MemtierPlan.of(
                    withPassThrough(request("strings"), List.of("-n", "5", "--test-time", "2")),
                    NEW))
        .hasMessageContaining("after --: both");
  }

  @Test
  void anUnknownOptionIsRefusedWithItsPlaceAndTheVersion() throws IOException {
    Path file = write("--ratio=1:0\n--bogus=3");

    assertThatThrownBy(() -> MemtierPlan.of(request(file.toString()), NEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2: memtier_benchmark 2.3.1 has no option --bogus");
    Path newer = write("--key-zipf-exp=2");
    assertThatThrownBy(() -> MemtierPlan.of(request(newer.toString()), OLD))
        .hasMessageContaining("memtier_benchmark 1.4.0 has no option --key-zipf-exp");
  }

  @Test
  void whatOnlyTheAnalyzerMaySayIsRefusedWithTheReason() throws IOException {
    Path file = write("--authenticate=me");

    assertThatThrownBy(() -> MemtierPlan.of(request(file.toString()), NEW))
        .hasMessageContaining("line 1: --authenticate is not yours to give");
    for (String argument : List.of("-o", "--json-out-file=x", "-p1", "-s", "--uri=redis://h")) {
      assertThatThrownBy(
              () -> MemtierPlan.of(withPassThrough(request("strings"), List.of(argument)), NEW))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not yours to give");
    }
  }

  private static Launch only(MemtierPlan plan) {
    assertThat(plan.stages()).hasSize(1);
    assertThat(plan.stages().get(0).launches()).hasSize(1);
    return plan.stages().get(0).launches().get(0);
  }

  private static String argument(Launch launch, String start) {
    return launch.options().stream()
        .filter(argument -> argument.startsWith(start))
        .map(argument -> argument.substring(start.length()))
        .findFirst()
        .orElseThrow();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "profile", ".txt"), text);
  }

  private LoadRequest request(String profile) {
    LoadRequest base =
        LoadRequest.of(Topology.single(Endpoint.parse(Side.SOURCE, "redis://h")), folder);
    return copy(base, profile, base.duration(), base.rate(), base.passThrough());
  }

  private LoadRequest rated(long rate) {
    LoadRequest base = request("strings");
    return copy(base, "strings", base.duration(), OptionalLong.of(rate), base.passThrough());
  }

  private static LoadRequest withDuration(LoadRequest base, Duration duration) {
    return copy(base, base.profile(), Optional.of(duration), base.rate(), base.passThrough());
  }

  private static LoadRequest withPassThrough(LoadRequest base, List<String> arguments) {
    return copy(base, base.profile(), base.duration(), base.rate(), arguments);
  }

  private static LoadRequest copy(
      LoadRequest base,
      String profile,
      Optional<Duration> duration,
      OptionalLong rate,
      List<String> passThrough) {
    return new LoadRequest(
        base.source(),
        base.runFolder(),
        base.memtier(),
        profile,
        duration,
        base.clients(),
        base.threads(),
        base.pipeline(),
        rate,
        base.ramp(),
        passThrough,
        base.limits());
  }
}
