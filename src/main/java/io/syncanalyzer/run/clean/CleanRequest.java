package io.syncanalyzer.run.clean;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.run.servers.TopologyWishes;
import io.syncanalyzer.sentinel.RunName;
import java.util.Objects;
import java.util.Optional;

/**
 * What to clean.
 *
 * @param source where
 * @param wishes what the source is to be taken for
 * @param everyDatabase whether in every database that holds keys, rather than the endpoint's
 * @param runId only what that run wrote, or the load ({@code load}) or the self test ({@code
 *     selftest}); empty = everything of ours
 * @param dryRun whether only to say what would be removed
 * @param asking asks before anything is removed; empty = it is not asked
 */
public record CleanRequest(
    Endpoint source,
    TopologyWishes wishes,
    boolean everyDatabase,
    Optional<String> runId,
    boolean dryRun,
    Optional<Asking> asking) {
  public CleanRequest {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(wishes, "wishes is null");
    runId.ifPresent(RunName::check);
  }

  /** Someone who can be asked. */
  public interface Asking {
    /**
     * Whether the answer to a question is yes.
     *
     * @throws InterruptedException if the thread is interrupted while it waits for it
     */
    boolean isYes(String question) throws InterruptedException;
  }
}
