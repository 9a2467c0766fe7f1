package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The questions about values of every type but streams ({@link StreamQuestions}), vector sets
 * ({@link VectorQuestions}) and arrays ({@link ArrayQuestions}).
 */
public final class Questions {
  /** How many elements a window has at most. */
  static final int WINDOW = 1000;

  private Questions() {}

  /** What to ask for the whole value of a small key. */
  public static List<Question> whole(String type, Abilities abilities) {
    return switch (type) {
      case "string" -> List.of(new Text());
      case "hash" -> List.of(new AllFields(abilities.fieldExpiry()));
      case "list" -> List.of(new ListRange(0, -1));
      case "set" -> List.of(new AllMembers());
      case "zset" -> List.of(new AllScores());
      case "stream" -> StreamQuestions.whole();
      case VectorQuestions.TYPE -> VectorQuestions.whole();
      case ArrayQuestions.TYPE -> ArrayQuestions.whole();
      default -> List.of(new Payload());
    };
  }

  /** A double in one form however the server printed it. */
  static Blob score(Bytes printed) {
    String text = printed.asUtf8().toLowerCase(Locale.ROOT);
    double value =
        switch (text) {
          case "inf", "+inf" -> Double.POSITIVE_INFINITY;
          case "-inf" -> Double.NEGATIVE_INFINITY;
          default -> {
            try {
              yield Double.parseDouble(text);
            } catch (NumberFormatException notANumber) {
              yield Double.NaN;
            }
          }
        };
    // Adding zero makes -0 and 0 one: they compare equal in Redis too.
    return Double.isNaN(value)
        ? Blob.of(printed)
        : Blob.of(Bytes.utf8(Double.toString(value + 0.0)));
  }

  /** A string. */
  record Text() implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "GET", key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long length = Question.value(in);
      if (length >= 0) {
        into.text(0, in.blob(length, into.keep()));
        into.elements(1);
      }
    }
  }

  /** A window of a string. */
  record TextRange(long from, long to) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "GETRANGE", key, Long.toString(from), Long.toString(to));
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long length = Question.value(in);
      into.text(from, in.blob(Math.max(0, length), Content.BUDGET));
    }
  }

  /** All fields of a hash. */
  record AllFields(boolean withExpiry) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "HGETALL", key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long count = Question.array(in) / 2;
      List<Bytes> fields = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        Blob field =
            Question.name(in, withExpiry ? Question.LONGEST_NAME : Question.LONGEST_COMPARED);
        into.part(field, in.blob(in.expectBulk(), into.keep()));
        if (field.isWhole()) {
          fields.add(field.head());
        }
      }
      into.elements(count);
      if (withExpiry && fields.size() < count) {
        throw new Unanswered(LongNames.NO_DEADLINE);
      }
      if (withExpiry && !fields.isEmpty()) {
        more.accept(new FieldDeadlines(fields));
      }
    }
  }

  /** Some fields of a hash. */
  record Fields(List<Bytes> fields) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "HMGET", key, fields);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      Question.array(in, fields.size());
      for (Bytes field : fields) {
        long length = Question.value(in);
        if (length >= 0) {
          into.part(field, in.blob(length, into.keep()));
          into.elements(1);
        }
      }
    }
  }

  /** When some fields of a hash expire. */
  record FieldDeadlines(List<Bytes> fields) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      askOfFields(out, "HPEXPIRETIME", key, fields);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      try {
        Question.array(in, fields.size());
      } catch (Unanswered e) {
        if (!e.said().startsWith("ERR unknown command")) {
          throw e;
        }
        // A server that does not know the command has no field that expires.
        fields.forEach(field -> into.deadline(field, -1));
        return;
      }
      for (Bytes field : fields) {
        in.next();
        into.deadline(field, in.number());
      }
    }
  }

  /** How long some fields of a hash have left to live: as deadlines from now on. */
  public record FieldTimesLeft(List<Bytes> fields) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      askOfFields(out, "HPTTL", key, fields);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      Question.array(in, fields.size());
      for (Bytes field : fields) {
        in.next();
        into.deadline(field, in.number());
      }
    }
  }

  private static void askOfFields(RawOutput out, String command, Bytes key, List<Bytes> fields) {
    out.begin(4 + fields.size());
    out.part(command);
    out.part(key);
    out.part("FIELDS");
    out.part(fields.size());
    fields.forEach(out::part);
  }

  /** Some indexes of a list; 0 to -1 for all. */
  record ListRange(long from, long to) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "LRANGE", key, Long.toString(from), Long.toString(to));
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long count = Question.array(in);
      for (long i = 0; i < count; i++) {
        into.part(Bytes.utf8(Long.toString(from + i)), in.blob(in.expectBulk(), into.keep()));
      }
      into.elements(count);
    }
  }

  /** All members of a set. */
  record AllMembers() implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "SMEMBERS", key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long count = Question.array(in);
      for (long i = 0; i < count; i++) {
        into.part(Question.name(in, Question.LONGEST_COMPARED), Blob.of(Bytes.EMPTY));
      }
      into.elements(count);
    }
  }

  /** Whether some members are in a set. */
  record Members(List<Bytes> members) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "SMISMEMBER", key, members);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      Question.array(in, members.size());
      for (Bytes member : members) {
        in.next();
        if (in.number() == 1) {
          into.part(member, Blob.of(Bytes.EMPTY));
          into.elements(1);
        }
      }
    }
  }

  /** All of a sorted set. */
  record AllScores() implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "ZRANGE", key, "0", "-1", "WITHSCORES");
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      long count = Question.array(in) / 2;
      for (long i = 0; i < count; i++) {
        Blob member = Question.name(in, Question.LONGEST_COMPARED);
        into.part(member, score(Question.text(in)));
      }
      into.elements(count);
    }
  }

  /** The scores of some members of a sorted set. */
  record Scores(List<Bytes> members) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, "ZMSCORE", key, members);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      Question.array(in, members.size());
      for (Bytes member : members) {
        long length = Question.value(in);
        if (length >= 0) {
          into.part(member, score(in.bytes(length)));
          into.elements(1);
        }
      }
    }
  }

  /** How many elements there are, by the type's own command. */
  record Count(String command) implements Question {
    @Override
    public void ask(RawOutput out, Bytes key) {
      Question.ask(out, command, key);
    }

    @Override
    public void answer(RawInput in, Content into, Consumer<Question> more) throws Unanswered {
      into.sum(command, Blob.of(Question.text(in)));
    }
  }
}
