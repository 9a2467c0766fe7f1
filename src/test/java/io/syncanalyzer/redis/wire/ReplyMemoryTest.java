package io.syncanalyzer.redis.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.LoopbackServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@link ReplyMemory} before a server that counts what it is asked. */
final class ReplyMemoryTest {
  private static final int MOST = 1024 * 1024;

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile int version = 1;
  private volatile boolean cutting;
  private volatile boolean failing;

  private LoopbackServer server() {
    return new LoopbackServer(
        () ->
            command -> {
              String line = String.join(" ", command);
              if (List.of("GET", "MGET", "TTL", "LRANGE").contains(command.get(0))) {
                asked.add(line);
              }
              return answer(command);
            });
  }

  private String answer(List<String> command) {
    if (cutting && command.get(0).equals("TTL")) {
      cutting = false;
      throw new UncheckedIOException(new java.io.EOFException());
    }
    return switch (command.get(0)) {
      case "GET" -> failing ? "-BUSY not now\r\n" : LoopbackServer.bulk(value(command.get(1)));
      case "MGET" ->
          LoopbackServer.array(command.stream().skip(1).map(this::value).toList())
              .replace("$4\r\nnone\r\n", "$-1\r\n");
      case "LRANGE" -> "*3\r\n*0\r\n*2\r\n:1\r\n+two\r\n*1\r\n$-1\r\n";
      case "TTL" -> ":" + version + "\r\n";
      case "PING" -> "+PONG\r\n";
      case "EXEC" -> "*0\r\n";
      default -> "+OK\r\n";
    };
  }

  /** {@code big:N} has N bytes. */
  private String value(String key) {
    return key.equals("none")
        ? "none"
        : key.startsWith("big:")
            ? "x".repeat(Integer.parseInt(key.substring(4)))
            : key + "@" + version;
  }

  private static ReplyMemory memory(int most) {
    return new ReplyMemory(most, (name, parts, command) -> !name.equals("TTL"));
  }

  private static RawConnection open(LoopbackServer server, ReplyMemory memory) {
    RawConnection connection = RawConnection.open(server.endpoint(Side.SOURCE));
    connection.remember(memory);
    memory.begin();
    return connection;
  }

  /** Sends all in one pipeline, then reads all. */
  private static List<String> pipeline(RawConnection connection, String... lines) {
    for (String line : lines) {
      connection.out().command(line.split(" ", -1));
    }
    connection.out().flush();
    return Arrays.stream(lines).map(line -> text(connection.in().reply())).toList();
  }

  private static String text(Reply reply) {
    if (reply instanceof Reply.Text said) {
      return said.bytes().length() > 100 ? said.bytes().length() + " bytes" : said.bytes().asUtf8();
    }
    return reply instanceof Reply.Items items
        ? items.list().stream().map(ReplyMemoryTest::text).toList().toString()
        : reply instanceof Reply.Int number
            ? Long.toString(number.value())
            : reply instanceof Reply.Failed failed ? failed.message() : "nil";
  }

  @Test
  void whatWasAskedInAnEarlierTurnIsNotAskedOfTheServerAgain() {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      List<String> first = pipeline(connection, "GET a", "MGET b none c", "LRANGE l 0 -1");
      version = 2;
      for (int turn = 0; turn < 3; turn++) {
        memory.turn();
        assertEquals(first, pipeline(connection, "GET a", "MGET b none c", "LRANGE l 0 -1"));
      }
      assertEquals(List.of("a@1", "[b@1, nil, c@1]", "[[], [1, two], [nil]]"), first);
      assertEquals(List.of("GET a", "MGET b none c", "LRANGE l 0 -1"), asked);
    }
  }

  @Test
  void whatIsKnownAndWhatIsNotComesInTheOrderAsked() {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      pipeline(connection, "GET b", "GET d");
      version = 2;
      memory.turn();
      assertEquals(
          List.of("a@2", "b@1", "2", "d@1", "c@2", "2"),
          pipeline(connection, "GET a", "GET b", "TTL x", "GET d", "GET c", "TTL x"));
      assertEquals(List.of("GET b", "GET d", "GET a", "TTL x", "GET c", "TTL x"), asked);
    }
  }

  @Test
  void whoAsksTwiceInOneTurnIsToldWhatItIsByThen() {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      assertEquals(List.of("a@1"), pipeline(connection, "GET a"));
      version = 2;
      assertEquals(List.of("a@2"), pipeline(connection, "GET a"));
      memory.turn();
      version = 3;
      assertEquals(List.of("a@1", "a@3"), pipeline(connection, "GET a", "GET a"));
    }
  }

  @Test
  void aNewBeginForgetsAll() {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      pipeline(connection, "GET a");
      version = 2;
      memory.begin();
      assertEquals(List.of("a@2"), pipeline(connection, "GET a"));
    }
  }

  @Test
  void anotherDatabaseIsAnotherMemory() {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      pipeline(connection, "GET a");
      version = 2;
      connection.select(1);
      memory.turn();
      assertEquals(List.of("a@2"), pipeline(connection, "GET a"));
    }
  }

  @Test
  void underAWatchTheServerIsAsked() {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      pipeline(connection, "GET a");
      version = 2;
      memory.turn();
      assertEquals(
          List.of("OK", "a@2", "b@2", "OK", "[]"),
          pipeline(connection, "WATCH a", "GET a", "GET b", "MULTI", "EXEC"));
      version = 3;
      memory.turn();
      assertEquals(List.of("a@1", "b@3"), pipeline(connection, "GET a", "GET b"));
    }
  }

  @Test
  void anErrorIsNotKept() {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      failing = true;
      assertEquals(List.of("BUSY not now"), pipeline(connection, "GET a"));
      failing = false;
      memory.turn();
      assertEquals(List.of("a@1"), pipeline(connection, "GET a"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 65_535, 65_536, 200_000, MOST - 100})
  void aValueUpToTheBoundIsKept(int bytes) {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      String big = "GET big:" + bytes;
      List<String> first = pipeline(connection, big, "TTL x", big + "0", "TTL x");
      memory.turn();
      assertEquals(first.get(0), pipeline(connection, big).get(0));
      assertEquals(1, asked.stream().filter(big::equals).count());
    }
  }

  @Test
  void whatDoesNotFitIsAskedAgainAndWhatDoesIsNot() {
    ReplyMemory memory = memory(MOST);
    String[] all = {"GET big:600000", "GET big:600001", "GET big:5000000", "GET a", "TTL x"};
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      List<String> first = pipeline(connection, all);
      assertTrue(memory.isFull());
      asked.clear();
      memory.turn();
      assertEquals(first, pipeline(connection, all));
      assertEquals(List.of("GET big:600001", "GET big:5000000", "TTL x"), asked);
      memory.begin();
      assertFalse(memory.isFull());
    }
  }

  /** What leaves is cut at every place where the connection's buffer happens to be full. */
  @ParameterizedTest
  @ValueSource(ints = {40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53})
  void aLongPipelineIsCutAnywhere(int keyLength) {
    ReplyMemory memory = memory(MOST);
    String[] lines = new String[3000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = (i % 3 == 0 ? "TTL " : "GET ") + i + "k".repeat(keyLength);
    }
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      List<String> first = pipeline(connection, lines);
      assertEquals(lines.length, asked.size());
      memory.turn();
      assertEquals(first, pipeline(connection, lines));
      assertEquals(lines.length + lines.length / 3, asked.size());
    }
  }

  @Test
  void aCommandTooLongToKeepIsPassedOn() {
    ReplyMemory memory = memory(64 * 1024 * 1024);
    String key = "k".repeat(3_000_000);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      for (int turn = 0; turn < 2; turn++) {
        connection.out().begin(2);
        connection.out().part("GET");
        connection.out().part(Bytes.utf8(key));
        connection.out().command("GET", "a");
        connection.out().flush();
        assertEquals("3000002 bytes", text(connection.in().reply()));
        assertEquals("a@1", text(connection.in().reply()));
        memory.turn();
      }
      assertEquals(2, asked.stream().filter(line -> line.length() > 3_000_000).count());
      assertEquals(1, asked.stream().filter("GET a"::equals).count());
    }
  }

  @Test
  void aConnectionThatIsMadeAnewKeepsTheMemory() {
    ReplyMemory memory = memory(MOST);
    try (LoopbackServer server = server();
        RawConnection connection = open(server, memory)) {
      pipeline(connection, "GET a");
      cutting = true;
      assertThrows(RedisFailure.class, () -> pipeline(connection, "GET b", "TTL x"));
      connection.renew();
      version = 2;
      memory.turn();
      assertEquals(List.of("a@1", "2", "c@2"), pipeline(connection, "GET a", "TTL x", "GET c"));
    }
  }
}
