package io.syncanalyzer.embedded;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forgets connections over which nothing has gone for a while, as load balancers and firewalls do:
 * it closes them, or drops from then on what is sent over them.
 */
public final class IdleRule implements RelayRule {
  /** What becomes of an idle connection. */
  public enum Way {
    CLOSES,
    SWALLOWS
  }

  private final Way way;
  private final long idleNanos;
  private final Set<Relay.Link> forgotten = ConcurrentHashMap.newKeySet();

  public IdleRule(Way way, Duration idle) {
    this.way = way;
    this.idleNanos = idle.toNanos();
  }

  /** How many connections it has forgotten. */
  public int forgotten() {
    return forgotten.size();
  }

  @Override
  public Fate of(Relay.Link link, boolean isAnswer) {
    return forgotten.contains(link) ? Fate.IS_DROPPED : Fate.PASSES;
  }

  @Override
  public void look(Relay.Link link) {
    if (link.idleNanos() > idleNanos && forgotten.add(link) && way == Way.CLOSES) {
      link.end();
    }
  }
}
