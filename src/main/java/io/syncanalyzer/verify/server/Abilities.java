package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.topology.HashTags;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;

/**
 * What a server lets us use.
 *
 * @param absoluteExpiry PEXPIRETIME, Redis 7.0 and later
 * @param relativeExpiry whether it tells its replicas how long a key has left, not its moment of
 *     expiry: Redis up to 6.2, other than in a full sync
 * @param fieldExpiry HPEXPIRETIME, Redis 7.4 and Valkey 9 and later, whether allowed or not
 * @param memoryUsage MEMORY USAGE
 * @param watch WATCH, MULTI and EXEC
 * @param sourceCounts whether a source that counted no write has certainly stood still
 * @param clocks how far the replica's is ahead, net of which times to live are compared
 */
public record Abilities(
    boolean absoluteExpiry,
    boolean relativeExpiry,
    boolean fieldExpiry,
    boolean memoryUsage,
    boolean watch,
    boolean sourceCounts,
    ClockSkew clocks) {
  private static final String NO_KEY = "sa:";

  /**
   * Tries each: whatever the reason for a refusal, it cannot be used.
   *
   * @param slots a server in a cluster is asked of a key in one of these, which nobody has
   * @throws io.syncanalyzer.redis.RedisFailure where the server serves nothing for the moment
   */
  public static Abilities of(RawConnection connection, SlotSet slots) {
    String noKey =
        connection.endpoint().isInCluster()
            ? NO_KEY + "{" + HashTags.of(slots.next(0)) + "}"
            : NO_KEY;
    boolean watch = works(connection, "WATCH", noKey);
    boolean multi = works(connection, "MULTI");
    boolean exec = works(connection, "EXEC");
    if (multi && !exec) {
      connection.call("DISCARD");
    }
    boolean unwatch = works(connection, "UNWATCH");
    return new Abilities(
        works(connection, "PEXPIRETIME", noKey),
        !knows(connection, "PEXPIRETIME", noKey),
        knows(connection, "HPEXPIRETIME", noKey, "FIELDS", "1", "f"),
        works(connection, "MEMORY", "USAGE", noKey),
        watch && multi && exec && unwatch,
        true,
        ClockSkew.NONE);
  }

  /**
   * What can be used of this, the source, and a replica. Expiries of fields are compared where
   * either has them: the other then has fields without.
   */
  public Abilities and(Abilities replica) {
    return new Abilities(
        absoluteExpiry && replica.absoluteExpiry,
        relativeExpiry,
        fieldExpiry || replica.fieldExpiry,
        memoryUsage && replica.memoryUsage,
        watch && replica.watch,
        sourceCounts,
        clocks);
  }

  /** The same, with or without WATCH, which only the source needs. */
  public Abilities withWatch(boolean allowed) {
    return new Abilities(
        absoluteExpiry, relativeExpiry, fieldExpiry, memoryUsage, allowed, sourceCounts, clocks);
  }

  /** Those of them whose proofs hold. */
  public Abilities within(Proofs proofs) {
    return new Abilities(
        absoluteExpiry,
        relativeExpiry,
        fieldExpiry,
        memoryUsage,
        watch && proofs.noWatch() == null,
        sourceCounts && proofs.noStanding() == null,
        clocks);
  }

  /** The same, the clocks known. */
  public Abilities withClocks(ClockSkew known) {
    return new Abilities(
        absoluteExpiry, relativeExpiry, fieldExpiry, memoryUsage, watch, sourceCounts, known);
  }

  /** A command that is known but not allowed leaves its keys unreadable, rather than equal. */
  private static boolean knows(RawConnection connection, String... command) {
    Reply reply = tried(connection, command);
    return !(reply instanceof Reply.Failed failed) || failed.code().equals("NOPERM");
  }

  private static boolean works(RawConnection connection, String... command) {
    return !(tried(connection, command) instanceof Reply.Failed);
  }

  private static Reply tried(RawConnection connection, String... command) {
    Reply reply = connection.call(command);
    if (reply instanceof Reply.Failed failed && Unanswered.concernsServer(failed.message())) {
      throw connection.refused(command[0], failed);
    }
    return reply;
  }
}
