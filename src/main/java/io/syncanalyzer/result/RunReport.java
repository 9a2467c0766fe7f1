package io.syncanalyzer.result;

import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.figure.Lists;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.verify.VerifyReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run asked, found and decided, but for the mismatches beyond the first few hundred:
 * what {@code run.json} holds and all other files are made from. A part that did not run is null.
 *
 * @param runId name of its folder
 * @param group name of the runs it is one of, with {@code --repeat}
 * @param command the subcommand, such as {@code load-and-verify}
 * @param analyzerVersion our version
 * @param startedAt wall clock, a label only
 * @param finishedAt null while it runs
 * @param elapsedSeconds by the monotonic clock
 * @param argv the command line without secrets
 * @param asked every option in effect and its value, without secrets
 * @param sides source and replica as preflight found them
 * @param initialVerify the comparison before anything was written
 * @param warnings one line each: the run's own, then those of its parts, each once
 * @param failure one line why it could not run to its end; null where it could
 * @param interruptedIn the part in which the user ended it; null where not
 */
public record RunReport(
    String runId,
    @Nullable String group,
    String command,
    String analyzerVersion,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Double elapsedSeconds,
    List<String> argv,
    Map<String, String> asked,
    EnvironmentReport environment,
    List<SideReport> sides,
    @Nullable VerifyReport initialVerify,
    @Nullable LoadReport load,
    @Nullable InsertReport insert,
    @Nullable LagReport lag,
    @Nullable DrainReport drain,
    @Nullable VerifyReport verify,
    @Nullable CapacityReport capacity,
    List<Limit> limits,
    List<String> warnings,
    @Nullable String failure,
    @Nullable String interruptedIn) {
  public RunReport {
    elapsedSeconds = Numbers.known(elapsedSeconds);
    argv = Lists.copy(argv);
    asked = Lists.copy(asked);
    sides = Lists.copy(sides);
    limits = Lists.copy(limits);
    warnings = Parts.warnings(Lists.copy(warnings), load, insert, lag);
  }

  /** What is to be said of it, and the exit status. */
  public Verdict verdict() {
    return Verdict.of(this);
  }

  /** What of a command line goes to memtier_benchmark as it is, with the dashes before it. */
  public static List<String> toMemtier(List<String> argv) {
    int dashes = argv.indexOf("--");
    return dashes < 0 ? List.of() : argv.subList(dashes, argv.size());
  }

  /** The warnings of the run and of all its parts, in the run's order. */
  public List<String> allWarnings() {
    return warnings;
  }

  /** What is worth knowing of how the comparison was made, and no reason to worry. */
  public List<String> notes() {
    return new Parts(this).notes();
  }
}
