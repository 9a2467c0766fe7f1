package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.ConnectionOptions;
import io.syncanalyzer.cli.options.ServersTogether;
import io.syncanalyzer.cli.words.DefaultValues;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.servers.TopologyWishes;
import io.syncanalyzer.selftest.Selftest;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code selftest}: shows that the analyzer finds what is known to be wrong. */
@Command(
    name = "selftest",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Corrupts a replica in every way known, delays and stalls its link, and checks that the"
          + " analyzer finds and measures exactly that.",
      "On an embedded pair; or, for the corruptions, on the --source and --replica given, in an"
          + " empty database that both URIs name (…/9), with --yes.",
      "Exit status: 0 all found, nothing false; 1 if not; 5 could not run; 130 interrupted."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class SelftestCommand implements Callable<Integer> {
  private final CliContext context;

  @Spec CommandSpec spec;

  @Mixin AnalyzerCli.StandardOptions standard;

  @Mixin(name = "Servers")
  ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--yes",
      description = "Yes, fill that database and corrupt it on the replica; it is emptied after.")
  boolean yes;

  @Option(names = "--quiet", description = "No progress; only the result and warnings.")
  boolean quiet;

  SelftestCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean source = DefaultValues.isGiven(spec, "--source");
    boolean replica = DefaultValues.isGiven(spec, "--replica");
    if (connection.shards != null) {
      throw new IllegalArgumentException(
          "--shards: the self test is on a pair; try load-and-verify --embedded --shards "
              + connection.shards);
    }
    boolean embedded = connection.embedded || !(source || replica);
    if (!embedded) {
      if (!(source && replica)) {
        throw new IllegalArgumentException(
            "selftest takes both --source and --replica, or neither for an embedded pair");
      }
      refuseUnnamedDatabase("--source", connection.source);
      connection.replicas.forEach(uri -> refuseUnnamedDatabase("--replica", uri));
    }
    ServersRequest servers =
        ServersTogether.ofOneReplica(
            connection.servers(context.credentials(connection.secretsFile), embedded));
    if (!servers.wishes().equals(TopologyWishes.AUTO)) {
      throw new IllegalArgumentException(
          "selftest works with two servers that are in no cluster: --source-topology,"
              + " --replica-topology, --replica-role and --node-map mean nothing here");
    }
    RunContext runContext =
        new RunContext(
            context.console(quiet),
            context.environment().getOrDefault("PATH", ""),
            NanoClock.SYSTEM,
            WallClock.SYSTEM);
    return Selftest.run(runContext, servers, yes).code();
  }

  /** Database 0 is never meant by leaving it out: what is filled and corrupted has to be named. */
  private static void refuseUnnamedDatabase(String option, String uri) {
    String path;
    try {
      path = URI.create(uri).getRawPath();
    } catch (IllegalArgumentException e) {
      return; // Endpoint says what is wrong with it, without repeating a password.
    }
    if (path == null || !path.matches("/\\d+")) {
      throw new IllegalArgumentException(
          option
              + ": selftest fills and corrupts a database, so the URI must name it, such as"
              + " redis://host:port/9");
    }
  }
}
