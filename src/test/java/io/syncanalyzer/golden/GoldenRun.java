package io.syncanalyzer.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.syncanalyzer.run.AnalyzerJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of the jar, and all that it leaves, compared with the golden files of its name. */
final class GoldenRun {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Path folder;
  private final MaskedText text;
  private final Varying varying;
  private Consumer<AnalyzerJar> meanwhile = jar -> {};

  /**
   * A run to come.
   *
   * @param folder where it runs; empty
   * @param names what to put in place of what is this run's own, such as its ports
   * @param varying what varies in it
   */
  GoldenRun(Path folder, Map<String, String> names, Varying varying) {
    this.folder = folder;
    this.text = new MaskedText(names);
    this.varying = varying;
  }

  /** Has something done while it runs. */
  GoldenRun meanwhile(Consumer<AnalyzerJar> action) {
    meanwhile = action;
    return this;
  }

  /** Runs it and compares all of it with {@code golden/runs/NAME}. */
  void compare(String name, List<String> words) {
    Map<String, String> seen = run(words);
    left().forEach(file -> add(file, seen));
    Golden.compare("runs/" + name, seen);
  }

  private Map<String, String> run(List<String> words) {
    Map<String, String> seen = new TreeMap<>();
    try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), words.toArray(String[]::new))) {
      meanwhile.accept(jar);
      seen.put("status.txt", jar.await(LONG) + "\n");
      boolean json = words.contains("--json");
      seen.put("stdout.txt", json ? json(jar.out()) : text.screen(jar.out(), varying));
      seen.put("stderr.txt", text.diagnostics(jar.err()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    seen.put("files.txt", names(left()));
    seen.values().removeIf(String::isEmpty);
    return seen;
  }

  /** What it left, without the streams that the test itself put there. */
  private List<Path> left() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("(out|err)\\d+\\.txt"))
          .filter(file -> !file.getFileName().toString().matches("(source|replica)\\.log"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String names(List<Path> files) {
    return files.stream()
        .map(file -> folder.relativize(file).toString())
        .collect(Collectors.joining("\n", "", files.isEmpty() ? "" : "\n"));
  }

  private void add(Path file, Map<String, String> seen) {
    String name = file.getFileName().toString();
    if (name.equals("run.json")) {
      seen.put(name, json(read(file)));
    } else if (name.endsWith(".csv")) {
      seen.put(name, MaskedCsv.of(name, read(file), varying, text::words));
    } else if (name.equals("report.html")) {
      seen.put("report.txt", text.words(PageShape.of(read(file))));
    } else if (name.equals("junit.xml")) {
      seen.put(name, junit(read(file)));
    } else if (name.equals("lag.hlog")) {
      seen.put("lag.hlog.txt", histograms(read(file)));
    }
  }

  private String json(String document) {
    return MaskedJson.of(document, varying, text::words);
  }

  private String junit(String xml) {
    return text.words(xml)
        .replaceAll("time=\"[\\d.]*[1-9]\\d*\"", "time=\"<seconds>\"")
        .replaceAll("(name=\"load\\.\\w+\" value=)\"[^\"]+\"", "$1\"<number>\"");
  }

  /** The log's own lines, and the tags; a histogram a second is what varies. */
  private static String histograms(String log) {
    return log.lines()
        .map(line -> line.replaceFirst("^#\\[StartTime: .*", "#[StartTime: <instant>]"))
        .map(line -> line.replaceFirst("^(Tag=[\\w-]+),.*", "$1,<histogram>"))
        .distinct()
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
