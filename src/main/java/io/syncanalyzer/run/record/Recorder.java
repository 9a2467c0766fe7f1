package io.syncanalyzer.run.record;

import io.syncanalyzer.embedded.EmbeddedFailure;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.files.ReportFailure;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.report.screen.Screen;
import io.syncanalyzer.result.ClockReport;
import io.syncanalyzer.result.EnvironmentReport;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.Mismatch;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.VerifyReport;
import io.syncanalyzer.run.servers.DroppedReplicas;
import io.syncanalyzer.run.servers.EvictionOrder;
import io.syncanalyzer.run.servers.Preflight;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a run finds from its first moment to its last, and writes it down however it ends.
 *
 * <p>One thread, that of the run.
 */
public final class Recorder {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final RunContext context;
  private final RunOutput output;
  private final RunFolder folder;
  private final RunReportBuilder report;
  private final long startedNanos;
  private final boolean goesOn;
  private final SilenceWatch silences;
  private Optional<DroppedReplicas> dropped = Optional.empty();
  private String phase = "preflight";
  private boolean begun;
  private Runnable clocksAsked = () -> {};

  private Recorder(
      RunContext context, RunOutput output, RunFolder folder, String command, boolean goesOn) {
    this.goesOn = goesOn;
    this.context = context;
    this.output = output;
    this.folder = folder;
    this.startedNanos = context.clock().nanoTime();
    this.report =
        new RunReportBuilder(folder.runId(), command, context.wallClock().instant())
            .analyzerVersion(output.version())
            .environment(EnvironmentReport.ofThisMachine())
            .asked(output.argv(), output.asked());
    output.group().ifPresent(report::group);
    this.silences = new SilenceWatch(context.console());
  }

  /**
   * Makes the run's folder, with a {@code run.json} that says it is not complete.
   *
   * @throws IllegalArgumentException if there is such a run already
   * @throws ReportFailure if the folder cannot be written
   */
  public static Recorder begin(RunContext context, RunOutput output, String command) {
    RunFolder folder = RunFolder.create(output.results(), output.runId(), context.wallClock());
    Recorder recorder = new Recorder(context, output, folder, command, false);
    recorder.writer().save(recorder.report.build());
    return recorder;
  }

  /**
   * Goes on in the folder of an earlier run. Its results are replaced at the end, and only if the
   * comparison has gone on by then: what was found is never given up for nothing.
   */
  public static Recorder again(
      RunContext context, RunOutput output, RunFolder folder, String command) {
    return new Recorder(context, output, folder, command, true);
  }

  private RunWriter writer() {
    return new RunWriter(folder, output.csv());
  }

  public RunFolder folder() {
    return folder;
  }

  /** The run's name where the user gave it one; empty where it is the time of its begin. */
  public Optional<String> namedRun() {
    return output.runId();
  }

  public RunReportBuilder report() {
    return report;
  }

  /**
   * Looks at the servers before anything is written, and says what was found.
   *
   * @param replicas empty where only the source matters
   * @param writes whether the run will write to the source
   */
  public void preflight(Servers servers, List<Endpoint> replicas, boolean writes) {
    phase("preflight");
    servers.embedded().ifPresent(server -> context.console().line("embedded " + server));
    clocksAsked = () -> clocksAgain(servers.source(), replicas);
    Preflight.Findings findings =
        context
            .patience()
            .insist(
                () ->
                    Preflight.look(
                        servers.source(),
                        replicas,
                        writes,
                        servers.embedded().orElse(null),
                        context.clock()));
    // A pair that was started for the run is gone at its end.
    dropped = servers.embedded().isEmpty() ? DroppedReplicas.from(servers.source()) : dropped;
    report.sides(findings.sides());
    findings.sides().forEach(side -> context.console().line(Preflight.line(side)));
    findings
        .warnings()
        .forEach(
            warning -> {
              report.warning(warning);
              context.console().warn(warning);
            });
  }

  /** From now on something is written: what is refused later is a run that failed. */
  public void begins() {
    begun = true;
  }

  /** Says, before they are compared, where reading them would change what is evicted next. */
  public void warnOfTouching(Servers servers) {
    List<Endpoint> all = new ArrayList<>(List.of(servers.source()));
    all.addAll(servers.replicas());
    for (Endpoint endpoint : all) {
      context
          .patience()
          .insist(() -> EvictionOrder.warning(endpoint))
          .ifPresent(
              warning -> {
                report.warning(warning);
                context.console().warn(warning);
              });
    }
  }

  /**
   * What the comparison found.
   *
   * @param failure why it had to break off; null = it did not
   */
  public void verified(VerifyReport found, @Nullable String failure) {
    report.verify(found);
    asksClocksAgain();
    if (Thread.currentThread().isInterrupted()) {
      interrupted();
    }
    if (failure != null) {
      report.failure(failure);
    }
  }

  /** Asks the servers' clocks again: the run's measuring is over. */
  public void asksClocksAgain() {
    clocksAsked.run();
  }

  private void clocksAgain(Endpoint source, List<Endpoint> replicas) {
    List<SideReport> sides =
        Preflight.clocksAgain(source, replicas, report.build().sides(), context.clock());
    report.sides(sides);
    for (SideReport side : sides) {
      ClockReport clock = side.clock();
      if (clock != null && clock.aheadAtEnd() != null && clock.drifted()) {
        report.warning(
            String.format(
                Locale.ROOT,
                "the replica's clock drifted against the source's during the run: %.2f s ahead at its"
                    + " begin, %.2f s at its end",
                clock.ahead() / 1000,
                clock.aheadAtEnd() / 1000));
      }
    }
  }

  /** The part that begins now, for the console and for whoever asks where a run was ended. */
  public void phase(String name) {
    phase = name;
    context.console().phase(name);
    save();
  }

  /**
   * The run was asked for wrongly. Where nothing has been written to a server yet, nothing was
   * done, and its folder goes again; later it is a run that failed, which cleans up and keeps what
   * it has.
   *
   * @throws IllegalArgumentException the same one, where nothing was done
   */
  public void refused(IllegalArgumentException e) {
    if (begun) {
      failed(e);
      return;
    }
    withdraw();
    throw e;
  }

  private void withdraw() {
    silences.close();
    context.console().close();
    if (goesOn) {
      return;
    }
    try {
      Files.deleteIfExists(folder.runJson());
      Files.deleteIfExists(folder.path());
    } catch (IOException e) {
      LOG.warn("{} is left behind: {}", folder.path(), e.toString());
    }
  }

  /** What is known by now outlives even a kill; where the disk refuses, the end will say so. */
  private void save() {
    if (goesOn) {
      return;
    }
    RunReport sofar = report.build();
    try {
      Uninterrupted.run(() -> writer().save(sofar));
    } catch (ReportFailure e) {
      LOG.debug("before the {} phase", phase, e);
    }
  }

  /** The user has ended the run. */
  public void interrupted() {
    report.interruptedIn(phase);
  }

  /** The run cannot go on. */
  void failed(RuntimeException e) {
    if (!isForTheUser(e)) {
      LOG.error("the {} phase failed", phase, e);
    } else {
      LOG.debug("the {} phase failed", phase, e);
    }
    report.failure(
        isForTheUser(e)
            ? Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())
            : "internal error in " + phase + ": " + e);
  }

  /** As {@link #failed}; what fails after the user has ended the run is a part of its end. */
  public void failedUnlessInterrupted(RuntimeException e) {
    if (Thread.currentThread().isInterrupted()) {
      LOG.debug("after the interrupt", e);
      interrupted();
    } else {
      failed(e);
    }
  }

  /**
   * Writes everything, prints the result, and tells the exit status.
   *
   * @param mismatches all of them, read once
   */
  public ExitStatus end(Iterable<Mismatch> mismatches) {
    Uninterrupted.get(() -> dropped.flatMap(DroppedReplicas::warning)).ifPresent(report::warning);
    silences.close();
    report.finished(
        context.wallClock().instant(), (context.clock().nanoTime() - startedNanos) / 1e9);
    boolean kept = goesOn && report.build().verify() == null;
    Console console = context.console();
    WrittenRun files =
        new WrittenRun(report, writer(), output.junit(), kept, this::failed, console::warn);
    RunReport run = Uninterrupted.get(() -> files.write(mismatches));
    if (output.json()) {
      console.result(RunWriter.json(run) + System.lineSeparator());
    } else if (run.load() == null && run.lag() == null && run.verify() == null) {
      // Nothing was measured: the one line that says why is all there is to say.
      console.error(run.verdict().headline());
    } else {
      console.result(Screen.of(run, folder, console.colour()));
    }
    console.close();
    if (console.resultLost()) {
      report.failure("the result could not be written to standard output");
      run = Uninterrupted.get(files::again);
      console.error(run.verdict().headline());
    }
    return run.verdict().status();
  }

  /** Whether the message of {@code e} is a line made for the user. */
  static boolean isForTheUser(RuntimeException e) {
    return e instanceof RedisFailure
        || e instanceof EmbeddedFailure
        || e instanceof LoadFailure
        || e instanceof InsertFailure
        || e instanceof ProbeFailure
        || e instanceof VerifyFailure
        || e instanceof FenceFailure
        || e instanceof ReportFailure
        || e instanceof IllegalArgumentException
        || e instanceof UncheckedIOException;
  }
}
