package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.files.Spread;
import io.syncanalyzer.report.screen.Screen;
import io.syncanalyzer.report.screen.Wrap;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A comparison in words and columns: the gates, which fit a screen; the page has the rest. */
final class CompareScreen {
  private static final String FORMAT = "%-7s %-18s %-9s %14s %14s %9s  %s";

  private CompareScreen() {}

  static String of(Comparison comparison, OptionalDouble failIfWorsePercent) {
    List<String> lines = new ArrayList<>();
    List<String> names = comparison.names();
    for (String name : names.subList(1, names.size())) {
      lines.add(name + " against " + names.get(0));
      lines.add(
          String.format(Locale.ROOT, FORMAT, "", "", "unit", "reference", "run", "change", "")
              .stripTrailing());
      comparison.rows().stream()
          .filter(row -> row.run().equals(name) && row.metric().gate())
          .filter(row -> !row.metric().isCapacity())
          .forEach(row -> lines.add(line(row)));
      comparison.rows().stream()
          .filter(row -> row.run().equals(name) && row.metric().isCapacity())
          .forEach(row -> lines.addAll(Wrap.at(Capacities.sentence(row), Screen.WIDTH)));
      lines.add("");
    }
    Wrap.at(headline(comparison, failIfWorsePercent), Screen.WIDTH).forEach(lines::add);
    lines.add("exit status " + comparison.status(failIfWorsePercent).code());
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static String line(Comparison.Row row) {
    return String.format(
            Locale.ROOT,
            FORMAT,
            row.metric().phase(),
            row.metric().name(),
            row.metric().unit(),
            median(row.before(), row),
            median(row.after(), row),
            percent(row.changePercent()),
            word(row))
        .stripTrailing();
  }

  private static String median(@Nullable Spread spread, Comparison.Row row) {
    return spread == null ? "" : spread.words(spread.median(), row.measure());
  }

  static String percent(@Nullable Double change) {
    return change == null ? "" : String.format(Locale.ROOT, "%+.1f %%", change);
  }

  static String word(Comparison.Row row) {
    if (row.metric().isCapacity()) {
      return Capacities.verdict(row);
    }
    return switch (row.change()) {
      case BETTER -> "better" + doubts(row);
      case WORSE -> "worse" + doubts(row);
      case OVERLAP -> "bounds overlap";
      case SAME -> {
        Double change = row.changePercent();
        yield change == null || change == 0 ? "same" : "within the spread";
      }
      case UNKNOWN -> "unknown";
    };
  }

  private static String doubts(Comparison.Row row) {
    boolean overlap = Boolean.TRUE.equals(row.overlaps());
    if (row.beyondSpread() == null) {
      return overlap ? ", 1 run, overlap" : " (one run)";
    }
    return overlap ? ", bounds overlap" : "";
  }

  static String headline(Comparison comparison, OptionalDouble failIfWorsePercent) {
    long better = count(comparison, Comparison.Change.BETTER);
    long worse = count(comparison, Comparison.Change.WORSE);
    StringBuilder text =
        new StringBuilder()
            .append(Numbers.count(better, "figure"))
            .append(" better, ")
            .append(worse)
            .append(" worse, of ")
            .append(comparison.rows().size())
            .append('.');
    long overlapping = comparison.rows().stream().filter(CompareScreen::isDoubtful).count();
    if (overlapping > 0) {
      text.append(" Of ")
          .append(Numbers.count(overlapping, "lag"))
          .append(" the bounds overlap: the true lags may be the same.");
    }
    comparison.rows().stream()
        .filter(row -> row.metric().isCapacity())
        .forEach(row -> text.append(' ').append(Capacities.sentence(row)));
    if (!comparison.differently().isEmpty()) {
      text.append(' ').append(comparison.differently());
    }
    if (failIfWorsePercent.isPresent()) {
      List<Comparison.Row> broken = comparison.broken(failIfWorsePercent.getAsDouble());
      String allowed = Numbers.plain(failIfWorsePercent.getAsDouble()) + " %";
      text.append(
          broken.isEmpty()
              ? " No gate is worse by more than " + allowed + "."
              : " Worse by more than " + allowed + ": ");
      text.append(
          String.join(
              ", ",
              broken.stream()
                  .map(
                      row ->
                          row.metric().phase()
                              + " "
                              + row.metric().name()
                              + " of "
                              + row.run()
                              + (row.changePercent() == null
                                  ? ""
                                  : " " + percent(row.changePercent())))
                  .toList()));
    }
    if (!comparison.incomplete().isEmpty()) {
      text.append(" Not complete: ").append(String.join(", ", comparison.incomplete())).append('.');
    }
    return text.toString();
  }

  private static boolean isDoubtful(Comparison.Row row) {
    return Boolean.TRUE.equals(row.overlaps())
        && row.change() != Comparison.Change.SAME
        && !row.metric().isCapacity();
  }

  private static long count(Comparison comparison, Comparison.Change change) {
    return comparison.rows().stream().filter(row -> row.change() == change).count();
  }
}
