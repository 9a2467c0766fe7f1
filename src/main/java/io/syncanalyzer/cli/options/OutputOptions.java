package io.syncanalyzer.cli.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go, and how much is said. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class OutputOptions {
  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description =
          "The folder of all runs; of a job on Spark any that its Hadoop knows, such as"
              + " hdfs://host/folder. Default: ${DEFAULT-VALUE}")
  public Path results;

  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description = "This run's folder in it; must be new. Default: the UTC time.")
  public @Nullable String runId;

  @Option(names = "--quiet", description = "No progress; only the result and warnings.")
  public boolean quiet;

  @Option(
      names = "--json",
      description = "Print the summary as one JSON document on stdout instead of the screen.")
  public boolean json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also write each limit and verdict as a JUnit test case.")
  public @Nullable Path junit;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description =
          "Also write a summary as GitHub-flavored Markdown: verdict, what to do, lag, mismatches."
              + " Where GITHUB_STEP_SUMMARY names a file it is added there too.")
  public @Nullable Path markdown;

  @Option(
      names = "--csv-locale",
      paramLabel = "TAG",
      description =
          "Write CSV files as spreadsheets of this locale open them by double click: for de-DE"
              + " semicolons and a decimal comma. Default: commas and a decimal point.")
  public @Nullable String csvLocale;
}
