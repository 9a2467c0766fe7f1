package io.syncanalyzer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.OptionalDouble;

/** What a scraper reads in one look, as text. */
public record Scrape(List<String> lines) {
  public Scrape {
    lines = List.copyOf(lines);
  }

  /** Of a server. */
  public static Scrape of(MetricsServer served) {
    return of(URI.create("http://127.0.0.1:" + served.port() + "/metrics"));
  }

  /** Of whoever serves there. */
  public static Scrape of(URI metrics) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return new Scrape(answer.body().lines().toList());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The first value of a metric, by its name without {@code analyzer_}; empty where there is none.
   */
  public OptionalDouble value(String name) {
    return lines.stream()
        .filter(
            line ->
                line.startsWith("analyzer_" + name + "{")
                    || line.startsWith("analyzer_" + name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst();
  }

  /**
   * The line of a metric with these labels, without {@code analyzer_} and value; empty likewise.
   */
  public OptionalDouble exactly(String series) {
    return lines.stream()
        .filter(line -> line.startsWith("analyzer_" + series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst();
  }

  /** All of it. */
  public String text() {
    return String.join("\n", lines) + "\n";
  }
}
