package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierPlan;
import io.syncanalyzer.load.memtier.MemtierPlan.Launch;
import io.syncanalyzer.load.memtier.MemtierPlan.Stage;
import io.syncanalyzer.load.memtier.MemtierProgram;
import io.syncanalyzer.load.output.Cause;
import io.syncanalyzer.load.output.Disagreements;
import io.syncanalyzer.load.output.MemtierOutput;
import io.syncanalyzer.load.output.StderrReading;
import io.syncanalyzer.load.process.MemtierProcess;
import io.syncanalyzer.load.process.StageEnd;
import io.syncanalyzer.load.process.StageRun;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.time.NanoClock;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One load on its way, from the source's counts before it to those after it. */
final class LoadRun {
  private static final String SEEDS =
      "memtier's constant seed, one sequence a client (--distinct-client-seed); no --randomize";

  private final LoadRequest request;
  private final MemtierProgram program;
  private final MemtierPlan plan;
  private final MemtierLauncher launcher;
  private final LoadTally tally = new LoadTally();
  private final Set<String> warnings;
  private final List<String> disagreements = new ArrayList<>();
  private final Duration expected;
  private final Instant startedAt;
  private final long startedNanos;
  private final NanoClock clock;
  private final Consumer<LoadProgress> progress;
  private final IntConsumer steps;

  LoadRun(
      LoadRequest request,
      MemtierProgram program,
      MemtierPlan plan,
      NanoClock clock,
      Clock wall,
      Consumer<LoadProgress> progress,
      IntConsumer steps) {
    this.steps = steps;
    this.clock = clock;
    this.progress = progress;
    this.startedAt = wall.instant();
    this.startedNanos = clock.nanoTime();
    this.request = request;
    this.program = program;
    this.plan = plan;
    this.launcher = new MemtierLauncher(request, program, clock);
    this.warnings = new LinkedHashSet<>(plan.warnings());
    this.expected =
        plan.stages().stream().map(Stage::expected).reduce(Duration.ZERO, Duration::plus);
  }

  LoadSummary execute() {
    if (launcher.showsPassword()) {
      warnings.add(
          "memtier_benchmark "
              + program.features().version()
              + " takes a password only on its command line: it is in the process list while the"
              + " load runs");
    }
    SourceCheck check = SourceCheck.begin(request.source(), warnings);
    String cause = null;
    for (Stage stage : plan.stages()) {
      cause = stage(stage);
      if (cause != null) {
        cause =
            cause.replaceFirst(
                "^memtier_benchmark ", "memtier_benchmark " + program.features().version() + " ");
        break;
      }
    }
    Duration elapsed = Duration.ofNanos(clock.nanoTime() - startedNanos);
    SourceCheck.Found found = check.end(tally, cause);
    cause = found.cause();
    if (cause == null && tally.connectionErrors() > 0) {
      warnings.add(tally.connectionErrors() + " connections failed during the load");
    }
    warnings.addAll(Disagreements.onceEach(disagreements));
    return new LoadSummary(
        LoadEngine.MEMTIER,
        Optional.of(program.features().version()),
        request.profile(),
        rows(found),
        tally.timeline(found.kinds()),
        startedAt,
        elapsed,
        launcher.commandLines(),
        SEEDS,
        tally.errorReplies(),
        tally.connectionErrors(),
        found.proof(),
        launcher.files().stream().filter(Files::exists).toList(),
        List.copyOf(warnings),
        cause);
  }

  /** Those of the commands, then of each primary what it says itself. */
  private List<LoadRow> rows(SourceCheck.Found found) {
    List<LoadRow> rows = new ArrayList<>(tally.rows(found.kinds()));
    List<LoadRow> totals = rows.stream().filter(LoadRow::isTotals).toList();
    Double perS = totals.size() == 1 ? totals.get(0).opsPerS() : null;
    Long count = totals.size() == 1 ? totals.get(0).count() : null;
    found
        .byShard()
        .forEach(
            (shard, calls) ->
                rows.add(
                    LoadRow.ofShard(
                        LoadEngine.MEMTIER.label(),
                        shard,
                        calls,
                        perS == null || count == null || count == 0
                            ? null
                            : Double.valueOf(perS * calls / count))));
    return rows;
  }

  /** Runs a stage; returns why the load may not go on, or null. */
  private @Nullable String stage(Stage stage) {
    List<MemtierProcess> processes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try {
      for (Launch launch : stage.launches()) {
        String name = name(stage, launch);
        names.add(name);
        processes.add(launcher.start(name, launch));
      }
      long offset = (processes.get(0).startedNanos() - startedNanos) / 1_000_000_000L;
      long earlier = tally.operations();
      stage.step().ifPresent(steps);
      StageEnd end =
          new StageRun(
                  processes,
                  stage.expected(),
                  request.limits(),
                  clock,
                  readings -> tell(stage, readings, earlier))
              .await();
      stage.step().ifPresent(step -> steps.accept(0));
      List<MemtierOutput> outputs = new ArrayList<>();
      List<StderrReading> readings = new ArrayList<>();
      Optional<String> failed = Optional.empty();
      for (int i = 0; i < processes.size(); i++) {
        StderrReading reading = processes.get(i).reading();
        MemtierOutput output =
            MemtierOutput.read(
                launcher.file(names.get(i), ".txt"), launcher.file(names.get(i), ".json"), reading);
        outputs.add(output);
        readings.add(reading);
        disagreements.addAll(output.warnings());
        if (failed.isEmpty()) {
          failed = Cause.ofResult(processes.get(i).status(), reading, output);
        }
        if (stage.launches().get(i).runs() > 1) {
          warnings.add(
              "memtier_benchmark repeated the test "
                  + stage.launches().get(i).runs()
                  + " times (-x): load.csv has its average rates over all of them");
        }
      }
      tally.add(stage, offset, outputs, readings);
      Optional<String> reported = failed;
      return end.cause().or(() -> reported).orElse(null);
    } finally {
      processes.forEach(MemtierProcess::close);
    }
  }

  /** The first is plain {@code memtier_benchmark}; later ones say which they are. */
  private String name(Stage stage, Launch launch) {
    int step = stage.step().orElse(1);
    return MemtierProgram.NAME
        + (step > 1 ? "-step" + step : "")
        + (launch.label().isEmpty() ? "" : "-" + launch.label());
  }

  private void tell(Stage stage, List<StderrReading> readings, long earlier) {
    long operations = readings.stream().mapToLong(StderrReading::operations).sum();
    double opsPerS = 0;
    double weighted = 0;
    for (StderrReading reading : readings) {
      List<StderrReading.Tick> ticks = reading.ticks();
      if (!ticks.isEmpty()) {
        StderrReading.Tick last = ticks.get(ticks.size() - 1);
        opsPerS += last.opsPerS();
        weighted += last.opsPerS() == 0 ? 0 : last.ms() * last.opsPerS();
      }
    }
    progress.accept(
        new LoadProgress(
            Duration.ofNanos(clock.nanoTime() - startedNanos),
            expected,
            earlier + operations,
            opsPerS,
            opsPerS == 0 ? Double.NaN : weighted / opsPerS,
            readings.stream().mapToLong(StderrReading::errorReplyCount).sum(),
            readings.stream().mapToLong(StderrReading::connectionErrors).sum(),
            stage.step()));
  }
}
