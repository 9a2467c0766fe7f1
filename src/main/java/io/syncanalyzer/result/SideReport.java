package io.syncanalyzer.result;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.figure.Lists;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What preflight found of a server. Null is not shown.
 *
 * @param uri its address without the password
 * @param product flavour and version, such as {@code Redis 7.0.15}
 * @param server which binary was started for it, where one was
 * @param role {@code source} or {@code replica}, in our words
 * @param link state of a replica's link
 * @param follows address a replica follows
 * @param offset bytes of its replication history
 * @param keys keys in the database looked at
 * @param expires keys of them with an expiry
 * @param usedMemoryBytes memory in use
 * @param capabilities what it can do that matters here, such as showing replication offsets
 * @param proofs which proofs hold between a replica and the source, in words; null for a source
 * @param clock a replica's clock against its source's; null for a source, and where not told
 * @param named what the user named where that is not the server itself: a node of its cluster, or a
 *     service behind Sentinels; without a password
 * @param slots which slots of its cluster it holds
 */
public record SideReport(
    Side side,
    String uri,
    @Nullable String product,
    @Nullable String server,
    @Nullable String role,
    @Nullable String link,
    @Nullable String follows,
    @Nullable String replicationId,
    @Nullable Long offset,
    @Nullable Long keys,
    @Nullable Long expires,
    @Nullable Long usedMemoryBytes,
    List<String> capabilities,
    @Nullable String proofs,
    @Nullable ClockReport clock,
    @Nullable String named,
    @Nullable String slots) {
  public SideReport {
    capabilities = Lists.copy(capabilities);
  }

  /** The same, its clock known. */
  public SideReport withClock(ClockReport known) {
    return with(proofs, known);
  }

  /** The same, with the proofs that hold. */
  public SideReport withProofs(String known) {
    return with(known, clock);
  }

  private SideReport with(@Nullable String itsProofs, @Nullable ClockReport itsClock) {
    return new SideReport(
        side,
        uri,
        product,
        server,
        role,
        link,
        follows,
        replicationId,
        offset,
        keys,
        expires,
        usedMemoryBytes,
        capabilities,
        itsProofs,
        itsClock,
        named,
        slots);
  }
}
