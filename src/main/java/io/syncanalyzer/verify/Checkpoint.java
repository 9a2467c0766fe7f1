package io.syncanalyzer.verify;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.verify.server.Flushes;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How far a verification has come, in its work folder: all that SCAN returned before {@code cursor}
 * has its verdict in the other files, up to the sizes given here; what they hold beyond was written
 * after the checkpoint and is done again.
 *
 * <p>A cursor holds for the server process that gave it, whatever is written meanwhile. Only the
 * pass over the source is checkpointed; the one over the replica is done again.
 *
 * @param processes the server processes that were verified
 * @param asked what was asked for; another request cannot go on from here
 * @param database where it was; -1 where all of the source's keys were looked at
 * @param cursor where SCAN goes on
 * @param keysAtBegin keys that the source held in this database at the begin; -1 = hidden
 * @param keysDone keys looked at so far
 * @param keysScanned keys passed over so far in this database, in scope or not
 * @param goneKeys keys that vanished so far
 * @param absentOnReplica keys of this database so far that the replica did not have
 * @param withoutExpiries whether its keys were compared while neither side had any that expire
 * @param before the other databases that are done
 * @param seenBytes size of the file of verdicts
 * @param seenTypes names its records refer to
 * @param mismatchRows lines in the file of mismatches
 */
record Checkpoint(
    Processes processes,
    String asked,
    int database,
    String cursor,
    long keysAtBegin,
    long keysDone,
    long keysScanned,
    long goneKeys,
    long absentOnReplica,
    boolean withoutExpiries,
    Before before,
    long seenBytes,
    List<String> seenTypes,
    long mismatchRows) {
  /**
   * The two server processes, by their run ids; empty where a server hides its own.
   *
   * @param source gave the cursor
   * @param replica holds what was compared
   * @param flushes how often either had been flushed when the verification began
   */
  record Processes(String source, String replica, Flushes.Counts flushes) {
    static Processes of(ServerInfo source, ServerInfo replica, Flushes.Counts flushes) {
      return new Processes(source.runId().orElse(""), replica.runId().orElse(""), flushes);
    }
  }

  /**
   * What is known of a database whose keys of the source have been looked at.
   *
   * @param keysAtBegin keys that the source held in it at the begin; -1 = hidden
   * @param absentOnReplica keys that the replica did not have
   * @param withoutExpiries whether its keys were compared while neither side had any that expire
   */
  record Known(int database, long keysAtBegin, long absentOnReplica, boolean withoutExpiries) {}

  /** The databases that are done, but for the one that a checkpoint is in. */
  record Before(List<Known> databases) {
    static final Before NONE = new Before(List.of());

    /** With one more, or one that was looked at again. */
    Before and(Known done) {
      return new Before(
          Stream.concat(
                  databases.stream().filter(other -> other.database() != done.database()),
                  Stream.of(done))
              .toList());
    }

    /** What is known of a database; empty where it is not done. */
    Optional<Known> of(int database) {
      return databases.stream().filter(done -> done.database() == database).findFirst();
    }
  }

  static final String REPLICA_RESTARTED = "the replica was restarted meanwhile";
  private static final String FILE = "verify-checkpoint.json";

  /** What a request asks for, as far as a checkpoint depends on it. */
  static String asked(VerifyRequest request) {
    return request.source().display()
        + " "
        + request.replica().display()
        + " "
        + request.scope().database()
        + " "
        + request.scope().match()
        + " "
        + request.scope().exclude()
        + " "
        // A set prints its elements in another order in every JVM.
        + new TreeSet<>(request.scope().types())
        + " "
        + request.scope().samplePercent()
        + " "
        + request.settling().ttlTolerance();
  }

  /** The folder's checkpoint; empty where there is none, or none of this version. */
  static Optional<Checkpoint> read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return Files.exists(file)
          ? Optional.ofNullable(
                  new Gson()
                      .fromJson(Files.readString(file, StandardCharsets.UTF_8), Checkpoint.class))
              .filter(Checkpoint::isWhole)
          : Optional.empty();
    } catch (JsonParseException otherVersion) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("cannot read", file, e);
    }
  }

  /** Whether a folder has one that this version can go on from, once it can be read. */
  static boolean isIn(Path folder) {
    try {
      return read(folder).isPresent();
    } catch (VerifyFailure unreadable) {
      return true;
    }
  }

  /** What is known of a database, all or part of it looked at; empty where none of it was. */
  Optional<Known> known(int ofDatabase) {
    return ofDatabase == database
        ? Optional.of(new Known(database, keysAtBegin, absentOnReplica, withoutExpiries))
        : before.of(ofDatabase);
  }

  /** Whether it was written by this version: Gson leaves what it does not find null. */
  private boolean isWhole() {
    return Stream.of(processes, asked, cursor, before, seenTypes).allMatch(Objects::nonNull)
        && Stream.of(processes.flushes(), before.databases()).allMatch(Objects::nonNull)
        && processes.flushes().moves() != null;
  }

  /** The checkpoint to go on from; empty where there is none, or none that still holds. */
  static Optional<Checkpoint> resumable(
      VerifyRequest request, boolean resume, Processes now, Consumer<String> notes) {
    if (!resume) {
      delete(request.folder());
      return Optional.empty();
    }
    Optional<Checkpoint> found = read(request.folder());
    if (found.isEmpty()) {
      notes.accept("there is no checkpoint to go on from: everything is looked at");
      return found;
    }
    Checkpoint checkpoint = found.get();
    if (!checkpoint.asked().equals(asked(request))) {
      throw new IllegalArgumentException(
          "--resume: the verification in "
              + request.folder()
              + " asked for something else; use its own options, or leave out --resume");
    }
    if (now.source().isEmpty() || !checkpoint.processes().source().equals(now.source())) {
      return anew(request, "the source was restarted since the checkpoint", notes);
    }
    if (!checkpoint.processes().replica().equals(now.replica())) {
      return anew(request, REPLICA_RESTARTED, notes);
    }
    Optional<String> flushed = now.flushes().since(checkpoint.processes().flushes());
    if (flushed.isPresent()) {
      return anew(request, flushed.get(), notes);
    }
    notes.accept(
        "went on after "
            + Counted.words(checkpoint.keysDone(), "key")
            + "; what was looked at since that checkpoint, and the replica's keys, are looked"
            + " at again");
    return found;
  }

  /** Gives up what a checkpoint says, and why. */
  static Optional<Checkpoint> anew(VerifyRequest request, String why, Consumer<String> notes) {
    delete(request.folder());
    notes.accept(why + ": everything is looked at again");
    return Optional.empty();
  }

  /** Puts it in the place of the last, in one step. */
  void write(Path folder) {
    Path file = folder.resolve(FILE);
    Path next = folder.resolve(FILE + ".next");
    try {
      Files.writeString(next, new Gson().toJson(this), StandardCharsets.UTF_8);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("cannot write", file, e);
    }
  }

  /** Removes the folder's checkpoint: there is nothing left to go on with. */
  static void delete(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failure("cannot delete", file, e);
    }
  }

  private static VerifyFailure failure(String what, Path file, Exception e) {
    return new VerifyFailure(VerifyFailure.Kind.DISK, what + " " + file + ": " + e.getMessage(), e);
  }
}
