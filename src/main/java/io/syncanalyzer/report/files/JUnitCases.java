package io.syncanalyzer.report.files;

import io.syncanalyzer.report.files.JUnitXml.Outcome;
import io.syncanalyzer.report.files.JUnitXml.TestCase;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.Verdict;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The test cases of a run. */
public final class JUnitCases {
  private final List<TestCase> cases = new ArrayList<>();

  private JUnitCases() {}

  public static List<TestCase> of(RunReport run) {
    JUnitCases all = new JUnitCases();
    all.run(run);
    run.limits().forEach(all::limit);
    all.lag(run);
    all.capacity(run.capacity());
    all.verify(run.verify());
    return List.copyOf(all.cases);
  }

  private void run(RunReport run) {
    Verdict verdict = run.verdict();
    boolean broke = run.failure() != null || run.interruptedIn() != null;
    Outcome outcome = verdict.complete() ? Outcome.PASSED : broke ? Outcome.ERROR : Outcome.FAILED;
    cases.add(new TestCase("run", "every part ran to its end", outcome, verdict.why()));
  }

  private void limit(Limit limit) {
    Boolean kept = limit.kept();
    Outcome outcome = kept == null ? Outcome.SKIPPED : kept ? Outcome.PASSED : Outcome.FAILED;
    cases.add(
        new TestCase("limits", limit.option() + " " + limit.allowed(), outcome, limit.words()));
  }

  private void lag(RunReport run) {
    if (run.lag() == null) {
      return;
    }
    for (LagAccounting row : run.lag().together().outsideTrials().accounting()) {
      cases.add(
          new TestCase(
              "lag",
              "every "
                  + row.phase()
                  + " sentinel was seen"
                  + (row.replica() == null ? "" : " on " + row.replica()),
              row.censored() == 0 ? Outcome.PASSED : Outcome.FAILED,
              row.censored() + " of " + row.scheduled() + " never seen" + longest(run.lag(), row)));
    }
  }

  private static String longest(LagReport lag, LagAccounting row) {
    LagPercentile max = lag.percentile(row, "max");
    Double least = max == null ? null : max.lower().micros();
    return row.censored() == 0 || least == null ? "" : ", the longest lag " + Bound.atLeast(least);
  }

  /** The question put to each replica; what cannot be told is no failure of it. */
  private void capacity(@Nullable CapacityReport capacity) {
    if (capacity == null) {
      return;
    }
    String claim = QuestionWords.claim(capacity.question());
    for (CapacityInterval one : capacity.intervals()) {
      Boolean answer = capacity.answer(one);
      cases.add(
          new TestCase(
              "capacity",
              one.replica() == null ? claim : one.replica() + " " + claim,
              answer == null ? Outcome.SKIPPED : answer ? Outcome.PASSED : Outcome.FAILED,
              one.words()));
    }
    if (capacity.intervals().isEmpty()) {
      cases.add(
          new TestCase(
              "capacity",
              claim,
              Outcome.SKIPPED,
              capacity.incomplete() == null
                  ? "the search has come to no interval"
                  : capacity.incomplete()));
    }
  }

  private void verify(@Nullable VerifyReport verify) {
    if (verify != null) {
      verify.replicas().forEach(one -> verify(verify, one));
    }
    for (KeyVerdict verdict : KeyVerdict.values()) {
      if (verdict == KeyVerdict.EQUAL || (verify != null && !verify.replicas().isEmpty())) {
        continue;
      }
      String name = "no key: " + verdict.words();
      if (verify == null) {
        cases.add(new TestCase("verification", name, Outcome.SKIPPED, "nothing was verified"));
      } else if (verify.keys(verdict) > 0) {
        cases.add(
            new TestCase(
                "verification", name, Outcome.FAILED, Numbers.count(verify.keys(verdict), "key")));
      } else if (verify.incomplete() != null) {
        cases.add(new TestCase("verification", name, Outcome.SKIPPED, verify.incomplete()));
      } else {
        cases.add(new TestCase("verification", name, Outcome.PASSED, ""));
      }
    }
    if (verify != null && verify.functions() > 0) {
      cases.add(
          new TestCase(
              "verification",
              "no library of functions differs",
              verify.functions(KeyVerdict.EQUAL) == verify.functions()
                  ? Outcome.PASSED
                  : Outcome.FAILED,
              Numbers.libraries(verify.mismatchedFunctions())));
    }
    if (verify != null) {
      List<String> left = new ArrayList<>(verify.notLookedAt().reasons());
      if (verify.nothing() != null) {
        left.add("nothing was compared: " + verify.nothing());
      }
      cases.add(
          new TestCase(
              "verification",
              "all that was asked for was looked at",
              left.isEmpty() ? Outcome.PASSED : Outcome.FAILED,
              String.join("; ", left)));
    }
  }

  /** The same cases for one of several replicas. */
  private void verify(VerifyReport verify, ReplicaTotals one) {
    for (KeyVerdict verdict : KeyVerdict.values()) {
      if (verdict == KeyVerdict.EQUAL) {
        continue;
      }
      long keys = verify.keys(verdict, one.replica());
      String incomplete = one.incomplete();
      Outcome outcome =
          keys > 0 ? Outcome.FAILED : incomplete == null ? Outcome.PASSED : Outcome.SKIPPED;
      cases.add(
          new TestCase(
              "verification",
              "no key: " + verdict.words() + " on " + one.replica(),
              outcome,
              keys > 0 ? Numbers.count(keys, "key") : incomplete == null ? "" : incomplete));
    }
  }
}
