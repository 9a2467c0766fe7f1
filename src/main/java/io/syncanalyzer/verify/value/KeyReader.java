package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys from one side, many in a pipeline: first what they are ({@link #look}), then the
 * values of the small ones ({@link #fetch}).
 *
 * <p>Callers bound memory by the number of keys they hand over: a small value holds at most about
 * {@link #LARGE_BYTES} on the server. Not safe for use by several threads.
 */
public final class KeyReader {
  /** Memory on the server from which a value is read in windows. */
  public static final long LARGE_BYTES = 64 * 1024;

  private final RawConnection connection;
  private final Abilities abilities;
  private final NanoClock clock;
  private final ClockSkew server;

  /** Reads from a server whose clock is the source's. */
  public KeyReader(RawConnection connection, Abilities abilities, NanoClock clock) {
    this(connection, abilities, clock, ClockSkew.NONE);
  }

  /**
   * @param server how far the server's clock is ahead of the source's
   */
  public KeyReader(
      RawConnection connection, Abilities abilities, NanoClock clock, ClockSkew server) {
    this.server = server;
    this.connection = connection;
    this.abilities = abilities;
    this.clock = clock;
  }

  RawConnection connection() {
    return connection;
  }

  /** The command that counts a type's elements; null for types that have none we know. */
  static @Nullable public String countCommand(String type) {
    return switch (type) {
      case "string" -> "STRLEN";
      case "hash" -> "HLEN";
      case "list" -> "LLEN";
      case "set" -> "SCARD";
      case "zset" -> "ZCARD";
      case "stream" -> "XLEN";
      case VectorQuestions.TYPE -> "VCARD";
      default -> null;
    };
  }

  /** Type, expiry and size of each key. */
  public List<KeyState> look(List<Bytes> keys) {
    RawOutput out = connection.out();
    connection.keepAwake(); // Ahead of what is timed: times to live run on meanwhile.
    long asked = clock.nanoTime();
    for (Bytes key : keys) {
      ask(out, key, "TYPE");
      ask(out, key, "PTTL");
      if (abilities.absoluteExpiry()) {
        ask(out, key, "PEXPIRETIME");
      }
      if (abilities.memoryUsage()) {
        out.begin(3);
        out.part("MEMORY");
        out.part("USAGE");
        out.part(key);
      }
    }
    out.flush();
    List<KeyState> states = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      states.add(looked());
    }
    long answered = clock.nanoTime();
    for (KeyState state : states) {
      state.clock = server;
      state.relativeExpiry = abilities.relativeExpiry();
      state.askedNanos = asked;
      state.answeredNanos = answered;
    }
    count(keys, states);
    return states;
  }

  private KeyState looked() {
    KeyState state = new KeyState();
    RawInput in = connection.in();
    in.next();
    if (in.kind() == RawInput.ERROR) {
      refuse(state, "TYPE", in.text());
    } else {
      String type = Question.typeName(in);
      state.type = type.equals("none") ? null : type;
    }
    state.ttlMillis = number(state, "PTTL");
    if (abilities.absoluteExpiry()) {
      state.expireAtMillis = number(state, "PEXPIRETIME");
    }
    if (abilities.memoryUsage()) {
      in.next();
      if (in.kind() == RawInput.INTEGER) {
        state.memoryBytes = in.number();
      }
    }
    if (state.ttlMillis == -2 && state.type != null && !state.isRefused()) {
      state.torn = true; // It expired or was deleted between two commands.
    }
    return state;
  }

  private void count(List<Bytes> keys, List<KeyState> states) {
    List<KeyState> asked = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      KeyState state = states.get(i);
      String command = state.type == null ? null : countCommand(state.type);
      if (command != null && !state.isRefused()) {
        ask(connection.out(), keys.get(i), command);
        asked.add(state);
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    connection.out().flush();
    for (KeyState state : asked) {
      state.count = number(state, "its count");
    }
  }

  /** Reads the values of keys that were looked at, where they are present, small and allowed. */
  public void fetch(List<Bytes> keys, List<KeyState> states) {
    List<Deque<Question>> open = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      KeyState state = states.get(i);
      Deque<Question> questions = new ArrayDeque<>();
      if (state.type != null && !state.isLarge() && !state.isRefused()) {
        state.content = new Content();
        questions.addAll(Questions.whole(state.type, abilities));
      }
      open.add(questions);
    }
    while (open.stream().anyMatch(questions -> !questions.isEmpty())) {
      for (int i = 0; i < keys.size(); i++) {
        for (Question question : open.get(i)) {
          question.ask(connection.out(), keys.get(i));
        }
      }
      connection.out().flush();
      for (int i = 0; i < keys.size(); i++) {
        open.set(i, answers(states.get(i), open.get(i)));
      }
    }
    for (KeyState state : states) {
      if (state.content != null && state.content.isEmpty() && !state.isRefused()) {
        state.torn = true; // No value is without parts: it went after its type was asked for.
      }
    }
  }

  private Deque<Question> answers(KeyState state, Deque<Question> questions) {
    Deque<Question> more = new ArrayDeque<>();
    Content content = state.content;
    for (Question question : questions) {
      try {
        question.answer(connection.in(), content == null ? new Content() : content, more::add);
      } catch (Unanswered e) {
        if (e.isChange()) {
          state.torn = true;
        } else {
          refuse(state, question.about(), e.said());
        }
      }
    }
    return more;
  }

  private long number(KeyState state, String what) {
    RawInput in = connection.in();
    in.next();
    if (in.kind() == RawInput.INTEGER) {
      return in.number();
    }
    if (in.kind() == RawInput.ERROR) {
      if (in.text().startsWith("WRONGTYPE")) {
        state.torn = true;
      } else {
        refuse(state, what, in.text());
      }
    } else {
      in.skipRest();
    }
    return KeyState.UNKNOWN;
  }

  private void refuse(KeyState state, String what, String said) {
    if (Unanswered.concernsServer(said)) {
      throw connection.refused(what, new Reply.Failed(said));
    }
    if (state.refusal == null) {
      state.refusal = said;
    }
  }

  private static void ask(RawOutput out, Bytes key, String command) {
    out.begin(2);
    out.part(command);
    out.part(key);
  }
}
