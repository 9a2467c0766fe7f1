package io.syncanalyzer.result;

import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.IntervalWords;
import io.syncanalyzer.result.figure.Lists;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a run.
 *
 * @param status the foremost of what holds
 * @param headline one sentence or two for the top of page and console
 * @param reasons a sentence for everything that keeps the status from being {@link
 *     ExitStatus#ALL_EQUAL}, the foremost first
 * @param complete whether every part that the command owes ran to its end
 * @param why one line why it is not complete; empty where it is
 * @param next what to do next where it did not end well; empty where there is nothing to be said
 */
public record Verdict(
    ExitStatus status,
    String headline,
    List<String> reasons,
    boolean complete,
    String why,
    String next) {
  public Verdict {
    reasons = Lists.copy(reasons);
  }

  /** What holds beside the headline's reason, a line each; empty where nothing does. */
  public List<String> also() {
    return reasons.stream().skip(1).map(reason -> "also: " + reason).toList();
  }

  /** Decides. A run that has not finished is incomplete. */
  static Verdict of(RunReport run) {
    Decision decision = new Decision();
    Parts parts = new Parts(run);
    if (run.interruptedIn() != null) {
      decision.add(ExitStatus.INTERRUPTED, "interrupted in " + run.interruptedIn(), true);
    }
    if (run.failure() != null) {
      decision.add(ExitStatus.COULD_NOT_RUN, run.failure(), true);
    }
    mismatches(run, decision);
    limits(run, decision);
    capacity(run.capacity(), decision);
    for (Map.Entry<String, String> part : parts.incomplete().entrySet()) {
      if (run.failure() != null && run.failure().contains(part.getValue())) {
        continue; // What broke the run off has been said.
      }
      decision.add(ExitStatus.INCOMPLETE, part.getKey() + ": " + part.getValue(), true);
    }
    boolean finished = run.finishedAt() != null;
    if (!finished) {
      decision.add(ExitStatus.INCOMPLETE, "the run has not finished", true);
    }
    for (String part : parts.absent()) {
      // Of a run that was killed nobody knows how far a part came.
      decision.add(
          ExitStatus.INCOMPLETE, part + (finished ? " did not run" : " has no result"), true);
    }
    unseen(run, decision);
    ExitStatus status = ExitStatus.foremost(decision.statuses);
    List<String> reasons = decision.inOrder();
    return new Verdict(
        status,
        Headline.of(run, status, reasons),
        reasons,
        decision.whyIncomplete.isEmpty(),
        decision.whyIncomplete.isEmpty() ? "" : decision.whyIncomplete.get(0),
        NextStep.of(run, status));
  }

  private static void mismatches(RunReport run, Decision decision) {
    VerifyReport verify = run.verify();
    if (verify != null && verify.mismatchedKeys() + verify.mismatchedFunctions() > 0) {
      decision.add(ExitStatus.MISMATCHES, Headline.differences(verify), false);
    }
  }

  private static void limits(RunReport run, Decision decision) {
    for (Limit limit : run.limits()) {
      if (limit.kept() == null) {
        decision.add(ExitStatus.INCOMPLETE, limit.words(), false);
      } else if (!limit.kept()) {
        decision.add(ExitStatus.LIMIT_BROKEN, limit.words(), false);
      }
    }
  }

  private static void capacity(@Nullable CapacityReport capacity, Decision decision) {
    if (capacity == null) {
      return;
    }
    for (CapacityInterval one : capacity.intervals()) {
      boolean told = one.ending() == CapacityEnding.UNFINISHED && capacity.incomplete() != null;
      Boolean answer = capacity.answer(one);
      if (answer == null && !told) {
        decision.add(ExitStatus.INCOMPLETE, IntervalWords.clause(one), false);
      } else if (Boolean.FALSE.equals(answer)) {
        decision.add(ExitStatus.LIMIT_BROKEN, IntervalWords.clause(one), false);
      }
    }
    if (capacity.intervals().isEmpty() && capacity.incomplete() == null) {
      decision.add(ExitStatus.INCOMPLETE, "the search has come to no interval", true);
    }
  }

  private static void unseen(RunReport run, Decision decision) {
    VerifyReport verify = run.verify();
    if (verify != null) {
      long unsettled = verify.keys(KeyVerdict.UNSETTLED);
      if (unsettled > 0) {
        decision.add(
            ExitStatus.INCOMPLETE,
            Numbers.count(unsettled, "key")
                + (Headline.clocks(run).isEmpty()
                    ? " kept changing and stayed unsettled"
                    : " stayed unsettled: they kept changing, or have expired by the replica's"
                        + " clock alone (mismatches.csv says which)"),
            false);
      }
      long unreadable = verify.keys(KeyVerdict.UNREADABLE);
      if (unreadable > 0) {
        decision.add(
            ExitStatus.INCOMPLETE, Numbers.count(unreadable, "key") + " could not be read", false);
      }
      long changing = verify.functions(KeyVerdict.UNSETTLED);
      if (changing > 0) {
        decision.add(
            ExitStatus.INCOMPLETE,
            Numbers.libraries(changing) + " kept changing and stayed unsettled",
            false);
      }
      for (String reason : verify.notLookedAt().reasons()) {
        decision.add(ExitStatus.INCOMPLETE, reason, false);
      }
      if (verify.nothing() != null) {
        decision.add(ExitStatus.INCOMPLETE, "nothing was compared: " + verify.nothing(), false);
      }
    }
    if (run.lag() != null) {
      for (LagAccounting row : run.lag().together().outsideTrials().accounting()) {
        if (row.censored() > 0) {
          decision.add(
              ExitStatus.INCOMPLETE,
              Numbers.words(row.censored())
                  + " of "
                  + Numbers.count(row.scheduled(), row.phase() + " sentinel")
                  + (row.phase().equals(LagReport.FLOOR)
                      ? " never seen on the source, which stands in the replica's place there"
                      : " never seen on the replica"),
              false);
        }
      }
    }
  }

  private static final class Decision {
    private final Set<ExitStatus> statuses = new LinkedHashSet<>();
    private final List<Map.Entry<ExitStatus, String>> reasons = new ArrayList<>();
    private final List<String> whyIncomplete = new ArrayList<>();

    void add(ExitStatus status, String reason, boolean incomplete) {
      statuses.add(status);
      reasons.add(Map.entry(status, reason));
      if (incomplete) {
        whyIncomplete.add(reason);
      }
    }

    List<String> inOrder() {
      ExitStatus foremost = ExitStatus.foremost(statuses);
      List<String> ordered = new ArrayList<>();
      reasons.stream()
          .filter(reason -> reason.getKey() == foremost)
          .forEach(reason -> ordered.add(reason.getValue()));
      reasons.stream()
          .filter(reason -> reason.getKey() != foremost)
          .forEach(reason -> ordered.add(reason.getValue()));
      return ordered;
    }
  }
}
