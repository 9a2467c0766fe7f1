package io.syncanalyzer.run.capacity;

import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.report.files.ReportFailure;
import io.syncanalyzer.run.load.LoadJob;
import io.syncanalyzer.run.load.LoadSettings;
import io.syncanalyzer.run.record.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the load of the trials, by whichever engine was chosen. */
final class TrialLoads {
  /** What a process is told to write for beside the longest trial, as it is ended from outside. */
  private static final Duration SPARE = Duration.ofSeconds(60);

  private TrialLoads() {}

  /**
   * Opens it; the built-in engine's JVM is then connected and stands still.
   *
   * @param source what is written to, as it is by then
   * @param folder of the run
   * @param longest how long a trial's load lasts at most
   */
  static TrialLoad open(
      RunContext context,
      LoadSettings settings,
      EngineChoice engine,
      Supplier<Topology> source,
      Path folder,
      Duration longest)
      throws InterruptedException {
    if (engine.engine() == LoadEngine.JMH) {
      return new PacedFork(
          settings.jmh().readPercent().orElse(0) > 0,
          progress -> LoadJob.pacedFork(settings, source.get(), folder, progress));
    }
    return new MemtierTrials(
        // The profile that is taken where none is named writes and nothing else.
        settings.memtier().profile().isPresent() || !settings.memtier().passThrough().isEmpty(),
        (trial, writesPerS) ->
            LoadJob.start(
                context,
                settings.withRate(writesPerS),
                engine,
                source.get(),
                folder(folder, trial),
                Optional.of(longest.plus(SPARE)),
                heard -> {},
                step -> {}));
  }

  private static Path folder(Path run, int trial) {
    Path folder = run.resolve("trial-" + trial);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ReportFailure("cannot make " + folder + " (" + e.getMessage() + ")", e);
    }
  }
}
