package io.syncanalyzer.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go, and how much is said. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class OutputOptions {
  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "The folder of all runs. Default: ${DEFAULT-VALUE}")
  Path results;

  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description = "This run's folder in it; must be new. Default: the UTC time.")
  @Nullable String runId;

  @Option(names = "--quiet", description = "No progress; only the result and warnings.")
  boolean quiet;

  @Option(
      names = "--json",
      description = "Print the summary as one JSON document on stdout instead of the screen.")
  boolean json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also write each limit and verdict as a JUnit test case.")
  @Nullable Path junit;

  @Option(
      names = "--csv-locale",
      paramLabel = "TAG",
      description =
          "Write CSV files as spreadsheets of this locale open them by double click: for de-DE"
              + " semicolons and a decimal comma. Default: commas and a decimal point.")
  @Nullable String csvLocale;
}
