package io.syncanalyzer.spark.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On Hadoop's own local file system, with the Hadoop that Spark brings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HadoopFolderIT {
  private HadoopJars jars;
  private Object configuration;

  @TempDir Path folder;

  /** Which Spark brings it. */
  Path spark() {
    return Path.of("target", "spark");
  }

  @BeforeAll
  void load() throws Exception {
    jars = HadoopJars.of(spark());
    configuration = jars.configuration(Map.of("ipc.client.connect.max.retries", "0"));
  }

  @AfterAll
  void leave() {
    jars.close();
  }

  @Test
  void filesArePutListedReadAndDeletedAtAnyDepth() throws Exception {
    try (HadoopFolder there = there()) {
      assertThat(there.exists("run")).isFalse();
      assertThat(there.list("run")).isEmpty();
      there.delete("run/nothing");
      put(there, "run/run.json", "one");
      put(there, "run/verify/partition-0001/result.json", "ä€");
      assertThat(there.exists("run")).isTrue();
      assertThat(there.exists("run/run.json")).isTrue();
      assertThat(there.list("run"))
          .extracting(RemoteFile::path, RemoteFile::length)
          .containsExactlyInAnyOrder(
              tuple("run/run.json", 3L), tuple("run/verify/partition-0001/result.json", 5L));
      assertThat(there.list("run"))
          .allMatch(
              file ->
                  file.modifiedMillis()
                      == folder.resolve("results").resolve(file.path()).toFile().lastModified());
      assertThat(text(there, "run/verify/partition-0001/result.json")).isEqualTo("ä€");
      assertThatThrownBy(() -> there.open("run/nothing")).isInstanceOf(FileNotFoundException.class);
      there.delete("run/verify");
      assertThat(there.list("run")).extracting(RemoteFile::path).containsExactly("run/run.json");
    }
  }

  @Test
  void whatIsPutTakesTheOthersPlaceAndLeavesNothingBeside() throws Exception {
    try (HadoopFolder there = there()) {
      put(there, "run/run.json", "one");
      put(there, "run/run.json", "another");
      assertThat(text(there, "run/run.json")).isEqualTo("another");
    }
    assertThat(names()).containsExactly("results", "run", "run.json");
  }

  @Test
  void aFileWhoseContentBreaksOffStaysAsItWas() throws Exception {
    try (HadoopFolder there = there()) {
      put(there, "run/run.json", "one");
      assertThatThrownBy(() -> there.put("run/run.json", half())).hasMessage("the disk is gone");
      assertThat(text(there, "run/run.json")).isEqualTo("one");
    }
    assertThat(names()).containsExactly("results", "run", "run.json");
  }

  @Test
  void inAnObjectStoreFilesAreWrittenInTheirPlaceAndNoHalfOnesStay() throws Exception {
    try (HadoopFolder there = there().asObjectStore()) {
      put(there, "run/run.json", "one");
      put(there, "run/run.json", "another");
      assertThat(text(there, "run/run.json")).isEqualTo("another");
      assertThatThrownBy(() -> there.put("run/half", half())).hasMessage("the disk is gone");
    }
    assertThat(names()).containsExactly("results", "run", "run.json");
  }

  @Test
  void whatIsInTheWayIsToldInOneLine() throws Exception {
    Files.writeString(folder.resolve("results"), "a file");
    try (HadoopFolder there = there()) {
      assertThatThrownBy(() -> put(there, "run/run.json", "one"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("results")
          .message()
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch://host/results", "s3a://bucket/results"})
  void aFileSystemWhoseClassesAreNotThereIsToldInOneLine(String location) {
    assertThatThrownBy(() -> HadoopFolder.open(configuration, location).close())
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(?i).*(no filesystem for scheme|not found).*")
        .message()
        .hasLineCount(1);
  }

  @Test
  void aNameNodeThatIsNotThereIsToldInOneLine() throws Exception {
    try (HadoopFolder there = HadoopFolder.open(configuration, "hdfs://127.0.0.1:1/results")) {
      assertThatThrownBy(() -> there.exists("run"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Connection refused")
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void whatIsNoConfigurationOfHadoopsIsRefused() {
    assertThatThrownBy(() -> HadoopFolder.open(new Object[0], "file:///tmp").close())
        .hasMessage("no configuration of Hadoop's");
  }

  @Test
  void aRunIsKeptThereAndGoneOnWithElsewhere() throws Exception {
    List<String> warnings = new ArrayList<>();
    Path here = Files.createDirectories(folder.resolve("here"));
    Files.createDirectories(here.resolve("run/verify/partition-0001"));
    Files.writeString(here.resolve("run/run.json"), "begun");
    Files.writeString(here.resolve("run/verify/partitions.json"), "plan");
    Duration every = Duration.ofMillis(50);
    try (RunMirror mirror = new RunMirror(there(), here, "run", every, warnings::add)) {
      mirror.begin();
      Files.writeString(here.resolve("run/verify/partition-0001/result.json"), "done");
      Files.writeString(here.resolve("runs.csv"), "run_id\r\nrun\r\n");
    }
    Path elsewhere = folder.resolve("elsewhere");
    try (RunMirror mirror = new RunMirror(there(), elsewhere, "run", every, warnings::add)) {
      mirror.pull();
      assertThat(elsewhere.resolve("run/verify/partition-0001/result.json")).hasContent("done");
      assertThat(elsewhere.resolve("runs.csv")).exists();
      Files.delete(elsewhere.resolve("run/verify/partition-0001/result.json"));
      Files.delete(elsewhere.resolve("run/verify/partition-0001"));
      Files.delete(elsewhere.resolve("run/verify/partitions.json"));
      Files.delete(elsewhere.resolve("run/verify"));
      Files.writeString(elsewhere.resolve("run/run.json"), "complete");
    }
    assertThat(warnings).isEmpty();
    assertThat(folder.resolve("results/run/run.json")).hasContent("complete");
    try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("run.json", "runs.csv");
    }
  }

  private static InputStream half() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] to, int from, int most) throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream("half".getBytes(UTF_8)), broken);
  }

  private HadoopFolder there() throws IOException {
    return HadoopFolder.open(configuration, "file://" + folder.resolve("results"));
  }

  private static void put(RemoteFolder there, String path, String text) throws IOException {
    there.put(path, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static String text(RemoteFolder there, String path) throws IOException {
    try (InputStream in = there.open(path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
