package io.syncanalyzer.report.files;

import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure over runs that repeat the same. Upper ends that are open are infinite.
 *
 * @param runs how many there are
 * @param median of the upper ends
 * @param min the smallest of them
 * @param max the largest
 * @param least what every run counts as at least: the smallest upper end, or of an open one its
 *     lower end where that is smaller
 * @param lowest the smallest lower end
 * @param readings the figure of each run, the smallest upper end first
 */
public record Spread(
    int runs,
    double median,
    double min,
    double max,
    double least,
    double lowest,
    List<Reading> readings) {
  public Spread {
    readings = List.copyOf(readings);
  }

  /** The spread of these; null where there is none or one of them is unknown. */
  static @Nullable public Spread of(List<@Nullable Reading> figures) {
    List<Reading> sorted = new ArrayList<>();
    for (Reading figure : figures) {
      if (figure == null) {
        return null;
      }
      sorted.add(figure);
    }
    if (sorted.isEmpty()) {
      return null;
    }
    sorted.sort(Comparator.comparingDouble(Reading::upper));
    return new Spread(
        sorted.size(),
        middle(sorted.stream().mapToDouble(Reading::upper).toArray()),
        sorted.get(0).upper(),
        sorted.get(sorted.size() - 1).upper(),
        sorted.stream().mapToDouble(Reading::least).min().orElseThrow(),
        sorted.stream().mapToDouble(Reading::lower).min().orElseThrow(),
        sorted);
  }

  private static double middle(double[] sorted) {
    int middle = sorted.length / 2;
    return (sorted[(sorted.length - 1) / 2] + sorted[middle]) / 2;
  }

  /** What the median is at least: of open runs their lower ends count. Never infinite. */
  public double leastMedian() {
    return middle(readings.stream().mapToDouble(Reading::least).sorted().toArray());
  }

  /** Whether some of it has no upper end. */
  public boolean isOpen() {
    return Double.isInfinite(max);
  }

  /** Whether every run of this is certainly more than every run of the other. */
  public boolean isAbove(Spread other) {
    return least > other.max;
  }

  /** Whether no run of one lies among the runs of the other. */
  public boolean isApartFrom(Spread other) {
    return isAbove(other) || other.isAbove(this);
  }

  /** Whether the intervals have a part in common, so that the true figures may be the same. */
  public boolean overlaps(Spread other) {
    return lowest <= other.max && other.lowest <= max;
  }

  /** A figure of it as a cell of a file; null where it is open. */
  static @Nullable public Double known(double figure) {
    return Double.isInfinite(figure) ? null : Double.valueOf(figure);
  }

  /**
   * A figure of it for people: {@code >= } what is certain where it is open.
   *
   * @param measure tells which way a figure that is not open is rounded
   */
  public String words(double figure, Measure measure) {
    return Double.isInfinite(figure)
        ? ">= " + PageCell.of("", least, Measure.LOWER)
        : PageCell.of("", figure, measure);
  }
}
