package io.syncanalyzer.result;

import io.syncanalyzer.result.capacity.IntervalWords;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The verdict in words. */
final class Headline {
  /** A lag this close to the probe's own floor is called at the floor, not a number. */
  private static final double AT_FLOOR = 1.25;

  /** A share of sentinels never sent above which the rate was missed. */
  private static final double MISSED = 0.01;

  private static final List<String> PREFERRED = List.of("99", "95", "90", "50", "max");

  private Headline() {}

  static String of(RunReport run, ExitStatus status, List<String> reasons) {
    String first = reasons.isEmpty() ? "" : reasons.get(0);
    String clocks = run.verify() == null ? "" : clocks(run);
    String figures = joined(clocks, joined(capacity(run), figures(run)));
    return switch (status) {
      case ALL_EQUAL -> joined(done(run), figures);
      case MISMATCHES -> joined("Not equal: " + first + ".", figures);
      case LIMIT_BROKEN ->
          joined(
              "Limit broken: " + first + ".", joined(joined(equality(run), capacity(run)), clocks));
      case INCOMPLETE -> joined("Incomplete: " + first + ".", figures);
      case COULD_NOT_RUN -> "Could not run: " + first;
      case INTERRUPTED -> upper(first) + "; what was measured until then is kept.";
      case USAGE -> "Wrong usage: " + first;
    };
  }

  /** What explains keys that expire on one side before they do on the other; mostly empty. */
  static String clocks(RunReport run) {
    return Sides.merged(run.sides()).stream()
        .map(side -> side.clock() == null ? null : side.clock().worthSaying())
        .filter(Objects::nonNull)
        .map(
            ahead ->
                String.format(
                    Locale.ROOT,
                    "The replica's clock is %.2f s %s the source's: there keys expire that much"
                        + " %s.",
                    Math.abs(ahead) / 1000,
                    ahead < 0 ? "behind" : "ahead of",
                    ahead < 0 ? "later" : "earlier"))
        .collect(Collectors.joining(" "));
  }

  /** {@code 12 keys differ (7 missing on replica, 5 value differs)}. */
  static String differences(VerifyReport verify) {
    long libraries = verify.mismatchedFunctions();
    String functions =
        libraries == 0
            ? ""
            : Numbers.libraries(libraries) + (libraries == 1 ? " differs" : " differ");
    long keys = verify.mismatchedKeys();
    return keys == 0
        ? functions
        : keys(verify, keys) + (functions.isEmpty() ? "" : ", " + functions);
  }

  private static String keys(VerifyReport verify, long keys) {
    return Numbers.count(keys, "key")
        + (keys == 1 ? " differs (" : " differ (")
        + verify.byVerdict().entrySet().stream()
            .filter(entry -> entry.getKey().isMismatch())
            .map(entry -> Numbers.words(entry.getValue()) + " " + entry.getKey().words())
            .collect(Collectors.joining(", "))
        + ")"
        + onWhich(verify.replicas());
  }

  /** On which of several replicas, or on how many and where most; empty of one alone. */
  private static String onWhich(List<ReplicaTotals> replicas) {
    List<ReplicaTotals> differing = replicas.stream().filter(one -> one.mismatched() > 0).toList();
    if (differing.isEmpty()) {
      return "";
    }
    ReplicaTotals most =
        Collections.max(differing, Comparator.comparingLong(ReplicaTotals::mismatched));
    return differing.size() == 1
        ? " on " + most.replica()
        : " on "
            + differing.size()
            + " of "
            + replicas.size()
            + " replicas, most on "
            + most.replica();
  }

  /** The lag of the phase that counts, with both bounds; empty without any. */
  static String lag(@Nullable LagReport lag) {
    if (lag == null || lag.mainPhase() == null) {
      return "";
    }
    for (String percentile : PREFERRED) {
      LagPercentile row = lag.percentile(lag.mainPhase(), percentile);
      if (row != null && !(row.upper() instanceof LagValue.TooFew)) {
        String name = percentile.equals("max") ? "largest" : "p" + percentile;
        return name + " lag " + between(row, lag.floorOf(row)) + ofThoseSent(lag);
      }
    }
    return "no sentinel seen, so no lag";
  }

  /** Where the rate was missed: the lag is of fewer sentinels than were to be sent. */
  private static String ofThoseSent(LagReport lag) {
    LagAccounting main = lag.accounting(lag.mainPhase());
    if (main == null || main.unsent() == null || main.scheduled() == 0) {
      return "";
    }
    double share = (double) main.unsent() / main.scheduled();
    return share <= MISSED
        ? ""
        : String.format(
            Locale.ROOT,
            " (of %,d of %,d scheduled sentinels: %s %% were never sent)",
            main.scheduled() - main.unsent(),
            main.scheduled(),
            // Rounded down: all of them is said only where it was all of them.
            Numbers.plain(Math.floor(share * 1000) / 10));
  }

  private static String between(LagPercentile row, @Nullable LagPercentile floor) {
    Double upper = row.upper().micros();
    Double lower = row.lower().micros();
    if (upper == null) {
      return lower == null
          ? "unknown"
          : Bound.atLeast(lower) + " (not seen until then, so at least that)";
    }
    Double probe = floor == null ? null : floor.upper().micros();
    if (probe != null && upper <= AT_FLOOR * probe) {
      return "at the floor (at most "
          + Bound.upper(upper)
          + "; the probe alone takes "
          + Bound.upper(probe)
          + ")";
    }
    if (lower == null) {
      return "at most " + Bound.upper(upper);
    }
    String from = Bound.lower(lower);
    String to = Bound.upper(upper);
    String unit = to.substring(to.indexOf(' '));
    return "between " + (from.endsWith(unit) ? from.replace(unit, "") : from) + " and " + to;
  }

  private static String figures(RunReport run) {
    StringBuilder text = new StringBuilder(lag(run.lag()));
    String rates = run.load() == null ? "" : LoadMix.words(run.load());
    if (!rates.isEmpty()) {
      boolean ramp = run.load() != null && run.load().steps().size() > 1;
      text.append(text.isEmpty() ? "" : ramp ? " over " : " at ").append(rates);
    }
    if (run.drain() != null && run.drain().seconds() != null) {
      text.append(text.isEmpty() ? "" : "; ")
          .append("drained in ")
          .append(Numbers.seconds(run.drain().seconds()));
    }
    return text.isEmpty() ? "" : text + ".";
  }

  /** What the replicas sustain, of those of which that was found; empty without any. */
  private static String capacity(RunReport run) {
    return run.capacity() == null ? "" : IntervalWords.found(run.capacity());
  }

  private static String done(RunReport run) {
    if (run.verify() != null) {
      return equality(run);
    }
    if (run.capacity() != null) {
      return "";
    }
    return switch (run.command()) {
      case "probe" -> "Measured.";
      case "load" -> "Loaded.";
      default -> "Done.";
    };
  }

  private static String equality(RunReport run) {
    VerifyReport verify = run.verify();
    if (verify == null || verify.incomplete() != null) {
      return "";
    }
    long equal = verify.keys(KeyVerdict.EQUAL);
    long others = verify.byVerdict().values().stream().mapToLong(Long::longValue).sum() - equal;
    if (others > 0
        || verify.functions() > verify.functions(KeyVerdict.EQUAL)
        || verify.nothing() != null
        || !verify.notLookedAt().equals(NotLookedAt.NOTHING)) {
      return "";
    }
    String leftOut =
        verify.leftOut() == null || verify.leftOut() == 0
            ? ""
            : " Left out: "
                + Numbers.count(verify.leftOut(), "key")
                + " in other databases than the one named.";
    String what =
        equal > 0
            ? "Equal."
            : verify.functions() == 0
                ? "Equal: no key was there to compare."
                : "Equal: no key was there to compare, but " + libraries(verify) + ".";
    return what + leftOut;
  }

  private static String libraries(VerifyReport verify) {
    return Numbers.libraries(verify.functions());
  }

  private static String joined(String first, String second) {
    if (first.isEmpty()) {
      return second;
    }
    return second.isEmpty() ? first : first + " " + upper(second);
  }

  private static String upper(String text) {
    // p99 stays small, as everyone writes it.
    return text.matches("(?s)(p\\d.*|)")
        ? text
        : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
