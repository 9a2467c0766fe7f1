package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.load.memtier.MemtierLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A real Prometheus that scrapes this machine, in a folder of its own. */
final class TestPrometheus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final int port;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestPrometheus(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Skips the test that calls it where there is none; the build's own machines have one. */
  static void needed() {
    assumeThat(program("prometheus").isPresent() && program("promtool").isPresent())
        .as("no prometheus and promtool on this machine: apt-get install prometheus")
        .isTrue();
  }

  private static Optional<Path> program(String name) {
    return MemtierLocation.find(name, System.getenv().getOrDefault("PATH", ""));
  }

  /** What {@code promtool} says, which must be content. */
  static String promtool(String input, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program("promtool").orElseThrow().toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said;
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param nativeHistograms whether it keeps those, in the place of the classic ones
   */
  static TestPrometheus start(Path folder, int scraped, Path rules, boolean nativeHistograms)
      throws IOException, InterruptedException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            "global: {scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms}%n"
                + "rule_files: ['%s']%n"
                + "scrape_configs:%n"
                + "  - job_name: redis-replication-analyzer%n"
                + "    static_configs: [{targets: ['127.0.0.1:%d']}]%n",
            rules.toAbsolutePath(),
            scraped));
    promtool("", "check", "config", config.toString());
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                program("prometheus").orElseThrow().toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn"));
    if (nativeHistograms) {
      command.add("--enable-feature=native-histograms");
    }
    Path log = folder.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(folder.toFile())
            .start();
    TestPrometheus started = new TestPrometheus(process, port, log);
    long begun = System.nanoTime();
    while (!started.isReady()) {
      assertThat(process.isAlive()).as("%s", started.log()).isTrue();
      assertThat(System.nanoTime() - begun).as("%s", started.log()).isLessThan(PATIENCE.toNanos());
      Thread.sleep(50);
    }
    return started;
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** How many series a query has at any moment of a time, by its epoch's seconds. */
  int series(String query, double from, double to) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        get(
            String.format(
                Locale.ROOT,
                "/api/v1/query_range?query=%s&start=%.3f&end=%.3f&step=0.2",
                URLEncoder.encode(query, StandardCharsets.UTF_8),
                from,
                to));
    assertThat(answer.statusCode()).as("%s: %s", query, answer.body()).isEqualTo(200);
    Json data = Json.parse(answer.body()).asObject().get("data");
    return data instanceof Json.Obj found && found.get("result") instanceof Json.Arr all
        ? all.items().size()
        : 0;
  }

  /** Waits until a query finds something now. */
  void await(String query) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    while (get(path).body().contains("\"result\":[]")) {
      assertThat(System.nanoTime() - begun)
          .as("%s: %s", query, log())
          .isLessThan(PATIENCE.toNanos());
      Thread.sleep(50);
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
