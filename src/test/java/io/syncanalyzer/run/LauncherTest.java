package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java {@code bin/analyzer} takes, and what it tells it: a script that prints its words. */
class LauncherTest {
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ";

  @TempDir Path folder;

  private Launcher launcher;

  @BeforeEach
  void unpack() throws IOException {
    launcher =
        Launcher.unpack(
            folder.resolve("the analyzer"), Files.writeString(folder.resolve("a.jar"), "a jar"));
  }

  @ParameterizedTest
  @CsvSource({
    "--version, quick",
    "--help, quick",
    "verify, quick",
    "report, quick",
    "clean, quick",
    "load-and-verify, plain",
    "load, plain",
    "probe, plain",
    "capacity, plain",
    "drill, plain",
    "watch, plain",
    "selftest, plain",
    "jmh, plain",
    "@file, plain",
  })
  void whatIsShortIsStartedWithoutAnOptimizingCompiler(String command, String how)
      throws Exception {
    assertThat(told(Map.of("ANALYZER_JAVA_CACHE", "off"), java(17), command, "a b"))
        .isEqualTo((how.equals("quick") ? QUICK : "") + "-jar " + jar() + " " + command + " a b");
  }

  @ParameterizedTest
  @CsvSource({
    "17, verify, -XX:SharedArchiveFile=",
    "24, probe, -XX:SharedArchiveFile=",
    "25, --help, -XX:AOTCache=",
    "26, load-and-verify, -XX:AOTCache=",
  })
  void anArchiveThatIsThereIsUsed(int feature, String command, String option) throws Exception {
    Path java = java(feature);
    Path archive = archiveBesideTheJar(feature);

    assertThat(told(Map.of(), java, command))
        .contains(option + archive.toRealPath())
        .endsWith("-jar " + jar() + " " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jmh", "@file"})
  void whatJmhHandsOnToItsForksIsNothing(String command) throws Exception {
    Path java = java(17);
    archiveBesideTheJar(17);

    assertThat(told(Map.of(), java, command)).isEqualTo("-jar " + jar() + " " + command);
  }

  @ParameterizedTest
  @CsvSource({
    "ANALYZER_JAVA_OPTS, -Xmx99m -Da=b, -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx99m -Da=b",
    "JAVA_OPTS, -Xmx99m, -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx99m",
    "ANALYZER_JAVA_OPTS, -XX:+UseZGC, -XX:+UseZGC",
    "ANALYZER_JAVA_OPTS, -Da=*, -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Da=*",
  })
  void theOptionsOfTheUserComeAfterOursAndTheirCollectorInItsPlace(
      String variable, String value, String options) throws Exception {
    assertThat(told(Map.of(variable, value, "ANALYZER_JAVA_CACHE", "off"), java(17), "verify"))
        .isEqualTo(options + " -jar " + jar() + " verify");
  }

  /** Two that choose a collector are refused by the JVM; a file of options may be one. */
  @ParameterizedTest
  @CsvSource({
    "_JAVA_OPTIONS, -XX:+UseParallelGC",
    "JAVA_TOOL_OPTIONS, -XX:Flags=some.flags",
    "JDK_JAVA_OPTIONS, @some.options",
    "JDK_JAVA_OPTIONS, -XX:VMOptionsFile=some.options",
    "ANALYZER_JAVA_OPTS, -XX:+UseStringDeduplication",
  })
  void whereTheUserMayHaveChosenACollectorNoneIsChosen(String variable, String value)
      throws Exception {
    assertThat(told(Map.of(variable, value, "ANALYZER_JAVA_CACHE", "off"), java(17), "verify"))
        .doesNotContain("SerialGC", "Tiered")
        .endsWith("-jar " + jar() + " verify");
  }

  @Test
  void theArchiveOfTheUserStaysTheirs() throws Exception {
    Path java = java(17);
    archiveBesideTheJar(17);

    assertThat(told(Map.of("JAVA_OPTS", "-Xshare:off"), java, "verify"))
        .isEqualTo(QUICK + "-Xshare:off -jar " + jar() + " verify");
  }

  @Test
  void aJavaIsTakenFromWhereItIsNamedFirst() throws Exception {
    Path home = jdk(17);
    Map<String, String> environment = Map.of("JAVA_HOME", home.toString());
    assertThat(Launcher.start(folder, launcher.bin(), environment, "jmh").out()).startsWith("-jar");

    Path named = jdk(21);
    Files.writeString(named.resolve("bin/java"), "#!/bin/sh\necho named\n");
    assertThat(told(environment, named.resolve("bin/java"), "jmh")).isEqualTo("named");
    assertThat(told(environment, named, "jmh")).isEqualTo("named");

    Path bundled = launcher.home().resolve("runtime");
    Files.createDirectories(bundled.resolve("bin"));
    Files.copy(named.resolve("release"), bundled.resolve("release"));
    Path program = Files.writeString(bundled.resolve("bin/java"), "#!/bin/sh\necho bundled\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(Launcher.start(folder, launcher.bin(), environment, "jmh").out())
        .isEqualTo("bundled\n");
  }

  @Test
  void oneThatIsTooOldIsToldInOneLine() throws Exception {
    Launcher.Said said =
        Launcher.start(
            folder, launcher.bin(), Map.of("ANALYZER_JAVA", java(11).toString()), "verify");

    assertThat(said.status()).isEqualTo(5);
    assertThat(said.out()).isEmpty();
    assertThat(said.err().lines())
        .singleElement()
        .asString()
        .contains("17 or later", "bin/java is 11.0.1");
  }

  @Test
  void oneThatIsTooOldGivesWayToOneOnPath() throws Exception {
    Path old = jdk(11);
    String path = jdk(17).resolve("bin") + ":" + System.getenv("PATH");

    assertThat(
            Launcher.start(
                    folder,
                    launcher.bin(),
                    Map.of("JAVA_HOME", old.toString(), "PATH", path),
                    "jmh")
                .out())
        .startsWith("-jar");
  }

  @Test
  void thatThereIsNoneIsToldInOneLine() throws Exception {
    Launcher.Said said =
        Launcher.start(folder, launcher.bin(), Map.of("PATH", noJava().toString()), "verify");

    assertThat(said.status()).isEqualTo(5);
    assertThat(said.err().lines()).singleElement().asString().contains("no Java of 17 or later");
  }

  @Test
  void homebrewsOwnIsFoundBesideItsCellar() throws Exception {
    Path home = folder.resolve("brew/Cellar/analyzer/1.0/libexec");
    Launcher brewed = Launcher.unpack(home, folder.resolve("a.jar"));
    Path opt = Files.createDirectories(folder.resolve("brew/opt"));
    Files.createSymbolicLink(opt.resolve("openjdk"), jdk(21));

    assertThat(
            Launcher.start(folder, brewed.bin(), Map.of("PATH", noJava().toString()), "jmh").out())
        .startsWith("-jar");
  }

  @Test
  void itIsFoundThroughLinks() throws Exception {
    Path links = Files.createDirectory(folder.resolve("some links"));
    Files.createSymbolicLink(links.resolve("one"), launcher.bin());
    Files.createSymbolicLink(links.resolve("two"), Path.of("one"));

    assertThat(
            Launcher.start(
                    folder,
                    links.resolve("two"),
                    Map.of("ANALYZER_JAVA", java(17).toString()),
                    "jmh")
                .out())
        .contains(jar());
  }

  /** A PATH with what it needs, and no Java. */
  private Path noJava() throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("readlink", "stat", "find", "sed")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    return tools;
  }

  private String jar() throws IOException {
    return launcher.jar().toRealPath().toString();
  }

  private Path archiveBesideTheJar(int feature) throws IOException {
    String ending = feature < 25 ? "jsa" : "aot";
    return Files.writeString(launcher.home().resolve("lib/analyzer." + ending), "an archive");
  }

  private String told(Map<String, String> environment, Path java, String... words)
      throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("ANALYZER_JAVA", java.toString());
    Launcher.Said said = Launcher.start(folder, launcher.bin(), all, words);
    assertThat(said.status()).as(said.err()).isZero();
    assertThat(said.err()).isEmpty();
    return said.out().strip();
  }

  private Path java(int feature) throws IOException {
    return jdk(feature).resolve("bin/java");
  }

  /** A JDK of that version whose program prints what it is told. */
  private Path jdk(int feature) throws IOException {
    Path home = folder.resolve("java " + feature);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"us\"\nJAVA_VERSION=\"" + feature + ".0.1\"\n");
    Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho \"$*\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }
}
