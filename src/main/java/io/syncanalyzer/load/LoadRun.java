package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierPlan;
import io.syncanalyzer.load.memtier.MemtierPlan.Launch;
import io.syncanalyzer.load.memtier.MemtierPlan.Stage;
import io.syncanalyzer.load.memtier.MemtierProgram;
import io.syncanalyzer.load.output.Cause;
import io.syncanalyzer.load.output.Disagreements;
import io.syncanalyzer.load.output.MemtierOutput;
import io.syncanalyzer.load.output.StderrReading;
import io.syncanalyzer.load.process.Masking;
import io.syncanalyzer.load.process.MemtierProcess;
import io.syncanalyzer.load.process.StageEnd;
import io.syncanalyzer.load.process.StageRun;
import io.syncanalyzer.load.proof.CommandKinds;
import io.syncanalyzer.load.proof.LoadProof;
import io.syncanalyzer.load.proof.SourceCounters;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One load on its way, from the source's counts before it to those after it. */
final class LoadRun {
  private static final String SEEDS =
      "memtier's constant seed, one sequence a client (--distinct-client-seed); no --randomize";

  private final LoadRequest request;
  private final MemtierProgram program;
  private final MemtierPlan plan;
  private final Masking masking;
  private final LoadTally tally = new LoadTally();
  private final Set<String> warnings;
  private final List<List<String>> commandLines = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
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
    this.masking = new Masking(MemtierPlan.credentials(request.source()));
    this.warnings = new LinkedHashSet<>(plan.warnings());
    this.expected =
        plan.stages().stream().map(Stage::expected).reduce(Duration.ZERO, Duration::plus);
  }

  LoadSummary execute() {
    if (masking.needed()) {
      warnings.add(
          "memtier_benchmark "
              + program.features().version()
              + " takes a password only on its command line: it is in the process list while the"
              + " load runs");
    }
    Optional<SourceCounters> before = countersBefore();
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
    Optional<LoadProof> proof = Optional.empty();
    Map<String, CommandKind> kinds;
    if (before.isPresent()) {
      try {
        SourceCounters after = SourceCounters.read(request.source());
        CommandKinds known =
            CommandKinds.ask(request.source(), LoadProof.served(before.get(), after));
        proof =
            Optional.of(
                LoadProof.of(
                        tally.claims(), OptionalLong.of(tally.operations()), before.get(), after)
                    .toldApart(known, before.get(), after));
        kinds =
            kinds(command -> known.of(command, LoadProof.servedAs(command, before.get(), after)));
      } catch (RedisFailure e) {
        cause = cause == null ? "the load is not proved: " + e.getMessage() : cause;
        kinds = kinds(CommandKinds.unasked()::of);
      }
    } else {
      kinds = kinds(CommandKinds.ask(request.source(), tally.commands())::of);
    }
    mentionWhatIsNotToldApart(kinds, proof);
    if (cause == null && proof.isPresent()) {
      cause = proof.get().gap().map(gap -> "the load is not proved: " + gap).orElse(null);
    }
    if (cause == null && proof.isPresent()) {
      cause = Cause.ofCluster(proof.get().errors()).orElse(null);
    }
    proof.ifPresent(this::mentionErrorsOfOthers);
    if (cause == null && tally.connectionErrors() > 0) {
      warnings.add(tally.connectionErrors() + " connections failed during the load");
    }
    warnings.addAll(Disagreements.onceEach(disagreements));
    return new LoadSummary(
        LoadEngine.MEMTIER,
        Optional.of(program.features().version()),
        request.profile(),
        tally.rows(kinds),
        tally.timeline(kinds),
        startedAt,
        elapsed,
        commandLines,
        SEEDS,
        tally.errorReplies(),
        tally.connectionErrors(),
        proof,
        files.stream().filter(Files::exists).toList(),
        List.copyOf(warnings),
        cause);
  }

  private Map<String, CommandKind> kinds(Function<String, Optional<CommandKind>> known) {
    Map<String, CommandKind> kinds = new TreeMap<>();
    for (String command : tally.commands()) {
      known.apply(command).ifPresent(kind -> kinds.put(command, kind));
    }
    return kinds;
  }

  private void mentionWhatIsNotToldApart(
      Map<String, CommandKind> kinds, Optional<LoadProof> proof) {
    List<String> unknown =
        tally.commands().stream().filter(command -> !kinds.containsKey(command)).toList();
    if (!unknown.isEmpty()) {
      warnings.add(
          "the source does not say (COMMAND INFO) whether "
              + String.join(", ", unknown)
              + " write: the load's writes and reads are not told apart");
    }
    List<String> scripts =
        kinds.entrySet().stream()
            .filter(entry -> entry.getValue() == CommandKind.OTHER)
            .map(Map.Entry::getKey)
            .filter(command -> command.startsWith("EVAL") || command.startsWith("FCALL"))
            .toList();
    if (!scripts.isEmpty()) {
      warnings.add(
          String.join(", ", scripts)
              + " may write: each call counts as neither a write nor a read"
              + proof
                  .filter(found -> found.writes().isPresent())
                  .map(
                      found ->
                          "; by its own counts the source carried out "
                              + found.writes().getAsLong()
                              + " write commands meanwhile, other clients' among them")
                  .orElse(""));
    }
  }

  private Optional<SourceCounters> countersBefore() {
    try {
      SourceCounters counters = SourceCounters.read(request.source());
      if (counters.calls().isEmpty()) {
        warnings.add(
            "the source shows no INFO commandstats: what memtier_benchmark claims is checked"
                + " against its own error lines only");
        return Optional.empty();
      }
      return Optional.of(counters);
    } catch (RedisFailure e) {
      if (e.kind() == RedisFailure.Kind.NO_PERMISSION) {
        warnings.add(
            "the source does not let us read INFO: what memtier_benchmark claims is checked"
                + " against its own error lines only ("
                + e.getMessage()
                + ")");
        return Optional.empty();
      }
      throw new LoadFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** Runs a stage; returns why the load may not go on, or null. */
  private @Nullable String stage(Stage stage) {
    List<MemtierProcess> processes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try {
      for (Launch launch : stage.launches()) {
        String name = name(stage, launch);
        names.add(name);
        processes.add(start(name, launch));
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
            MemtierOutput.read(file(names.get(i), ".txt"), file(names.get(i), ".json"), reading);
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

  private MemtierProcess start(String name, Launch launch) {
    Path json = file(name, ".json");
    Path stderr = file(name, ".stderr");
    files.add(file(name, ".txt"));
    files.add(json);
    files.add(stderr);
    Optional<String> container = program.newContainerName();
    List<String> command =
        new ArrayList<>(program.prefix(request.source(), request.runFolder(), container));
    command.addAll(MemtierPlan.serverArguments(request.source()));
    masking.secret().ifPresent(secret -> command.add("--authenticate=" + secret.reveal()));
    command.addAll(launch.options());
    command.add("--out-file=" + program.inRunFolder(request.runFolder(), name + ".txt"));
    // Its JSON repeats the password: then it passes through us on its way to the disk.
    command.add(
        "--json-out-file="
            + (masking.needed()
                ? "/dev/stdout"
                : program.inRunFolder(request.runFolder(), name + ".json")));
    commandLines.add(masking.shown(command));
    try {
      Files.deleteIfExists(json);
      Files.deleteIfExists(file(name, ".txt"));
    } catch (IOException e) {
      throw new LoadFailure("cannot write to " + request.runFolder() + " (" + e + ")", e);
    }
    return MemtierProcess.start(
        command,
        new MemtierProcess.Sinks(stderr, masking.needed() ? Optional.of(json) : Optional.empty()),
        masking,
        container.map(id -> List.of(program.program(), "kill", id)).orElse(List.of()),
        clock,
        request.limits().grace());
  }

  /** The first is plain {@code memtier_benchmark}; later ones say which they are. */
  private String name(Stage stage, Launch launch) {
    int step = stage.step().orElse(1);
    return MemtierProgram.NAME
        + (step > 1 ? "-step" + step : "")
        + (launch.label().isEmpty() ? "" : "-" + launch.label());
  }

  private Path file(String name, String extension) {
    return request.runFolder().resolve(name + extension);
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

  private void mentionErrorsOfOthers(LoadProof proof) {
    long ours = tally.errorReplies().values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> others = new TreeMap<>(proof.errors());
    others.keySet().removeAll(Cause.OF_CLUSTERS);
    long all = others.values().stream().mapToLong(Long::longValue).sum();
    // Ours are reported as such, and a few more are on their way when memtier is stopped.
    if (ours == 0 && all > 0) {
      warnings.add(
          "the source gave "
              + all
              + " error replies during the load that memtier_benchmark did not show: "
              + others
              + "; they went to other clients");
    }
  }
}
