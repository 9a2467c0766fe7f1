package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.selftest.CorruptionPlan.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was injected and what came of it, a row for each way of corrupting a type.
 *
 * @param rows in the order of kinds, then of types
 * @param falseOnes keys that were reported and never corrupted
 */
record CorruptionTable(List<Row> rows, List<Bytes> falseOnes) {
  /** Of one way: how many were injected, found at all, and given the right verdict. */
  record Row(Way way, int injected, int found, int right) {}

  /**
   * Lays both side by side.
   *
   * @param found confirmed mismatches by key
   */
  static CorruptionTable of(List<SelftestCorruption> injected, Map<Bytes, KeyVerdict> found) {
    Map<Way, Row> rows = new HashMap<>();
    injected.forEach(
        one -> {
          KeyVerdict verdict = found.get(one.key());
          Way way = Way.of(one);
          rows.merge(
              way,
              new Row(way, 1, verdict == null ? 0 : 1, verdict == one.kind().verdict() ? 1 : 0),
              (a, b) ->
                  new Row(way, a.injected + b.injected, a.found + b.found, a.right + b.right));
        });
    Set<Bytes> corrupted =
        injected.stream().map(SelftestCorruption::key).collect(Collectors.toSet());
    return new CorruptionTable(
        rows.values().stream()
            .sorted(
                Comparator.comparing((Row row) -> row.way().kind())
                    .thenComparing(row -> row.way().type())
                    .thenComparing(row -> row.way().what()))
            .toList(),
        found.keySet().stream().filter(key -> !corrupted.contains(key)).toList());
  }

  /** As Markdown, with a line of sums. */
  String text(String title) {
    StringBuilder text = new StringBuilder(title).append("\n\n");
    text.append("| corruption | type | injected | found | right verdict |\n");
    text.append("| --- | --- | ---: | ---: | ---: |\n");
    rows.forEach(
        row ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s%s | %s | %d | %d | %d |%n",
                    row.way.kind().label(),
                    row.way.what().isEmpty() ? "" : ", " + row.way.what(),
                    row.way.type().label(),
                    row.injected,
                    row.found,
                    row.right)));
    text.append(
        String.format(
            Locale.ROOT,
            "| all | | %d | %d | %d |%n%nfalse: %d%n",
            rows.stream().mapToInt(Row::injected).sum(),
            rows.stream().mapToInt(Row::found).sum(),
            rows.stream().mapToInt(Row::right).sum(),
            falseOnes.size()));
    return text.toString();
  }

  /** Leaves it where the build leaves its results, and prints it. */
  void publish(String name, String title) {
    String text = text(title);
    System.out.println(text);
    try {
      Path folder = Files.createDirectories(Path.of("target", "corruption"));
      Files.writeString(folder.resolve(name + ".md"), text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
