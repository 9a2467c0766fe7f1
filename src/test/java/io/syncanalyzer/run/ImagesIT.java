package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both images, built and run as the README says, without a Docker engine: buildah builds them
 * ({@code .ci/images}) and runs their entry points on the host's network, as {@code --network host}
 * does. For the profile {@code images}; there a missing buildah, debootstrap or memtier_benchmark
 * fails.
 */
@Tag("images")
class ImagesIT {
  private static final Path FOLDER = Path.of("target", "images").toAbsolutePath();
  private static final String USER = "1000";

  /** Written to by a user who is not root, as a folder of the caller's is. */
  @TempDir Path output;

  @BeforeAll
  static void build() throws Exception {
    for (String tool : List.of("buildah", "debootstrap")) {
      assertThat(onPath(tool)).as("apt-get install %s", tool).isNotNull();
    }
    Said said =
        run(
            Path.of(".").toAbsolutePath(),
            List.of(".ci/images", FOLDER.toString(), memtier()),
            Map.of());
    assertThat(said.status).as(said.all()).isZero();
  }

  @Test
  void theBenchmarkLeavesItsTableInTheFolderOfTheCaller() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      own(output);

      Said said = benchmark(pair.source().port());

      assertThat(said.status).as(said.all()).isZero();
      assertThat(said.err)
          .contains("to 127.0.0.1:" + pair.source().port())
          .contains("operations, none refused");
      assertThat(Files.readString(output.resolve("memtier_benchmark.txt"))).contains("Totals");
      assertOwned(output);
    }
  }

  @Test
  void theBenchmarkEndsWithFiveWhereNothingListensOrNothingMayBeWritten() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      // Of root's: one that user 1000 may not enter, then one that it may not write.
      for (String mode : List.of("700", "755")) {
        permit(output, mode);
        Said rootsFolder = benchmark(pair.source().port());
        assertThat(rootsFolder.status).as("%s: %s", mode, rootsFolder.all()).isEqualTo(5);
        assertThat(rootsFolder.err)
            .as(mode)
            .contains("cannot write /tmp/memtier_benchmark.txt as user 1000");
      }

      own(output);
      Said replica = benchmark(pair.replica().port());
      assertThat(replica.status).as(replica.all()).isEqualTo(5);
      assertThat(replica.err).contains("READONLY");
    }
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Said said = benchmark(closed);
    assertThat(said.status).as(said.all()).isEqualTo(5);
    assertThat(said.err.lines().filter(line -> line.startsWith("benchmark: ")))
        .singleElement()
        .asString()
        .contains("127.0.0.1:" + closed + ": nothing listens");
  }

  @Test
  void theAnalyzerLoadsWithMemtierAndLeavesItsRunInTheFolderOfTheCaller() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      own(output);

      Said said =
          container(
              "analyzer",
              output + ":/results",
              Map.of(),
              "load-and-verify",
              "--source",
              pair.source().display(),
              "--replica",
              pair.replica().display(),
              "--duration",
              "3s",
              "--warmup",
              "1s",
              "--run-id",
              "image");

      assertThat(said.status).as(said.all()).isZero();
      assertThat(said.out).contains("Equal.").contains("load     memtier");
      assertThat(output.resolve("image/memtier_benchmark.txt")).exists();
      assertThat(output.resolve("image/report.html")).exists();
      assertOwned(output);
    }
  }

  private Said benchmark(int port) throws Exception {
    return container(
        "redis-benchmark",
        output + ":/tmp",
        Map.of(
            "SOURCE_PORT", Integer.toString(port),
            "DURATION_SECONDS", "2",
            // The gateway of the machine that tests is nobody's to ask.
            "ROUTES", "/dev/null"));
  }

  /** Runs the image's own entry point as its own user. */
  private static Said container(
      String image, String volume, Map<String, String> environment, String... arguments)
      throws Exception {
    String container = buildah(List.of("from", "localhost/" + image)).out.strip();
    try {
      String entry =
          buildah(
                  List.of(
                      "inspect",
                      "--type",
                      "image",
                      "--format",
                      "{{range .OCIv1.Config.Entrypoint}}{{.}}{{\"\\n\"}}{{end}}",
                      "localhost/" + image))
              .out;
      List<String> command = new ArrayList<>(List.of("run", "-v", volume));
      environment.forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
      command.addAll(List.of(container, "--"));
      command.addAll(entry.lines().filter(word -> !word.isBlank()).toList());
      command.addAll(List.of(arguments));
      return run(Path.of("").toAbsolutePath(), buildahCommand(command), Map.of());
    } finally {
      buildah(List.of("rm", container));
    }
  }

  private static Said buildah(List<String> arguments) throws Exception {
    Said said = run(Path.of("").toAbsolutePath(), buildahCommand(arguments), Map.of());
    assertThat(said.status).as("buildah %s: %s", arguments, said.all()).isZero();
    return said;
  }

  private static List<String> buildahCommand(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "buildah",
                "--root",
                FOLDER.resolve("storage").toString(),
                "--runroot",
                FOLDER.resolve("run").toString(),
                "--storage-driver",
                "vfs"));
    command.addAll(arguments);
    return command;
  }

  private static Said run(Path folder, List<String> command, Map<String, String> environment)
      throws Exception {
    Path out = Files.createTempFile("images-", ".out");
    Path err = Files.createTempFile("images-", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("BUILDAH_ISOLATION", "chroot");
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(20, TimeUnit.MINUTES);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      Said said =
          new Said(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
      assertThat(ended).as("%s: %s", command, said.all()).isTrue();
      return said;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Chmod and chown by the machine's own programs: the test runs as root, the images do not. */
  private static void own(Path folder) throws Exception {
    Said said = run(folder, List.of("chown", USER + ":" + USER, folder.toString()), Map.of());
    assertThat(said.status).as(said.all()).isZero();
    permit(folder, "755");
  }

  private static void permit(Path folder, String mode) throws Exception {
    Said said = run(folder, List.of("chmod", mode, folder.toString()), Map.of());
    assertThat(said.status).as(said.all()).isZero();
  }

  private static void assertOwned(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files)
          .allSatisfy(file -> assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1000));
    }
  }

  private static String memtier() {
    if (System.getenv("MEMTIER_IMAGE") != null) {
      return "";
    }
    String named = System.getenv().getOrDefault("ANALYZER_TEST_MEMTIER", "").split(":", -1)[0];
    if (!named.isBlank()) {
      return named;
    }
    Path found = onPath("memtier_benchmark");
    assertThat(found)
        .as(
            "memtier_benchmark for the images: put one on PATH or name it in ANALYZER_TEST_MEMTIER"
                + " (or MEMTIER_IMAGE, an image that has one)")
        .isNotNull();
    return Objects.requireNonNull(found).toString();
  }

  private static @Nullable Path onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private record Said(int status, String out, String err) {
    String all() {
      return out + err;
    }
  }
}
