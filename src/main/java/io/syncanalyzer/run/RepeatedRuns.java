package io.syncanalyzer.run;

import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.run.record.RunContext;
import java.util.ArrayList;
import java.util.List;

/** The same run several times, for the spread of its figures. */
public final class RepeatedRuns {
  private RepeatedRuns() {}

  /**
   * Runs it {@code times} times as {@code <group>-1}, {@code <group>-2} …, and adds the median,
   * smallest and largest figures to {@code runs.csv}. An interrupt ends the run that goes on, and
   * no further one is begun.
   *
   * @return the foremost of their exit statuses
   */
  public static ExitStatus run(RunContext context, LoadAndVerifyRequest request, int times) {
    String group =
        request
            .output()
            .runId()
            .orElseGet(() -> RunFolder.defaultId(context.wallClock().instant()));
    List<ExitStatus> statuses = new ArrayList<>();
    List<RunReport> reports = new ArrayList<>();
    RunFolder first = null;
    for (int turn = 1; turn <= times; turn++) {
      context.console().line("run " + turn + " of " + times);
      String runId = group + "-" + turn;
      statuses.add(LoadAndVerify.run(context, request.named(runId, group)));
      RunFolder folder = new RunFolder(request.output().results(), runId);
      first = first == null ? folder : first;
      reports.add(RunReader.read(folder));
      if (statuses.contains(ExitStatus.INTERRUPTED)) {
        break;
      }
    }
    if (first != null && reports.size() > 1) {
      new RunWriter(first, request.output().csv()).spread(group, reports);
    }
    return ExitStatus.foremost(statuses);
  }
}
