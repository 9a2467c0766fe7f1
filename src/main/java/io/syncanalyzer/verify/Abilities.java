package io.syncanalyzer.verify;

import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.Reply;

/**
 * What a server lets us use.
 *
 * @param absoluteExpiry PEXPIRETIME, Redis 7.0 and later
 * @param fieldExpiry HPEXPIRETIME, Redis 7.4 and Valkey 9 and later, whether allowed or not
 * @param memoryUsage MEMORY USAGE
 * @param watch WATCH, MULTI and EXEC
 */
record Abilities(boolean absoluteExpiry, boolean fieldExpiry, boolean memoryUsage, boolean watch) {
  private static final String NO_KEY = "sa:";

  /** Tries each: whatever the reason for a refusal, it cannot be used. */
  static Abilities of(RawConnection connection) {
    boolean watch = works(connection.call("WATCH", NO_KEY));
    boolean unwatch = works(connection.call("UNWATCH"));
    return new Abilities(
        works(connection.call("PEXPIRETIME", NO_KEY)),
        knows(connection.call("HPEXPIRETIME", NO_KEY, "FIELDS", "1", "f")),
        works(connection.call("MEMORY", "USAGE", NO_KEY)),
        watch && unwatch);
  }

  /**
   * What can be used of both. Expiries of fields are compared where either has them: the other then
   * has fields without.
   */
  Abilities and(Abilities other) {
    return new Abilities(
        absoluteExpiry && other.absoluteExpiry,
        fieldExpiry || other.fieldExpiry,
        memoryUsage && other.memoryUsage,
        watch && other.watch);
  }

  /** The same, with or without WATCH, which only the source needs. */
  Abilities withWatch(boolean allowed) {
    return new Abilities(absoluteExpiry, fieldExpiry, memoryUsage, allowed);
  }

  /** A command that is known but not allowed leaves its keys unreadable, rather than equal. */
  private static boolean knows(Reply reply) {
    return works(reply) || (reply instanceof Reply.Failed failed && failed.code().equals("NOPERM"));
  }

  private static boolean works(Reply reply) {
    return !(reply instanceof Reply.Failed);
  }
}
