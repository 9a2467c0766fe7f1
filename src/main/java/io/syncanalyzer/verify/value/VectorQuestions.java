package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Unanswered;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions about vector sets (Redis 8): how vectors are kept, and of every element its vector
 * as it is kept and its attributes. The graph between them is drawn by chance on each server, so
 * that payloads of equal sets differ: they are never compared.
 *
 * <p>Elements are listed by VRANDMEMBER, which returns each exactly once if asked for more than
 * there are. VRANGE, which could list them in parts, came only with 8.4.
 *
 * <p>Commands: <a href="https://redis.io/docs/latest/commands/?group=vector_set">redis.io</a>.
 */
public final class VectorQuestions {
  /** As {@code TYPE} prints it. */
  public static final String TYPE = "vectorset";

  private static final String MORE_THAN_THERE_ARE = Integer.toString(Integer.MAX_VALUE);
  private static final int LONGEST_TEXT = 1024;
  private static final long LEAST_LISTED = 4L << 20;
  private static final int SHARE = 64;

  private VectorQuestions() {}

  /** All there is to a small vector set. */
  static List<Question> whole() {
    return List.of(new State(), new Elements());
  }

  /**
   * Lists the next elements of one side, in order, as many as may be held.
   *
   * @param after the last one listed; null for none
   */
  static NextInOrder<Bytes> list(RawConnection side, Bytes key, @Nullable Bytes after)
      throws Unanswered {
    Question.ask(side.out(), "VRANDMEMBER", key, MORE_THAN_THERE_ARE);
    side.out().flush();
    long most = Math.max(LEAST_LISTED, Runtime.getRuntime().maxMemory() / SHARE);
    NextInOrder<Bytes> next = new NextInOrder<>(after, Integer.MAX_VALUE, most);
    eachName(side.in(), name -> next.offer(name, name));
    return next;
  }

  private static void eachName(RawInput in, Consumer<Bytes> names) throws Unanswered {
    long count = Question.array(in);
    boolean tooLong = false;
    for (long i = 0; i < count; i++) {
      Blob name = Question.name(in, Question.LONGEST_NAME);
      if (name.isWhole()) {
        names.accept(name.head());
      }
      tooLong |= !name.isWhole();
      // Whoever takes the names bounds how many of them are held.
      in.forgetHeld();
    }
    if (tooLong) {
      throw new Unanswered(
          "an element whose name is longer than " + Question.LONGEST_NAME + " bytes");
    }
  }

  /** What VINFO says of how vectors are kept; the rest is of the graph, or counted otherwise. */
  record State() implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "VINFO", key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      in.next();
      Question.expectNoError(in);
      long count = in.isNil() ? 0 : in.expectedArray();
      for (long i = 0; i < count / 2; i++) {
        String name = Question.text(in).asUtf8();
        Blob value = Question.name(in, LONGEST_TEXT);
        switch (name) {
          case "quant-type", "vector-dim", "projection-input-dim", "hnsw-m" ->
              into.property(Bytes.utf8(name), value);
          default -> {}
        }
      }
    }
  }

  /** The elements of a small set, raising questions about each. */
  record Elements() implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "VRANDMEMBER", key, MORE_THAN_THERE_ARE);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      List<Bytes> names = new ArrayList<>();
      eachName(in, names::add);
      for (int from = 0; from < names.size(); from += Questions.WINDOW) {
        more.accept(
            new Vectors(
                List.copyOf(names.subList(from, Math.min(names.size(), from + Questions.WINDOW)))));
      }
    }
  }

  /** The vectors and attributes of some elements. */
  record Vectors(List<Bytes> elements) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      for (Bytes element : elements) {
        out.begin(4);
        out.part("VEMB");
        out.part(key);
        out.part(element);
        out.part("RAW");
        out.begin(3);
        out.part("VGETATTR");
        out.part(key);
        out.part(element);
      }
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      Unanswered refusal = null;
      for (Bytes element : elements) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        boolean isThere = false;
        try {
          isThere = vector(in, said);
        } catch (Unanswered e) {
          refusal = e;
        }
        try {
          attributes(in, said);
        } catch (Unanswered e) {
          refusal = e;
        }
        if (isThere) {
          into.part(element, Blob.of(Bytes.wrap(said.toByteArray())));
          into.elements(1);
        }
      }
      if (refusal != null) {
        throw refusal;
      }
    }

    /** Reads how a vector is kept, its bytes, and the numbers to restore it with. */
    private static boolean vector(RawInput in, ByteArrayOutputStream said) throws Unanswered {
      in.next();
      Question.expectNoError(in);
      if (in.isNil()) {
        return false;
      }
      long columns = in.expectedArray();
      for (long i = 0; i < columns; i++) {
        Blob column = Question.name(in, LONGEST_TEXT);
        append(said, i < 2 ? column : Questions.score(column.head()));
      }
      return true;
    }

    private static void attributes(RawInput in, ByteArrayOutputStream said) throws Unanswered {
      in.next();
      Question.expectNoError(in);
      if (!in.isNil()) {
        append(said, Question.rest(in, LONGEST_TEXT));
      }
    }

    /** The length goes before the bytes, so that no two lists of texts look the same. */
    private static void append(ByteArrayOutputStream said, Blob text) {
      said.writeBytes(Bytes.utf8((text.isWhole() ? "" : "sha256 ") + text.length() + ":").array());
      said.writeBytes(text.sha256().orElse(text.head()).array());
      said.write(' ');
    }
  }
}
