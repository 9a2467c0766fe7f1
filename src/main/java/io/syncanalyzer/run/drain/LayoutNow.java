package io.syncanalyzer.run.drain;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.run.servers.Servers;

/**
 * The layout as a phase finds it: slots may have been moved, and servers failed over, since the one
 * before. Servers that the user named stay where they are, and are not asked again.
 */
public final class LayoutNow {
  private LayoutNow() {}

  /** As it is, or where nobody says so as it was at first: the phase finds out what is wrong. */
  public static Layout of(Servers servers) {
    Layout first = servers.layout();
    if (first.isGiven()) {
      return first;
    }
    try {
      return servers.relayout();
    } catch (RedisFailure nobodyKnows) {
      return first;
    }
  }
}
