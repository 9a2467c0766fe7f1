package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.figures.LagSecond;
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
    LagSecond joined = pending == null ? second : join(pending, second);
    if (joined.span() < span) {
      pending = joined;
      return;
    }
    pending = null;
    rows.add(joined);
    if (rows.size() >= MOST_ROWS) {
      List<LagSecond> halved = new ArrayList<>(MOST_ROWS);
      for (int i = 0; i + 1 < rows.size(); i += 2) {
        halved.add(join(rows.get(i), rows.get(i + 1)));
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

  private static LagSecond join(LagSecond a, LagSecond b) {
    return new LagSecond(
        a.second(),
        a.span() + b.span(),
        b.phase(),
        a.epochMillis(),
        a.sent() + b.sent(),
        a.observed() + b.observed(),
        b.outstanding(),
        greater(a.p50UpperNanos(), b.p50UpperNanos()),
        greater(a.p99UpperNanos(), b.p99UpperNanos()),
        greater(a.maxUpperNanos(), b.maxUpperNanos()),
        greater(a.offsetGapBytes(), b.offsetGapBytes()),
        greater(a.ackP99Nanos(), b.ackP99Nanos()),
        greater(a.ackMaxNanos(), b.ackMaxNanos()),
        greater(a.slipMaxNanos(), b.slipMaxNanos()),
        a.linkUp() == null ? b.linkUp() : Boolean.valueOf(a.linkUp() && !isFalse(b.linkUp())),
        a.fullResyncs() + b.fullResyncs(),
        Math.max(a.pauseMaxNanos(), b.pauseMaxNanos()),
        greater(a.pollMaxNanos(), b.pollMaxNanos()),
        a.observing() && b.observing(),
        greater(a.maxLowerNanos(), b.maxLowerNanos()));
  }

  private static boolean isFalse(@Nullable Boolean flag) {
    return flag != null && !flag;
  }

  private static @Nullable Long greater(@Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Math.max(a, b);
  }
}
