package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.RemovalCount;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.time.AtOnce;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is compared was flushed, or swapped with another database, since this was made, as
 * far as the servers tell.
 */
public final class Flushes {
  private static final long SLACK = 100;
  private static final String BEFORE =
      "since the begin (FLUSHALL, or FLUSHDB of any database), or its statistics were reset";
  private static final String SWAPPED_BEFORE =
      " since the begin (SWAPDB), or its statistics were reset";
  private static final String SWAPPED_MEANWHILE =
      " (SWAPDB) while it was compared: what was looked at may be in another database by now, and"
          + " what is there was not looked at; verify again";
  private static final String MEANWHILE =
      "(FLUSHALL or FLUSHDB) while it was compared: what it held before is not all compared; verify"
          + " again";

  private final Endpoint source;
  private final Endpoint replica;
  private final ServerInfo sourceInfo;
  private final ServerInfo replicaInfo;
  private final Counts begin;

  /**
   * How often a server had been flushed, and its databases swapped, when it was asked.
   *
   * @param source null where it does not count
   * @param replica as {@code source}
   * @param sourceSwaps as {@code source}
   * @param replicaSwaps as {@code source}
   * @param moves how often what one key holds was made of another
   */
  public record Counts(
      @Nullable Long source,
      @Nullable Long replica,
      @Nullable Long sourceSwaps,
      @Nullable Long replicaSwaps,
      Moves moves) {
    public Counts {
      Objects.requireNonNull(moves, "moves is null");
    }

    /** Asks both, at once. */
    static Counts of(Endpoint source, Endpoint replica) {
      return AtOnce.both(
          () ->
              AtOnce.both(
                  () -> RemovalCount.read(source), () -> RemovalCount.read(replica), List::of),
          () -> Moves.of(source, replica),
          (removals, moves) ->
              new Counts(
                  removals.get(0).flushes(),
                  removals.get(1).flushes(),
                  removals.get(0).swaps(),
                  removals.get(1).swaps(),
                  moves));
    }

    /**
     * Says who may have been flushed or swapped since an earlier count: the servers do not tell
     * which database, and may have begun to count anew. Nobody, where the earlier count is not
     * known.
     */
    public Optional<String> since(Counts earlier) {
      if (isOther(earlier.source, source)) {
        return said(Side.SOURCE, BEFORE);
      }
      if (isOther(earlier.replica, replica)) {
        return said(Side.REPLICA, BEFORE);
      }
      if (isOther(earlier.sourceSwaps, sourceSwaps)) {
        return swapped(Side.SOURCE, SWAPPED_BEFORE);
      }
      return isOther(earlier.replicaSwaps, replicaSwaps)
          ? swapped(Side.REPLICA, SWAPPED_BEFORE)
          : Optional.empty();
    }

    private static boolean isOther(@Nullable Long before, @Nullable Long now) {
      return before != null && !before.equals(now);
    }
  }

  /**
   * Begins to count at both.
   *
   * @param sourceInfo what it said of itself before
   * @param replicaInfo as {@code sourceInfo}
   * @throws io.syncanalyzer.redis.RedisFailure if either does not answer
   */
  public Flushes(Endpoint source, Endpoint replica, ServerInfo sourceInfo, ServerInfo replicaInfo) {
    this(source, replica, sourceInfo, replicaInfo, Counts.of(source, replica));
  }

  private Flushes(
      Endpoint source,
      Endpoint replica,
      ServerInfo sourceInfo,
      ServerInfo replicaInfo,
      Counts begin) {
    this.source = source;
    this.replica = replica;
    this.sourceInfo = sourceInfo;
    this.replicaInfo = replicaInfo;
    this.begin = begin;
  }

  /** The same, counted from an earlier moment on: when what is gone on with began. */
  public Flushes since(Counts earlier) {
    return new Flushes(source, replica, sourceInfo, replicaInfo, earlier);
  }

  /** The counts from when this was made. */
  public Counts begin() {
    return begin;
  }

  /** Asks both again; tried again, it asks anew. */
  public Counts now() {
    return Counts.of(source, replica);
  }

  /**
   * Says that what was to be compared was flushed or swapped. The servers count a flush of any
   * database, so that keys must also have gone by the many from those that are compared. After a
   * swap as many keys may be there by the same names: of whichever databases it was, nothing is
   * proved.
   *
   * @param now counted when what is compared was looked at
   * @param gone keys that were on neither side any more when they were looked at
   */
  public Optional<String> since(
      ServerInfo sourceNow, ServerInfo replicaNow, Counts now, List<Integer> databases, long gone) {
    boolean manyGone =
        gone > SLACK + KeyCounts.of(sourceInfo).keysIn(databases).orElse(Long.MAX_VALUE / 2) / 100;
    if (RemovalCount.callsBetween(begin.sourceSwaps(), now.sourceSwaps()) > 0) {
      return swapped(Side.SOURCE, SWAPPED_MEANWHILE);
    }
    if (RemovalCount.callsBetween(begin.replicaSwaps(), now.replicaSwaps()) > 0) {
      return swapped(Side.REPLICA, SWAPPED_MEANWHILE);
    }
    long ofSource = RemovalCount.callsBetween(begin.source(), now.source());
    long ofReplica = RemovalCount.callsBetween(begin.replica(), now.replica());
    if (ofSource > 0 && (manyGone || lostMost(sourceInfo, sourceNow, databases))) {
      return said(Side.SOURCE, MEANWHILE);
    }
    // A flush of the source arrives as one at the replica.
    return ofReplica > ofSource && (manyGone || lostMost(replicaInfo, replicaNow, databases))
        ? said(Side.REPLICA, MEANWHILE)
        : Optional.empty();
  }

  /** Says of which side nobody can tell whether it was flushed or swapped; empty where one can. */
  public Optional<String> untold(ServerInfo sourceNow, ServerInfo replicaNow) {
    String why =
        begin.source() == null
            ? "the source counts no commands (INFO commandstats)"
            : begin.replica() == null
                ? "the replica counts no commands (INFO commandstats)"
                : wasReset(sourceInfo, sourceNow)
                    ? "the source's statistics were reset meanwhile"
                    : wasReset(replicaInfo, replicaNow)
                        ? "the replica's statistics were reset meanwhile"
                        : "";
    return why.isEmpty()
        ? Optional.empty()
        : Optional.of(
            why
                + ": whether a database was flushed or swapped, or keys were renamed to names that"
                + " had been looked at, while it was compared is not known");
  }

  private static boolean wasReset(ServerInfo before, ServerInfo now) {
    String counter = "total_commands_processed";
    return before.number(counter).orElse(0) > now.number(counter).orElse(Long.MAX_VALUE);
  }

  private static boolean lostMost(ServerInfo before, ServerInfo now, List<Integer> databases) {
    KeyCounts earlier = KeyCounts.of(before);
    KeyCounts later = KeyCounts.of(now);
    return databases.stream()
        .anyMatch(one -> 2 * later.keys(one).orElse(0) < earlier.keys(one).orElse(0));
  }

  private static Optional<String> swapped(Side side, String what) {
    return Optional.of("databases of the " + side.label() + " were swapped" + what);
  }

  private static Optional<String> said(Side side, String what) {
    return Optional.of("the " + side.label() + " was flushed " + what);
  }
}
