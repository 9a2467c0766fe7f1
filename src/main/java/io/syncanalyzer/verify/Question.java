package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RawInput;
import io.syncanalyzer.redis.RawOutput;
import java.util.function.Consumer;

/**
 * One command about a key whose reply is a part of its value. It can be asked again, of either
 * side, and is about the same part each time.
 */
interface Question {
  /** Writes the command. */
  void ask(RawOutput out, Bytes key);

  /**
   * Reads the reply into {@code into}.
   *
   * @param more takes questions that the reply raises
   * @throws Unanswered if the reply is an error; it has then been read
   */
  void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered;

  /** What it asks about, for people. */
  default String about() {
    return getClass().getSimpleName();
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

  /** Reads a string. */
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
