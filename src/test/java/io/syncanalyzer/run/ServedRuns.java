package io.syncanalyzer.run;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.metrics.MetricsServer;
import io.syncanalyzer.probe.Watching;
import io.syncanalyzer.probe.Writing;
import io.syncanalyzer.report.markdown.SummaryFiles;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.run.lag.Limits;
import io.syncanalyzer.run.load.LoadSettings;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.verify.InitialVerify;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import io.syncanalyzer.verify.attempt.VerifySettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Runs in this JVM that tell of themselves at a server which stays open when they have ended, so
 * that a test can look at what they told last.
 */
final class ServedRuns {
  private final RunContext context;
  private final ServersRequest servers;
  private final Path results;

  ServedRuns(MetricsServer server, EmbeddedPair pair, Path results) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Console console =
        new Console(new Console.Setting(nowhere, nowhere, false, false, false, NanoClock.SYSTEM));
    this.context =
        new RunContext(console, "", NanoClock.SYSTEM, WallClock.SYSTEM).telling(server.metrics());
    this.servers =
        new ServersRequest(pair.source(), List.of(pair.replica()), false, Optional.empty());
    this.results = results;
  }

  /** A second of warm-up, some measured, and the verification. */
  ExitStatus whole(String runId, Duration measured) {
    LoadSettings load =
        new LoadSettings(
            LoadEngine.NONE,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            new LoadSettings.OfMemtier(
                MemtierLocation.parse("memtier_benchmark"),
                Optional.empty(),
                OptionalInt.empty(),
                List.of()),
            new LoadSettings.OfJmh(
                OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty(), List.of()));
    return LoadAndVerify.run(
        context,
        new LoadAndVerifyRequest(
            servers,
            output(runId),
            load,
            lag(measured, Duration.ofSeconds(30)),
            VerifySettings.DEFAULT,
            InitialVerify.OFF,
            NO_LIMITS,
            new LoadAndVerifyRequest.Ending(Duration.ofSeconds(60), Duration.ZERO, false)));
  }

  /** The lag alone. */
  ExitStatus probe(String runId, Duration measured, Duration observeTimeout) {
    return ProbeOnly.run(
        context, servers, output(runId), lag(measured, observeTimeout), NO_LIMITS, false);
  }

  /** The comparison alone. */
  ExitStatus verify(String runId) {
    return VerifyOnly.run(
        context, servers, output(runId), VerifySettings.DEFAULT, Optional.empty());
  }

  private static final Limits NO_LIMITS =
      new Limits(Optional.empty(), Optional.empty(), OptionalLong.empty());

  private static LagRequest lag(Duration measured, Duration observeTimeout) {
    return new LagRequest(
        Writing.DEFAULT.lasting(Duration.ofSeconds(1), Optional.of(measured)),
        Watching.DEFAULT.withTimeout(observeTimeout),
        Duration.ZERO);
  }

  private RunOutput output(String runId) {
    return new RunOutput(
        results,
        Optional.of(runId),
        Optional.empty(),
        false,
        Optional.empty(),
        SummaryFiles.NONE,
        Optional.empty(),
        "test",
        List.of(),
        Map.of());
  }
}
