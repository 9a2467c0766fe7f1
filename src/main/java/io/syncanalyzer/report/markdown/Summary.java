package io.syncanalyzer.report.markdown;

import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.LagWords;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.LoadMix;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.Verdict;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.IntervalWords;
import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialWords;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.EpisodeWords;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.result.verify.VerifyWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run in a page of Markdown: how it ended and what to do first, then its figures. However much
 * was found it stays below some 100 KiB: of each kind of line only the first are there, with how
 * many more there are. Values of keys are not in it, for it goes where logs go.
 */
public final class Summary {
  private static final int MOST_ROWS = 30;
  private static final int MOST_LINES = 12;

  private static final List<String> PERCENTILES = List.of("50", "99", "99.9", "max");

  private final StringBuilder text = new StringBuilder();

  private Summary() {}

  /** All of it, lines parted by LF. */
  public static String of(RunReport run, RunFolder folder) {
    Summary summary = new Summary();
    summary.head(run);
    summary.lag(run.lag());
    // First, so that however many replicas there are no limit is among those left out.
    List<String> facts = new ArrayList<>(run.limits().stream().map(Summary::limit).toList());
    facts.addAll(load(run.load(), run.drain()));
    facts.addAll(lagFacts(run.lag()));
    summary.lines(facts);
    summary.capacity(run.capacity());
    summary.verify(run.verify());
    summary.list("Warnings", run.allWarnings());
    summary.list("Notes", run.notes());
    summary.foot(folder);
    return summary.text.toString();
  }

  /** No more than how it ended, what to do, and where the rest is. */
  static String brief(RunReport run, RunFolder folder) {
    Summary summary = new Summary();
    summary.head(run);
    summary.foot(folder);
    return summary.text.toString();
  }

  private void head(RunReport run) {
    Verdict verdict = run.verdict();
    text.append("## ").append(verdict.status().words());
    text.append(" · exit status ").append(verdict.status().code()).append("\n\n");
    paragraph("**" + Markdown.text(verdict.headline()) + "**");
    if (!verdict.next().isEmpty()) {
      paragraph("**What to do:** " + Markdown.text(verdict.next()));
    }
    lines(verdict.also());
    paragraph(
        "Run "
            + Markdown.code(run.runId())
            + " of "
            + Markdown.code(run.command())
            + (run.elapsedSeconds() == null
                ? ""
                : ", " + Numbers.seconds(run.elapsedSeconds()) + " in all")
            + ".");
  }

  private void foot(RunFolder folder) {
    paragraph(
        "All figures: "
            + Markdown.code(folder.path().toString())
            + ", the page: "
            + Markdown.code(folder.reportHtml().toString())
            + ".");
  }

  private void lag(@Nullable LagReport lag) {
    if (lag == null) {
      return;
    }
    text.append("### Lag\n\n");
    List<String> head = new ArrayList<>(List.of("ms"));
    PERCENTILES.forEach(p -> head.add(p.equals("max") ? p : "p" + p));
    head.add("n");
    List<List<String>> rows = new ArrayList<>();
    for (LagAccounting account : lag.accountingByReplica()) {
      List<String> row = new ArrayList<>();
      row.add(
          account.phase()
              + (account.replica() == null ? "" : " " + Markdown.cell(account.replica())));
      PERCENTILES.forEach(
          p -> row.add(Markdown.figure(lag.interval(account, p, Bound.Digits.SCREEN))));
      row.add(Numbers.words(account.samples()));
      rows.add(row);
    }
    table(head, true, rows, "rows");
    paragraph(Markdown.text(LagWords.LEGEND) + ".");
  }

  private static List<String> lagFacts(@Nullable LagReport lag) {
    if (lag == null) {
      return List.of();
    }
    List<String> more = new ArrayList<>();
    LagAccounting main = lag.accounting(lag.mainPhase());
    if (main != null) {
      more.add(LagWords.accounting(main));
    }
    LagWords.worst(lag).ifPresent(more::add);
    more.addAll(lag.distances());
    EpisodeReport episodes = lag.episodes();
    if (episodes != null) {
      more.add(
          episodes
              .largest()
              .map(
                  one ->
                      EpisodeWords.count(episodes)
                          + ", the largest "
                          + EpisodeWords.size(one)
                          + ": "
                          + EpisodeWords.cause(one))
              .orElse(EpisodeWords.count(episodes)));
    }
    return more;
  }

  private static List<String> load(@Nullable LoadReport load, @Nullable DrainReport drain) {
    List<String> facts = new ArrayList<>();
    if (load != null) {
      facts.add(
          Stream.of("load: " + load.engine(), known(load.engineVersion()), LoadMix.words(load))
              .filter(word -> !word.isEmpty())
              .reduce((one, other) -> one + "  " + other)
              .orElseThrow());
    }
    if (drain != null) {
      facts.add("drain: " + drain.words());
    }
    return facts;
  }

  private static String known(@Nullable String word) {
    return word == null ? "" : word;
  }

  private void capacity(@Nullable CapacityReport capacity) {
    if (capacity == null) {
      return;
    }
    text.append("### Capacity\n\n");
    paragraph(Markdown.text(QuestionWords.of(capacity.question())));
    for (CapacityInterval one : capacity.intervals()) {
      paragraph(
          Markdown.text(
              IntervalWords.sentence(one) + " " + IntervalWords.meaning(one, capacity.question())));
    }
    boolean several = capacity.replicas().size() > 1;
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : capacity.trials()) {
      rows.add(
          List.of(
              trial.trial() + (several ? " " + Markdown.cell(known(trial.replica())) : ""),
              Numbers.words(trial.rate().askedPerS()),
              trial.rate().achievedPerS() == null
                  ? ""
                  : Numbers.words(Math.round(trial.rate().achievedPerS())),
              Markdown.figure(TrialWords.p99(trial)),
              trial.outcome().label(),
              Markdown.text(trial.reason())));
    }
    if (!rows.isEmpty()) {
      table(
          List.of("trial", "writes/s", "reached", "p99 lag, ms", "outcome", "why not sustained"),
          false,
          rows,
          "trials");
    }
  }

  private static String limit(Limit limit) {
    Boolean kept = limit.kept();
    return "limit " + (kept == null ? "untold: " : kept ? "kept: " : "BROKEN: ") + limit.words();
  }

  private void verify(@Nullable VerifyReport verify) {
    if (verify == null) {
      return;
    }
    text.append("### Verification\n\n");
    paragraph(Markdown.text(VerifyWords.keys(verify)));
    List<List<String>> rows = new ArrayList<>();
    verify
        .byVerdict()
        .forEach((verdict, keys) -> rows.add(List.of(verdict.words(), Numbers.words(keys))));
    if (!rows.isEmpty()) {
      table(List.of("verdict", "keys"), true, rows, "verdicts");
    }
    List<String> more = new ArrayList<>();
    if (verify.functions() > 0) {
      more.add(VerifyWords.functions(verify));
    }
    verify.replicas().forEach(one -> more.add(one.replica() + "  " + one.words()));
    ReplicaTotals.worst(verify.replicas()).ifPresent(one -> more.add("worst " + one.replica()));
    more.addAll(verify.notLookedAt().reasons());
    lines(more);
    mismatches(verify);
  }

  private void mismatches(VerifyReport verify) {
    List<Mismatch> found = verify.mismatches();
    if (found.isEmpty()) {
      return;
    }
    boolean several = found.stream().anyMatch(one -> one.replica() != null);
    List<String> head =
        new ArrayList<>(List.of("key", "verdict", "db", "source", "replica", "field"));
    if (several) {
      head.add("on");
    }
    List<List<String>> rows = new ArrayList<>();
    for (Mismatch one : found) {
      List<String> row = new ArrayList<>();
      row.add(Markdown.key(one.key()));
      row.add(one.verdict().words());
      row.add(one.db() == null ? "" : String.valueOf(one.db()));
      row.add(Markdown.text(known(one.typeSource())));
      row.add(Markdown.text(known(one.typeReplica())));
      row.add(one.field() == null || one.field().isEmpty() ? "" : Markdown.field(one.field()));
      if (several) {
        row.add(Markdown.text(known(one.replica())));
      }
      rows.add(row);
    }
    long different =
        VerifyRow.unequal(verify.rows()).values().stream().mapToLong(Long::longValue).sum();
    int shown = Math.min(MOST_ROWS, rows.size());
    text.append(Markdown.table(head, false, rows.subList(0, shown)));
    // A row may stand for the keys of many slots, and files hold no more rows than was asked for.
    if (rows.size() > shown) {
      paragraph(
          Numbers.words(Math.max(different, rows.size()) - shown) + " more in mismatches.csv.");
    }
  }

  private void table(List<String> head, boolean figures, List<List<String>> rows, String what) {
    int left = Math.max(0, rows.size() - MOST_ROWS);
    if (left > 0) {
      paragraph("The last " + MOST_ROWS + " of " + rows.size() + " " + what + ".");
    }
    text.append(Markdown.table(head, figures, rows.subList(left, rows.size())));
  }

  private void list(String title, List<String> all) {
    if (!all.isEmpty()) {
      text.append("### ").append(title).append("\n\n");
      lines(all);
    }
  }

  private void lines(List<String> all) {
    all.stream()
        .limit(MOST_LINES)
        .forEach(line -> text.append("- ").append(Markdown.text(line)).append('\n'));
    if (all.size() > MOST_LINES) {
      text.append("- ").append(all.size() - MOST_LINES).append(" more in report.html\n");
    }
    if (!all.isEmpty()) {
      text.append('\n');
    }
  }

  private void paragraph(String markdown) {
    text.append(markdown).append("\n\n");
  }
}
