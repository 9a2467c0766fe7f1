package io.syncanalyzer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
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
        .layer("run")
        .definedBy("..syncanalyzer.run..")
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
        .layer("sentinel")
        .definedBy("..syncanalyzer.sentinel..")
        .layer("embedded")
        .definedBy("..syncanalyzer.embedded..")
        .layer("redis")
        .definedBy("..syncanalyzer.redis..")
        .layer("time")
        .definedBy("..syncanalyzer.time..")
        .withOptionalLayers(true)
        .whereLayer("Main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("Main")
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("Main", "cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("Main", "cli", "run")
        .whereLayer("load")
        .mayOnlyBeAccessedByLayers("Main", "cli", "run", "report")
        .whereLayer("insert")
        .mayOnlyBeAccessedByLayers("Main", "cli", "run", "report")
        .whereLayer("probe")
        .mayOnlyBeAccessedByLayers("Main", "cli", "run", "report", "insert")
        .whereLayer("verify")
        .mayOnlyBeAccessedByLayers("Main", "cli", "run", "report")
        .whereLayer("redis")
        .mayNotAccessAnyLayer()
        .whereLayer("time")
        .mayNotAccessAnyLayer()
        .whereLayer("sentinel")
        .mayOnlyAccessLayers("redis", "time")
        .whereLayer("embedded")
        .mayOnlyAccessLayers("redis", "time")
        .check(CLASSES);
  }

  @Test
  void eachOutsideLibraryHasItsOwnDoor() {
    Map<String, List<String>> doors =
        Map.of(
            "picocli..", List.of("io.syncanalyzer.cli.."),
            "org.openjdk.jmh..", List.of("io.syncanalyzer.insert.."),
            "org.HdrHistogram..",
                List.of(
                    "io.syncanalyzer.probe..",
                    "io.syncanalyzer.insert..",
                    // memtier prints its latencies as HdrHistograms; load decodes them.
                    "io.syncanalyzer.load..",
                    // The page draws distributions from the recorded histograms.
                    "io.syncanalyzer.report.."),
            "org.apache.commons.csv..", List.of("io.syncanalyzer.report.."),
            "io.prometheus..", List.of("io.syncanalyzer.probe.."),
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
  void theHouseIsNotEmpty() {
    assertThat(CLASSES.size()).isGreaterThan(10);
  }
}
