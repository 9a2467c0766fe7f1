package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The questions about arrays (Redis 8.8): the elements by their indexes, and where the next
 * ARINSERT would write, which a replica has to know too once it is promoted. How the elements lie
 * in memory, dense or sparse, is of a server's history and shows in the payload: of equal arrays it
 * may differ.
 *
 * <p>Indexes are unsigned numbers of 64 bits, and an array may have holes without end: only what is
 * there is listed (ARSCAN), which is also all that it costs the server.
 *
 * <p>Commands: <a href="https://redis.io/docs/latest/commands/?group=array">redis.io</a>.
 */
final class ArrayQuestions {
  /** As {@code TYPE} prints it. */
  static final String TYPE = "array";

  /** One below the largest number, which is no index. */
  static final String LAST_INDEX = "18446744073709551614";

  /** Orders indexes without zeros before them by the numbers that they are. */
  static final Comparator<Bytes> BY_INDEX =
      Comparator.comparingInt(Bytes::length).thenComparing(Comparator.naturalOrder());

  private ArrayQuestions() {}

  /** All there is to a small array. */
  static List<Question> whole() {
    return List.of(new Elements("0", LAST_INDEX, 0), new NextInsert());
  }

  /** The index after one; the last has none after it. */
  static String after(String index) {
    return Long.toUnsignedString(Long.parseUnsignedLong(index) + 1);
  }

  /** Elements from one index to another; count 0 for all. */
  record Elements(String from, String to, int count) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      if (count > 0) {
        Question.ask(out, "ARSCAN", key, from, to, "LIMIT", Integer.toString(count));
      } else {
        Question.ask(out, "ARSCAN", key, from, to);
      }
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long elements = Question.array(in);
      Bytes last = Bytes.EMPTY;
      for (long i = 0; i < elements; i++) {
        in.expectArray(2);
        last = Question.text(in);
        into.part(last, in.blob(in.expectBulk(), into.keep()));
      }
      if (count > 0 && elements >= count) {
        into.cutAfter(last, BY_INDEX);
      }
      into.elements(elements);
    }
  }

  /** Where ARINSERT would write next; nothing where no index is left. */
  record NextInsert() implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "ARNEXT", key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      Bytes next = Question.text(in);
      if (next.length() > 0) {
        into.property(Bytes.utf8("next insert"), Blob.of(next));
      }
    }
  }
}
