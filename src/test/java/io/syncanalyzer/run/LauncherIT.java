package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/analyzer} with the jar on the JVM of the tests: the archive that it makes by itself,
 * and whatever may be wrong with that.
 */
class LauncherIT {
  private static final String OURS = "Tiered|Serial|Archive|AOT|Xshare|Xlog";
  private static final Duration MADE = Duration.ofMinutes(3);

  @TempDir static Path folder;

  private static Launcher launcher;
  private static Path cache;
  private static Path notOurs;
  private static Path notOursEither;
  private static Path outOfUse;
  private static Path archive;

  /** The first start makes it. */
  @BeforeAll
  static void make() throws Exception {
    Path jar = Path.of(System.getProperty("analyzer.jar", "target/analyzer.jar"));
    // Without a space in its name, where Java 17 takes the archive for one of another jar's.
    launcher = Launcher.unpack(folder.resolve("analyzer"), jar);
    cache = folder.resolve("my cache");
    notOurs = aged(cache.resolve("notes.txt"));
    notOursEither = aged(cache.resolve("analyzer/notes.txt"));
    outOfUse = aged(cache.resolve("analyzer/opt/old/17.0.1.jsa.of"));
    version();
    archive = awaited(cache);
  }

  @Test
  void aVerificationWithTheArchiveSaysWhatItSaysWithout() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Launcher.Said said = verify(pair);

      assertThat(said.status()).as(said.err()).isZero();
      assertThat(said.out())
          .contains("Equal: no key was there to compare.")
          .doesNotContain("warning", "[aot", "[cds");
      assertThat(said.err()).isEmpty();
    }
  }

  @Test
  void ofWhatIsOldInTheFolderOnlyArchivesOfOursAreRemoved() throws Exception {
    long begin = System.nanoTime();
    while (Files.exists(outOfUse)) {
      assertThat(System.nanoTime() - begin).isLessThan(MADE.toNanos());
      Thread.sleep(50);
    }
    assertThat(notOurs).exists();
    assertThat(notOursEither).exists();
  }

  @Test
  void classesComeFromTheArchive() throws Exception {
    Launcher.Said said =
        start(Map.of("JAVA_OPTS", "-Xlog:class+load:file=loaded.log"), "verify", "--help");

    assertThat(said.status()).isZero();
    assertThat(Files.readAllLines(folder.resolve("loaded.log")))
        .filteredOn(line -> line.contains(" io.syncanalyzer."))
        .filteredOn(line -> line.contains("shared objects file"))
        .hasSizeGreaterThan(10);
  }

  @Test
  void oneThatIsCutShortOrWrittenOverIsLeftAsideInSilenceAndMadeAnew() throws Exception {
    String before = Files.readString(of());
    byte[] whole = Files.readAllBytes(archive);
    byte[] middle = whole.clone();
    Arrays.fill(middle, whole.length / 3, whole.length / 2, (byte) 'x');
    assertThat(archive.toFile().setWritable(true)).isTrue();
    // As if one were being made, so that none is.
    Path making = Files.createDirectory(Path.of(archive + ".making"));
    for (byte[] other : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), middle)) {
      Files.write(archive, other);
      assertThat(version().out()).as("%d bytes", other.length).startsWith("analyzer ");
    }
    Files.delete(making);
    version();

    awaitOther(before);
    classesComeFromTheArchive();
  }

  @Test
  void anotherJarHasAnotherArchiveThoughSizeAndTimeAreTheSame() throws Exception {
    String before = Files.readString(of());
    Path jar = launcher.jar();
    Path old = Files.move(jar, folder.resolve("before.jar"));
    Files.copy(old, jar);
    Files.setLastModifiedTime(jar, Files.getLastModifiedTime(old));
    version();

    awaitOther(before);
    classesComeFromTheArchive();
  }

  @Test
  void whereNoArchiveCanBeKeptItRunsAllTheSame() throws Exception {
    Path file = Files.writeString(folder.resolve("no folder"), "");
    for (String place : List.of(file.toString(), "/proc/none", "off", "/a:b")) {
      Launcher.Said said = start(Map.of("ANALYZER_JAVA_CACHE", place), "--version");

      assertThat(said.status()).as(place).isZero();
      assertThat(said.err()).as(place).isEmpty();
    }
  }

  @Test
  void ofManyStartsAtOnceOneMakesIt() throws Exception {
    Path fresh = folder.resolve("fresh");
    Map<String, String> environment = environment(Map.of("ANALYZER_JAVA_CACHE", fresh.toString()));
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(launcher.bin().toString(), "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true);
      builder.environment().putAll(environment);
      starts.add(builder.start());
    }
    for (Process start : starts) {
      assertThat(start.waitFor()).isZero();
    }

    assertThat(awaited(fresh)).isNotEmptyFile();
  }

  @Test
  void theForkThatMeasuresIsStartedWithNoneOfItsOptions() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Launcher.Said said =
          start(
              Map.of(),
              "load-and-verify",
              "--load-engine",
              "jmh",
              "--duration",
              "2s",
              "--warmup",
              "1s",
              "--run-id",
              "forks",
              "--source",
              pair.source().display(),
              "--replica",
              pair.replica().display());

      assertThat(said.status()).as(said.err()).isZero();
      assertThat(Files.readAllLines(folder.resolve("results/forks/jmh.log")))
          .filteredOn(line -> line.startsWith("# VM options:"))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).contains("-Xmx").doesNotContainPattern(OURS));

      Launcher.Said jmh =
          start(
              Map.of(),
              "jmh",
              "SentinelBenchmark",
              "-f",
              "1",
              "-wi",
              "0",
              "-i",
              "1",
              "-r",
              "100ms");
      assertThat(jmh.status()).as(jmh.err()).isZero();
      assertThat(jmh.out().lines().filter(line -> line.startsWith("# VM options:")))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).doesNotContainPattern(OURS));
    }
  }

  /** A file that nobody touched for more than a month. */
  private static Path aged(Path file) throws IOException {
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, "old");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(40))));
  }

  private static Launcher.Said verify(EmbeddedPair pair) throws Exception {
    return start(
        Map.of(),
        "verify",
        "--quiet",
        "--source",
        pair.source().display(),
        "--replica",
        pair.replica().display());
  }

  private static Launcher.Said version() throws Exception {
    Launcher.Said said = start(Map.of(), "--version");
    assertThat(said.status()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out().lines()).hasSize(2);
    return said;
  }

  private static Launcher.Said start(Map<String, String> more, String... words) throws Exception {
    return Launcher.start(folder, launcher.bin(), environment(more), words);
  }

  private static Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>();
    all.put("ANALYZER_JAVA", System.getProperty("java.home"));
    all.put("ANALYZER_JAVA_CACHE", cache.toString());
    all.putAll(more);
    return all;
  }

  /** What the archive was made of. */
  private static Path of() {
    return Path.of(archive + ".of");
  }

  private static void awaitOther(String before) throws Exception {
    long begin = System.nanoTime();
    while (Files.readString(of()).equals(before)) {
      assertThat(System.nanoTime() - begin).isLessThan(MADE.toNanos());
      Thread.sleep(50);
    }
  }

  /** The archive, once it is made. */
  private static Path awaited(Path cache) throws Exception {
    long begin = System.nanoTime();
    List<Path> found = archives(cache);
    while (found.size() != 1 || !Files.exists(Path.of(found.get(0) + ".of"))) {
      assertThat(System.nanoTime() - begin).as("so far: %s", found).isLessThan(MADE.toNanos());
      Thread.sleep(50);
      found = archives(cache);
    }
    return found.get(0);
  }

  private static List<Path> archives(Path cache) throws IOException {
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> all = Files.find(cache, 20, (path, is) -> true)) {
      return all.filter(path -> path.getFileName().toString().matches(".*\\.(jsa|aot)")).toList();
    } catch (UncheckedIOException e) {
      // What is being made comes and goes.
      return List.of();
    }
  }
}
