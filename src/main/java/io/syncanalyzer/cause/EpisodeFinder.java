package io.syncanalyzer.cause;

import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the episodes of one replica's (and shard's) seconds: each from the first second outside the
 * band to the first that is back. A second in which the probe saw nothing, because it was not
 * connected, changes nothing. Of very many only the largest are kept, so that memory is bounded.
 */
public final class EpisodeFinder {
  private EpisodeFinder() {}

  /**
   * What was found.
   *
   * @param spans the largest, in order
   * @param leftOut how many more there were
   */
  public record Found(List<Span> spans, long leftOut) {
    public Found {
      spans = List.copyOf(spans);
    }
  }

  /**
   * Finds them.
   *
   * @param rows in order
   * @param most so many are kept, one at least
   */
  public static Found find(List<LagSecond> rows, Band band, int most) {
    Comparator<Span> bySize = Comparator.comparingLong(Span::heightNanos);
    PriorityQueue<Span> largest = new PriorityQueue<>(bySize);
    long found = 0;
    Open open = null;
    LagSecond last = null;
    for (LagSecond row : rows) {
      boolean outside = band.isOutside(row);
      if (outside) {
        open = open == null ? new Open(row.second()) : open;
        open.add(row);
      } else if (open != null && !isBlind(row)) {
        keep(largest, open.until(row.second(), false), most);
        found++;
        open = null;
      }
      last = row;
    }
    if (open != null && last != null) {
      keep(largest, open.until(last.second() + last.span(), true), most);
      found++;
    }
    List<Span> spans = new ArrayList<>(largest);
    spans.sort(Comparator.comparingLong(Span::from));
    return new Found(spans, found - spans.size());
  }

  private static void keep(PriorityQueue<Span> largest, Span one, int most) {
    largest.add(one);
    if (largest.size() > most) {
      largest.remove();
    }
  }

  private static boolean isBlind(LagSecond row) {
    return Boolean.FALSE.equals(row.observing()) && row.observed() == 0;
  }

  private static final class Open {
    private final long from;
    private @Nullable Long upper;
    private @Nullable Long lower;
    private long height = -1;
    private long peak;

    Open(long from) {
      this.from = from;
    }

    void add(LagSecond row) {
      Long max = row.maxUpperNanos();
      Long min = row.maxLowerNanos();
      upper = max == null || (upper != null && upper > max) ? upper : max;
      lower = min == null || (lower != null && lower > min) ? lower : min;
      long here = Math.max(LagSecond.orZero(max), LagSecond.orZero(min));
      if (here > height) {
        height = here;
        peak = row.second();
      }
    }

    Span until(long to, boolean open) {
      return new Span(from, to, upper, lower, peak, open);
    }
  }
}
