package io.syncanalyzer.report.page;

import io.syncanalyzer.json.JsonFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page's script draws, as JSON that may stand inside HTML. */
public final class Charts {
  /** Escaped, so that no text can end the script element. */
  private static final JsonFormat FORMAT =
      JsonFormat.builder().columnNames().nulls().withinHtml().build();

  private final Map<String, Drawing> all = new LinkedHashMap<>();

  public void add(String id, Drawing drawing) {
    all.put(id, drawing);
  }

  /** Adds a chart to a section's, where there is something to draw. */
  void add(
      List<PageView.Chart> section,
      String id,
      String title,
      String words,
      @Nullable Drawing drawing) {
    if (drawing != null) {
      add(id, drawing);
      section.add(new PageView.Chart(id, title, words));
    }
  }

  public String json() {
    return FORMAT.write(all);
  }

  /** What the script can draw. */
  public sealed interface Drawing permits Spec, Lanes, Trials, Follower {}

  /**
   * A chart.
   *
   * @param kind of its x axis: {@code seconds}, {@code percentile} (x is log10(1/(1−p))) or {@code
   *     names} (x counts the names)
   * @param names of the places on the x axis; empty but for {@code names}
   * @param axes left, then right
   * @param band indexes of the two series between which an area is filled; empty = none
   * @param marks what happened when, of {@code seconds}
   */
  public record Spec(
      String kind,
      String label,
      List<Double> x,
      List<String> names,
      List<Axis> axes,
      List<Series> series,
      List<Integer> band,
      List<Mark> marks)
      implements Drawing {
    /** Without marks. */
    public Spec(
        String kind,
        String label,
        List<Double> x,
        List<String> names,
        List<Axis> axes,
        List<Series> series,
        List<Integer> band) {
      this(kind, label, x, names, axes, series, band, List.of());
    }
  }

  /**
   * Times at which something of a kind happened.
   *
   * @param label what it is, and how often
   * @param colour 1 to 6
   * @param look {@code band}, {@code triangle}, {@code cross}, {@code bars} or {@code diamond}, so
   *     that colour is not all that tells
   * @param from when each began
   * @param to when each ended
   */
  public record Mark(String label, int colour, String look, List<Long> from, List<Long> to) {}

  /** A y axis. */
  public record Axis(String label, boolean log) {}

  /**
   * A line, or bars beside those of the other series.
   *
   * @param axis which of the axes
   * @param colour 1 to 6
   * @param look {@code line}, {@code dashed} or {@code area}; of {@code names} {@code bars} or
   *     {@code hollow} ones, so that colour is not all that tells
   * @param values one for each x; null = none there
   * @param rounds how a value is told in words
   */
  public record Series(
      String label,
      int axis,
      int colour,
      String look,
      List<@Nullable Double> values,
      Rounds rounds) {
    /** Of figures that are no bounds. */
    Series(String label, int axis, int colour, String look, List<@Nullable Double> values) {
      this(label, axis, colour, look, values, Rounds.NEAREST);
    }
  }

  /**
   * Bars over time, in bands of lanes. Of all bars there are lists alike in order, for there may be
   * thousands.
   *
   * @param kind by which the script knows it
   * @param label of the x axis
   * @param end of the x axis, which begins at 0; seconds
   * @param bands from the top
   * @param looks what the bars may be
   * @param from when each begins, earliest first
   * @param length how long each is
   * @param lane in which of the lanes of all bands it lies
   * @param look which of the looks it has
   * @param words what is told of it
   */
  public record Lanes(
      String kind,
      String label,
      double end,
      List<Band> bands,
      List<Look> looks,
      List<Double> from,
      List<Double> length,
      List<Integer> lane,
      List<Integer> look,
      List<String> words)
      implements Drawing {}

  /** So many lanes of one name. */
  public record Band(String name, int lanes) {}

  /**
   * How bars of a kind look.
   *
   * @param colour 1 to 6
   * @param fill {@code pale}, {@code solid} or {@code none}, so that colour is not all that tells
   */
  public record Look(String label, int colour, String fill) {}

  /**
   * Trials over the rate that was asked for.
   *
   * @param kind by which the script knows it
   * @param label of the x axis
   * @param replicas one name for each; an empty one where there is but one
   * @param growth label of the growth's axis
   * @param limits of the lag
   * @param sustained what each replica sustains
   * @param trials a mark for each trial and replica, in the order tried
   */
  public record Trials(
      String kind,
      String label,
      List<String> replicas,
      String growth,
      List<Line> limits,
      List<Sustained> sustained,
      List<TrialMark> trials)
      implements Drawing {}

  /** A chart of the same figures: {@code growth} over rate, or the chosen {@code trial}. */
  public record Follower(String kind, String of) implements Drawing {}

  /** A line at a height, and what it is. */
  public record Line(double at, String label) {}

  /** The highest rate proven and the lowest refuted; null = none. */
  public record Sustained(@Nullable Long proven, @Nullable Long refuted) {}

  /** The bounds of a lag in milliseconds; an upper one that is null beside a lower one is open. */
  public record Bounds(@Nullable Double lower, @Nullable Double upper) {}

  /**
   * A trial.
   *
   * @param replica which of the replicas
   * @param words what is told of it
   * @param growth lower limit, estimate, upper limit; empty where it is not known
   */
  public record TrialMark(
      int trial,
      int replica,
      long rate,
      String outcome,
      String words,
      Bounds p50,
      Bounds p99,
      List<Double> growth,
      Seconds seconds) {}

  /** A trial by second: upper bounds in milliseconds, and the offset gap in bytes. */
  public record Seconds(
      List<Long> x,
      List<@Nullable Double> p50,
      List<@Nullable Double> p99,
      List<@Nullable Double> max,
      List<@Nullable Double> gap) {}

  /** Which way a value is rounded, bounds outward, so that they still hold. */
  public enum Rounds {
    NEAREST,
    DOWN,
    UP
  }
}
