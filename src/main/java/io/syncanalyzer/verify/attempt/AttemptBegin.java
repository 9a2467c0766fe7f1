package io.syncanalyzer.verify.attempt;

import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.verify.resume.Checkpoint;
import io.syncanalyzer.verify.server.Flushes;
import io.syncanalyzer.verify.server.KeyCounts;
import io.syncanalyzer.verify.server.Proofs;
import io.syncanalyzer.verify.server.SizesFirst;
import java.util.List;
import java.util.OptionalLong;

/**
 * How the servers were when an attempt began.
 *
 * @param source what the source said of itself
 * @param replica as {@code source}
 * @param flushes counts flushes, swaps and moves since then, or since what is gone on with began
 * @param databases those that are compared, as there were then
 * @param onSource how many keys the source held of what is compared
 * @param sizes of which keys sizes are asked for before values
 */
public record AttemptBegin(
    ServerInfo source,
    ServerInfo replica,
    Flushes flushes,
    List<Integer> databases,
    KeyCounts onSource,
    SizesFirst sizes) {
  public AttemptBegin {
    databases = List.copyOf(databases);
  }

  /** Which proofs hold between the two. */
  public Proofs proofs() {
    return Proofs.of(source, replica);
  }

  /** The server processes that are verified. */
  public Checkpoint.Processes processes() {
    return Checkpoint.Processes.of(source, replica, flushes.begin());
  }

  /** How many keys the source held; empty where hidden. */
  public OptionalLong keysOnSource() {
    return onSource.keysIn(databases);
  }
}
