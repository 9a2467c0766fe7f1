package io.syncanalyzer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the house: arrows run one way, phases never meet, each library has one door. */
class HouseTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // What JMH generates lies in the package of its benchmark and answers to JMH alone.
          .withImportOption(location -> !location.contains("jmh_generated"))
          .importPackages("io.syncanalyzer");

  @Test
  void arrowsRunOnlyTheWayTheHouseIsDrawn() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.syncanalyzer..")
        .layer("Main")
        .definedBy("io.syncanalyzer")
        .layer("cli")
        .definedBy("..syncanalyzer.cli..")
        .layer("bench")
        .definedBy("..syncanalyzer.bench..")
        .layer("selftest")
        .definedBy("..syncanalyzer.selftest..")
        .layer("run")
        .definedBy("..syncanalyzer.run..")
        .layer("capacity")
        .definedBy("..syncanalyzer.capacity..")
        .layer("cause")
        .definedBy("..syncanalyzer.cause..")
        .layer("statistics")
        .definedBy("..syncanalyzer.statistics..")
        .layer("metrics")
        .definedBy("..syncanalyzer.metrics..")
        .layer("report")
        .definedBy("..syncanalyzer.report..")
        .layer("load")
        .definedBy("..syncanalyzer.load..")
        .layer("insert")
        .definedBy("..syncanalyzer.insert..")
        .layer("probe")
        .definedBy("..syncanalyzer.probe..")
        .layer("verify")
        .definedBy("..syncanalyzer.verify..")
        .layer("spark")
        .definedBy("..syncanalyzer.spark..")
        .layer("fence")
        .definedBy("..syncanalyzer.fence..")
        .layer("result")
        .definedBy("..syncanalyzer.result..")
        .layer("sentinel")
        .definedBy("..syncanalyzer.sentinel..")
        .layer("embedded")
        .definedBy("..syncanalyzer.embedded..")
        .layer("redis")
        .definedBy("..syncanalyzer.redis..")
        .layer("json")
        .definedBy("..syncanalyzer.json..")
        .layer("time")
        .definedBy("..syncanalyzer.time..")
        .withOptionalLayers(true)
        .whereLayer("Main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("bench")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("Main")
        .whereLayer("selftest")
        .mayOnlyBeAccessedByLayers("Main", "cli")
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest")
        .whereLayer("capacity")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run")
        .whereLayer("capacity")
        .mayOnlyAccessLayers("statistics", "result")
        .whereLayer("cause")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run")
        .whereLayer("cause")
        .mayOnlyAccessLayers("result")
        .whereLayer("statistics")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run", "capacity", "report")
        .whereLayer("statistics")
        .mayNotAccessAnyLayer()
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run")
        .whereLayer("metrics")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run")
        .whereLayer("metrics")
        .mayOnlyAccessLayers("result")
        .whereLayer("load")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run")
        .whereLayer("insert")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run", "bench")
        .whereLayer("probe")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run", "insert", "bench")
        .whereLayer("verify")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run", "spark", "bench")
        .whereLayer("spark")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run")
        .whereLayer("spark")
        .mayOnlyAccessLayers("verify", "fence", "result", "json", "redis", "time")
        .whereLayer("fence")
        .mayOnlyBeAccessedByLayers("Main", "cli", "selftest", "run", "verify", "spark", "bench")
        .whereLayer("fence")
        .mayOnlyAccessLayers("result", "sentinel", "embedded", "json", "redis", "time")
        .whereLayer("result")
        .mayOnlyAccessLayers("json", "redis", "time")
        .whereLayer("redis")
        .mayOnlyAccessLayers("time")
        .whereLayer("json")
        .mayNotAccessAnyLayer()
        .whereLayer("time")
        .mayNotAccessAnyLayer()
        .whereLayer("sentinel")
        .mayOnlyAccessLayers("redis", "time")
        .whereLayer("embedded")
        .mayOnlyAccessLayers("redis", "time")
        .check(CLASSES);
  }

  /**
   * Which of the other rooms of its room each may know: that room itself where it is the lowest, as
   * {@code redis} is.
   */
  private static final Map<String, Set<String>> SUB_ROOMS =
      Map.ofEntries(
          entry("verify.server", Set.of()),
          entry("verify.resume", Set.of("verify.server")),
          entry("verify.value", Set.of("verify.server")),
          entry("verify.scan", Set.of("verify.server", "verify.value")),
          entry("verify.found", Set.of("verify.server", "verify.value", "verify.scan")),
          entry(
              "verify.look",
              Set.of("verify.server", "verify.value", "verify.scan", "verify.found")),
          entry("verify.settle", Set.of("verify.server", "verify.value", "verify.found")),
          entry(
              "verify.attempt",
              Set.of(
                  "verify.server",
                  "verify.resume",
                  "verify.scan",
                  "verify.found",
                  "verify.settle")),
          entry(
              "verify.pass",
              Set.of(
                  "verify.server",
                  "verify.resume",
                  "verify.value",
                  "verify.scan",
                  "verify.found",
                  "verify.look",
                  "verify.settle",
                  "verify.attempt")),
          entry(
              "verify.partition",
              Set.of(
                  "verify",
                  "verify.server",
                  "verify.resume",
                  "verify.scan",
                  "verify.found",
                  "verify.attempt")),
          entry("spark.mirror", Set.of()),
          entry("report.files", Set.of()),
          entry("report.page", Set.of("report.files")),
          entry("report.screen", Set.of("report.files")),
          entry("report.markdown", Set.of("report.files")),
          entry("report.compare", Set.of("report.files", "report.page", "report.screen")),
          entry("result.capacity", Set.of("result.figure")),
          entry("result.figure", Set.of()),
          entry("result.lag", Set.of("result.figure")),
          entry("result.verify", Set.of("result.figure")),
          entry("probe.figures", Set.of()),
          entry("probe.write", Set.of("probe.figures")),
          entry("probe.cost", Set.of()),
          entry("probe.observe", Set.of("probe.figures", "probe.write", "probe.cost")),
          entry(
              "probe.timeline",
              Set.of("probe.figures", "probe.write", "probe.observe", "probe.cost")),
          entry("load.proof", Set.of()),
          entry("load.memtier", Set.of("load.proof")),
          entry("load.output", Set.of("load.memtier")),
          entry("load.process", Set.of("load.memtier", "load.output")),
          entry("run.servers", Set.of()),
          entry("run.record", Set.of("run.servers")),
          entry("run.verify", Set.of("run.record")),
          entry("run.load", Set.of("run.record")),
          entry("run.lag", Set.of("run.record", "run.servers")),
          entry(
              "run.capacity",
              Set.of("run.record", "run.servers", "run.drain", "run.lag", "run.load")),
          entry("run.clean", Set.of("run.record", "run.servers")),
          entry("run.drain", Set.of("run.record", "run.servers")),
          entry("cli.words", Set.of()),
          entry("cli.options", Set.of("cli.words")),
          entry("redis.tls", Set.of("redis")),
          entry("redis.wire", Set.of("redis", "redis.tls")),
          entry("redis.server", Set.of("redis", "redis.wire")),
          entry("redis.topology", Set.of("redis", "redis.wire", "redis.server")),
          entry("result.load", Set.of("result.figure")),
          entry("insert.fork", Set.of()),
          entry("insert.load", Set.of("insert.fork")));

  @Test
  void subRoomsKnowOnlyThoseBelowThem() {
    SUB_ROOMS.forEach(
        (room, below) -> {
          String inside = room.substring(0, room.indexOf('.'));
          String[] others =
              Stream.concat(
                      Stream.of(inside),
                      SUB_ROOMS.keySet().stream().filter(other -> other.startsWith(inside + ".")))
                  .filter(other -> !other.equals(room) && !below.contains(other))
                  .map(other -> "io.syncanalyzer." + other)
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage("io.syncanalyzer." + room)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .check(CLASSES);
        });
  }

  @Test
  void everySubRoomIsNamedHere() {
    assertThat(
            CLASSES.stream()
                .map(one -> one.getPackageName().replace("io.syncanalyzer", ""))
                .filter(name -> name.indexOf('.', 1) > 0)
                .map(name -> name.substring(1)))
        .allMatch(SUB_ROOMS::containsKey);
  }

  @Test
  void noRoomKnowsOneThatKnowsIt() {
    slices().matching("io.syncanalyzer.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void eachOutsideLibraryHasItsOwnDoor() {
    Map<String, List<String>> doors =
        Map.of(
            "org.apache.commons.statistics..", List.of("io.syncanalyzer.statistics.."),
            "picocli..", List.of("io.syncanalyzer.cli.."),
            "org.openjdk.jmh..", List.of("io.syncanalyzer.insert..", "io.syncanalyzer.bench.."),
            "org.HdrHistogram..",
                List.of(
                    "io.syncanalyzer.probe..",
                    "io.syncanalyzer.insert..",
                    // memtier prints its latencies as HdrHistograms; load decodes them.
                    "io.syncanalyzer.load..",
                    // The page draws distributions from the recorded histograms.
                    "io.syncanalyzer.report.files..",
                    "io.syncanalyzer.report.page.."),
            "org.apache.commons.csv..", List.of("io.syncanalyzer.report.files.."),
            "com.google.gson..", List.of("io.syncanalyzer.json.."),
            "org.apache.spark..", List.of("io.syncanalyzer.spark.."),
            "io.prometheus..", List.of("io.syncanalyzer.metrics.."),
            "redis.clients..", List.of("io.syncanalyzer.redis.."),
            "redis.embedded..", List.of("io.syncanalyzer.embedded.."));
    doors.forEach(
        (library, rooms) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(rooms.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .check(CLASSES));
  }

  @Test
  void onlyMainEndsTheJvm() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.syncanalyzer.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void onlyTimeAsksTheMachineForTheTime() {
    assertThat(
            CLASSES.stream()
                .filter(one -> !one.getPackageName().equals("io.syncanalyzer.time"))
                .flatMap(
                    one ->
                        Stream.concat(
                            one.getMethodCallsFromSelf().stream(),
                            one.getMethodReferencesFromSelf().stream()))
                .filter(HouseTest::asksTheMachine)
                .map(JavaAccess::getDescription))
        .isEmpty();
  }

  /** Of System and of java.time, where that is not given a clock. */
  private static boolean asksTheMachine(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String method = access.getName();
    if (owner.equals("java.lang.System")) {
      return method.equals("nanoTime") || method.equals("currentTimeMillis");
    }
    return owner.startsWith("java.time.")
        && (method.startsWith("system")
            || (method.equals("now")
                && !access.getTarget().getFullName().contains("java.time.Clock)")));
  }

  @Test
  void theHouseIsNotEmpty() {
    assertThat(CLASSES.size()).isGreaterThan(10);
  }
}
