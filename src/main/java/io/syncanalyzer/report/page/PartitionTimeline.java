package io.syncanalyzer.report.page;

import io.syncanalyzer.report.page.Charts.Band;
import io.syncanalyzer.report.page.Charts.Lanes;
import io.syncanalyzer.report.page.ExecutorLanes.Bar;
import io.syncanalyzer.result.verify.VerifyPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Partitions over time by executor. */
final class PartitionTimeline {
  /** So many executors' names fit beneath each other. */
  static final int MOST_EXECUTORS = 40;

  /** So many lanes are thick enough to be seen in the height that the picture has. */
  static final int MOST_LANES = 240;

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** 2 before 10. */
  private static final Comparator<String> NATURAL =
      Comparator.comparing(
              (String name) ->
                  DIGITS
                      .matcher(name)
                      .replaceAll(
                          digits -> "0".repeat(Math.max(0, 20 - digits.group().length())) + "$0"))
          .thenComparing(Comparator.naturalOrder());

  private final List<ExecutorLanes> executors;
  private final List<ExecutorLanes> drawn;
  private final int unknown;

  private PartitionTimeline(List<ExecutorLanes> executors, int unknown) {
    this.executors = executors;
    this.drawn = drawable(executors);
    this.unknown = unknown;
  }

  /** Null where it is known of fewer than two partitions when they began. */
  static @Nullable PartitionTimeline of(List<VerifyPartition> all) {
    Map<String, List<Bar>> byExecutor =
        all.stream()
            .flatMap(Bar::of)
            .sorted(Bar.BY_TIME)
            .collect(
                Collectors.groupingBy(
                    bar -> bar.partition().executor(),
                    () -> new TreeMap<>(NATURAL),
                    Collectors.toList()));
    int known = byExecutor.values().stream().mapToInt(Collection::size).sum();
    return known < 2
        ? null
        : new PartitionTimeline(
            byExecutor.entrySet().stream()
                .map(one -> new ExecutorLanes(one.getKey(), one.getValue()))
                .toList(),
            all.size() - known);
  }

  /** Those for which there is room; of too many those that ended last, which all waited for. */
  private static List<ExecutorLanes> drawable(List<ExecutorLanes> all) {
    List<ExecutorLanes> taken = new ArrayList<>();
    int lanes = 0;
    for (ExecutorLanes one :
        all.stream()
            .sorted(Comparator.comparingLong(ExecutorLanes::endNanos).reversed())
            .limit(MOST_EXECUTORS)
            .toList()) {
      lanes += one.width();
      if (lanes <= MOST_LANES || taken.isEmpty()) {
        taken.add(one);
      }
    }
    return all.stream().filter(taken::contains).toList();
  }

  Lanes drawing() {
    record Placed(Bar bar, int lane) {}
    List<Placed> placed = new ArrayList<>();
    int first = 0;
    for (ExecutorLanes one : drawn) {
      for (int i = 0; i < one.bars().size(); i++) {
        placed.add(new Placed(one.bars().get(i), first + one.lanes().get(i)));
      }
      first += one.width();
    }
    placed.sort(Comparator.comparing(Placed::bar, Bar.BY_TIME));
    List<PartitionOutcome> outcomes =
        placed.stream().map(one -> PartitionOutcome.of(one.bar().partition())).toList();
    List<PartitionOutcome> looks = outcomes.stream().distinct().sorted().toList();
    return new Lanes(
        "lanes",
        "seconds since the verification began",
        placed.stream().mapToDouble(one -> millis(one.bar().to())).max().orElse(0),
        drawn.stream().map(one -> new Band(one.name(), one.width())).toList(),
        looks.stream()
            .map(outcome -> outcome.look(outcomes.stream().filter(outcome::equals).count()))
            .toList(),
        placed.stream().map(one -> millis(one.bar().from())).toList(),
        placed.stream().map(one -> millis(one.bar().nanos())).toList(),
        placed.stream().map(Placed::lane).toList(),
        outcomes.stream().map(looks::indexOf).toList(),
        placed.stream().map(one -> TimelineWords.of(one.bar())).toList());
  }

  /** Seconds to the millisecond, which is finer than a picture. */
  private static double millis(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }

  TimelineWords words() {
    return new TimelineWords(executors, drawn.size(), unknown);
  }
}
