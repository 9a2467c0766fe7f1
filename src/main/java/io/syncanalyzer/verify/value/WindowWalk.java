package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a large value on one side, a window at a time: each window is a question that can
 * be asked again, of either side. A window holds about {@link #WINDOW_BYTES}, by the value's mean.
 *
 * <p>What the windows cover is what this side has; what only the other side has shows in the count
 * at the end, or in a walk through the other side.
 */
public final class WindowWalk {
  static final long WINDOW_BYTES = 256 * 1024;

  private final RawConnection connection;
  private final Bytes key;
  private final String type;
  private final boolean withFieldExpiry;
  private final long count;
  private final int perWindow;
  private final boolean counting;
  private final Deque<Question> ready = new ArrayDeque<>();
  private String cursor = "0";
  private @Nullable Bytes listed;
  private long at;
  private boolean done;
  private boolean longNames;
  private String incomparable = "";

  /**
   * @param counting whether the last window is the number of elements; it tells nothing where the
   *     value changes meanwhile
   */
  public WindowWalk(
      RawConnection connection, Bytes key, KeyState state, Abilities abilities, boolean counting) {
    this.counting = counting;
    this.connection = connection;
    this.key = key;
    this.type = java.util.Objects.requireNonNull(state.type());
    this.withFieldExpiry = abilities.fieldExpiry();
    this.count = state.count() == null ? 0 : state.count();
    long bytes = state.memoryBytes() == null ? 0 : state.memoryBytes();
    long mean = Math.max(1, bytes / Math.max(1, count));
    this.perWindow =
        bytes > 0 ? (int) Math.max(1, Math.min(Questions.WINDOW, WINDOW_BYTES / mean)) : 100;
    this.cursor = type.equals("stream") ? "-" : "0";
  }

  /**
   * The next window; null after the last.
   *
   * @throws Unanswered also after the last, where there is more than windows can show
   */
  @Nullable
  public Question next() throws Unanswered {
    while (ready.isEmpty() && !done) {
      advance();
    }
    if (ready.isEmpty() && !incomparable.isEmpty()) {
      throw new Unanswered(incomparable);
    }
    return ready.poll();
  }

  /** Adds what an answer raised, to be asked next: so never more waits than one answer raises. */
  void addNext(List<Question> raised) {
    for (int i = raised.size() - 1; i >= 0; i--) {
      ready.addFirst(raised.get(i));
    }
  }

  private void advance() throws Unanswered {
    switch (type) {
      case "string" -> ranges(WINDOW_BYTES, true);
      case "list" -> ranges(perWindow, false);
      case "hash" -> scan("HSCAN", 2);
      case "set" -> scan("SSCAN", 1);
      case "zset" -> scan("ZSCAN", 2);
      case "stream" -> entries();
      case VectorQuestions.TYPE -> elements();
      case ArrayQuestions.TYPE -> indexes();
      default -> throw new IllegalStateException("no windows on a " + type);
    }
  }

  private void ranges(long step, boolean text) {
    if (at < count) {
      long to = at + step - 1;
      ready.add(text ? new Questions.TextRange(at, to) : new Questions.ListRange(at, to));
      at += step;
    }
    if (at >= count) {
      end();
    }
  }

  private void scan(String command, int stride) throws Unanswered {
    RawOutput out = connection.out();
    out.begin(5);
    out.part(command);
    out.part(key);
    out.part(cursor);
    out.part("COUNT");
    out.part(perWindow);
    out.flush();
    RawInput in = connection.in();
    Question.array(in, 2);
    cursor = Question.text(in).asUtf8();
    long parts = Question.array(in);
    List<Bytes> names = new ArrayList<>();
    for (long i = 0; i < parts; i++) {
      if (i % stride == 0) {
        Blob name = Question.name(in, Question.LONGEST_NAME);
        if (name.isWhole()) {
          names.add(name.head());
        } else {
          longNames = true;
        }
      } else {
        in.next();
        in.skipRest();
      }
    }
    for (int from = 0; from < names.size(); from += Questions.WINDOW) {
      window(List.copyOf(names.subList(from, Math.min(names.size(), from + Questions.WINDOW))));
    }
    if (cursor.equals("0")) {
      if (longNames) {
        ready.add(new LongNames(type));
        incomparable = type.equals("hash") && withFieldExpiry ? LongNames.NO_DEADLINE : "";
      }
      end();
    }
  }

  private void elements() throws Unanswered {
    if (listed == null) {
      ready.add(new VectorQuestions.State());
    }
    NextInOrder<Bytes> next = VectorQuestions.list(connection, key, listed);
    List<Bytes> names = List.copyOf(next.names());
    for (int from = 0; from < names.size(); from += perWindow) {
      window(names.subList(from, Math.min(names.size(), from + perWindow)));
    }
    listed = next.last();
    if (listed == null) {
      end();
    }
  }

  private void window(List<Bytes> names) {
    switch (type) {
      case "hash" -> {
        ready.add(new Questions.Fields(names));
        if (withFieldExpiry) {
          ready.add(new Questions.FieldDeadlines(names));
        }
      }
      case "set" -> ready.add(new Questions.Members(names));
      case VectorQuestions.TYPE -> ready.add(new VectorQuestions.Vectors(names));
      default -> ready.add(new Questions.Scores(names));
    }
  }

  /** Each window ends at a part of this side; one more than it has shows what is extra in it. */
  private void entries() throws Unanswered {
    Map<Bytes, Blob> parts = parts(new StreamQuestions.Entries(cursor, "+", perWindow));
    String to = lastOf(parts);
    if (to != null) {
      ready.add(new StreamQuestions.Entries(cursor, to, parts.size() + 1));
      cursor = "(" + to;
    }
    if (parts.size() < perWindow) {
      ready.add(new StreamQuestions.State());
      ready.add(GroupQuestions.whole());
      end();
    }
  }

  private void indexes() throws Unanswered {
    Map<Bytes, Blob> parts =
        parts(new ArrayQuestions.Elements(cursor, ArrayQuestions.LAST_INDEX, perWindow));
    String to = lastOf(parts);
    if (to != null) {
      ready.add(new ArrayQuestions.Elements(cursor, to, parts.size() + 1));
      cursor = ArrayQuestions.after(to);
    }
    if (parts.size() < perWindow || ArrayQuestions.LAST_INDEX.equals(to)) {
      ready.add(new ArrayQuestions.NextInsert());
      end();
    }
  }

  private Map<Bytes, Blob> parts(Question question) throws Unanswered {
    return ask(connection, key, question).parts();
  }

  private static @Nullable String lastOf(Map<Bytes, Blob> parts) {
    Bytes last = null;
    for (Bytes name : parts.keySet()) {
      last = name;
    }
    return last == null ? null : last.asUtf8();
  }

  private void end() {
    String command = KeyReader.countCommand(type);
    if (command != null && counting) {
      ready.add(new Questions.Count(command));
    }
    done = true;
  }

  /** Asks a side and reads its answer. */
  public static Content ask(RawConnection side, Bytes key, Question question) throws Unanswered {
    Content content = new Content();
    question.ask(side.out(), key);
    side.out().flush();
    question.answer(side.in(), content, more -> {});
    return content;
  }
}
