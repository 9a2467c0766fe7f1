package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a phase, however long it runs: once there are {@link #MOST_ROWS}, neighbours are
 * joined two by two and from there on each row stands for twice as many seconds.
 *
 * <p>In a joined row counts are sums; a maximum, a p50 and a p99 are the greater of the two (the
 * exact ones are in {@code lag.hlog}); what is read at the end of a row is the later's. Not safe
 * for use by several threads.
 */
public final class LagTimeline {
  /** Four hours of seconds: a few megabytes. */
  static final int MOST_ROWS = 14_400;

  private List<LagSecond> rows = new ArrayList<>();
  private int span = 1;
  private @Nullable LagSecond pending;

  public void add(LagSecond second) {
    LagSecond joined = pending == null ? second : pending.and(second);
    if (joined.span() < span) {
      pending = joined;
      return;
    }
    pending = null;
    rows.add(joined);
    if (rows.size() >= MOST_ROWS) {
      List<LagSecond> halved = new ArrayList<>(MOST_ROWS);
      for (int i = 0; i + 1 < rows.size(); i += 2) {
        halved.add(rows.get(i).and(rows.get(i + 1)));
      }
      rows = halved;
      span *= 2;
    }
  }

  public List<LagSecond> rows() {
    List<LagSecond> all = new ArrayList<>(rows);
    if (pending != null) {
      all.add(pending);
    }
    return all;
  }
}
