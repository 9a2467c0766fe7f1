package io.syncanalyzer.result;

import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadRow.Asked;
import io.syncanalyzer.result.load.LoadRow.Commands;
import io.syncanalyzer.result.load.LoadRow.Done;
import io.syncanalyzer.result.load.LoadRow.Errors;
import io.syncanalyzer.result.load.LoadRow.Intended;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How much of a load writes, how much reads: in the rows, and in words. */
public final class LoadMix {
  private LoadMix() {}

  /**
   * The rows with their writes and reads filled in: a command's by its kind, and those of the
   * {@code Totals} from the commands of the same step, where the kind of each is known.
   */
  static List<LoadRow> told(List<LoadRow> rows) {
    List<LoadRow> told = new ArrayList<>();
    for (LoadRow row : rows) {
      told.add(row.isTotals() ? totals(row, rows) : command(row));
    }
    return List.copyOf(told);
  }

  private static LoadRow command(LoadRow row) {
    return row.kind() == null
        ? row
        : row.of(
            row.kind() == CommandKind.WRITE ? row.done().all() : Commands.NONE,
            row.kind() == CommandKind.READ ? row.done().all() : Commands.NONE);
  }

  private static LoadRow totals(LoadRow totals, List<LoadRow> rows) {
    List<LoadRow> commands =
        rows.stream()
            .filter(
                row ->
                    !row.isTotals()
                        && row.shard() == null
                        && Objects.equals(row.step(), totals.step()))
            .toList();
    boolean known = commands.stream().allMatch(row -> row.kind() != null);
    if (commands.isEmpty() || !known) {
      return totals;
    }
    // Where all are of one kind the whole is, to the last command and whatever was rounded.
    if (commands.stream().allMatch(row -> row.kind() == CommandKind.WRITE)) {
      return totals.of(totals.done().all(), Commands.NONE);
    }
    if (commands.stream().allMatch(row -> row.kind() == CommandKind.READ)) {
      return totals.of(Commands.NONE, totals.done().all());
    }
    return totals.of(sum(commands, CommandKind.WRITE), sum(commands, CommandKind.READ));
  }

  private static Commands sum(List<LoadRow> commands, CommandKind kind) {
    List<LoadRow> rows = commands.stream().filter(row -> row.kind() == kind).toList();
    return new Commands(sum(rows, LoadRow::count), rate(rows, LoadRow::opsPerS));
  }

  /** The steps of a ramp together. */
  static LoadRow over(List<LoadRow> steps) {
    Double seconds = 0.0;
    for (LoadRow step : steps) {
      Double its = seconds(step);
      seconds = its == null || seconds == null ? null : Double.valueOf(seconds + its);
    }
    return new LoadRow(
        steps.get(0).engine(),
        LoadRow.TOTALS,
        null,
        Asked.NOTHING,
        new Done(
            over(steps, LoadRow::count, seconds),
            over(steps, LoadRow::writes, seconds),
            over(steps, LoadRow::reads, seconds)),
        Latency.ofLongest(longest(steps, step -> step.latency().maxNanos())),
        null,
        new Errors(
            known(steps, step -> step.errors().connections()),
            known(steps, step -> step.errors().replies())),
        null,
        new Intended(null, longest(steps, step -> step.intended().maxNanos())));
  }

  private static @Nullable Double longest(
      List<LoadRow> steps, Function<LoadRow, @Nullable Double> value) {
    return steps.stream().map(value).filter(Objects::nonNull).max(Double::compare).orElse(null);
  }

  private static Commands over(
      List<LoadRow> steps, Function<LoadRow, @Nullable Long> value, @Nullable Double seconds) {
    Long count = sum(steps, value);
    return new Commands(count, per(count, seconds));
  }

  /** How long a step lasted, as its own rate has it. */
  private static @Nullable Double seconds(LoadRow step) {
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
  private static @Nullable Long sum(List<LoadRow> rows, Function<LoadRow, @Nullable Long> value) {
    return rows.stream().map(value).anyMatch(Objects::isNull) ? null : known(rows, value);
  }

  private static Long known(List<LoadRow> rows, Function<LoadRow, @Nullable Long> value) {
    return rows.stream().map(value).filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }

  private static @Nullable Double rate(
      List<LoadRow> rows, Function<LoadRow, @Nullable Double> value) {
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
    boolean others = load.rows().stream().anyMatch(row -> row.kind() == CommandKind.OTHER);
    List<LoadRow> steps = load.steps();
    if (steps.size() > 1 && steps.stream().allMatch(step -> step.opsPerS() != null)) {
      return steps.size() + " steps of " + rates(steps, others);
    }
    LoadRow totals = load.totals();
    return totals == null || totals.opsPerS() == null ? "" : rates(List.of(totals), others);
  }

  private static String rates(List<LoadRow> rows, boolean others) {
    String all = range(rows, LoadRow::opsPerS);
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
        + range(rows, LoadRow::writesPerS)
        + " writes/s, "
        + range(rows, LoadRow::readsPerS)
        + " reads/s"
        + (others ? ", the others neither)" : ")");
  }

  private static boolean all(List<LoadRow> rows, Predicate<LoadRow> what) {
    return rows.stream().allMatch(what);
  }

  /** The first and the last, where there are several. */
  private static String range(List<LoadRow> rows, Function<LoadRow, @Nullable Double> value) {
    String first = rounded(value.apply(rows.get(0)));
    String last = rounded(value.apply(rows.get(rows.size() - 1)));
    return rows.size() == 1 ? first : first + " to " + last;
  }

  private static String rounded(@Nullable Double rate) {
    return rate == null ? "?" : Numbers.words(Math.round(rate));
  }
}
