package io.syncanalyzer.run.record;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.files.ReportFailure;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.report.screen.Screen;
import io.syncanalyzer.result.EnvironmentReport;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.run.servers.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
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

  /** What a run does last. */
  private static final String REPORT = "report";

  private final RunContext context;
  private final RunOutput output;
  private final RunFolder folder;
  private final RunReportBuilder report;
  private final long startedNanos;
  private final boolean goesOn;
  private final SilenceWatch silences;
  private final ServersSeen servers;
  private String phase = "preflight";
  private boolean begun;

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
    this.servers = new ServersSeen(context, report);
    context.metrics().begins();
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
  public void preflight(Servers opened, List<Endpoint> replicas, boolean writes) {
    phase("preflight");
    servers.before(opened, replicas, writes);
  }

  /** Says, before they are compared, where reading them would change what is evicted next. */
  public void warnOfTouching(Servers opened) {
    servers.warnOfTouching(opened);
  }

  /** From now on something is written: what is refused later is a run that failed. */
  public void begins() {
    begun = true;
  }

  /**
   * What the comparison found.
   *
   * @param failure why it had to break off; null = it did not
   */
  public void verified(VerifyReport found, @Nullable String failure) {
    report.verify(found);
    context.metrics().verified(found);
    asksClocksAgain();
    if (Thread.currentThread().isInterrupted()) {
      interrupted();
    }
    if (failure != null) {
      report.failure(failure);
    }
  }

  /**
   * A trial of a search for capacity has ended: it is written down before the next one begins.
   *
   * @param rows one for each replica
   */
  public void trial(List<Trial> rows) {
    Uninterrupted.run(() -> writer().trial(rows));
  }

  /** Asks the servers' clocks again: the run's measuring is over. */
  public void asksClocksAgain() {
    servers.clocksAgain();
  }

  /** The part that begins now, for the console and for whoever asks where a run was ended. */
  public void phase(String name) {
    phase = name;
    context.console().phase(name);
    context.metrics().phase(name);
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
    if (FailureLine.isForTheUser(e)) {
      LOG.debug("the {} phase failed", phase, e);
    } else {
      LOG.error("the {} phase failed", phase, e);
    }
    report.failure(FailureLine.of(e, phase));
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
    Uninterrupted.get(servers::dropped).forEach(report::warning);
    silences.close();
    report.finished(
        context.wallClock().instant(), (context.clock().nanoTime() - startedNanos) / 1e9);
    context.metrics().phase(REPORT);
    boolean kept = goesOn && report.build().verify() == null && report.build().capacity() == null;
    Console console = context.console();
    WrittenRun files =
        new WrittenRun(
            report, writer(), output.junit(), output.markdown(), kept, this::failed, console::warn);
    tell(report.build());
    RunReport run = Uninterrupted.get(() -> files.write(mismatches));
    tell(run);
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
      tell(run);
      console.error(run.verdict().headline());
    }
    RunReport last = run;
    Uninterrupted.get(() -> output.markdown().addToStep(last, folder)).ifPresent(console::warn);
    return run.verdict().status();
  }

  /** Ahead of the files too: who listens has until the process ends, and no longer. */
  private void tell(RunReport run) {
    context.metrics().ended(run.verdict().status().code(), run.verdict().complete());
  }
}
