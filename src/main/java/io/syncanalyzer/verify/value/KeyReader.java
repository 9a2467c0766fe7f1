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
      case ArrayQuestions.TYPE -> "ARCOUNT";
      default -> null;
    };
  }

  /** Type, expiry and size of each key, in the order of the keys. */
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
    List<Answers> answers = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      answers.add(looked());
    }
    long answered = clock.nanoTime();
    count(keys, answers);
    List<KeyState> states = new ArrayList<>(keys.size());
    for (Answers of : answers) {
      KeyExpiry expiry =
          new KeyExpiry(
              of.ttlMillis, of.expireAtMillis, server, abilities.relativeExpiry(), asked, answered);
      states.add(
          new KeyState(of.type, expiry, of.memoryBytes, of.count, null, of.refusal, of.torn));
    }
    return states;
  }

  /** What was answered about a key so far. */
  private static final class Answers {
    private @Nullable String type;
    private @Nullable Long ttlMillis;
    private @Nullable Long expireAtMillis;
    private @Nullable Long memoryBytes;
    private @Nullable Long count;
    private @Nullable String refusal;
    private boolean torn;
  }

  private Answers looked() {
    Answers answers = new Answers();
    RawInput in = connection.in();
    in.next();
    if (in.kind() == RawInput.ERROR) {
      refuse(answers, "TYPE", in.text());
    } else {
      String type = Question.typeName(in);
      answers.type = type.equals("none") ? null : type;
    }
    answers.ttlMillis = number(answers, "PTTL");
    if (abilities.absoluteExpiry()) {
      answers.expireAtMillis = number(answers, "PEXPIRETIME");
    }
    if (abilities.memoryUsage()) {
      in.next();
      if (in.kind() == RawInput.INTEGER) {
        answers.memoryBytes = in.number();
      }
    }
    boolean gone = answers.ttlMillis != null && answers.ttlMillis == -2;
    if (gone && answers.type != null && answers.refusal == null) {
      answers.torn = true; // It expired or was deleted between two commands.
    }
    return answers;
  }

  private void count(List<Bytes> keys, List<Answers> all) {
    List<Answers> asked = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Answers answers = all.get(i);
      String command = answers.type == null ? null : countCommand(answers.type);
      if (command != null && answers.refusal == null) {
        ask(connection.out(), keys.get(i), command);
        asked.add(answers);
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    connection.out().flush();
    for (Answers answers : asked) {
      answers.count = number(answers, "its count");
    }
  }

  /** A value that is being read. */
  private static final class Reading {
    private final Content content = new Content();
    private Deque<Question> open = new ArrayDeque<>();
    private @Nullable String refusal;
    private boolean torn;
  }

  /**
   * Reads the values of keys that were looked at, where they are present, small and allowed.
   *
   * @return the states with their values, in the same order; those without one as they were
   */
  public List<KeyState> fetch(List<Bytes> keys, List<KeyState> states) {
    List<@Nullable Reading> readings = new ArrayList<>();
    for (KeyState state : states) {
      readings.add(reading(state));
    }
    while (readings.stream().anyMatch(reading -> reading != null && !reading.open.isEmpty())) {
      for (int i = 0; i < keys.size(); i++) {
        Reading reading = readings.get(i);
        if (reading != null) {
          for (Question question : reading.open) {
            question.ask(connection.out(), keys.get(i));
          }
        }
      }
      connection.out().flush();
      for (Reading reading : readings) {
        if (reading != null) {
          answers(reading);
        }
      }
    }
    List<KeyState> read = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      Reading reading = readings.get(i);
      read.add(reading == null ? states.get(i) : read(states.get(i), reading));
    }
    return read;
  }

  private @Nullable Reading reading(KeyState state) {
    if (state.type() == null || state.isLarge() || state.isRefused()) {
      return null;
    }
    Reading reading = new Reading();
    reading.torn = state.torn();
    reading.open.addAll(Questions.whole(state.type(), abilities));
    return reading;
  }

  private static KeyState read(KeyState state, Reading reading) {
    // No value is without parts: it went after its type was asked for.
    boolean gone = reading.content.isEmpty() && reading.refusal == null;
    return state.read(reading.content, reading.refusal, reading.torn || gone);
  }

  private void answers(Reading reading) {
    Deque<Question> more = new ArrayDeque<>();
    for (Question question : reading.open) {
      try {
        question.answer(connection.in(), reading.content, more::add);
      } catch (Unanswered e) {
        if (e.isChange()) {
          reading.torn = true;
        } else {
          String refused = refused(question.about(), e.said());
          reading.refusal = reading.refusal == null ? refused : reading.refusal;
        }
      }
    }
    reading.open = more;
  }

  private @Nullable Long number(Answers answers, String what) {
    RawInput in = connection.in();
    in.next();
    if (in.kind() == RawInput.INTEGER) {
      return in.number();
    }
    if (in.kind() == RawInput.ERROR) {
      if (in.text().startsWith("WRONGTYPE")) {
        answers.torn = true;
      } else {
        refuse(answers, what, in.text());
      }
    } else {
      in.skipRest();
    }
    return null;
  }

  private void refuse(Answers answers, String what, String said) {
    String refused = refused(what, said);
    answers.refusal = answers.refusal == null ? refused : answers.refusal;
  }

  /** What was said, unless it concerns the server and not the key. */
  private String refused(String what, String said) {
    if (Unanswered.concernsServer(said)) {
      throw connection.refused(what, new Reply.Failed(said));
    }
    return said;
  }

  private static void ask(RawOutput out, Bytes key, String command) {
    out.begin(2);
    out.part(command);
    out.part(key);
  }
}
