package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.ConnectionOptions;
import io.syncanalyzer.cli.options.OutputOptions;
import io.syncanalyzer.cli.words.Asked;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.NamedFile;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import io.syncanalyzer.verify.partition.PartitionWork;
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
    if (output.junit != null) {
      NamedFile.check(
          "--junit",
          output.junit,
          output.runId == null ? output.results : output.results.resolve(output.runId));
    }
    return new RunOutput(
        output.results,
        Optional.ofNullable(output.runId),
        Optional.empty(),
        output.json,
        Optional.ofNullable(output.junit),
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
