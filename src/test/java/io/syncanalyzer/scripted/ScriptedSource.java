package io.syncanalyzer.scripted;

import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelLedger.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * Writes sentinels as it is told, each at its time: a lane without a server.
 *
 * <p>A sentinel is told as {@code lane:due,send,answer}, the answer being {@code 5} where it was
 * acknowledged at 5, {@code U5} and {@code F5} where it was given up or refused then, {@code S}
 * where none came.
 */
public final class ScriptedSource {
  private final List<SentinelLedger> ledgers;
  private final long origin;
  private final PriorityQueue<Step> steps = new PriorityQueue<>();
  private final List<Sentinel> sentinels = new ArrayList<>();

  private record Step(long at, int order, Runnable what) implements Comparable<Step> {
    @Override
    public int compareTo(Step other) {
      int byTime = Long.compare(at, other.at);
      return byTime == 0 ? Integer.compare(order, other.order) : byTime;
    }
  }

  private static final class Sentinel {
    private final int lane;
    private long sequence = -1;

    Sentinel(int lane) {
      this.lane = lane;
    }
  }

  /**
   * @param origin what the times of a script are counted from
   */
  public ScriptedSource(List<SentinelLedger> ledgers, long origin) {
    this.ledgers = ledgers;
    this.origin = origin;
  }

  /** Takes sentinels to write; they are called {@code a}, {@code b} and so on, as told. */
  public void writes(String script) {
    for (String one : script.split(" ", -1)) {
      int lane = Integer.parseInt(one.substring(0, one.indexOf(':')));
      String[] times = one.substring(one.indexOf(':') + 1).split(",", -1);
      Sentinel sentinel = new Sentinel(lane);
      sentinels.add(sentinel);
      long due = origin + nanos(times[0]);
      long send = origin + nanos(times[1]);
      at(send, () -> sentinel.sequence = ledgers.get(lane).send(due, send));
      String answer = times[2];
      if (!answer.equals("S")) {
        boolean acked = Character.isDigit(answer.charAt(0));
        long when = origin + nanos(acked ? answer : answer.substring(1));
        int state = acked ? State.ACKED : answer.startsWith("U") ? State.UNKNOWN : State.FAILED;
        at(when, () -> ledgers.get(lane).settle(sentinel.sequence, state, when));
      }
    }
  }

  private void at(long when, Runnable what) {
    steps.add(new Step(when, steps.size(), what));
  }

  /** Does what is to be done by then. */
  public void goOnUntil(long now) {
    for (Step next = steps.peek(); next != null && next.at() <= now; next = steps.peek()) {
      steps.remove();
      next.what().run();
    }
  }

  /** What the sentinel of a lane and sequence is called. */
  public String name(int lane, long sequence) {
    for (int i = 0; i < sentinels.size(); i++) {
      if (sentinels.get(i).lane == lane && sentinels.get(i).sequence == sequence) {
        return String.valueOf((char) ('a' + i));
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "lane %d has sent no sentinel %d", lane, sequence));
  }

  private static long nanos(String digits) {
    return Long.parseLong(digits.replace("_", ""));
  }
}
