package io.syncanalyzer.result;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;

/**
 * What whoever asked for a run does next where it did not end well: the same words on console, page
 * and summaries. A function of the run; empty where its own reasons say all there is to do.
 */
final class NextStep {
  private NextStep() {}

  static String of(RunReport run, ExitStatus status) {
    return switch (status) {
      case ALL_EQUAL, USAGE -> "";
      case COULD_NOT_RUN -> "Mend what is named here, then " + again(run) + removal(run);
      // A probe mostly ends so, and is whole.
      case INTERRUPTED -> run.command().equals("probe") ? "" : "For a whole result " + again(run);
      case MISMATCHES ->
          "mismatches.csv names every key that differs, with both values and how that was proved;"
              + " once the replica has been repaired or synchronised anew, run verify.";
      case LIMIT_BROKEN -> ofLimit(run);
      case INCOMPLETE -> ofIncomplete(run);
    };
  }

  private static String again(RunReport run) {
    if (run.capacity() != null && !run.capacity().trials().isEmpty()) {
      return "run the same command with --resume " + run.runId() + ": its trials are kept.";
    }
    return nothingFound(run)
        ? "run the same command again; with --dry-run it only says what it would do to which"
            + " server."
        : "run the same command again; what was found until then is kept.";
  }

  /** A run that began to write tries to remove its sentinels, but may have lost the source. */
  private static String removal(RunReport run) {
    return run.lag() == null && run.insert() == null
        ? ""
        : " clean --run-id " + run.runId() + " removes sentinels that it may have left.";
  }

  private static boolean nothingFound(RunReport run) {
    return run.load() == null
        && run.lag() == null
        && run.verify() == null
        && run.initialVerify() == null;
  }

  private static String ofLimit(RunReport run) {
    if (run.capacity() != null) {
      return "The reason of each trial that was not sustained says what the replica did not keep up"
          + " with: capacity.csv.";
    }
    return "episodes.csv has the episodes of lag and their causes, lag_timeline.csv the lag by"
        + " second with what both servers told meanwhile.";
  }

  private static String ofIncomplete(RunReport run) {
    if (run.finishedAt() == null) {
      return "It was killed or goes on still: where it does not, " + again(run) + removal(run);
    }
    VerifyReport verify = run.verify();
    if (verify != null && verify.keys(KeyVerdict.UNREADABLE) > 0) {
      return "mismatches.csv says of each unreadable key why; the README's table of rights has what"
          + " verify needs.";
    }
    if (verify != null && verify.keys(KeyVerdict.UNSETTLED) > 0) {
      return "Run verify again while less is written, or with more --settle-rounds.";
    }
    if (run.lag() != null && run.lag().censored() > 0) {
      return "See whether the replica's link was up (lag_timeline.csv); where it was only late, a"
          + " longer --observe-timeout waits for it.";
    }
    return "";
  }
}
