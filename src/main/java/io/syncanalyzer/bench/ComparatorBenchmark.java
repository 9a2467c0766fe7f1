package io.syncanalyzer.bench;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.insert.fork.Meaning;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.redis.wire.RawReplay;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import io.syncanalyzer.verify.value.Content;
import io.syncanalyzer.verify.value.Question;
import io.syncanalyzer.verify.value.Questions;
import io.syncanalyzer.verify.value.UnorderedReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each comparator on two equal values of its type, the replies as a real server gave them: the
 * cheap way of the first pass, and the proper way of settling, in nanoseconds a value.
 */
@SuppressWarnings("NullAway.Init") // JMH fills the fields in its set-up.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ComparatorBenchmark {
  private static final Bytes KEY = Bytes.utf8("k");
  private static final int DUMP_FOOTER = 10;
  private static final int TOLERANCE_MILLIS = 1000;

  /** What kind of value. */
  @Meaning("what kind of value is compared")
  @Param({"string", "hash", "list", "set", "zset", "stream"})
  public String type;

  /** Its elements; of a string, its bytes by ten. */
  @Meaning("elements of the value; of a string, a tenth of its bytes")
  @Param({"10", "500"})
  public int elements;

  private RawInput cheapSource;
  private RawInput cheapReplica;
  private RawInput properSource;
  private RawInput properReplica;
  private Abilities abilities;
  private final UnorderedReply sourceReply = new UnorderedReply();
  private final UnorderedReply replicaReply = new UnorderedReply();

  /** Writes the value to a real server and records its replies. */
  @Setup(Level.Trial)
  public void record() throws IOException {
    try (Scratch scratch = Scratch.open();
        EmbeddedServer server = EmbeddedServer.start(scratch.redisServer(), 0, List.of())) {
      Endpoint endpoint = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + server.port());
      try (RawConnection connection = RawConnection.open(endpoint)) {
        write(connection);
        abilities = Abilities.of(connection, SlotSet.ALL);
        byte[] cheap = recorded(connection, cheapCommand(), KEY.asUtf8());
        cheapSource = RawReplay.endless(cheap);
        cheapReplica = RawReplay.endless(cheap);
        byte[] proper = recordedQuestions(connection);
        properSource = RawReplay.endless(proper);
        properReplica = RawReplay.endless(proper);
      }
    }
  }

  /** As the first pass compares it. */
  @Meaning(
      "one value on both sides, compared as the first look compares it; starts a server itself")
  @Benchmark
  public long cheap() {
    cheapSource.next();
    cheapReplica.next();
    boolean same =
        switch (type) {
          case "set", "hash" -> {
            int stride = type.equals("hash") ? 2 : 1;
            yield sourceReply.take(cheapSource, stride)
                && replicaReply.take(cheapReplica, stride)
                && sourceReply.sameAs(replicaReply);
          }
          case "string" -> cheapSource.sameBody(cheapReplica, cheapSource.number(), 0);
          default -> cheapSource.sameBody(cheapReplica, cheapSource.number(), DUMP_FOOTER);
        };
    return proved(same);
  }

  /** As settling compares it. */
  @Meaning("the same as settling compares it, part by part")
  @Benchmark
  public long proper() throws Unanswered {
    Content mine = read(properSource);
    Content other = read(properReplica);
    return proved(mine.against(other, TOLERANCE_MILLIS).isEmpty()) + mine.elements();
  }

  private Content read(RawInput in) throws Unanswered {
    Content content = new Content();
    List<Question> questions = Questions.whole(type, abilities);
    while (!questions.isEmpty()) {
      List<Question> more = new ArrayList<>();
      for (Question question : questions) {
        question.answer(in, content, more::add);
      }
      questions = more;
    }
    return content;
  }

  private static long proved(boolean same) {
    if (!same) {
      throw new IllegalStateException("equal values were found to differ");
    }
    return 1;
  }

  private String cheapCommand() {
    return switch (type) {
      case "string" -> "GET";
      case "set" -> "SMEMBERS";
      case "hash" -> "HGETALL";
      default -> "DUMP";
    };
  }

  private void write(RawConnection connection) {
    Random random = new Random(42);
    if (type.equals("string")) {
      connection.expect("SET", KEY.asUtf8(), text(random, 10 * elements));
      return;
    }
    for (int i = 0; i < elements; i++) {
      String value = text(random, 10);
      switch (type) {
        case "hash" -> connection.expect("HSET", KEY.asUtf8(), "field" + i, value);
        case "list" -> connection.expect("RPUSH", KEY.asUtf8(), value);
        case "set" -> connection.expect("SADD", KEY.asUtf8(), value + i);
        case "zset" -> connection.expect("ZADD", KEY.asUtf8(), Double.toString(i / 8.0), value + i);
        case "stream" -> connection.expect("XADD", KEY.asUtf8(), "*", "field", value);
        default -> throw new IllegalArgumentException(type);
      }
    }
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  /** The replies to a type's questions, in the order in which they are asked. */
  private byte[] recordedQuestions(RawConnection connection) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<Question> questions = Questions.whole(type, abilities);
    while (!questions.isEmpty()) {
      List<Question> more = new ArrayList<>();
      for (Question question : questions) {
        question.ask(connection.out(), KEY);
        connection.out().flush();
        byte[] reply = reply(connection.in());
        all.writeBytes(reply);
        try {
          question.answer(RawReplay.endless(reply), new Content(), more::add);
        } catch (Unanswered e) {
          throw new IllegalStateException(e);
        }
      }
      questions = more;
    }
    return all.toByteArray();
  }

  private static byte[] recorded(RawConnection connection, String... command) {
    connection.out().command(command);
    connection.out().flush();
    return reply(connection.in());
  }

  /** One reply, in the protocol's own form again. */
  private static byte[] reply(RawInput in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RawOutput out = RawReplay.into(bytes);
    copy(in, out);
    out.flush();
    return bytes.toByteArray();
  }

  private static void copy(RawInput in, RawOutput out) {
    switch (in.next()) {
      case RawInput.BULK -> {
        if (in.number() < 0) {
          encoded(out, "$-1\r\n");
        } else {
          out.part(in.bytes(in.number()));
        }
      }
      case RawInput.ARRAY -> {
        long count = in.number();
        out.begin(Math.toIntExact(count));
        for (long i = 0; i < count; i++) {
          copy(in, out);
        }
      }
      case RawInput.INTEGER -> encoded(out, ":" + in.number() + "\r\n");
      default -> throw new IllegalStateException(in.text());
    }
  }

  private static void encoded(RawOutput out, String text) {
    byte[] bytes = Bytes.utf8(text).array();
    out.encoded(bytes, 0, bytes.length);
  }
}
