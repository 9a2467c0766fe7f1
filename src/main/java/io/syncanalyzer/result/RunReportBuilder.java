package io.syncanalyzer.result;

import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.verify.VerifyReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link RunReport} part by part as a run goes on. {@link #build} may be called at any
 * time; it gives what is known by then. Not safe for several threads.
 */
public final class RunReportBuilder {
  private final String runId;
  private final String command;
  private final Instant startedAt;
  private String analyzerVersion = "unknown";
  private EnvironmentReport environment = EnvironmentReport.ofThisMachine();
  private @Nullable String group;
  private @Nullable Instant finishedAt;
  private @Nullable Double elapsedSeconds;
  private List<String> argv = List.of();
  private Map<String, String> asked = Map.of();
  private List<SideReport> sides = List.of();
  private @Nullable VerifyReport initialVerify;
  private @Nullable LoadReport load;
  private @Nullable InsertReport insert;
  private @Nullable LagReport lag;
  private @Nullable DrainReport drain;
  private @Nullable VerifyReport verify;
  private @Nullable CapacityReport capacity;
  private List<Limit> limits = List.of();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable String failure;
  private @Nullable String interruptedIn;

  public RunReportBuilder(String runId, String command, Instant startedAt) {
    this.runId = runId;
    this.command = command;
    this.startedAt = startedAt;
  }

  public RunReportBuilder analyzerVersion(String version) {
    this.analyzerVersion = version;
    return this;
  }

  public RunReportBuilder environment(EnvironmentReport machine) {
    this.environment = machine;
    return this;
  }

  public RunReportBuilder group(String name) {
    this.group = name;
    return this;
  }

  /** The command line and every option in effect, both without secrets. */
  public RunReportBuilder asked(List<String> commandLine, Map<String, String> options) {
    this.argv = commandLine;
    this.asked = options;
    return this;
  }

  public RunReportBuilder sides(List<SideReport> found) {
    this.sides = found;
    return this;
  }

  public RunReportBuilder initialVerify(@Nullable VerifyReport part) {
    this.initialVerify = part;
    return this;
  }

  public RunReportBuilder load(@Nullable LoadReport part) {
    this.load = part;
    return this;
  }

  public RunReportBuilder insert(@Nullable InsertReport part) {
    this.insert = part;
    return this;
  }

  public RunReportBuilder lag(@Nullable LagReport part) {
    this.lag = part;
    return this;
  }

  public RunReportBuilder drain(@Nullable DrainReport part) {
    this.drain = part;
    return this;
  }

  public RunReportBuilder verify(@Nullable VerifyReport part) {
    this.verify = part;
    return this;
  }

  public RunReportBuilder capacity(@Nullable CapacityReport part) {
    this.capacity = part;
    return this;
  }

  public RunReportBuilder limits(List<Limit> asked) {
    this.limits = asked;
    return this;
  }

  public RunReportBuilder warning(String line) {
    this.warnings.add(line);
    return this;
  }

  /** The run could not go on; the first failure stays, what follows from it is not heard. */
  public RunReportBuilder failure(String line) {
    if (this.failure == null) {
      this.failure = line;
    }
    return this;
  }

  /** The user ended the run in that part, such as {@code the load}. */
  public RunReportBuilder interruptedIn(String part) {
    if (this.interruptedIn == null) {
      this.interruptedIn = part;
    }
    return this;
  }

  /** The run is over. */
  public RunReportBuilder finished(Instant at, double seconds) {
    this.finishedAt = at;
    this.elapsedSeconds = seconds;
    return this;
  }

  /** What is known now. */
  public RunReport build() {
    return new RunReport(
        runId,
        group,
        command,
        analyzerVersion,
        startedAt,
        finishedAt,
        elapsedSeconds,
        argv,
        asked,
        environment,
        sides,
        initialVerify,
        load,
        insert,
        lag,
        drain,
        verify,
        capacity,
        limits,
        warnings,
        failure,
        interruptedIn);
  }
}
