package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.function.Consumer;

/**
 * The members or fields of a large key whose names are too long to be held and asked for by name:
 * the whole reply passes by, and of those names only the digests are kept. Asked once for a key
 * that was seen to have any.
 *
 * @param type {@code hash}, {@code set} or {@code zset}
 */
record LongNames(String type) implements Question {
  /** Why a hash with such a field is not told to be equal on servers whose fields expire. */
  static final String NO_DEADLINE =
      "it has a field whose name is longer than "
          + LONGEST_NAME
          + " bytes, whose expiry we cannot"
          + " ask for";

  @Override
  public void ask(RawOutput out, Bytes key) {
    out.begin(type.equals("zset") ? 5 : 2);
    switch (type) {
      case "hash" -> out.part("HGETALL");
      case "set" -> out.part("SMEMBERS");
      default -> out.part("ZRANGE");
    }
    out.part(key);
    if (type.equals("zset")) {
      out.part("0");
      out.part("-1");
      out.part("WITHSCORES");
    }
  }

  @Override
  public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
    boolean alone = type.equals("set");
    long count = Question.array(in) / (alone ? 1 : 2);
    for (long i = 0; i < count; i++) {
      Blob name = Question.name(in, LONGEST_NAME);
      Blob value = alone ? Blob.of(Bytes.EMPTY) : Question.name(in, into.keep());
      if (!name.isWhole()) {
        into.part(name, type.equals("zset") ? Questions.score(value.head()) : value);
      }
      // What is kept is a small part of what the server holds of such names.
      in.forgetHeld();
    }
  }

  @Override
  public String about() {
    return "names longer than " + LONGEST_NAME + " bytes";
  }
}
