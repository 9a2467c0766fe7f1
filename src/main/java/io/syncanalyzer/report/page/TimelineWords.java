package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.PageCell;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.files.Units;
import io.syncanalyzer.report.page.ExecutorLanes.Bar;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.verify.VerifyPartition;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The picture of partitions over time in words, for those who do not see it.
 *
 * @param executors all, drawn or not; one at least
 * @param drawn how many of them are drawn
 * @param unknown of how many partitions it is not known when they began
 */
record TimelineWords(List<ExecutorLanes> executors, int drawn, int unknown) {
  /** So many executors are told in the table. */
  private static final int MOST_ROWS = 100;

  /** A longer table is folded. */
  private static final int MOST_UNFOLDED = 12;

  private static final Comparator<ExecutorLanes> BUSIEST_FIRST =
      Comparator.comparingLong(ExecutorLanes::busyNanos)
          .thenComparingLong(ExecutorLanes::sumNanos)
          .reversed();

  /** What is told of one bar. */
  static String of(Bar bar) {
    VerifyPartition one = bar.partition();
    StringBuilder words = new StringBuilder("Partition ").append(one.partition());
    if (one.replica() != null) {
      words.append(" of ").append(one.replica());
    }
    words
        .append(", slots ")
        .append(one.slotFrom())
        .append('-')
        .append(one.slotTo())
        .append(" of ")
        .append(one.sourceNode())
        .append(" and ")
        .append(one.replicaNode())
        .append(", by ")
        .append(one.executor())
        .append(": ")
        .append(Numbers.count(Math.max(one.keysSource(), one.keysReplica()), "key"));
    append(words, one.mismatched(), "mismatched");
    append(words, one.unsettled(), "unsettled");
    append(words, one.unreadable(), "unreadable");
    if (!PartitionOutcome.isDone(one)) {
      words.append(", not done");
    }
    return words
        .append(", ")
        .append(seconds(bar.nanos()))
        .append(" from ")
        .append(seconds(bar.from()))
        .append(" on, ")
        .append(Numbers.count(one.attempts(), "attempt"))
        .toString();
  }

  private static void append(StringBuilder words, long keys, String verdict) {
    if (keys > 0) {
      words.append(", ").append(Numbers.words(keys)).append(' ').append(verdict);
    }
  }

  /** The whole picture in a few sentences. */
  String all() {
    long partitions = executors.stream().mapToLong(one -> one.bars().size()).sum();
    long sum = executors.stream().mapToLong(ExecutorLanes::sumNanos).sum();
    return "A bar is a partition, a band is an executor, bars beneath each other in it ran at once."
        + " "
        + Numbers.count(partitions, "partition")
        + " in "
        + seconds(endNanos())
        + " on "
        + Numbers.count(executors.size(), "executor")
        + ", "
        + Numbers.words((double) sum / endNanos())
        + " at once on average. "
        + busy()
        + longest()
        + limits();
  }

  private String busy() {
    ExecutorLanes busiest = executors.stream().min(BUSIEST_FIRST).orElseThrow();
    if (executors.size() == 1) {
      return "It was busy " + percent(busiest) + " % of that time. ";
    }
    ExecutorLanes idlest = executors.stream().max(BUSIEST_FIRST).orElseThrow();
    return "Busiest was "
        + busiest.name()
        + " with "
        + percent(busiest)
        + " % of that time, least busy "
        + idlest.name()
        + " with "
        + percent(idlest)
        + " %. ";
  }

  private String longest() {
    Bar longest =
        executors.stream()
            .map(ExecutorLanes::longest)
            .max(Comparator.comparingLong(Bar::nanos))
            .orElseThrow();
    return "Longest was partition "
        + longest.partition().partition()
        + " with "
        + seconds(longest.nanos())
        + (executors.size() == 1 ? "." : " on " + longest.partition().executor() + ".");
  }

  /** What the picture does not show, or not as it was. */
  private String limits() {
    StringBuilder words = new StringBuilder();
    if (executors.stream()
        .flatMap(one -> one.bars().stream())
        .anyMatch(bar -> bar.partition().attempts() > 1)) {
      words.append(" Of several attempts a bar has the last's begin and the length of all.");
    }
    if (unknown > 0) {
      words
          .append(" Not drawn: ")
          .append(Numbers.count(unknown, "partition"))
          .append(" of which it is not known when it began.");
    }
    if (drawn < executors.size()) {
      words
          .append(" Drawn are only ")
          .append(drawn)
          .append(" of the executors, those that ended last; ")
          .append(Tables.VERIFY_PARTITIONS.file())
          .append(" has all.");
    }
    return words.toString();
  }

  /** The executors, the busiest first; null where there is but one. */
  @Nullable HtmlTable table() {
    if (executors.size() == 1) {
      return null;
    }
    return HtmlTable.of(
        "Executors, the busiest first, busy being to compare at least one partition"
            + (executors.size() <= MOST_ROWS
                ? ""
                : ": " + MOST_ROWS + " of " + Numbers.words(executors.size())),
        executors.size() > MOST_UNFOLDED,
        List.of(
            "executor",
            "partitions",
            "busy, % of the time",
            "most at once",
            "of all partitions, s",
            "last ended at, s",
            "longest, s",
            "which partition"),
        executors.stream().sorted(BUSIEST_FIRST).limit(MOST_ROWS).map(this::row).toList());
  }

  private List<String> row(ExecutorLanes one) {
    Bar longest = one.longest();
    return List.of(
        one.name(),
        Numbers.words(one.bars().size()),
        percent(one),
        Numbers.words(one.width()),
        cell(one.sumNanos()),
        cell(one.endNanos()),
        cell(longest.nanos()),
        String.valueOf(longest.partition().partition()));
  }

  private String percent(ExecutorLanes executor) {
    return String.valueOf(Math.round(100.0 * executor.busyNanos() / endNanos()));
  }

  /** When the last one ended; one at least, for shares of it. */
  private long endNanos() {
    return executors.stream().mapToLong(ExecutorLanes::endNanos).reduce(1, Math::max);
  }

  private static String cell(long nanos) {
    return PageCell.of("", Units.seconds(nanos), Measure.ofColumn(""));
  }

  private static String seconds(long nanos) {
    return Numbers.seconds(Objects.requireNonNull(Units.seconds(nanos)));
  }
}
