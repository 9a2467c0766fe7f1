package io.syncanalyzer.result.load;

import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a load reached the rate that was asked of it, and by how much not: all of it, or each
 * step of a ramp. Nothing is to be told of a load that went as fast as it could.
 */
public final class RateKept {
  /** The share of a rate that counts as reached. */
  public static final double ENOUGH = 0.99;

  /** The same of a single second, whose begin and end are not those of the load's own. */
  public static final double ENOUGH_IN_SECOND = 0.95;

  private static final String ADVICE =
      "more --load-threads, a deeper --load-pipeline or another machine for the load may reach it,"
          + " unless the source itself takes no more";

  private final List<Kept> asked = new ArrayList<>();

  private record Kept(LoadRow totals, double asked, double reached) {
    double share() {
      return reached / asked;
    }

    String words() {
      return String.format(
          Locale.ROOT,
          "%s/s of the %s/s asked for (%.1f %%)",
          Numbers.words(Math.round(reached)),
          Numbers.words(Math.round(asked)),
          // Never rounded up to what it is not.
          Math.floor(share() * 1000) / 10);
    }
  }

  private RateKept() {}

  /** What the {@code Totals} of these rows tell; a row without its rate tells nothing. */
  public static RateKept of(List<LoadRow> rows) {
    RateKept kept = new RateKept();
    for (LoadRow row : rows) {
      Long asked = row.asked().perS();
      Double reached = row.opsPerS();
      if (row.isTotals() && asked != null && asked > 0 && reached != null) {
        kept.asked.add(new Kept(row, asked, reached));
      }
    }
    return kept;
  }

  /**
   * Figures of the load for {@code summary.csv}: the rate asked for, where there was one, and which
   * share of it was reached, of a ramp in the worst step.
   */
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    if (asked.size() == 1 && asked.get(0).totals().step() == null) {
      figures.add(Figure.of("load", "asked_ops_per_s", Math.round(asked.get(0).asked()), "1/s"));
    }
    worst()
        .ifPresent(kept -> figures.add(Figure.of("load", "rate_reached", kept.share() * 100, "%")));
    return figures;
  }

  /** What to say where the rate was missed, and what may help, one line. */
  public Optional<String> warning() {
    List<Kept> missed = asked.stream().filter(kept -> kept.share() < ENOUGH).toList();
    if (missed.isEmpty()) {
      return Optional.empty();
    }
    Kept first = missed.get(0);
    String where =
        first.totals().step() == null
            ? ""
            : " in "
                + missed.size()
                + " of "
                + asked.size()
                + " steps, first in step "
                + first.totals().step();
    return Optional.of(
        "the load missed its rate" + where + ": it reached " + first.words() + "; " + ADVICE);
  }

  private Optional<Kept> worst() {
    return asked.stream().min(Comparator.comparingDouble(Kept::share));
  }
}
