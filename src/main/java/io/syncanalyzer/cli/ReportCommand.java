package io.syncanalyzer.cli;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.report.files.RunRemains;
import io.syncanalyzer.report.markdown.SummaryFiles;
import io.syncanalyzer.report.screen.Screen;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.run.verify.Resumption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: makes a run's files again. */
@Command(
    name = "report",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Makes the page and the CSV files of a run again, from what the run recorded, and shows its"
          + " result and what of its data is gone or cut.",
      "The exit status is 0 when that is done, whatever the run's own was."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class ReportCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin AnalyzerCli.StandardOptions standard;

  @Parameters(
      paramLabel = "RUN",
      completionCandidates = Candidates.Runs.class,
      description = "A run's name in --results, or its folder.")
  String run;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "The folder of all runs. Default: ${DEFAULT-VALUE}")
  Path results;

  @Option(
      names = "--csv-locale",
      paramLabel = "TAG",
      description =
          "Write CSV files as spreadsheets of this locale open them by double click: for de-DE"
              + " semicolons and a decimal comma. Default: as the run wrote them.")
  @Nullable String csvLocale;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description =
          "Also write a summary as GitHub-flavored Markdown: verdict, what to do, lag, mismatches.")
  @Nullable Path markdown;

  ReportCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Optional<CsvForm> asked = Optional.ofNullable(csvLocale).map(CsvForm::ofLocale);
    RunFolder folder = RunFolder.existing(results, run);
    // Whether a run is added to a workflow's step is for the run to say, not for who reads it
    // again.
    SummaryFiles summary = SummaryFiles.of(Optional.ofNullable(markdown), Map.of(), folder.path());
    RunReport report = RunReader.read(folder);
    Optional<CsvForm> form =
        asked.or(
            () -> Optional.ofNullable(report.asked().get("csv-locale")).map(CsvForm::ofLocale));
    List<String> lost = RunRemains.lost(folder, report);
    new RunWriter(folder, form).rebuild(report);
    summary.write(report, folder);
    context.out().print(Screen.of(report, folder, context.console(false).colour()));
    lost.forEach(line -> context.out().println("missing  " + line));
    if (report.finishedAt() == null) {
      // A run that ended in order has said it itself.
      Resumption.hint(folder, report).ifPresent(context.out()::println);
    }
    return ExitStatus.ALL_EQUAL.code();
  }
}
