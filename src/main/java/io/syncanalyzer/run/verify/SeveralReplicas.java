package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.Uninterrupted;
import io.syncanalyzer.verify.Verified;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.resume.CannotResume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
 * Compares several replicas with their source, which is read once for all of them, and makes one
 * report of what each came to: sums over all of them, but the source's keys and cost, which are the
 * source's; what is of one replica stands under its address.
 */
public final class SeveralReplicas {
  private SeveralReplicas() {}

  /**
   * What came of it, the mismatches still on disk.
   *
   * @param report of all of them
   * @param failure one line why the run is to be called failed; null where it is not
   * @param complete whether each of them ended as asked
   */
  public record Outcome(
      VerifyReport report,
      @Nullable String failure,
      boolean complete,
      Iterable<Mismatch> mismatches) {}

  /**
   * Compares.
   *
   * @param folder where each comparison has a folder of its own; made if need be
   * @param resume whether each is to go on with what an earlier one left there
   */
  public static Outcome run(
      RunContext context,
      VerifySettings settings,
      Endpoint source,
      List<Endpoint> replicas,
      String runId,
      Path folder,
      boolean resume) {
    Resumption.requireSeveral(folder, resume);
    List<VerifyRequest> requests = new ArrayList<>();
    for (Endpoint replica : replicas) {
      Path work = Comparison.made(Resumption.workOf(folder, replica.address()));
      VerifyRequest request = VerifyRequest.of(source, replica, runId, work).with(settings);
      requests.add(resume ? request.resumed() : request);
    }
    List<Verified> verified =
        new VerifyPhase(heard -> VerifyProgressLine.show(context, heard), context.clock())
            .runTogether(requests);
    requireAny(verified);
    List<OneOfSeveral> all =
        Uninterrupted.get(
            () -> verified.stream().map(one -> OneOfSeveral.of(one, settings.scope())).toList());
    return new Outcome(
        Uninterrupted.get(() -> report(all)),
        words(all, one -> one.hasFailed() ? one.incomplete() : null),
        all.stream().allMatch(one -> one.incomplete() == null),
        () -> all.stream().flatMap(OneOfSeveral::mismatches).iterator());
  }

  /** Where none has a result, the first failure is the run's. */
  private static void requireAny(List<Verified> all) {
    List<RuntimeException> failures =
        all.stream().map(Verified::failure).filter(Objects::nonNull).toList();
    if (failures.size() < all.size()) {
      return;
    }
    throw failures.get(0) instanceof CannotResume notForThis
        ? Resumption.refused(notForThis)
        : failures.get(0);
  }

  /** The report of all; the mismatches beyond the first few hundred stay in their files. */
  static VerifyReport report(List<OneOfSeveral> all) {
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
            reports.stream()
                .map(VerifyReport::elapsedSeconds)
                .filter(Objects::nonNull)
                .max(Double::compare)
                .orElse(null),
            largest(reports, VerifyReport::sourceKeys),
            sum(reports, VerifyReport::replicaKeys),
            sum(reports, VerifyReport::commonKeys),
            all.stream().flatMap(one -> one.rows().stream()).toList(),
            first,
            figures(all),
            notes(all),
            words(all, OneOfSeveral::incomplete),
            notLookedAt(reports),
            words(all, one -> of(one, VerifyReport::nothing)),
            largest(reports, VerifyReport::leftOut),
            List.of())
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

  /**
   * The figures of all, by what they measure: what the source spent is the most that any of them
   * saw, for they saw the same; then the sums of each replica.
   */
  private static List<Figure> figures(List<OneOfSeveral> all) {
    Map<String, Figure> found = new LinkedHashMap<>();
    all.stream()
        .map(one -> of(one, VerifyReport::figures))
        .filter(Objects::nonNull)
        .flatMap(Collection::stream)
        .forEach(figure -> found.merge(figure.metric(), figure, SeveralReplicas::together));
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

  private static Figure together(Figure one, Figure other) {
    double mine = Double.parseDouble(one.value());
    double others = Double.parseDouble(other.value());
    if (one.metric().startsWith("source_")) {
      return others > mine ? other : one;
    }
    return one.unit().equals("s") || one.unit().equals("1/s")
        ? Figure.of("verify", one.metric(), mine + others, one.unit())
        : Figure.of("verify", one.metric(), Math.round(mine + others), one.unit());
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
              sum.functions() + one.functions());
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
