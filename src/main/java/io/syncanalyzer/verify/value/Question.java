package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.List;
import java.util.function.Consumer;

/**
 * A command about a key, or several, whose replies are a part of its value. It can be asked again,
 * of either side, and is about the same part each time.
 */
public interface Question {
  /** Writes the commands. */
  void ask(RawOutput out, Bytes key);

  /**
   * Reads the replies into {@code into}.
   *
   * @param more takes questions that the reply raises
   * @throws Unanswered if one is an error; all have then been read
   */
  void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered;

  /** What it asks about, for people. */
  default String about() {
    return getClass().getSimpleName();
  }

  /** Writes a command about a key. */
  static void ask(RawOutput out, String command, Bytes key, String... arguments) {
    out.begin(2 + arguments.length);
    out.part(command);
    out.part(key);
    for (String argument : arguments) {
      out.part(argument);
    }
  }

  /** Writes a command about some parts of a key. */
  static void ask(RawOutput out, String command, Bytes key, List<Bytes> parts) {
    out.begin(2 + parts.size());
    out.part(command);
    out.part(key);
    parts.forEach(out::part);
  }

  /** Reads an array's first line; nil counts as empty. */
  static long array(RawInput in) throws Unanswered {
    in.next();
    expectNoError(in);
    if (in.kind() != RawInput.ARRAY) {
      String was = "an unexpected reply of kind " + in.kind();
      in.skipRest();
      throw new Unanswered(was);
    }
    return Math.max(0, in.number());
  }

  /** Reads the first line of an array of exactly so many elements. */
  static void array(RawInput in, int elements) throws Unanswered {
    in.next();
    expectNoError(in);
    in.expectedArray(elements);
  }

  /** Reads the first line of a string and returns its length; -1 for nil. */
  static long value(RawInput in) throws Unanswered {
    in.next();
    expectNoError(in);
    in.expectedBulkOrNil();
    return in.number();
  }

  /** The name in the answer to TYPE whose first line was read. */
  static String typeName(RawInput in) {
    if (in.kind() == RawInput.STATUS) {
      return in.text();
    }
    in.expectedBulkOrNil();
    return in.isNil() ? "none" : in.bytes(in.number()).asUtf8();
  }

  /** Throws the error that was read, if it was one. */
  static void expectNoError(RawInput in) throws Unanswered {
    if (in.kind() == RawInput.ERROR) {
      throw new Unanswered(in.text());
    }
  }

  /** Names up to this length are held whole where they must be asked for again. */
  int LONGEST_NAME = 16 * 1024;

  /** Names up to this length are held whole where they are only compared. */
  int LONGEST_COMPARED = 1024;

  /** Reads a string of any length, whole up to {@code keep} bytes. */
  static Blob name(RawInput in, int keep) throws Unanswered {
    in.next();
    return rest(in, keep);
  }

  /** Reads the rest of a string whose first line was read. */
  static Blob rest(RawInput in, int keep) throws Unanswered {
    expectNoError(in);
    if (in.kind() == RawInput.BULK && in.number() >= 0) {
      return in.blob(in.number(), keep);
    }
    if (in.kind() == RawInput.ARRAY) {
      in.skipRest();
      return Blob.of(Bytes.EMPTY);
    }
    return Blob.of(
        in.kind() == RawInput.INTEGER
            ? Bytes.utf8(Long.toString(in.number()))
            : Bytes.utf8(in.kind() == RawInput.STATUS ? in.text() : ""));
  }

  /** Reads a string that is short on every server: a number, an id, a cursor. */
  static Bytes text(RawInput in) throws Unanswered {
    in.next();
    expectNoError(in);
    return switch (in.kind()) {
      case RawInput.BULK -> in.number() < 0 ? Bytes.EMPTY : in.bytes(in.number());
      case RawInput.STATUS -> Bytes.utf8(in.text());
      case RawInput.INTEGER -> Bytes.utf8(Long.toString(in.number()));
      default -> {
        in.skipRest();
        yield Bytes.EMPTY;
      }
    };
  }
}
