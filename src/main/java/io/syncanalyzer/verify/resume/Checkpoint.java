package io.syncanalyzer.verify.resume;

import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.verify.server.Flushes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a verification has come: all that SCAN returned before the cursor has its verdict in the
 * other files of the work folder, up to the sizes given here; what they hold beyond was written
 * after the checkpoint and is done again.
 *
 * <p>A cursor holds for the server process that gave it, whatever is written meanwhile. Only the
 * pass over the source is checkpointed; the one over the replica is done again.
 *
 * @param processes the server processes that were verified
 * @param asked what was asked for, in words of its own; another request cannot go on from here
 * @param at where it was; null where all of the source's keys were looked at
 * @param done the databases of whose keys on the source all were looked at
 * @param keysDone keys looked at so far
 * @param goneKeys keys that vanished so far
 * @param seenBytes size of the file of verdicts
 * @param seenTypes names its records refer to
 * @param mismatchRows lines in the file of mismatches
 */
public record Checkpoint(
    Processes processes,
    String asked,
    @Nullable Position at,
    List<Known> done,
    long keysDone,
    long goneKeys,
    long seenBytes,
    List<String> seenTypes,
    long mismatchRows) {
  public Checkpoint {
    Objects.requireNonNull(processes, "processes is null");
    Objects.requireNonNull(asked, "asked is null");
    done = List.copyOf(done);
    seenTypes = List.copyOf(seenTypes);
  }

  /**
   * The two server processes, by their run ids.
   *
   * @param source gave the cursor; null where it hides its id
   * @param replica holds what was compared; null where it hides its id
   * @param flushes how often either had been flushed when the verification began
   */
  public record Processes(
      @Nullable String source, @Nullable String replica, Flushes.Counts flushes) {
    public Processes {
      Objects.requireNonNull(flushes, "flushes is null");
    }

    /** Those that said this of themselves. */
    public static Processes of(ServerInfo source, ServerInfo replica, Flushes.Counts flushes) {
      return new Processes(source.runId().orElse(null), replica.runId().orElse(null), flushes);
    }
  }

  /**
   * Where it was.
   *
   * @param known what is known of the database that it was in
   * @param cursor where SCAN goes on
   * @param keysScanned keys passed over so far in this database, in scope or not
   */
  public record Position(Known known, String cursor, long keysScanned) {
    public Position {
      Objects.requireNonNull(known, "known is null");
      Objects.requireNonNull(cursor, "cursor is null");
    }
  }

  /**
   * What is known of a database, all or part of whose keys on the source have been looked at.
   *
   * @param keysAtBegin keys that the source held in it at the begin; null where hidden
   * @param absentOnReplica keys so far that the replica did not have
   * @param withoutExpiries whether its keys were compared while neither side had any that expire
   */
  public record Known(
      int database, @Nullable Long keysAtBegin, long absentOnReplica, boolean withoutExpiries) {}

  /** Whether a verification can go on from a checkpoint. */
  public sealed interface Fit {
    /** It can. */
    record Fits() implements Fit {}

    /** It asks for something else: there is nothing to go on with. */
    record AskedOtherwise() implements Fit {}

    /**
     * The servers are no longer what they were: all is to be looked at again.
     *
     * @param why what happened to them
     */
    record Outdated(String why) implements Fit {}
  }

  /**
   * Whether it can be gone on from.
   *
   * @param wanted what is asked for now
   * @param now the server processes of now
   */
  public Fit fit(String wanted, Processes now) {
    if (!asked.equals(wanted)) {
      return new Fit.AskedOtherwise();
    }
    if (now.source() == null || !now.source().equals(processes.source())) {
      return new Fit.Outdated("the source was restarted since the checkpoint");
    }
    if (isOtherReplica(now)) {
      return new Fit.Outdated(CheckpointFile.REPLICA_RESTARTED);
    }
    return now.flushes()
        .since(processes.flushes())
        .<Fit>map(Fit.Outdated::new)
        .orElseGet(Fit.Fits::new);
  }

  private boolean isOtherReplica(Processes now) {
    return !Objects.equals(processes.replica(), now.replica());
  }

  /** Where it was, if that was in this database. */
  public Optional<Position> in(int database) {
    return Optional.ofNullable(at).filter(here -> here.known().database() == database);
  }

  /** Whether all of the source's keys in a database were looked at. */
  public boolean isDone(int database) {
    return in(database).isEmpty() && known(database).isPresent();
  }

  /** What is known of a database, all or part of it looked at; empty where none of it was. */
  public Optional<Known> known(int database) {
    return in(database)
        .map(Position::known)
        .or(() -> done.stream().filter(one -> one.database() == database).findFirst());
  }

  /** Databases that are done, and one more, or one that was looked at again. */
  public static List<Known> with(List<Known> done, Known more) {
    return Stream.concat(
            done.stream().filter(other -> other.database() != more.database()), Stream.of(more))
        .toList();
  }
}
