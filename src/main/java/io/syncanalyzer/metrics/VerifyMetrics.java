package io.syncanalyzer.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The comparison that goes on, or else the last one: of several replicas all together, but where
 * they are compared one after another the one whose turn it is. Gauges, since the next comparison
 * begins anew. Safe for use by several threads.
 */
final class VerifyMetrics {
  private final Known scanned;
  private final Known expected;
  private final Known compared;
  private final Known suspects;
  private final Gauge mismatches;
  private final Known unsettled;
  private final Known unreadable;
  private final Known equal;
  private final Known complete;
  private final List<Known> figures;
  private @Nullable KeysSoFar last;

  VerifyMetrics(PrometheusRegistry registry) {
    scanned =
        new Known(registry, "analyzer_verify_keys_scanned", "Keys that the pass has passed over");
    expected =
        new Known(
            registry,
            "analyzer_verify_keys_expected",
            "Keys that the pass has to pass over, by INFO");
    compared =
        new Known(
            registry, "analyzer_verify_keys_compared", "Keys that were looked at on both sides");
    suspects =
        new Known(
            registry,
            "analyzer_verify_suspects",
            "Keys that differed at first sight and are not settled");
    mismatches =
        new Families(registry, "verdict")
            .gauge(
                "analyzer_verify_mismatches",
                "Keys and libraries of functions that are confirmed to differ, by verdict");
    unsettled =
        new Known(
            registry, "analyzer_verify_unsettled", "Keys that kept changing to the last round");
    unreadable = new Known(registry, "analyzer_verify_unreadable", "Keys that could not be read");
    equal =
        new Known(
            registry,
            "analyzer_verify_equal",
            "0 as soon as something differs, 1 once all that was asked for was found equal");
    complete =
        new Known(
            registry,
            "analyzer_verify_complete",
            "1 where the comparison looked at all that was asked for, 0 where it broke off");
    figures =
        List.of(scanned, expected, compared, suspects, unsettled, unreadable, equal, complete);
  }

  /** A comparison begins. */
  synchronized void begins() {
    last = null;
    for (Known figure : figures) {
      figure.set(null);
    }
    mismatches.clear();
  }

  /** How far it is. */
  synchronized void compared(KeysSoFar soFar) {
    last = soFar;
    scanned.set(soFar.scanned());
    expected.set(soFar.expected());
    compared.set(soFar.compared());
    suspects.set(soFar.suspects());
    found(soFar.unequal());
  }

  /** What it came to. */
  synchronized void ended(VerifyReport report) {
    Map<KeyVerdict, Long> unequal = VerifyRow.unequal(report.rows());
    compared.set(report.rows().stream().mapToLong(VerifyRow::keys).sum());
    boolean whole = report.incomplete() == null;
    if (whole) {
      passed();
    }
    // What was told of a difference on the way need not have stood to the end.
    equal.set(null);
    // Those of a comparison that broke off stay unsettled, and nobody counts them any more.
    suspects.set(whole ? 0L : null);
    found(unequal);
    complete.set(whole ? 1L : 0L);
    if (whole
        && unequal.isEmpty()
        && report.nothing() == null
        && report.notLookedAt().reasons().isEmpty()) {
      equal.set(1L);
    }
  }

  /** The last of the way is not told: who has come to its end has passed over all of it. */
  private void passed() {
    Long all = null;
    KeysSoFar told = last;
    if (told != null) {
      Long due = told.expected();
      all = due == null ? null : Long.valueOf(Math.max(told.scanned(), due));
    }
    scanned.set(all);
    expected.set(all);
  }

  private void found(Map<KeyVerdict, Long> unequal) {
    for (KeyVerdict verdict : KeyVerdict.values()) {
      if (verdict.isMismatch()) {
        long keys = unequal.getOrDefault(verdict, 0L);
        mismatches.labelValues(verdict.name()).set((double) keys);
        if (keys > 0) {
          equal.set(0L);
        }
      }
    }
    unsettled.set(unequal.getOrDefault(KeyVerdict.UNSETTLED, 0L));
    unreadable.set(unequal.getOrDefault(KeyVerdict.UNREADABLE, 0L));
  }
}
