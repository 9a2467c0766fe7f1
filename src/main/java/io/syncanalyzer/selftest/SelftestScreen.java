package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.lag.LagValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** The self test's tables, as text of at most a hundred columns. */
final class SelftestScreen {
  private static final int COMPLAINTS = 20;

  private SelftestScreen() {}

  /** What the equal pair and the corrupted one showed, a row a kind. */
  static String verification(SelftestFindings equal, SelftestFindings corrupted) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-23s %-36s %8s %6s  %s%n",
            "corruption",
            "types",
            "injected",
            "found",
            "verdict"));
    text.append(line("none, an equal pair", "all", 0, 0, falses(equal)));
    for (SelftestFindings.Row row : corrupted.rows()) {
      List<SelftestType> types = row.types();
      String names =
          types.size() == SelftestType.values().length
              ? "all"
              : types.stream().map(SelftestType::label).collect(Collectors.joining(" "));
      text.append(
          line(
              row.kind().label(),
              names,
              row.injected(),
              row.found(),
              row.kind().verdict().toString()));
    }
    text.append(line("together", "", corrupted.injected(), corrupted.found(), falses(corrupted)));
    complaints(text, equal);
    complaints(text, corrupted);
    return text.toString();
  }

  private static String falses(SelftestFindings findings) {
    return String.format(
        Locale.ROOT,
        "%,d false of %s",
        findings.falses(),
        Counted.words(findings.expectedKeys(), "key"));
  }

  private static String line(String what, String types, int injected, int found, String verdict) {
    return String.format(
        Locale.ROOT, "%-23s %-36s %8d %6d  %s%n", what, types, injected, found, verdict);
  }

  private static void complaints(StringBuilder text, SelftestFindings findings) {
    List<String> all = findings.complaints();
    all.stream().limit(COMPLAINTS).forEach(one -> text.append("  ").append(one).append('\n'));
    if (all.size() > COMPLAINTS) {
      text.append(String.format(Locale.ROOT, "  and %,d more%n", all.size() - COMPLAINTS));
    }
  }

  /** What was measured of a known lag; says so where nothing was. */
  static String lag(Optional<List<SelftestLag.Row>> measured) {
    if (measured.isEmpty()) {
      return "lag: not tested, for that the replication link must be ours; leave out --source and"
          + " --replica\n";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%-26s %-24s %-26s %10s%n", "lag", "injected", "measured", "seen"));
    for (SelftestLag.Row row : measured.get()) {
      String injected =
          millis(row.injectedNanos())
              + (row.floorNanos() == 0 ? "" : " + floor " + millis(row.floorNanos()));
      String lower =
          row.lowerNanos() instanceof LagValue.TooFew
              ? ""
              : millis(row.lowerNanos(), Bound::lowerMillis);
      String upper = millis(row.upperNanos(), Bound::upperMillis);
      String bounds = (lower.isEmpty() ? "" : lower + " … ") + upper;
      text.append(
          String.format(
              Locale.ROOT,
              "%-26s %-24s %-26s %10s  %s%n",
              row.what(),
              injected,
              bounds,
              row.accounting().observed() + "/" + row.accounting().scheduled(),
              row.holds() ? "holds" : "WRONG"));
    }
    return text.toString();
  }

  private static String millis(LagValue value, LongFunction<String> bound) {
    if (value instanceof LagValue.Known known) {
      return bound.apply(known.nanos());
    }
    return value instanceof LagValue.Open ? "open" : "unknown";
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }
}
