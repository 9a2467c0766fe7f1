package io.syncanalyzer.report.screen;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.Units;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.LagWords;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.LoadMix;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.Sides;
import io.syncanalyzer.result.Verdict;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The console's last screen: what was found, in at most 100 columns and some thirty lines, plain
 * ASCII so that every terminal and log shows it, the verdict at its end, where the eye is.
 */
public final class Screen {
  public static final int WIDTH = 100;
  private static final int LONGEST_KEY = 64;
  private static final int MAX_LINES = 4;

  /** A row's name and the blank after it. */
  private static final int LABEL = 9;

  private final List<String> lines = new ArrayList<>();

  private Screen() {}

  /** The screen of a run, lines parted by the system's line end. */
  public static String of(RunReport run, RunFolder folder, boolean colour) {
    Screen screen = new Screen();
    screen.sides(run);
    screen.load(run.load());
    screen.lag(run.lag());
    screen.episodes(run.lag());
    screen.capacity(run.capacity());
    screen.drain(run.drain());
    screen.verify("initial", run.initialVerify());
    screen.verify("verify", run.verify());
    screen.limits(run.limits());
    screen.lines("warnings", run.allWarnings());
    screen.lines("notes", run.notes());
    screen.verdict(run.verdict(), folder, colour);
    return String.join(System.lineSeparator(), screen.lines) + System.lineSeparator();
  }

  private void sides(RunReport run) {
    for (SideReport side : Sides.merged(run.sides())) {
      List<String> facts = new ArrayList<>();
      facts.add(side.uri());
      addIfKnown(facts, side.product());
      if (side.role() != null) {
        facts.add(side.link() == null ? side.role() : side.role() + ", link " + side.link());
      }
      if (side.keys() != null) {
        facts.add(Numbers.count(side.keys(), "key"));
      }
      if (side.usedMemoryBytes() != null) {
        facts.add(Numbers.bytes(side.usedMemoryBytes()));
      }
      row(side.side().label(), String.join("  ", facts));
    }
  }

  private static void addIfKnown(List<String> facts, @Nullable String fact) {
    if (fact != null) {
      facts.add(fact);
    }
  }

  private void load(@Nullable LoadReport load) {
    if (load == null) {
      return;
    }
    String engine =
        load.engine() + (load.engineVersion() == null ? "" : " " + load.engineVersion());
    LoadRow totals = load.totals();
    if (totals == null) {
      row("load", engine + (load.incomplete() == null ? "" : ": " + load.incomplete()));
      return;
    }
    unbroken(
        "load",
        Stream.of(
                engine,
                LoadMix.words(load),
                join(
                    totals.count() == null ? "" : Numbers.words(totals.count()),
                    load.elapsedSeconds() == null
                        ? ""
                        : "in " + Numbers.seconds(load.elapsedSeconds())),
                millis("avg ", Units.millis(totals.latency().meanNanos())),
                millis("p99 ", Units.millis(totals.latency().p99Nanos())),
                millis("max ", Units.millis(totals.latency().maxNanos())))
            .filter(known -> !known.isEmpty())
            .toList());
    long errors =
        (totals.errors().connections() == null ? 0 : totals.errors().connections())
            + (totals.errors().replies() == null ? 0 : totals.errors().replies());
    if (errors > 0) {
      row("", Numbers.count(errors, "error") + ", see load.csv");
    }
  }

  /** Empty where it is not known. */
  private static String millis(String name, @Nullable Double value) {
    return value == null ? "" : name + Numbers.words(value) + " ms";
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + " " + second;
  }

  private void lag(@Nullable LagReport lag) {
    if (lag == null) {
      return;
    }
    String[] percentiles = {"50", "99", "99.9", "max"};
    String format = "%-9s %-17s %-17s %-17s %-17s %9s";
    row("lag", String.format(Locale.ROOT, format, "ms", "p50", "p99", "p99.9", "max", "n"));
    String replica = null;
    for (LagAccounting account : lag.accountingByReplica()) {
      if (!Objects.equals(replica, account.replica())) {
        replica = account.replica();
        row("", "on " + replica);
      }
      Object[] cells = new Object[6];
      cells[0] = account.phase();
      for (int i = 0; i < percentiles.length; i++) {
        cells[i + 1] = lag.interval(account, percentiles[i], Bound.Digits.SCREEN);
      }
      cells[5] = Numbers.words(account.samples());
      row("", String.format(Locale.ROOT, format, cells));
    }
    row("", LagWords.LEGEND);
    LagWords.worst(lag).ifPresent(words -> row("", words));
    lag.distances().forEach(words -> row("", words));
    LagAccounting main = lag.accounting(lag.mainPhase());
    if (main != null) {
      row("", LagWords.accounting(main));
    }
    lag.prices().forEach(words -> row("price", words));
  }

  private void episodes(@Nullable LagReport lag) {
    if (lag != null && lag.episodes() != null) {
      String name = "episodes";
      for (String line : EpisodeLines.of(lag.episodes())) {
        row(name, line);
        name = "";
      }
    }
  }

  private void capacity(@Nullable CapacityReport capacity) {
    if (capacity != null) {
      String label = "capacity";
      for (String line : CapacityLines.of(capacity, WIDTH - LABEL)) {
        lines.add(String.format(Locale.ROOT, "%-8s %s", label, line).stripTrailing());
        label = "";
      }
    }
  }

  private void drain(@Nullable DrainReport drain) {
    if (drain == null) {
      return;
    }
    row("drain", drain.words());
  }

  private void verify(String name, @Nullable VerifyReport verify) {
    if (verify == null) {
      return;
    }
    row(name, VerifyWords.keys(verify));
    StringBuilder verdicts = new StringBuilder();
    for (Map.Entry<KeyVerdict, Long> entry : verify.byVerdict().entrySet()) {
      verdicts
          .append(verdicts.isEmpty() ? "" : ", ")
          .append(Numbers.words(entry.getValue()))
          .append(' ')
          .append(entry.getKey().words());
    }
    if (!verdicts.isEmpty()) {
      row("", verdicts.toString());
    }
    if (verify.functions() > 0) {
      row("", VerifyWords.functions(verify));
    }
    for (ReplicaTotals one : verify.replicas()) {
      row("", one.replica() + "  " + one.words());
    }
    ReplicaTotals.worst(verify.replicas()).ifPresent(one -> row("", "worst " + one.replica()));
    partitions(verify.partitions());
    verify.notLookedAt().reasons().forEach(reason -> row("", reason));
    verify.mismatches().stream()
        .limit(3)
        .forEach(
            m ->
                row(
                    "",
                    m.verdict().words()
                        + (m.replica() == null ? "" : " on " + m.replica())
                        + ": "
                        + key(m.key())));
  }

  private void partitions(List<VerifyPartition> partitions) {
    if (partitions.size() > 1) {
      long shards = partitions.stream().map(VerifyPartition::sourceNode).distinct().count();
      long again = partitions.stream().filter(one -> one.attempts() > 1).count();
      row(
          "",
          Numbers.count(partitions.size(), "partition")
              + " of "
              + Numbers.count(shards, "shard")
              + (again == 0 ? "" : ", " + Numbers.words(again) + " of them looked at again"));
    }
  }

  /** A key's beginning; how long it really is the detail says, as it may have been cut before. */
  private static String key(Bytes key) {
    return key.length() <= LONGEST_KEY
        ? LosslessText.of(key)
        : LosslessText.of(key.slice(0, LONGEST_KEY)) + "…";
  }

  private void limits(List<Limit> limits) {
    String name = "limits";
    for (Limit limit : limits) {
      Boolean kept = limit.kept();
      row(name, (kept == null ? "untold " : kept ? "kept   " : "BROKEN ") + limit.words());
      name = "";
    }
  }

  private void lines(String title, List<String> all) {
    String name = title;
    for (String line : all.subList(0, Math.min(MAX_LINES, all.size()))) {
      row(name, line);
      name = "";
    }
    if (all.size() > MAX_LINES) {
      row("", (all.size() - MAX_LINES) + " more in report.html");
    }
  }

  private void verdict(Verdict verdict, RunFolder folder, boolean colour) {
    lines.add("");
    Ansi ansi =
        switch (verdict.status()) {
          case ALL_EQUAL -> Ansi.GREEN;
          case MISMATCHES, LIMIT_BROKEN, COULD_NOT_RUN, USAGE -> Ansi.RED;
          case INCOMPLETE, INTERRUPTED -> Ansi.YELLOW;
        };
    for (String line : Wrap.at(verdict.headline(), WIDTH)) {
      lines.add(colour ? ansi.paint(line) : line);
    }
    verdict.also().stream().limit(3).forEach(reason -> Wrap.at(reason, WIDTH).forEach(lines::add));
    if (!verdict.next().isEmpty()) {
      Wrap.at("what to do: " + verdict.next(), WIDTH).forEach(lines::add);
    }
    lines.add("exit status " + verdict.status().code() + ", page " + folder.reportHtml());
  }

  /** A name and figures, of which none is parted from its unit unless it is too long by itself. */
  private void unbroken(String name, List<String> figures) {
    String label = name;
    StringBuilder line = new StringBuilder();
    for (String figure : figures) {
      if (!line.isEmpty() && line.length() + 2 + figure.length() > WIDTH - LABEL) {
        row(label, line.toString());
        label = "";
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : "  ").append(figure);
    }
    row(label, line.toString());
  }

  /** A name and its text, wrapped under itself. */
  private void row(String name, String text) {
    String label = name;
    for (String line : Wrap.at(text.stripTrailing(), WIDTH - LABEL)) {
      lines.add(String.format(Locale.ROOT, "%-8s %s", label, line).stripTrailing());
      label = "";
    }
  }
}
