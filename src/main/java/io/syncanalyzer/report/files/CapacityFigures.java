package io.syncanalyzer.report.files;

import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import io.syncanalyzer.result.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of a search for capacity; a bound that there is not is a row without a value. */
final class CapacityFigures {
  private static final String PHASE = "capacity";

  private final List<Figure> all = new ArrayList<>();

  private CapacityFigures() {}

  static List<Figure> of(@Nullable CapacityReport report) {
    CapacityFigures figures = new CapacityFigures();
    if (report == null) {
      return figures.all;
    }
    CapacityInterval together = report.together();
    if (together != null) {
      figures.interval("", together);
    }
    figures.trials("", report.trials());
    if (report.intervals().size() > 1) {
      for (CapacityInterval one : report.intervals()) {
        String prefix = one.replica() + "_";
        figures.interval(prefix, one);
        figures.trials(prefix, report.trials(one.replica()));
      }
    }
    return figures.all;
  }

  private void interval(String prefix, CapacityInterval one) {
    rate(prefix + "proven", one.provenPerS());
    rate(prefix + "refuted", one.refutedPerS());
    count(prefix + "proven_trials", one.provenTrials(), "trials");
    count(prefix + "refuted_trials", one.refutedTrials(), "trials");
    count(prefix + "mixed_rates", one.mixedPerS().size(), "rates");
    all.add(Figure.word(PHASE, prefix + "ending", one.ending().label()));
  }

  /** A trial that several replicas took part in is one. */
  private void trials(String prefix, List<Trial> trials) {
    count(prefix + "trials", distinct(trials, null), "trials");
    count(prefix + "undecided", distinct(trials, TrialOutcome.UNDECIDED), "trials");
    count(prefix + "invalid", distinct(trials, TrialOutcome.INVALID), "trials");
  }

  private static long distinct(List<Trial> trials, @Nullable TrialOutcome outcome) {
    return trials.stream()
        .filter(trial -> outcome == null || trial.outcome() == outcome)
        .map(Trial::trial)
        .distinct()
        .count();
  }

  private void rate(String metric, @Nullable Long perS) {
    all.add(new Figure(PHASE, metric, perS == null ? "" : perS.toString(), "1/s"));
  }

  private void count(String metric, long count, String unit) {
    all.add(Figure.of(PHASE, metric, count, unit));
  }
}
