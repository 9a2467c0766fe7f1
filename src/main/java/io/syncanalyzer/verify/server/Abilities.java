package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.topology.HashTags;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.ArrayList;
import java.util.List;

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
   * Tries each, all in one round trip: whatever the reason for a refusal, it cannot be used.
   *
   * @param slots a server in a cluster is asked of a key in one of these, which nobody has
   * @throws io.syncanalyzer.redis.RedisFailure where the server serves nothing for the moment
   */
  public static Abilities of(RawConnection connection, SlotSet slots) {
    String noKey =
        connection.endpoint().isInCluster()
            ? NO_KEY + "{" + HashTags.of(slots.next(0)) + "}"
            : NO_KEY;
    // The transaction last: what follows a MULTI that cannot be ended is queued, whatever it is.
    List<List<String>> commands =
        List.of(
            List.of("PEXPIRETIME", noKey),
            List.of("HPEXPIRETIME", noKey, "FIELDS", "1", "f"),
            List.of("MEMORY", "USAGE", noKey),
            List.of("WATCH", noKey),
            List.of("MULTI"),
            List.of("EXEC"),
            List.of("UNWATCH"));
    List<Reply> replies = tried(connection, commands);
    boolean multi = works(replies.get(4));
    boolean exec = works(replies.get(5));
    if (multi && !exec) {
      connection.call("DISCARD");
    }
    return new Abilities(
        works(replies.get(0)),
        !knows(replies.get(0)),
        knows(replies.get(1)),
        works(replies.get(2)),
        works(replies.get(3)) && multi && exec && works(replies.get(6)),
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
  private static boolean knows(Reply reply) {
    return !(reply instanceof Reply.Failed failed) || failed.code().equals("NOPERM");
  }

  private static boolean works(Reply reply) {
    return !(reply instanceof Reply.Failed);
  }

  private static List<Reply> tried(RawConnection connection, List<List<String>> commands) {
    commands.forEach(command -> connection.out().command(command.toArray(String[]::new)));
    connection.out().flush();
    List<Reply> replies = new ArrayList<>();
    for (List<String> command : commands) {
      Reply reply = connection.in().reply();
      if (reply instanceof Reply.Failed failed && Unanswered.concernsServer(failed.message())) {
        throw connection.refused(command.get(0), failed);
      }
      replies.add(reply);
    }
    return replies;
  }
}
