package io.syncanalyzer.verify.server;

import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.server.ServerProduct;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which proofs hold between a source and a replica, by what both say of themselves; of each why it
 * does not, in words that go on a sentence, null where it does. What a probe can tell beyond that
 * (rights, a WATCH that notices nothing) is not here.
 *
 * <p><b>Two writing sides.</b> In an Active-Active database (<a
 * href="https://redis.io/docs/latest/operate/rs/databases/active-active/develop/develop-for-aa/">INFO
 * has a section {@code crdt} there</a>), with KeyDB's active replicas (<a
 * href="https://docs.keydb.dev/docs/active-rep">role {@code active-replica}</a>), and where the
 * source follows the replica, a write may be on the replica and still on its way to the source. So
 * may it be where both follow a third, and the source is behind. That the source stood still then
 * says nothing of what the replica should hold.
 *
 * @param noOffsets the fence by offset
 * @param noStanding a mismatch by a source that stood still: WATCH, and counts of its writes
 * @param noWatch as {@code noStanding}, of WATCH alone
 * @param noCounts that there is no extra key, by how many there are
 * @param noPayloads types that are compared as the servers serialize them
 * @param expiryLimit the longest time to live that a side keeps, in words
 */
public record Proofs(
    @Nullable String noOffsets,
    @Nullable String noStanding,
    @Nullable String noWatch,
    @Nullable String noCounts,
    @Nullable String noPayloads,
    @Nullable String expiryLimit) {
  /** What holds between the two, by their INFO. */
  public static Proofs of(ServerInfo source, ServerInfo replica) {
    String standing = whyNoStanding(source, replica);
    return new Proofs(
        Fences.whyNoOffset(source, replica).orElse(null),
        standing,
        standing != null ? standing : whyNoWatch(source),
        standing != null ? standing : whyNoCounts(source, replica),
        whyNoPayloads(source, replica),
        expiryLimit(source, replica));
  }

  private static @Nullable String whyNoStanding(ServerInfo source, ServerInfo replica) {
    if (source.isActiveActive() || replica.isActiveActive()) {
      return "Active-Active: both sides are written to";
    }
    if (source.isActiveReplica() || replica.isActiveReplica()) {
      return "active replica: both sides are written to";
    }
    if (source.isReplica() && !followsThatVery(source, replica)) {
      return "the source is itself a replica, and may be behind the replica";
    }
    boolean flows =
        source.serverProduct() == replica.serverProduct()
            && !source.serverProduct().keepsOneOrder();
    return flows
        ? source.serverProduct().label() + " keeps no order between its threads on the way"
        : null;
  }

  /** Whether a replica says that it follows a server, which says that it feeds such a one. */
  private static boolean followsThatVery(ServerInfo source, ServerInfo replica) {
    OptionalLong itsPort = replica.number("tcp_port");
    return replica.isReplica()
        && replica.followsPort().isPresent()
        && replica.followsPort().equals(source.number("tcp_port"))
        && itsPort.isPresent()
        && source.connectedReplicas().stream().anyMatch(one -> one.port() == itsPort.getAsLong());
  }

  private static @Nullable String whyNoWatch(ServerInfo source) {
    ServerProduct product = source.serverProduct();
    return product.watchNoticesAll()
        ? null
        : product.label() + "'s does not notice that keys expire";
  }

  private static @Nullable String whyNoCounts(ServerInfo source, ServerInfo replica) {
    for (ServerInfo side : new ServerInfo[] {source, replica}) {
      if (!KeyCounts.of(side).shown()) {
        return side.serverProduct().label() + " does not show how many keys there are now";
      }
      if (WriteCount.of(side).isEmpty()) {
        return side.serverProduct().label() + " does not show how often it was written to";
      }
    }
    return null;
  }

  /** Payloads bear a version; of others' the same value may have another one. */
  private static @Nullable String whyNoPayloads(ServerInfo source, ServerInfo replica) {
    if (source.serverProduct() != replica.serverProduct()) {
      return "each serializes in its own way";
    }
    return release(source).equals(release(replica))
        ? null
        : "their versions may serialize otherwise";
  }

  private static String release(ServerInfo side) {
    return side.version().replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private static @Nullable String expiryLimit(ServerInfo source, ServerInfo replica) {
    String mine = source.serverProduct().longestExpiry();
    String limit = mine.isEmpty() ? replica.serverProduct().longestExpiry() : mine;
    return limit.isEmpty() ? null : limit;
  }

  /**
   * All of it in one line for people, such as {@code fence: sentinel (why); counting proof: no
   * (why); …}.
   *
   * @param absoluteExpiry whether both sides tell when a key expires, and not only what is left
   */
  public String words(boolean absoluteExpiry) {
    return "fence: "
        + (noOffsets == null ? "offset" : "sentinel (" + noOffsets + ")")
        + "; counting proof: "
        + word(noCounts)
        + "; WATCH: "
        + word(noWatch)
        + "; payloads: "
        + word(noPayloads)
        + "; expiry: "
        + (absoluteExpiry ? "absolute" : "time left")
        + (expiryLimit == null ? "" : ", " + expiryLimit);
  }

  private static String word(@Nullable String why) {
    return why == null ? "yes" : "no (" + why + ")";
  }
}
