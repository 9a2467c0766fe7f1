package io.syncanalyzer.report.screen;

import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.IntervalWords;
import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialWords;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A search for capacity on the last screen: the question, its trials, what they come to. */
final class CapacityLines {
  /** Where the last column begins. */
  private static final int REASON = 60;

  /** So many trials fit on a screen; of more the last ones decide. */
  private static final int MOST = 24;

  private final List<String> lines = new ArrayList<>();

  private CapacityLines() {}

  /** The lines, none wider than told. */
  static List<String> of(CapacityReport report, int width) {
    CapacityLines all = new CapacityLines();
    all.lines.addAll(Wrap.at(QuestionWords.of(report.question()), width));
    report.replicas().forEach(name -> all.replica(report, name, width));
    return all.lines;
  }

  private void replica(CapacityReport report, @Nullable String replica, int width) {
    if (replica != null) {
      lines.add("on " + replica);
    }
    trials(report.trials(replica), width);
    report.interval(replica).ifPresent(one -> lines.addAll(Wrap.at(words(one, report), width)));
  }

  private static String words(CapacityInterval one, CapacityReport report) {
    return IntervalWords.sentence(one.of(null))
        + " "
        + IntervalWords.meaning(one, report.question());
  }

  private void trials(List<Trial> trials, int width) {
    if (trials.isEmpty()) {
      return;
    }
    lines.add(row("", "writes/s", "reached", "p99 lag, ms", "outcome", ""));
    int left = Math.max(0, trials.size() - MOST);
    if (left > 0) {
      lines.add(Numbers.count(left, "trial") + " before these in report.html");
    }
    for (Trial trial : trials.subList(left, trials.size())) {
      List<String> reason = Wrap.at(trial.reason(), width - REASON);
      lines.add(
          row(
              String.valueOf(trial.trial()),
              Numbers.words(trial.rate().askedPerS()),
              trial.rate().achievedPerS() == null
                  ? ""
                  : Numbers.words(Math.round(trial.rate().achievedPerS())),
              TrialWords.p99(trial),
              trial.outcome().label(),
              reason.get(0)));
      reason.stream().skip(1).forEach(more -> lines.add(" ".repeat(REASON) + more));
    }
  }

  private static String row(
      String trial, String asked, String reached, String p99, String outcome, String reason) {
    return String.format(
            Locale.ROOT,
            "%3s %11s %11s  %-19s %-10s %s",
            trial,
            asked,
            reached,
            p99,
            outcome,
            reason)
        .stripTrailing();
  }
}
