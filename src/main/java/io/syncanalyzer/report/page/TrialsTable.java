package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Cell;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialWords;
import io.syncanalyzer.result.figure.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a search for capacity for people, in the order tried: so many columns as fit beside
 * each other; the folded table of the file has all.
 */
final class TrialsTable {
  /** A blank at which no line ends. */
  private static final char UNBROKEN = '\u00a0';

  private static final Unit MILLIS = new Unit(6, 3);
  private static final Unit BYTES = new Unit(0, 0);

  /** How far the point is moved to the left, and how many decimals are left. */
  private record Unit(int shift, int decimals) {}

  private TrialsTable() {}

  private record Column(String name, Function<Trial, String> cell) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("trial", trial -> String.valueOf(trial.trial())),
          new Column("replica", trial -> Cell.of(trial.replica())),
          new Column("writes/s asked", trial -> Numbers.words(trial.rate().askedPerS())),
          new Column("reached", trial -> whole(trial.rate().achievedPerS())),
          new Column("outcome", trial -> trial.outcome().label()),
          new Column("why not sustained", Trial::reason),
          new Column("p50, ms", TrialWords::p50),
          new Column("p99, ms", TrialWords::p99),
          new Column("largest, ms", TrialWords::largest),
          new Column("never seen", trial -> Numbers.words(trial.lag().censored())),
          new Column("lag grows, ms/s", trial -> growth(trial.growth().lag(), MILLIS)),
          new Column("gap grows, bytes/s", trial -> growth(trial.growth().gap(), BYTES)),
          new Column(
              "recovered in, s",
              trial ->
                  trial.recoveredNanos() == null
                      ? ""
                      : Numbers.words(trial.recoveredNanos() / 1e9)),
          new Column("why this rate", Trial::purpose),
          new Column("shard that decided", trial -> Cell.of(trial.shard())));

  /** The table; what is empty throughout has no column. */
  static HtmlTable of(List<Trial> trials) {
    List<Column> columns = new ArrayList<>();
    for (Column column : COLUMNS) {
      if (trials.stream().anyMatch(trial -> !column.cell.apply(trial).isEmpty())) {
        columns.add(column);
      }
    }
    return HtmlTable.of(
        "Trials in the order tried; of each lag lower .. upper bound, of each growth the estimate"
            + " and the limits that it lies within",
        false,
        columns.stream().map(Column::name).toList(),
        trials.stream()
            .map(trial -> columns.stream().map(column -> column.cell.apply(trial)).toList())
            .toList());
  }

  /** A trial in one sentence or two. */
  static String words(Trial trial) {
    StringBuilder words = new StringBuilder("Trial ").append(trial.trial()).append(": ");
    words.append(QuestionWords.rate(trial.rate().askedPerS()));
    Double reached = trial.rate().achievedPerS();
    if (reached != null) {
      words.append(" asked, ").append(whole(reached)).append(" reached");
    }
    words.append(", ").append(trial.outcome().label());
    if (!trial.reason().isEmpty()) {
      words.append(": ").append(trial.reason());
    }
    words.append('.');
    if (!TrialWords.p50(trial).isEmpty()) {
      words.append(" p50 ").append(TrialWords.p50(trial)).append(" ms");
      words.append(
          TrialWords.p99(trial).isEmpty() ? "." : ", p99 " + TrialWords.p99(trial) + " ms.");
    }
    return words.toString();
  }

  private static String growth(@Nullable Slope slope, Unit unit) {
    return slope == null
        ? ""
        : rounded(slope.perSecond(), unit, RoundingMode.HALF_EVEN)
            + " "
            + ("("
                    + rounded(slope.low(), unit, RoundingMode.FLOOR)
                    + " .. "
                    + rounded(slope.high(), unit, RoundingMode.CEILING)
                    + ")")
                .replace(' ', UNBROKEN);
  }

  private static String rounded(double figure, Unit unit, RoundingMode way) {
    BigDecimal exact = Numbers.exact(figure).movePointLeft(unit.shift);
    return String.format(
        Locale.ROOT, "%,." + unit.decimals + "f", exact.setScale(unit.decimals, way));
  }

  private static String whole(@Nullable Double rate) {
    return rate == null ? "" : Numbers.words(Math.round(rate));
  }
}
