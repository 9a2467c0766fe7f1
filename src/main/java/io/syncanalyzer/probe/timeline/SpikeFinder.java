package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.SpikeCause;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lays the largest spike of a timeline at somebody's door.
 *
 * <p>The spike's evidence is what the seconds that it spans show: from its send to its arrival, and
 * one more before. Whoever was held up for at least half of the spike is named, the probe first
 * (its own pause makes everybody else look late), then a replica that was gone, the source, the
 * replica, each for what it took beyond its distance from the probe, and the distance itself. A
 * loss of the probe's own connection makes no spike: what came meanwhile is not among the samples.
 * Where none of them was and the three together do not explain it, the link or the apply is left.
 */
public final class SpikeFinder {
  private SpikeFinder() {}

  /**
   * The cause of the largest spike; empty for a timeline without samples.
   *
   * @param everGone whether the replica itself was gone at any time, or gave no answer
   * @param distance of the probe from both
   */
  public static Optional<SpikeCause> find(
      List<LagSecond> timeline, boolean everGone, Distance distance) {
    LagSecond top = null;
    long spike = -1;
    for (LagSecond row : timeline) {
      Long max = row.maxUpperNanos();
      if (max != null && max > spike) {
        spike = max;
        top = row;
      }
    }
    if (top == null) {
      return Optional.empty();
    }
    long until = top.second() + top.span();
    long from = top.second() - spike / 1_000_000_000L - 2;
    Evidence evidence = new Evidence();
    for (LagSecond row : timeline) {
      if (row.second() + row.span() > from && row.second() < until) {
        evidence.add(row);
      }
    }
    return Optional.of(
        new SpikeCause(
            top.second(), spike, evidence.cause(spike, everGone, distance), evidence.line()));
  }

  private static final class Evidence {
    private long pause;
    private long ack;
    private long poll;
    private long gap = -1;
    private long resyncs;
    private boolean linkDown;
    private boolean lost;

    void add(LagSecond row) {
      pause = Math.max(pause, LagSecond.orZero(row.pauseMaxNanos()));
      ack = Math.max(ack, LagSecond.orZero(row.ackMaxNanos()));
      poll = Math.max(poll, LagSecond.orZero(row.pollMaxNanos()));
      Long rowGap = row.offsetGapBytes();
      gap = rowGap == null ? gap : Math.max(gap, rowGap);
      resyncs += row.resyncs();
      Boolean up = row.linkUp();
      linkDown |= up != null && !up;
      lost |= Boolean.FALSE.equals(row.observing());
    }

    String cause(long spike, boolean everGone, Distance distance) {
      if (pause >= spike / 2) {
        return "probe paused";
      }
      if (lost && everGone) {
        return "replica gone";
      }
      if (ack - distance.sourceNanos() >= spike / 2) {
        return "source slow";
      }
      if (poll - distance.replicaNanos() >= spike / 2) {
        return "replica stalled";
      }
      if (distance.isFar() && distance.widthNanos() >= spike / 2) {
        return "probe far away";
      }
      if (linkDown || resyncs > 0 || pause + ack + poll <= spike) {
        return "link or apply behind";
      }
      return "not known";
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "longest probe pause %.1f ms, source acknowledgement %.1f ms, poll round trip %.1f ms, "
              + "offset gap %s, link %s, full resyncs %d, probe %s",
          pause / 1e6,
          ack / 1e6,
          poll / 1e6,
          gap < 0 ? "not shown" : gap + " bytes",
          linkDown ? "down" : "not seen down",
          resyncs,
          lost ? "was disconnected" : "stayed connected");
    }
  }
}
