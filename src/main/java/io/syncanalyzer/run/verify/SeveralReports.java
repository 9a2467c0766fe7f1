package io.syncanalyzer.run.verify;

import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.run.record.Uninterrupted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One report of what the comparisons of several replicas came to: sums over all of them, but the
 * source's keys, which are the same for each; what is of one replica stands under its name.
 */
final class SeveralReports {
  /** How the comparisons stood to each other, and so what becomes of times and of costs. */
  enum Order {
    /** All at once, the source read for all: its cost is what any of them saw. */
    TOGETHER,
    /** One after another, each with its own reading of the source. */
    IN_TURN
  }

  private SeveralReports() {}

  /** What came of all of them. */
  static Compared of(List<OneOfSeveral> all, Order order) {
    return new Compared(
        Uninterrupted.get(() -> report(all, order)),
        words(all, one -> one.hasFailed() ? one.incomplete() : null),
        all.stream().allMatch(one -> one.incomplete() == null),
        () -> all.stream().flatMap(OneOfSeveral::mismatches).iterator());
  }

  /** The report of all; the mismatches beyond the first few hundred stay in their files. */
  static VerifyReport report(List<OneOfSeveral> all, Order order) {
    List<VerifyReport> reports =
        all.stream().map(OneOfSeveral::report).filter(Objects::nonNull).toList();
    List<Mismatch> first;
    try (Stream<Mismatch> some = all.stream().flatMap(OneOfSeveral::mismatches)) {
      first = some.limit(VerifyReport.LISTED).toList();
    }
    return new VerifyReport(
            same(reports.stream().map(VerifyReport::scope).toList()),
            "full",
            Objects.requireNonNullElse(words(all, one -> of(one, VerifyReport::fence)), ""),
            elapsed(reports, order),
            largest(reports, VerifyReport::sourceKeys),
            sum(reports, VerifyReport::replicaKeys),
            sum(reports, VerifyReport::commonKeys),
            all.stream().flatMap(one -> one.rows().stream()).toList(),
            first,
            figures(all, order),
            notes(all),
            words(all, OneOfSeveral::incomplete),
            notLookedAt(reports),
            words(all, one -> of(one, VerifyReport::nothing)),
            largest(reports, VerifyReport::leftOut),
            partitions(all, order))
        .ofReplicas(all.stream().map(OneOfSeveral::totals).toList());
  }

  private static <T> @Nullable T of(OneOfSeveral one, Function<VerifyReport, @Nullable T> what) {
    VerifyReport report = one.report();
    return report == null ? null : what.apply(report);
  }

  private static String same(List<String> texts) {
    return texts.stream().distinct().collect(Collectors.joining("; "));
  }

  /** What there is to say of each, after whom it is about; said once where it is one and all. */
  private static @Nullable String words(
      List<OneOfSeveral> all, Function<OneOfSeveral, @Nullable String> what) {
    List<String> said = new ArrayList<>();
    Set<String> bare = new LinkedHashSet<>();
    for (OneOfSeveral one : all) {
      String words = what.apply(one);
      if (words != null) {
        said.add(one.replica() + ": " + words);
        bare.add(words);
      }
    }
    if (said.isEmpty()) {
      return null;
    }
    return said.size() == all.size() && bare.size() == 1
        ? bare.iterator().next()
        : String.join("; ", said);
  }

  private static List<String> notes(List<OneOfSeveral> all) {
    Map<String, List<String>> whose = new LinkedHashMap<>();
    for (OneOfSeveral one : all) {
      for (String note : Optional.ofNullable(of(one, VerifyReport::notes)).orElse(List.of())) {
        whose.computeIfAbsent(note, first -> new ArrayList<>()).add(one.replica());
      }
    }
    return whose.entrySet().stream()
        .map(
            note ->
                note.getValue().size() == all.size()
                    ? note.getKey()
                    : String.join(", ", note.getValue()) + ": " + note.getKey())
        .toList();
  }

  /** Those of all; in turn, one's time begins when the others before it have ended. */
  private static List<VerifyPartition> partitions(List<OneOfSeveral> all, Order order) {
    List<VerifyPartition> partitions = new ArrayList<>();
    double waited = 0;
    for (OneOfSeveral one : all) {
      partitions.addAll(one.partitions(Math.round(waited * 1e9)));
      Double elapsed = of(one, VerifyReport::elapsedSeconds);
      if (order == Order.IN_TURN && elapsed != null) {
        waited += elapsed;
      }
    }
    return partitions;
  }

  private static @Nullable Double elapsed(List<VerifyReport> reports, Order order) {
    return reports.stream()
        .map(VerifyReport::elapsedSeconds)
        .filter(Objects::nonNull)
        .reduce(order == Order.TOGETHER ? Math::max : Double::sum)
        .orElse(null);
  }

  /**
   * The figures of all, by what they measure, each replica's cost and rate added up; then the sums
   * of each replica.
   */
  private static List<Figure> figures(List<OneOfSeveral> all, Order order) {
    Map<String, Figure> found = new LinkedHashMap<>();
    for (OneOfSeveral one : all) {
      for (Figure figure :
          Objects.requireNonNullElse(of(one, VerifyReport::figures), List.<Figure>of())) {
        found.merge(figure.metric(), figure, (mine, others) -> together(mine, others, order));
      }
    }
    if (order == Order.IN_TURN) {
      found.computeIfPresent("keys_per_s", (metric, sum) -> perSecond(all, sum));
    }
    List<Figure> figures = new ArrayList<>(found.values());
    int number = 1;
    for (OneOfSeveral one : all) {
      ReplicaTotals totals = one.totals();
      String name = "replica_" + number++ + "_";
      figures.add(Figure.word("verify", name + "address", totals.replica()));
      figures.add(Figure.of("verify", name + "equal", totals.equal(), "keys"));
      figures.add(Figure.of("verify", name + "mismatched", totals.mismatched(), "keys"));
      figures.add(Figure.of("verify", name + "unsettled", totals.unsettled(), "keys"));
      figures.add(Figure.of("verify", name + "unreadable", totals.unreadable(), "keys"));
    }
    return figures;
  }

  private static Figure together(Figure one, Figure other, Order order) {
    double mine = Double.parseDouble(one.value());
    double others = Double.parseDouble(other.value());
    if (order == Order.TOGETHER && one.metric().startsWith("source_")) {
      return others > mine ? other : one;
    }
    return one.unit().equals("s") || one.unit().equals("1/s")
        ? Figure.of("verify", one.metric(), mine + others, one.unit())
        : Figure.of("verify", one.metric(), Math.round(mine + others), one.unit());
  }

  /** Of those that came in turn the keys of all over the time of all. */
  private static Figure perSecond(List<OneOfSeveral> all, Figure sum) {
    double keys = 0;
    double seconds = 0;
    for (OneOfSeveral one : all) {
      Double elapsed = of(one, VerifyReport::elapsedSeconds);
      for (Figure figure :
          Objects.requireNonNullElse(of(one, VerifyReport::figures), List.<Figure>of())) {
        if (elapsed != null && figure.metric().equals(sum.metric())) {
          keys += Double.parseDouble(figure.value()) * elapsed;
          seconds += elapsed;
        }
      }
    }
    return seconds == 0 ? sum : Figure.of("verify", sum.metric(), keys / seconds, sum.unit());
  }

  private static NotLookedAt notLookedAt(List<VerifyReport> reports) {
    NotLookedAt sum = NotLookedAt.NOTHING;
    for (VerifyReport report : reports) {
      NotLookedAt one = report.notLookedAt();
      sum =
          new NotLookedAt(
              sum.appeared() + one.appeared(),
              sum.moves() + one.moves(),
              sum.unselectable() + one.unselectable(),
              sum.functions() + one.functions(),
              sum.otherDatabases() + one.otherDatabases());
    }
    return sum;
  }

  private static @Nullable Long largest(
      List<VerifyReport> reports, Function<VerifyReport, @Nullable Long> of) {
    return reports.stream().map(of).filter(Objects::nonNull).max(Long::compare).orElse(null);
  }

  private static @Nullable Long sum(
      List<VerifyReport> reports, Function<VerifyReport, @Nullable Long> of) {
    return reports.stream().map(of).filter(Objects::nonNull).reduce(Long::sum).orElse(null);
  }
}
