package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.screen.Ansi;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What a comparison found, in a word, in a colour and in some sentences. It is green only where
 * nothing is worse and the figures that gates look at could be told.
 *
 * @param mood in which colour
 * @param word the most important finding
 * @param headline how many figures are what
 * @param reasons what else there is to say of it, a sentence or two each
 */
record Banner(Mood mood, String word, String headline, List<String> reasons) {
  /** A finding's colour. */
  enum Mood {
    GOOD(Ansi.GREEN),
    WARN(Ansi.YELLOW),
    BAD(Ansi.RED);

    private final Ansi ansi;

    Mood(Ansi ansi) {
      this.ansi = ansi;
    }

    Ansi ansi() {
      return ansi;
    }
  }

  static Banner of(Comparison comparison, OptionalDouble allowed) {
    ExitStatus status = comparison.status(allowed);
    List<ComparedRow> worse = of(comparison, Change.WORSE);
    List<ComparedRow> untold =
        comparison.rows().stream().filter(row -> isUntold(row, allowed)).toList();
    String word;
    Mood mood;
    if (!worse.isEmpty()) {
      word = Numbers.count(worse.size(), "figure") + " worse";
      // Worse, but by less than was allowed.
      mood = allowed.isEmpty() || status == ExitStatus.LIMIT_BROKEN ? Mood.BAD : Mood.WARN;
    } else if (untold.stream().anyMatch(row -> row.change() == Change.NOT_ENOUGH_RUNS)) {
      word = "Not enough runs";
      mood = Mood.WARN;
    } else if (!untold.isEmpty() || !comparison.incomplete().isEmpty()) {
      word = untold.isEmpty() ? "Not complete" : "Cannot tell";
      mood = Mood.WARN;
    } else {
      int better = of(comparison, Change.BETTER).size();
      word = better == 0 ? "Nothing worse" : Numbers.count(better, "figure") + " better";
      mood = Mood.GOOD;
    }
    return new Banner(mood, word, counts(comparison), reasons(comparison, untold, allowed));
  }

  /**
   * Whether a figure that counts was not told: whether it is worse, or worse by what is allowed.
   */
  private static boolean isUntold(ComparedRow row, OptionalDouble allowed) {
    return row.metric().gate()
        && (allowed.isPresent()
            ? row.isUndecided(allowed.getAsDouble())
            : row.change() != Change.SAME
                && (row.isUndecided(0) || row.change() == Change.OVERLAP));
  }

  private static List<String> reasons(
      Comparison comparison, List<ComparedRow> untold, OptionalDouble allowed) {
    List<String> reasons = new ArrayList<>();
    addRunsNeeded(comparison, reasons);
    long overlapping = comparison.rows().stream().filter(Banner::isDoubtful).count();
    if (overlapping > 0) {
      reasons.add(
          "Of "
              + Numbers.count(overlapping, "lag")
              + " the bounds overlap: the true lags may be the same.");
    }
    comparison.rows().stream()
        .filter(row -> row.metric().isCapacity())
        .forEach(row -> reasons.add(Capacities.sentence(row)));
    if (!comparison.differently().isEmpty()) {
      reasons.add(comparison.differently());
    }
    if (allowed.isPresent()) {
      addGates(comparison, untold, allowed.getAsDouble(), reasons);
    }
    if (!comparison.incomplete().isEmpty()) {
      reasons.add("Not complete: " + String.join(", ", comparison.incomplete()) + ".");
    }
    return reasons;
  }

  private static String counts(Comparison comparison) {
    long untold =
        comparison.rows().stream()
            .filter(row -> row.change().wantsRuns() || isOpen(row.change()))
            .count();
    return Numbers.count(of(comparison, Change.BETTER).size(), "figure")
        + " better, "
        + of(comparison, Change.WORSE).size()
        + " worse, "
        + of(comparison, Change.SAME).size()
        + " the same, "
        + untold
        + " that cannot be told, of "
        + comparison.rows().size()
        + ".";
  }

  private static boolean isOpen(Change change) {
    return change == Change.OVERLAP || change == Change.UNKNOWN;
  }

  /** How many runs it would take, and how often chance is taken for a difference. */
  private static void addRunsNeeded(Comparison comparison, List<String> reasons) {
    comparison.rows().stream()
        .filter(row -> row.change() == Change.NOT_ENOUGH_RUNS)
        .map(ComparedRow::runs)
        .distinct()
        .forEach(
            runs ->
                reasons.add(
                    runs
                        + " can tell no difference, however large; 4 against 4 tell a clear one."));
    if (comparison.rows().stream().anyMatch(row -> row.change() == Change.UNDECIDED)) {
      reasons.add("~ is what these runs cannot tell, with an estimate of how many would.");
    }
    long tested =
        comparison.rows().stream()
            .filter(row -> row.shift() != null && row.shift().isEnough())
            .count();
    if (tested > 0) {
      reasons.add(
          "Told at 95 %: of figures that did not change, one in twenty is called better or worse by"
              + " chance.");
    }
  }

  private static void addGates(
      Comparison comparison, List<ComparedRow> untold, double percent, List<String> reasons) {
    List<ComparedRow> broken = comparison.broken(percent);
    String allowed = Numbers.plain(percent) + " %";
    if (!broken.isEmpty()) {
      reasons.add("Worse by more than " + allowed + ": " + listed(broken) + ".");
    } else if (untold.isEmpty()) {
      reasons.add("No gate is worse by more than " + allowed + ".");
    }
    if (!untold.isEmpty()) {
      reasons.add("May be worse by more than " + allowed + ": " + listed(untold) + ".");
    }
  }

  private static String listed(List<ComparedRow> rows) {
    return rows.stream().map(Banner::named).collect(Collectors.joining(", "));
  }

  private static String named(ComparedRow row) {
    return row.metric().phase()
        + " "
        + row.metric().name()
        + " of "
        + row.run()
        + (row.changePercent() == null ? "" : " " + CompareWords.percent(row.changePercent()));
  }

  private static boolean isDoubtful(ComparedRow row) {
    return Boolean.TRUE.equals(row.overlaps())
        && (row.change() == Change.BETTER || row.change() == Change.WORSE)
        && !row.metric().isCapacity();
  }

  private static List<ComparedRow> of(Comparison comparison, Change change) {
    return comparison.rows().stream().filter(row -> row.change() == change).toList();
  }
}
