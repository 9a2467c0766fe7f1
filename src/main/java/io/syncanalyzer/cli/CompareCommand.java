package io.syncanalyzer.cli;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.report.compare.Comparison;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.result.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: runs side by side. */
@Command(
    name = "compare",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Puts runs side by side, the first being the reference: what got better or worse, and what so"
          + " many runs cannot tell (~), with how many could. 4 of either are the fewest.",
      "Writes compare.csv and compare.html into --results."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class CompareCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin AnalyzerCli.StandardOptions standard;

  @Parameters(
      paramLabel = "RUN",
      completionCandidates = Candidates.Runs.class,
      arity = "2..*",
      description = "A run's name in --results, its folder, or the name of repeated runs.")
  List<String> runs;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "The folder of all runs. Default: ${DEFAULT-VALUE}")
  Path results;

  @Option(
      names = "--fail-if-worse",
      paramLabel = "PERCENT",
      description =
          "Exit with 3 where a figure is worse by more than this, with 4 where it may be and these"
              + " runs cannot tell.")
  @Nullable Double failIfWorse;

  @Option(
      names = "--csv-locale",
      paramLabel = "TAG",
      description =
          "Write CSV files as spreadsheets of this locale open them by double click: for de-DE"
              + " semicolons and a decimal comma. Default: commas and a decimal point.")
  @Nullable String csvLocale;

  CompareCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (failIfWorse != null && !(failIfWorse >= 0)) {
      throw new IllegalArgumentException("--fail-if-worse: " + failIfWorse + " is below 0 percent");
    }
    OptionalDouble limit =
        failIfWorse == null ? OptionalDouble.empty() : OptionalDouble.of(failIfWorse);
    CsvForm form = csvLocale == null ? CsvForm.POINT : CsvForm.ofLocale(csvLocale);
    List<List<RunReport>> reports = new ArrayList<>();
    for (String run : runs) {
      reports.add(RunReader.runs(results, run));
    }
    Comparison comparison = Comparison.of(runs, reports);
    comparison.write(results, limit, form);
    context.out().print(comparison.screen(limit, context.console(false).colour()));
    return comparison.status(limit).code();
  }
}
