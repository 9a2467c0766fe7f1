package io.syncanalyzer.verify.attempt;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.verify.resume.Checkpoint;
import io.syncanalyzer.verify.server.Distance;
import io.syncanalyzer.verify.server.Flushes;
import io.syncanalyzer.verify.server.InFlight;
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
 * @param distance how far away they are
 */
public record AttemptBegin(
    ServerInfo source,
    ServerInfo replica,
    Flushes flushes,
    List<Integer> databases,
    KeyCounts onSource,
    SizesFirst sizes,
    Distance distance) {
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

  /**
   * How much is under way at once in a pass over the names of a side.
   *
   * @param beside how many such passes go on at once, this one among them
   */
  public InFlight inFlight(Side scanned, int beside) {
    return InFlight.of(
        scanned == Side.SOURCE ? distance.sourceNanos() : distance.replicaNanos(),
        distance,
        bytesAKey(),
        beside);
  }

  /** How many suspects are settled together: a group takes some ten round trips. */
  public int suspectsTogether() {
    return inFlight(Side.SOURCE, 1).group();
  }

  /** What a key takes of the source's memory on average, or of the replica's if that is more. */
  private OptionalLong bytesAKey() {
    OptionalLong mine = bytesAKey(source);
    OptionalLong other = bytesAKey(replica);
    return mine.isEmpty() || other.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(mine.getAsLong(), other.getAsLong()));
  }

  private static OptionalLong bytesAKey(ServerInfo side) {
    OptionalLong bytes = side.usedMemoryBytes();
    OptionalLong keys = side.keysInAll();
    return bytes.isEmpty() || keys.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(bytes.getAsLong() / Math.max(1, keys.getAsLong()));
  }
}
