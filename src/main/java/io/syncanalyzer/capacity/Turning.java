package io.syncanalyzer.capacity;

import io.syncanalyzer.capacity.Step.Try;
import io.syncanalyzer.result.capacity.TrialOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether a pair has become slower, or faster, while it was searched.
 *
 * <p>Near the capacity trials come out at random, so that a rate that was sustained and is refuted
 * afterwards says little: three trials at even chances turn like that in one of four cases. What
 * tells a change is that lower rates turn too, and all at one moment. The pair has become slower
 * where since some moment every trial at some rate or above was refuted, and
 *
 * <ul>
 *   <li>{@value #UPPER_TURNED} of them at least at a rate that was sustained before, and {@value
 *       #LOWER_TURNED} at least at rates that are lower by {@link #APART} or more: where chances
 *       are even at the one, they are small at the others, and one chance does not do both;
 *   <li>before it {@value #SLOWER_BEFORE} trials at least were sustained there, two of them at one
 *       rate, or one more, so that it was not by chance; and few were refuted.
 * </ul>
 *
 * <p>A suspicion, a rate that turned twice in a row, is looked into at once: the next lower rate
 * that had been sustained is tried again, until it is sustained once, which ends the suspicion.
 *
 * <p>For a pair that has become faster all is the other way round: heights are rates upside down,
 * and good is what was refuted. It takes more, {@value #FASTER_BEFORE} refuted before, as a trial
 * is refuted by chance, by whatever else a machine does for a second, much more often than it is
 * sustained by chance. A change that is not told so does no harm but where it comes last: what was
 * refuted is sustained now, and the search goes on above.
 *
 * <p>How often it is right is measured in {@code SearchSimulationTest}.
 */
final class Turning {
  /** How far apart two rates must be at least for one chance not to turn both. */
  static final double APART = 1.15;

  private static final int UPPER_TURNED = 2;
  private static final int LOWER_TURNED = 3;
  private static final int SLOWER_BEFORE = 2;
  private static final int FASTER_BEFORE = 4;

  /** Of so many good ones before the moment, one may have been bad. */
  private static final int GOOD_TO_A_BAD = 3;

  private record Look(long ratePerS, double height, boolean good) {}

  private final List<Look> looks = new ArrayList<>();
  private final double apart;
  private final int goodBefore;

  /**
   * @param telling the trials that say something, in order
   * @param slower whether to look for a pair that has become slower, else faster
   * @param precision of the search: rates so close are one
   */
  Turning(List<Tried> telling, boolean slower, double precision) {
    this.apart = Math.log(Math.max(APART, 1 + precision)) - 1e-9;
    this.goodBefore = slower ? SLOWER_BEFORE : FASTER_BEFORE;
    for (Tried one : telling) {
      if (one.outcome() != TrialOutcome.UNDECIDED) {
        double height = Math.log((double) one.ratePerS());
        looks.add(
            new Look(
                one.ratePerS(),
                slower ? height : -height,
                (one.outcome() == TrialOutcome.SUSTAINED) == slower));
      }
    }
  }

  /** Whether the pair has changed. */
  boolean isDrift() {
    return looks.stream().mapToDouble(Look::height).distinct().anyMatch(this::hasTurnedFrom);
  }

  /** Whether all from this height on has turned. */
  private boolean hasTurnedFrom(double floor) {
    int moment =
        IntStream.range(0, looks.size())
            .filter(i -> looks.get(i).good && looks.get(i).height >= floor)
            .map(i -> i + 1)
            .max()
            .orElse(0);
    if (looks.size() - moment < UPPER_TURNED + LOWER_TURNED) {
      return false;
    }
    List<Look> before = looks.subList(0, moment);
    List<Look> since =
        looks.subList(moment, looks.size()).stream().filter(look -> look.height >= floor).toList();
    Map<Double, Long> good =
        before.stream()
            .filter(look -> look.good && look.height >= floor)
            .collect(Collectors.groupingBy(Look::height, Collectors.counting()));
    long all = good.values().stream().mapToLong(Long::longValue).sum();
    return all >= goodBefore
        && (all > goodBefore || good.values().stream().anyMatch(times -> times > 1))
        && good.keySet().stream()
            .anyMatch(
                upper ->
                    since.stream().filter(look -> look.height == upper).count() >= UPPER_TURNED
                        && since.stream().filter(look -> look.height <= upper - apart).count()
                            >= LOWER_TURNED
                        && before.stream()
                                    .filter(look -> !look.good && look.height <= upper)
                                    .count()
                                * GOOD_TO_A_BAD
                            <= all);
  }

  /** The trial that confirms a suspicion or ends it; empty without one. */
  Optional<Try> suspicion() {
    return looks.stream()
        .sorted(Comparator.comparingDouble(Look::height).reversed())
        .map(Look::ratePerS)
        .distinct()
        .map(this::suspicion)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** That rate again where it has turned once, its control where it has turned twice. */
  private Optional<Try> suspicion(long rate) {
    int[] own =
        IntStream.range(0, looks.size()).filter(i -> looks.get(i).ratePerS == rate).toArray();
    int good = 0;
    while (good < own.length && looks.get(own[good]).good) {
      good++;
    }
    int bad = own.length - good;
    if (good == 0 || bad == 0 || IntStream.of(own).skip(good).anyMatch(i -> looks.get(i).good)) {
      return Optional.empty();
    }
    return bad < UPPER_TURNED
        ? Optional.of(new Try(rate, Purpose.AGAIN))
        : control(looks.get(own[0]).height, own[good]).map(one -> new Try(one, Purpose.DRIFT));
  }

  /**
   * The next lower one that was good before, as long as it has not shown which way it comes out.
   */
  private Optional<Long> control(double height, int turnedAt) {
    return looks.subList(0, turnedAt).stream()
        .filter(look -> look.good && look.height <= height - apart)
        .max(Comparator.comparingDouble(Look::height))
        .map(Look::ratePerS)
        .filter(rate -> !hasShown(rate, looks.subList(turnedAt, looks.size())));
  }

  private static boolean hasShown(long rate, List<Look> after) {
    List<Look> own = after.stream().filter(look -> look.ratePerS == rate).toList();
    return own.size() >= LOWER_TURNED || own.stream().anyMatch(Look::good);
  }
}
