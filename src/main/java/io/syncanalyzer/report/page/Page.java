package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.report.page.PageView.Tile;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.Verdict;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code report.html}: the run for a person. */
public final class Page {
  private Page() {}

  /** Writes it from the report and what the folder's {@code lag.hlog} holds. */
  public static void write(RunFolder folder, RunReport run, Distributions recorded) {
    PageFrame.write(folder.reportHtml(), view(run, recorded));
  }

  public static PageView view(RunReport run, Distributions distributions) {
    Charts charts = new Charts();
    PageSections sections = new PageSections(charts);
    List<Section> parts = new ArrayList<>();
    addIfThere(parts, new CapacitySection(charts).of(run));
    parts.add(sections.overview(run));
    addIfThere(parts, new LagSection(charts).of(run, distributions));
    addIfThere(parts, new LoadSection(charts).of(run.load()));
    addIfThere(parts, sections.inserts(run.insert()));
    addIfThere(parts, sections.verify(run));
    addIfThere(parts, sections.mismatches(run.verify()));
    parts.add(new EnvironmentSection(run).section());
    parts.add(sections.files());
    Verdict verdict = run.verdict();
    return new PageView(
        "Replication of run " + run.runId(),
        "Redis replication analyzer " + run.analyzerVersion() + " · " + run.command(),
        mood(verdict.status()),
        word(verdict.status()),
        verdict.headline(),
        verdict.next(),
        verdict.also(),
        tiles(run),
        parts,
        "Made by the Redis replication analyzer "
            + run.analyzerVersion()
            + ". The CSV files beside this page hold every figure on it.",
        charts.json());
  }

  private static void addIfThere(List<Section> parts, @Nullable Section section) {
    if (section != null) {
      parts.add(section);
    }
  }

  public static String mood(ExitStatus status) {
    return switch (status) {
      case ALL_EQUAL -> "good";
      case MISMATCHES, LIMIT_BROKEN, COULD_NOT_RUN, USAGE -> "bad";
      case INCOMPLETE, INTERRUPTED -> "warn";
    };
  }

  static String word(ExitStatus status) {
    return status.words() + " · exit status " + status.code();
  }

  private static List<Tile> tiles(RunReport run) {
    List<Tile> tiles = new ArrayList<>(CapacitySection.tiles(run.capacity()));
    LagReport lag = run.lag();
    if (lag != null) {
      addLag(tiles, "p99 lag", lag, lag.mainPhase());
      addLag(tiles, "p99 lag at idle", lag, LagReport.BASELINE);
      addLag(tiles, "p99 of the probe's floor", lag, LagReport.FLOOR);
    }
    LoadRow totals = run.load() == null ? null : run.load().totals();
    if (totals != null && totals.opsPerS() != null) {
      tiles.add(load(totals));
    }
    if (run.drain() != null && run.drain().seconds() != null) {
      tiles.add(new Tile("drained in", Numbers.seconds(run.drain().seconds()), "after the load"));
    }
    VerifyReport verify = run.verify();
    if (verify != null) {
      tiles.add(
          new Tile(
              "keys equal",
              Numbers.words(verify.keys(KeyVerdict.EQUAL)),
              verify.sourceKeys() == null
                  ? ""
                  : "of " + Numbers.words(verify.sourceKeys()) + " on the source"));
      tiles.add(
          new Tile(
              "confirmed differences",
              Numbers.words(verify.mismatchedKeys()),
              verify.mismatchedKeys() == 0 ? "" : "mismatches.csv has them"));
    }
    return tiles;
  }

  /** Writes where they are told apart, all commands beside them; else all commands. */
  private static Tile load(LoadRow totals) {
    Double all = totals.opsPerS();
    Double writes = totals.writesPerS();
    Double shown = writes == null ? all : writes;
    String commands = totals.count() == null ? "" : Numbers.words(totals.count()) + " commands";
    String note =
        writes == null
            ? commands + ", writes and reads not told apart"
            : Objects.equals(writes, all)
                ? commands
                : "of "
                    + Numbers.words(Math.round(all == null ? 0 : all))
                    + " commands/s"
                    + (totals.readsPerS() == null
                        ? ""
                        : ", " + Numbers.words(Math.round(totals.readsPerS())) + " reads/s");
    return new Tile(
        writes == null ? "commands" : "writes",
        Numbers.words(Math.round(shown == null ? 0 : shown)) + "/s",
        note);
  }

  private static void addLag(List<Tile> tiles, String name, LagReport lag, @Nullable String phase) {
    LagPercentile row = lag.percentile(phase, "99");
    Double upper = row == null ? null : row.upper().micros();
    Double lower = row == null ? null : row.lower().micros();
    if (upper != null) {
      String words = lower == null ? "upper bound" : "upper bound; lower " + Bound.lower(lower);
      tiles.add(new Tile(name, Bound.upper(upper), words));
    } else if (lower != null) {
      tiles.add(new Tile(name, Bound.atLeast(lower), "lower bound; some never seen"));
    }
  }
}
