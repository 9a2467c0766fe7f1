package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.ConnectionOptions;
import io.syncanalyzer.cli.options.OutputOptions;
import io.syncanalyzer.cli.words.Asked;
import io.syncanalyzer.cli.words.DefaultValues;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.NamedFile;
import io.syncanalyzer.report.markdown.SummaryFiles;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.spark.mirror.HadoopFolder;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import io.syncanalyzer.verify.partition.PartitionWork;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that make a run have in common. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
abstract class RunCommand implements Callable<Integer> {
  final CliContext context;

  @Spec CommandSpec spec;

  @Mixin AnalyzerCli.StandardOptions standard;

  @Mixin(name = "Servers")
  ConnectionOptions connection = new ConnectionOptions();

  @Mixin(name = "Results")
  OutputOptions output = new OutputOptions();

  RunCommand(CliContext context) {
    this.context = context;
  }

  ServersRequest servers() {
    return connection.servers(context.credentials(connection.secretsFile));
  }

  /** Where the results go; checked here, where nothing has been done yet. */
  RunOutput runOutput() {
    resultsElsewhere()
        .ifPresent(
            location -> {
              throw new IllegalArgumentException(
                  "--results "
                      + location
                      + ": only a job on Spark writes there; name a folder of this machine");
            });
    return runOutput(output.results, Optional.ofNullable(output.runId));
  }

  /** The folder of all runs as it is given, where it is not one of this machine. */
  Optional<String> resultsElsewhere() {
    return DefaultValues.text(spec, "--results").filter(HadoopFolder::isMeant);
  }

  /** The same, with that folder of all runs and that name. */
  RunOutput runOutput(Path results, Optional<String> runId) {
    Path folder = runId.map(results::resolve).orElse(results);
    if (output.junit != null) {
      NamedFile.check("--junit", output.junit, folder);
    }
    return new RunOutput(
        results,
        runId,
        Optional.empty(),
        output.json,
        Optional.ofNullable(output.junit),
        SummaryFiles.of(Optional.ofNullable(output.markdown), context.environment(), folder),
        Optional.ofNullable(output.csvLocale).map(CsvForm::ofLocale),
        Version.text(),
        Asked.words(context.arguments()),
        Asked.options(spec));
  }

  RunContext runContext() {
    return runContext(PartitionWork.here(NanoClock.SYSTEM));
  }

  /** The same, its partitions compared by another. */
  RunContext runContext(PartitionWork work) {
    return new RunContext(
        context.console(output.quiet),
        context.environment().getOrDefault("PATH", ""),
        NanoClock.SYSTEM,
        WallClock.SYSTEM,
        work);
  }

  /** Refuses words after {@code --} where no memtier is there to take them. */
  void refuseMemtierWords() {
    List<String> words = context.afterDashes();
    if (!words.isEmpty()) {
      throw new IllegalArgumentException(
          "what follows -- goes to memtier_benchmark, which `" + spec.name() + "` does not run");
    }
  }
}
