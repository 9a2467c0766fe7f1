package io.syncanalyzer.result;

import io.syncanalyzer.result.LoadReport.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How much of a load writes, how much reads: in the rows, and in words. */
public final class LoadMix {
  private static final String WRITE = "write";
  private static final String READ = "read";

  private LoadMix() {}

  /**
   * The rows with their writes and reads filled in: a command's by its kind, and those of the
   * {@code Totals} from the commands of the same step, where the kind of each is known.
   */
  static List<Row> told(List<Row> rows) {
    List<Row> told = new ArrayList<>();
    for (Row row : rows) {
      told.add(row.isTotals() ? totals(row, rows) : command(row));
    }
    return List.copyOf(told);
  }

  private static Row command(Row row) {
    if (row.kind() == null) {
      return row;
    }
    boolean writes = row.kind().equals(WRITE);
    boolean reads = row.kind().equals(READ);
    return row.toldApart(
        writes ? row.count() : Long.valueOf(0),
        writes ? row.opsPerS() : Double.valueOf(0),
        reads ? row.count() : Long.valueOf(0),
        reads ? row.opsPerS() : Double.valueOf(0));
  }

  private static Row totals(Row totals, List<Row> rows) {
    List<Row> commands =
        rows.stream()
            .filter(row -> !row.isTotals() && Objects.equals(row.step(), totals.step()))
            .toList();
    boolean known = commands.stream().allMatch(row -> row.kind() != null);
    if (commands.isEmpty() || !known) {
      return totals;
    }
    // Where all are of one kind the whole is, to the last command and whatever was rounded.
    if (commands.stream().allMatch(row -> WRITE.equals(row.kind()))) {
      return totals.toldApart(totals.count(), totals.opsPerS(), 0L, 0.0);
    }
    if (commands.stream().allMatch(row -> READ.equals(row.kind()))) {
      return totals.toldApart(0L, 0.0, totals.count(), totals.opsPerS());
    }
    List<Row> writes = commands.stream().filter(row -> WRITE.equals(row.kind())).toList();
    List<Row> reads = commands.stream().filter(row -> READ.equals(row.kind())).toList();
    return totals.toldApart(
        sum(writes, Row::count),
        rate(writes, Row::opsPerS),
        sum(reads, Row::count),
        rate(reads, Row::opsPerS));
  }

  /** The steps of a ramp together. */
  static Row over(List<Row> steps) {
    Double seconds = 0.0;
    for (Row step : steps) {
      Double its = seconds(step);
      seconds = its == null || seconds == null ? null : Double.valueOf(seconds + its);
    }
    Long count = sum(steps, Row::count);
    Long writes = sum(steps, Row::writes);
    Long reads = sum(steps, Row::reads);
    return new Row(
        steps.get(0).engine(),
        LoadReport.TOTALS,
        count,
        per(count, seconds),
        null,
        null,
        null,
        null,
        null,
        steps.stream().map(Row::maxMs).filter(Objects::nonNull).max(Double::compare).orElse(null),
        null,
        known(steps, Row::connectionErrors),
        known(steps, Row::errorReplies),
        null,
        null,
        null,
        writes,
        per(writes, seconds),
        reads,
        per(reads, seconds));
  }

  /** How long a step lasted, as its own rate has it. */
  private static @Nullable Double seconds(Row step) {
    Long count = step.count();
    Double rate = step.opsPerS();
    return count == null || rate == null || rate == 0 ? null : Double.valueOf(count / rate);
  }

  private static @Nullable Double per(@Nullable Long count, @Nullable Double seconds) {
    return count == null || seconds == null || seconds == 0
        ? null
        : Double.valueOf(count / seconds);
  }

  /** Null where one of them is unknown. */
  private static @Nullable Long sum(List<Row> rows, Function<Row, @Nullable Long> value) {
    return rows.stream().map(value).anyMatch(Objects::isNull) ? null : known(rows, value);
  }

  private static Long known(List<Row> rows, Function<Row, @Nullable Long> value) {
    return rows.stream().map(value).filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }

  private static @Nullable Double rate(List<Row> rows, Function<Row, @Nullable Double> value) {
    return rows.stream().map(value).anyMatch(Objects::isNull)
        ? null
        : Double.valueOf(
            rows.stream().map(value).filter(Objects::nonNull).mapToDouble(d -> d).sum());
  }

  /**
   * The load's rate in words: {@code 45,693 writes/s}, {@code 178,842 reads/s, no write}, {@code
   * 323,046 commands/s (64,612 writes/s, 258,434 reads/s)}; of a ramp {@code 8 steps of 1,000 to
   * 8,004 writes/s}. Empty where no rate is known.
   */
  public static String words(LoadReport load) {
    boolean others =
        load.rows().stream()
            .anyMatch(row -> row.kind() != null && !List.of(WRITE, READ).contains(row.kind()));
    List<Row> steps = load.steps();
    if (steps.size() > 1 && steps.stream().allMatch(step -> step.opsPerS() != null)) {
      return steps.size() + " steps of " + rates(steps, others);
    }
    Row totals = load.totals();
    return totals == null || totals.opsPerS() == null ? "" : rates(List.of(totals), others);
  }

  private static String rates(List<Row> rows, boolean others) {
    String all = range(rows, Row::opsPerS);
    if (!all(rows, row -> row.writesPerS() != null && row.readsPerS() != null)) {
      return all + " commands/s (writes and reads not told apart)";
    }
    if (all(rows, row -> Objects.equals(row.writes(), row.count()))) {
      return all + " writes/s";
    }
    if (all(rows, row -> Objects.equals(row.reads(), row.count()))) {
      return all + " reads/s, no write";
    }
    return all
        + " commands/s ("
        + range(rows, Row::writesPerS)
        + " writes/s, "
        + range(rows, Row::readsPerS)
        + " reads/s"
        + (others ? ", the others neither)" : ")");
  }

  private static boolean all(List<Row> rows, Predicate<Row> what) {
    return rows.stream().allMatch(what);
  }

  /** The first and the last, where there are several. */
  private static String range(List<Row> rows, Function<Row, @Nullable Double> value) {
    String first = rounded(value.apply(rows.get(0)));
    String last = rounded(value.apply(rows.get(rows.size() - 1)));
    return rows.size() == 1 ? first : first + " to " + last;
  }

  private static String rounded(@Nullable Double rate) {
    return rate == null ? "?" : Numbers.words(Math.round(rate));
  }
}
