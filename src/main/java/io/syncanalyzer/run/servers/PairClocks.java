package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.result.ClockReport;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The replicas' clocks against their sources'. */
public final class PairClocks {
  private PairClocks() {}

  static ClockReport report(ClockSkew skew) {
    return new ClockReport(skew.aheadMicros() / 1000.0, skew.boundMicros() / 1000.0, null, null);
  }

  /** The clocks asked again at the end of a run; a side that does not answer stays. */
  public static List<SideReport> again(Layout layout, List<SideReport> sides, NanoClock clock) {
    List<SideReport> again = new ArrayList<>(sides);
    Set<Integer> asked = new HashSet<>();
    for (ShardPair pair : layout.allPairs()) {
      int at = of(pair, sides);
      ClockReport before = at < 0 ? null : sides.get(at).clock();
      if (before == null || !asked.add(at)) {
        continue;
      }
      try {
        Optional<ClockSkew> now = ClockSkew.between(pair.source(), pair.replica(), clock);
        if (now.isPresent()) {
          ClockReport both =
              before.atEnd(now.get().aheadMicros() / 1000.0, now.get().boundMicros() / 1000.0);
          again.set(at, sides.get(at).withClock(both));
        }
      } catch (RedisFailure gone) {
        // A server that is gone at the end has its own line; what preflight saw stands.
      }
    }
    return List.copyOf(again);
  }

  private static int of(ShardPair pair, List<SideReport> sides) {
    for (int i = 0; i < sides.size(); i++) {
      if (sides.get(i).side() == pair.replica().side()
          && sides.get(i).uri().equals(pair.replica().display())) {
        return i;
      }
    }
    return -1;
  }
}
