package io.syncanalyzer.verify.resume;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checkpoint in a work folder, and the decision whether to go on from it. Every method throws a
 * {@link VerifyFailure} of kind {@code DISK} where the disk does not let it. For one thread.
 *
 * <p>The file is a JSON object: {@code format}, a number, and {@code checkpoint}. One without a
 * format number is of a version before there were any.
 */
public final class CheckpointFile {
  /** Counts up with every change of what a checkpoint, or a file it refers to, holds. */
  static final int FORMAT = 2;

  /** Why a checkpoint does not hold after the replica became another process. */
  public static final String REPLICA_RESTARTED = "the replica was restarted meanwhile";

  private static final JsonFormat RECORDS = JsonFormat.builder().build();

  private static final String NAME = "verify-checkpoint.json";

  private final Path folder;
  private final Path file;

  public CheckpointFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
  }

  /** What is there; changes nothing. */
  public StoredCheckpoint read() {
    if (!Files.exists(file)) {
      return new StoredCheckpoint.None();
    }
    try {
      return parsed(Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException cutWithinACharacter) {
      return damaged();
    } catch (IOException e) {
      throw WorkFile.failure("read", file, e);
    }
  }

  /** Reads the text of one. */
  static StoredCheckpoint parsed(String text) {
    try {
      Json.Obj stored = Json.parse(text).asObject();
      Json numbered = stored.get("format");
      if (numbered == null) {
        return new StoredCheckpoint.Unusable(
            "was written by an earlier version of the analyzer: go on with that version");
      }
      long format = ((Json.Num) numbered).asLong();
      if (format != FORMAT) {
        return new StoredCheckpoint.Unusable(
            "was written by another version of the analyzer (format "
                + format
                + ", this one reads "
                + FORMAT
                + "): go on with that version");
      }
      Json written = stored.get("checkpoint");
      Checkpoint checkpoint = written == null ? null : RECORDS.read(written, Checkpoint.class);
      return checkpoint == null ? damaged() : new StoredCheckpoint.Whole(checkpoint);
    } catch (RuntimeException unreadable) {
      // No JSON, other types than there should be, or less: a record's constructor has refused it.
      return damaged();
    }
  }

  private static StoredCheckpoint damaged() {
    return new StoredCheckpoint.Unusable("is damaged: put back a whole one");
  }

  /** The text of one. */
  static String text(Checkpoint checkpoint) {
    return new Json.Obj(Map.of())
        .with("format", Json.of(FORMAT))
        .with("checkpoint", RECORDS.tree(checkpoint))
        .text();
  }

  /** Whether a verification can go on from there, or could if the disk let it be read. */
  public boolean canGoOn() {
    try {
      return read() instanceof StoredCheckpoint.Whole;
    } catch (VerifyFailure unreadable) {
      return true;
    }
  }

  /** Throws where there is a checkpoint that this version cannot use; changes nothing. */
  public void requireUsable() {
    usable();
  }

  /** How many keys the checkpoint says were looked at; 0 where there is none that can be used. */
  public long keysDone() {
    return read() instanceof StoredCheckpoint.Whole whole ? whole.checkpoint().keysDone() : 0;
  }

  private Optional<Checkpoint> usable() {
    StoredCheckpoint stored = read();
    if (stored instanceof StoredCheckpoint.Unusable unusable) {
      throw new CannotResume("the checkpoint in " + folder + " " + unusable.why());
    }
    return stored instanceof StoredCheckpoint.Whole whole
        ? Optional.of(whole.checkpoint())
        : Optional.empty();
  }

  /**
   * The checkpoint to go on from; empty where there is none, or where none holds any longer, which
   * is then gone.
   *
   * @param asked what is asked for
   * @param now the server processes of now
   * @param notes takes a line that says which it was
   * @throws CannotResume where what is there is not for this request, or not for this version
   */
  public Optional<Checkpoint> goOn(String asked, Checkpoint.Processes now, Consumer<String> notes) {
    Optional<Checkpoint> found = usable();
    if (found.isEmpty()) {
      notes.accept("there is no checkpoint to go on from: everything is looked at");
      return found;
    }
    Checkpoint.Fit fit = found.get().fit(asked, now);
    if (fit instanceof Checkpoint.Fit.AskedOtherwise) {
      throw new CannotResume(
          "the verification in " + folder + " asked for something else; use its own options");
    }
    if (fit instanceof Checkpoint.Fit.Outdated outdated) {
      return giveUp(outdated.why(), notes);
    }
    notes.accept(
        "went on after "
            + Counted.words(found.get().keysDone(), "key")
            + "; what was looked at since that checkpoint, and the replica's keys, are looked"
            + " at again");
    return found;
  }

  /** Gives up what the checkpoint says, and says why; always empty. */
  public Optional<Checkpoint> giveUp(String why, Consumer<String> notes) {
    delete();
    notes.accept(why + ": everything is looked at again");
    return Optional.empty();
  }

  /** Puts one in the place of the last, in one step. */
  public void write(Checkpoint checkpoint) {
    WorkFile.replace(file, text(checkpoint));
  }

  /** Removes it: there is nothing left to go on with. */
  public void delete() {
    WorkFile.delete(file);
  }
}
