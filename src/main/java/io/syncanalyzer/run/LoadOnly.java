package io.syncanalyzer.run;

import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.Ramp;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.run.clean.ForeignKeys;
import io.syncanalyzer.run.load.LoadJob;
import io.syncanalyzer.run.load.LoadProgressLine;
import io.syncanalyzer.run.load.LoadSettings;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.run.servers.ServersRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The load alone: preflight of the source, load, report. */
public final class LoadOnly {
  private LoadOnly() {}

  /**
   * Runs it on the calling thread. An interrupt ends it in order, keeping what it has.
   *
   * @param duration empty = the profile's own, else 20 s
   * @throws IllegalArgumentException for a request that cannot be run
   */
  public static ExitStatus run(
      RunContext context,
      ServersRequest servers,
      RunOutput output,
      LoadSettings settings,
      Optional<Duration> duration) {
    EngineChoice engine = check(context, servers, settings, duration);
    Recorder recorder = Recorder.begin(context, output, "load");
    try (Servers opened = Servers.open(servers)) {
      load(context, recorder, opened, settings, engine, duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      recorder.interrupted();
    } catch (IllegalArgumentException e) {
      recorder.refused(e);
    } catch (RuntimeException e) {
      recorder.failedUnlessInterrupted(e);
    }
    return recorder.end(List.of());
  }

  /** Checks what can be known before anything is done; {@code --dry-run} does no more. */
  static EngineChoice check(
      RunContext context,
      ServersRequest servers,
      LoadSettings settings,
      Optional<Duration> duration) {
    if (settings.engine() == LoadEngine.NONE) {
      throw new IllegalArgumentException("--load-engine none leaves nothing to do here");
    }
    if (settings.ramp().isPresent() && duration.isPresent()) {
      throw new IllegalArgumentException(
          "--ramp and --duration exclude each other: the ramp's steps say how long it lasts ("
              + settings.ramp().get().total().toSeconds()
              + " s here)");
    }
    return LoadJob.choose(settings, context.path(), servers.source(), duration);
  }

  private static void load(
      RunContext context,
      Recorder recorder,
      Servers servers,
      LoadSettings settings,
      EngineChoice chosen,
      Optional<Duration> duration)
      throws InterruptedException {
    recorder.preflight(servers, List.of(), true);
    Topology source = servers.sourceTopology();
    EngineChoice engine = LoadJob.fitted(settings, chosen, context.path(), source, duration);
    ForeignKeys.refuse(context, source, Optional.empty(), LoadJob.keys(settings, engine, source));
    LoadJob.requireRights(context, settings, engine, source);
    LoadJob.warningsAhead(settings, engine, source).forEach(context.console()::warn);
    recorder.begins();
    recorder.phase("load");
    context.console().line("load engine " + engine.engine().label() + ": " + engine.why());
    Duration jmhs = duration.orElse(LoadRequest.DEFAULT_DURATION);
    boolean jmh = engine.engine() == LoadEngine.JMH;
    LoadProgressLine line =
        new LoadProgressLine(
            context.console(), context.clock(), settings.ramp().map(Ramp::total).orElse(jmhs));
    try (LoadJob job =
        LoadJob.start(
            context,
            settings,
            engine,
            source,
            recorder.folder().path(),
            jmh ? Optional.of(jmhs) : duration,
            line::load,
            step -> {})) {
      job.awaitWriting();
      line.measuring();
      LoadReport report = job.await();
      recorder.report().load(report);
      if (Thread.currentThread().isInterrupted()) {
        recorder.interrupted();
      } else if (report.incomplete() != null) {
        recorder.report().failure(report.incomplete());
      }
    }
  }
}
