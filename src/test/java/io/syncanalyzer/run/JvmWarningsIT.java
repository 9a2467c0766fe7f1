package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JVM has nothing to warn of: not of {@code Unsafe}, not of native access, not of agents. What
 * it warns of is new in later ones, so that CI runs this class on every JDK that it finds.
 */
class JvmWarningsIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Pattern METRICS = Pattern.compile("metrics at (http://\\S+)");

  @TempDir Path folder;

  @Test
  void aWholeRunWithItsForks() throws Exception {
    assertThat(
            quietly(
                "load-and-verify",
                "--embedded",
                "--redis-server",
                TestServers.bundled().path().toString(),
                "--load-engine",
                "jmh",
                "--duration",
                "2s",
                "--warmup",
                "1s",
                "--baseline",
                "1s",
                "--sentinel-rate",
                "300",
                "--run-id",
                "whole"))
        .contains("Equal.");
    for (String log : List.of("jmh.log", "jmh-load.log")) {
      assertThat(warnings(Files.readString(folder.resolve("results/whole").resolve(log))))
          .as(log)
          .isEmpty();
    }
  }

  @Test
  void jmhItselfItsForksAndItsProfilers() throws Exception {
    quietly("jmh", "-lprof");
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      assertThat(
              quietly(
                  "jmh",
                  "SentinelWrites",
                  "-f",
                  "1",
                  "-wi",
                  "0",
                  "-i",
                  "1",
                  "-r",
                  "200ms",
                  "-prof",
                  "gc",
                  "-foe",
                  "true",
                  "-p",
                  "source=" + pair.source().display(),
                  "-p",
                  "replica=" + pair.replica().display()))
          .contains("gc.alloc.rate");
    }
  }

  @Test
  void metricsInTheBinaryFormatThatPrometheusAsksForFirst() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        AnalyzerJar jar =
            AnalyzerJar.start(
                folder,
                Map.of(),
                "probe",
                "--source",
                pair.source().display(),
                "--replica",
                pair.replica().display(),
                "--duration",
                "5s",
                "--warmup",
                "1s",
                "--prometheus",
                "0")) {
      jar.awaitSaid("/metrics", LONG);
      Matcher metrics = METRICS.matcher(jar.err());
      assertThat(metrics.find()).as(jar.err()).isTrue();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(metrics.group(1)))
              .header(
                  "Accept",
                  "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                      + "encoding=delimited")
              .build();

      HttpClient client = HttpClient.newHttpClient();
      HttpResponse<byte[]> answer;
      do {
        // Empty until the first sentinel was seen.
        answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("protobuf");
      } while (answer.body().length == 0 && jar.handle().isAlive());

      assertThat(answer.body()).isNotEmpty();
      assertThat(jar.await(LONG)).as(jar.err()).isZero();
      assertThat(warnings(jar.err())).isEmpty();
    }
  }

  private String quietly(String... arguments) throws Exception {
    try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), arguments)) {
      assertThat(jar.await(LONG)).as("%s%s", jar.out(), jar.err()).isZero();
      assertThat(warnings(jar.out() + "\n" + jar.err())).isEmpty();
      return jar.out();
    }
  }

  private static List<String> warnings(String text) {
    List<String> found = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("WARNING: ") || line.contains("Server VM warning: ")) {
        found.add(line);
      }
    }
    return found;
  }
}
