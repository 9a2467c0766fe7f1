package io.syncanalyzer.probe.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.scripted.ScriptedRedis;
import org.junit.jupiter.api.Test;

/** What a server is asked once a second, and what of its answers is new. */
class ServerQuestionsTest {
  private static final String EMPTY = "*0\r\n";
  private static final String BUSY = "-BUSY Redis is busy running a script\r\n";
  private static final String NOPERM = "-NOPERM this user has no permissions\r\n";

  @Test
  void onlyWhatCameToTheSlowLogSinceIsToldAndOnlyByItsName() {
    try (ScriptedRedis server =
            server()
                .answering(
                    "SLOWLOG GET 1",
                    log(entry(4, 10, "old")),
                    log(entry(4, 10, "old")),
                    log(entry(6, 70, "eval")))
                .answering("SLOWLOG GET 2", log(entry(6, 70, "eval"), entry(5, 900, "sort")));
        RedisConnection connection = RedisConnection.open(server.endpoint())) {
      ServerQuestions questions = new ServerQuestions(connection, new SeenBefore());
      assertThat(questions.ask().slow()).isEqualTo(ServerQuestions.Lasted.NOTHING);
      assertThat(questions.ask().slow()).isEqualTo(ServerQuestions.Lasted.NOTHING);
      assertThat(questions.ask().slow()).isEqualTo(new ServerQuestions.Lasted(900_000, "SORT"));
    }
  }

  @Test
  void theFirstEntryOfAnEmptyLogIsNew() {
    try (ScriptedRedis server =
            server().answering("SLOWLOG GET 1", EMPTY, log(entry(0, 70, "eval")));
        RedisConnection connection = RedisConnection.open(server.endpoint())) {
      ServerQuestions questions = new ServerQuestions(connection, new SeenBefore());
      assertThat(questions.ask().slow()).isEqualTo(ServerQuestions.Lasted.NOTHING);
      assertThat(questions.ask().slow()).isEqualTo(new ServerQuestions.Lasted(70_000, "EVAL"));
    }
  }

  @Test
  void anEventOfTheLatencyMonitorIsNewOnceItsTimeIs() {
    try (ScriptedRedis server =
            server()
                .answering(
                    "LATENCY LATEST",
                    event("fork", 100, 7),
                    event("fork", 100, 7),
                    event("fork", 101, 9));
        RedisConnection connection = RedisConnection.open(server.endpoint())) {
      ServerQuestions questions = new ServerQuestions(connection, new SeenBefore());
      assertThat(questions.ask().event()).isEqualTo(ServerQuestions.Lasted.NOTHING);
      assertThat(questions.ask().event()).isEqualTo(ServerQuestions.Lasted.NOTHING);
      assertThat(questions.ask().event()).isEqualTo(new ServerQuestions.Lasted(9_000_000, "fork"));
    }
  }

  @Test
  void whatIsRefusedIsUnknownAndNotAskedForAgain() {
    try (ScriptedRedis server =
            new ScriptedRedis(Side.SOURCE)
                .answering("INFO", "$7\r\nrole:ok\r\n")
                .answering("CONFIG GET client-output-buffer-limit", NOPERM)
                .answering("CONFIG GET slowlog-log-slower-than", NOPERM)
                .answering("CONFIG GET latency-monitor-threshold", NOPERM)
                .answering("SLOWLOG GET 1", NOPERM, log(entry(1, 1, "late")))
                .answering("LATENCY LATEST", NOPERM, EMPTY);
        RedisConnection connection = RedisConnection.open(server.endpoint())) {
      ServerQuestions questions = new ServerQuestions(connection, new SeenBefore());
      assertThat(questions.bufferLimitBytes()).isNull();
      for (int i = 0; i < 2; i++) {
        assertThat(questions.ask().slow()).isNull();
        assertThat(questions.ask().event()).isNull();
      }
    }
  }

  /** The latency monitor is off by default, and a slow log may be: none in it is then no "none". */
  @Test
  void whereItIsNotToldWhetherTheyAreOnWhatIsEmptyIsUnknown() {
    try (ScriptedRedis server =
            server()
                .answering("CONFIG GET slowlog-log-slower-than", NOPERM)
                .answering("CONFIG GET latency-monitor-threshold", NOPERM)
                .answering("SLOWLOG GET 1", EMPTY, log(entry(0, 70, "eval")))
                .answering("LATENCY LATEST", EMPTY, event("fork", 100, 7));
        RedisConnection connection = RedisConnection.open(server.endpoint())) {
      ServerQuestions questions = new ServerQuestions(connection, new SeenBefore());
      ServerQuestions.Answer empty = questions.ask();
      assertThat(empty.slow()).isNull();
      assertThat(empty.event()).isNull();
      ServerQuestions.Answer first = questions.ask();
      assertThat(first.slow()).isEqualTo(new ServerQuestions.Lasted(70_000, "EVAL"));
      assertThat(first.event()).isEqualTo(new ServerQuestions.Lasted(7_000_000, "fork"));
      ServerQuestions.Answer none = questions.ask();
      assertThat(none.slow()).isEqualTo(ServerQuestions.Lasted.NOTHING);
      assertThat(none.event()).isEqualTo(ServerQuestions.Lasted.NOTHING);
    }
  }

  @Test
  void aLongerEventOfTheSameSecondIsNewToo() {
    try (ScriptedRedis server =
            server()
                .answering(
                    "LATENCY LATEST",
                    event("fork", 100, 7),
                    event("fork", 100, 90),
                    event("fork", 100, 90));
        RedisConnection connection = RedisConnection.open(server.endpoint())) {
      ServerQuestions questions = new ServerQuestions(connection, new SeenBefore());
      assertThat(questions.ask().event()).isEqualTo(ServerQuestions.Lasted.NOTHING);
      assertThat(questions.ask().event()).isEqualTo(new ServerQuestions.Lasted(90_000_000, "fork"));
      assertThat(questions.ask().event()).isEqualTo(ServerQuestions.Lasted.NOTHING);
    }
  }

  @Test
  void whatAServerThatRunsAScriptAnswersIsNotTakenForARefusal() {
    try (ScriptedRedis server =
            server()
                .answering(
                    "CONFIG GET slowlog-log-slower-than",
                    BUSY,
                    setting("slowlog-log-slower-than", "10"))
                .answering("SLOWLOG GET 1", EMPTY, BUSY, log(entry(0, 70, "eval")));
        RedisConnection connection = RedisConnection.open(server.endpoint())) {
      SeenBefore seen = new SeenBefore();
      assertThatThrownBy(() -> new ServerQuestions(connection, seen))
          .isInstanceOf(RedisFailure.class);
      ServerQuestions questions = new ServerQuestions(connection, seen);
      assertThat(questions.ask().slow()).isEqualTo(ServerQuestions.Lasted.NOTHING);
      assertThatThrownBy(questions::ask).isInstanceOf(RedisFailure.class);
      assertThat(questions.ask().slow()).isEqualTo(new ServerQuestions.Lasted(70_000, "EVAL"));
    }
  }

  private static ScriptedRedis server() {
    return new ScriptedRedis(Side.SOURCE)
        .answering("INFO", "$7\r\nrole:ok\r\n")
        .answering("CONFIG GET client-output-buffer-limit", EMPTY)
        .answering("CONFIG GET slowlog-log-slower-than", setting("slowlog-log-slower-than", "10"))
        .answering(
            "CONFIG GET latency-monitor-threshold", setting("latency-monitor-threshold", "100"))
        .answering("SLOWLOG GET 1", EMPTY)
        .answering("LATENCY LATEST", EMPTY);
  }

  private static String log(String... entries) {
    return "*" + entries.length + "\r\n" + String.join("", entries);
  }

  private static String entry(long id, long micros, String command) {
    return "*4\r\n:"
        + id
        + "\r\n:1700000000\r\n:"
        + micros
        + "\r\n*2\r\n"
        + bulk(command)
        + bulk("secret");
  }

  private static String setting(String name, String value) {
    return "*2\r\n" + bulk(name) + bulk(value);
  }

  private static String event(String name, long at, long millis) {
    return "*1\r\n*4\r\n" + bulk(name) + ":" + at + "\r\n:" + millis + "\r\n:" + millis + "\r\n";
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }
}
