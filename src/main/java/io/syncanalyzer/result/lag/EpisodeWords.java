package io.syncanalyzer.result.lag;

import io.syncanalyzer.result.figure.Numbers;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Episodes of lag in words, the same on the console and on the page. */
public final class EpisodeWords {
  private EpisodeWords() {}

  /** How many there were: {@code no episode of lag}, {@code 3 episodes of lag}. */
  public static String count(EpisodeReport episodes) {
    return episodes.count() == 0
        ? "no episode of lag"
        : Numbers.count(episodes.count(), "episode") + " of lag";
  }

  /** What, when and how long: {@code up to 1.1 s behind, from second 3 to 7 (4 s)}. */
  public static String size(Episode one) {
    return behind(one)
        + ", from second "
        + one.secondFrom()
        + " to "
        + one.secondTo()
        + " ("
        + Numbers.words(one.secondTo() - one.secondFrom())
        + " s"
        + (one.stillOpen() ? ", not back at the end" : "")
        + ")"
        + whose(one);
  }

  /** How far behind: the largest upper bound, or where there is none beyond it the lower one. */
  public static String behind(Episode one) {
    Long upper = one.maxUpperNanos();
    return upper != null && upper >= LagSecond.orZero(one.maxLowerNanos())
        ? "up to " + Numbers.micros(upper / 1e3, RoundingMode.CEILING) + " behind"
        : "at least "
            + Numbers.micros(LagSecond.orZero(one.maxLowerNanos()) / 1e3, RoundingMode.FLOOR)
            + " behind";
  }

  private static String whose(Episode one) {
    return (one.shard() == null ? "" : ", shard " + one.shard())
        + (one.replica() == null ? "" : ", on " + one.replica());
  }

  /** The cause and how sure it is: {@code full resync (certain)}. */
  public static String cause(Episode one) {
    return one.certainty() == Certainty.NONE
        ? "cause " + one.cause().label()
        : one.cause().label() + " (" + one.certainty().label() + ")";
  }

  /** The causes of all of these, the most frequent first: {@code 2 x link lost, 1 x not known}. */
  public static String causes(List<Episode> all) {
    Map<String, Long> counted =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.cause().label(), LinkedHashMap::new, Collectors.counting()));
    return counted.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(entry -> Numbers.words(entry.getValue()) + " x " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /** A line, or its begin where it is longer: the file has all of it. */
  public static String cut(String line, int longest) {
    if (line.length() <= longest) {
      return line;
    }
    int end = line.lastIndexOf("; ", longest);
    return line.substring(0, end > 0 ? end : longest) + "; more in episodes.csv";
  }
}
