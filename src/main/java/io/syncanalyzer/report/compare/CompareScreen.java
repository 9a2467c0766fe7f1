package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.screen.Screen;
import io.syncanalyzer.report.screen.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A comparison in words and columns: the gates, which fit a screen; the page has the rest. Below
 * the medians of repeated runs stand their smallest and largest, and what the difference is
 * between.
 */
final class CompareScreen {
  private static final String FORMAT = "%-6s %-10s %-9s %19s %19s %9s  %s";

  private CompareScreen() {}

  static String of(Comparison comparison, OptionalDouble failIfWorsePercent, boolean colour) {
    List<String> lines = new ArrayList<>();
    List<String> names = comparison.names();
    for (String name : names.subList(1, names.size())) {
      lines.add(name + " against " + names.get(0) + runs(comparison, name));
      lines.add(
          String.format(Locale.ROOT, FORMAT, "", "", "unit", "reference", "run", "change", "")
              .stripTrailing());
      comparison.rows().stream()
          .filter(row -> row.run().equals(name) && row.metric().gate())
          .filter(row -> !row.metric().isCapacity())
          .forEach(row -> addLines(row, lines));
      comparison.rows().stream()
          .filter(row -> row.run().equals(name) && row.metric().isCapacity())
          .forEach(row -> lines.addAll(Wrap.at(Capacities.sentence(row), Screen.WIDTH)));
      lines.add("");
    }
    Banner banner = Banner.of(comparison, failIfWorsePercent);
    for (String line : Wrap.at(banner.word() + ": " + banner.headline(), Screen.WIDTH)) {
      lines.add(colour ? banner.mood().ansi().paint(line) : line);
    }
    banner.reasons().forEach(reason -> lines.addAll(Wrap.at(reason, Screen.WIDTH)));
    lines.add("exit status " + comparison.status(failIfWorsePercent).code());
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static String runs(Comparison comparison, String name) {
    return comparison.rows().stream()
        .filter(row -> row.run().equals(name) && !row.runs().isEmpty())
        .findFirst()
        .map(row -> ", " + row.runs())
        .orElse("");
  }

  private static void addLines(ComparedRow row, List<String> lines) {
    lines.add(
        String.format(
                Locale.ROOT,
                FORMAT,
                row.metric().phase(),
                row.metric().name(),
                row.metric().unit(),
                CompareWords.median(row.before(), row),
                CompareWords.median(row.after(), row),
                CompareWords.percent(row.changePercent()),
                CompareWords.word(row))
            .stripTrailing());
    String ranges =
        String.format(
                Locale.ROOT,
                "%27s %19s %19s  %s",
                "",
                CompareWords.range(row.before(), row),
                CompareWords.range(row.after(), row),
                CompareWords.interval(row))
            .stripTrailing();
    if (!ranges.isEmpty() && !row.isOneNumber()) {
      lines.add(ranges);
    }
  }
}
