package io.syncanalyzer.result.lag;

import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the probe itself cost both servers in a phase, in one line, of the phase's figures; and what
 * these are called, after the phase's name. What is not among them is not told.
 */
public final class ProbePrice {
  /** Percent of a core that asking might cost the replica. */
  public static final String BUDGET = "_probe_budget";

  /** Polls a second. */
  public static final String POLLS = "_polls";

  /** How far apart polls were. */
  public static final String SPACING_P50 = "_poll_spacing_p50";

  public static final String SPACING_P99 = "_poll_spacing_p99";

  /** What a poll costs the replica. */
  public static final String POLL_COST = "_poll_cost";

  /** {@code measured} or {@code assumed}. */
  public static final String POLL_COST_BASIS = "_poll_cost_basis";

  /** Percent of a core of the replica for polls and pushes. */
  public static final String ASKING = "_asking_replica_cpu";

  /** Percent of a core of the replica for applying sentinels, at most. */
  public static final String APPLYING = "_sentinels_replica_cpu";

  /** Percent of a core of the source for writing them, at most. */
  public static final String WRITING = "_sentinels_source_cpu";

  /** Percent of a core of the replica for everything. */
  public static final String REPLICA = "_replica_cpu";

  /** The same of the source. */
  public static final String SOURCE = "_source_cpu";

  private final List<Figure> figures;
  private final String prefix;

  private ProbePrice(List<Figure> figures, String prefix) {
    this.figures = figures;
    this.prefix = prefix;
  }

  /**
   * The line; empty where nothing is known of it, as of a run of before it was measured.
   *
   * @param prefix the phase, and where there are several the replica
   */
  public static Optional<String> words(List<Figure> figures, String prefix) {
    return new ProbePrice(figures, prefix).words();
  }

  private Optional<String> words() {
    OptionalDouble polls = number(POLLS);
    OptionalDouble asking = number(ASKING);
    if (polls.isEmpty() || asking.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble budget = number(BUDGET);
    StringBuilder words = new StringBuilder("the probe took ");
    words.append(percent(asking.getAsDouble())).append(" of a core of the replica to look (");
    words.append(
        budget.isPresent() ? "budget " + percent(budget.getAsDouble()) : "without a budget");
    words.append(", ").append(Numbers.words(Math.round(polls.getAsDouble())));
    words.append(" polls/s)").append(atMost(APPLYING, " and at most ", " to apply sentinels"));
    words.append(atMost(REPLICA, ", of ", " in use"));
    String source = atMost(WRITING, "at most ", "");
    String used = atMost(SOURCE, source.isEmpty() ? "an unknown part of " : ", of ", " in use");
    if (!(source + used).isEmpty()) {
      words.append("; of the source ").append(source).append(used);
    }
    return Optional.of(words.append(spacing()).toString());
  }

  private String spacing() {
    List<String> apart = new ArrayList<>();
    number(SPACING_P50).ifPresent(us -> apart.add("p50 " + Numbers.micros(us)));
    number(SPACING_P99).ifPresent(us -> apart.add("p99 " + Numbers.micros(us)));
    return apart.isEmpty()
        ? ""
        : "; its polls came "
            + String.join(" and ", apart)
            + " apart while sentinels were outstanding";
  }

  private String atMost(String metric, String before, String after) {
    OptionalDouble known = number(metric);
    return known.isEmpty() ? "" : before + percent(known.getAsDouble()) + after;
  }

  private OptionalDouble number(String metric) {
    return figures.stream()
        .filter(figure -> figure.metric().equals(prefix + metric) && !figure.value().isEmpty())
        .mapToDouble(figure -> Double.parseDouble(figure.value()))
        .findFirst();
  }

  private static String percent(double percent) {
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }
}
