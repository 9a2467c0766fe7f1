package io.syncanalyzer.verify;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.Corruption.Injected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was injected and what came of it, a row for each kind and type.
 *
 * @param rows in the order of kinds, then of types
 * @param falseOnes keys that were reported and never corrupted
 */
record CorruptionTable(List<Row> rows, List<String> falseOnes) {
  /** Of one kind on one type: how many were injected, found at all, and given the right verdict. */
  record Row(Corruption kind, String type, int injected, int found, int right) {}

  /**
   * Lays both side by side.
   *
   * @param injected by key
   * @param found confirmed mismatches by key
   */
  static CorruptionTable of(Map<String, Injected> injected, Map<String, KeyVerdict> found) {
    Map<String, Row> rows = new TreeMap<>();
    injected
        .values()
        .forEach(
            one -> {
              KeyVerdict verdict = found.get(one.key());
              rows.merge(
                  one.kind() + " " + one.type(),
                  new Row(
                      one.kind(),
                      one.type(),
                      1,
                      verdict == null ? 0 : 1,
                      verdict == one.verdict() ? 1 : 0),
                  (a, b) ->
                      new Row(
                          a.kind,
                          a.type,
                          a.injected + b.injected,
                          a.found + b.found,
                          a.right + b.right));
            });
    return new CorruptionTable(
        rows.values().stream()
            .sorted(
                Comparator.comparing(Row::kind)
                    .thenComparing(row -> Corruption.TYPES.indexOf(row.type())))
            .toList(),
        found.keySet().stream().filter(key -> !injected.containsKey(key)).toList());
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
                    "| %s | %s | %d | %d | %d |%n",
                    row.kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    row.type,
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
