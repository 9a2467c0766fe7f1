package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.scripted.ScriptedRedis;
import io.syncanalyzer.verify.server.Abilities;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyReaderTest {
  private static final ClockSkew AHEAD = new ClockSkew(5000, 1);
  private static final Abilities OLD =
      new Abilities(false, true, false, false, false, true, ClockSkew.NONE);
  private static final Abilities NEW = new Abilities(true, false, true, true, true, true, AHEAD);

  private final ScriptedClock clock = new ScriptedClock();
  private final ScriptedRedis server = new ScriptedRedis(Side.SOURCE);
  private final RawConnection connection = RawConnection.open(server.endpoint());
  private final KeyReader old = new KeyReader(connection, OLD, clock);

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  private static List<Bytes> keys(String... names) {
    return List.of(names).stream().map(Bytes::utf8).toList();
  }

  private List<KeyState> read(KeyReader reader, String... names) {
    return reader.fetch(keys(names), reader.look(keys(names)));
  }

  private String content(KeyState state) {
    return Asked.words(Objects.requireNonNull(state.content()));
  }

  @Test
  void eachTypeIsLookedAtAndReadManyInAPipeline() {
    server
        .string("s", "abc")
        .hash("h", "f=1", "g=2")
        .list("l", "a", "b")
        .set("t", "m")
        .zset("z", "m=1.5")
        .expiring("h", 7000);
    List<KeyState> states = read(old, "s", "h", "l", "t", "z", "none");
    assertThat(states)
        .extracting(KeyState::type)
        .containsExactly("string", "hash", "list", "set", "zset", null);
    assertThat(states).extracting(KeyState::count).containsExactly(3L, 2L, 2L, 1L, 1L, null);
    assertThat(states)
        .extracting(state -> state.expiry().ttlMillis())
        .containsExactly(-1L, 7000L, -1L, -1L, -1L, -2L);
    assertThat(states.subList(0, 5))
        .extracting(this::content)
        .containsExactly(
            "=abc (1, 3)", "f=1, g=2 (2, 4)", "0=a, 1=b (2, 4)", "m= (1, 1)", "m=1.5 (1, 4)");
    assertThat(states.get(5).content()).isNull();
    assertThat(states).noneMatch(KeyState::torn).noneMatch(KeyState::isRefused);
  }

  @Test
  void onlyWhatTheServerLetsUseIsAsked() {
    server.string("s", "abc");
    old.look(keys("s"));
    assertThat(asked()).containsExactly("TYPE s", "PTTL s", "STRLEN s");
    new KeyReader(connection, NEW, clock, AHEAD).look(keys("none"));
    assertThat(asked().subList(3, 7))
        .containsExactly("TYPE none", "PTTL none", "PEXPIRETIME none", "MEMORY USAGE none");
  }

  private List<String> asked() {
    List<String> all = server.asked();
    return all.subList(all.indexOf("TYPE s"), all.size());
  }

  @Test
  void aStateHasTheMomentsItWasReadAtAndTheServersClock() {
    server
        .string("s", "abc")
        .taking("s", 77)
        .answering("PEXPIRETIME s", ":170~".replace("~", "\r\n"));
    clock.at(5);
    server.before("PTTL s", 1, () -> clock.at(8));
    KeyState state = new KeyReader(connection, NEW, clock, AHEAD).look(keys("s")).get(0);
    assertThat(state.expiry())
        .isEqualTo(
            new KeyExpiry(-1L, 170L, AHEAD, false, ScriptedClock.nanos(5), ScriptedClock.nanos(8)));
    assertThat(state.memoryBytes()).isEqualTo(77);
    KeyState other = old.look(keys("s")).get(0);
    assertThat(other.expiry().relative()).isTrue();
    assertThat(other.expiry().clock()).isEqualTo(ClockSkew.NONE);
    assertThat(other.expiry().atMillis()).isNull();
    assertThat(other.memoryBytes()).isNull();
  }

  /** A command's answer, and what the state of the string {@code s} becomes by it. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "?",
      value = {
        "TYPE s        | -NOPERM type~             | ?      | NOPERM type | false",
        "TYPE s        | +none~                    | ?      | ?           | false",
        "TYPE s        | $6~string~                | string | ?           | false",
        "TYPE s        | $-1~                      | ?      | ?           | false",
        "PTTL s        | :-2~                      | string | ?           | true",
        "PTTL s        | -NOPERM ttl~              | string | NOPERM ttl  | false",
        "PTTL s        | -WRONGTYPE no~            | string | ?           | true",
        "PTTL s        | $2~ab~                    | string | ?           | false",
        "PEXPIRETIME s | -NOPERM at~               | string | NOPERM at   | false",
        "PEXPIRETIME s | *1~:1~                    | string | ?           | false",
        "STRLEN s      | -NOPERM len~              | string | NOPERM len  | false",
        "STRLEN s      | -WRONGTYPE no~            | string | ?           | true",
        "GET s         | -NOPERM get~              | string | NOPERM get  | false",
        "GET s         | -WRONGTYPE no~            | string | ?           | true",
        "GET s         | -ERR no such key~         | string | ?           | true",
        "GET s         | $-1~                      | string | ?           | true",
        "GET s         | $0~~                      | string | ?           | false",
        "MEMORY USAGE s | -NOPERM memory~          | string | ?           | false",
      })
  void whatAServerAnswersElseIsARefusalOrAChange(
      String command, String reply, @Nullable String type, @Nullable String refusal, boolean torn) {
    server.string("s", "abc").answering("PEXPIRETIME s", ":-1\r\n");
    server.answering(command, reply.replace("~", "\r\n"));
    KeyState state = read(new KeyReader(connection, NEW, clock), "s").get(0);
    assertThat(state.type()).isEqualTo(type);
    assertThat(state.refusal()).isEqualTo(refusal);
    assertThat(state.torn()).isEqualTo(torn);
    boolean told = !command.equals("PTTL s") || reply.startsWith(":");
    assertThat(state.expiry().ttlMillis() != null).isEqualTo(told);
    assertThat(connection.call("PING").toString()).contains("Text");
  }

  @Test
  void theFirstRefusalIsTheOneThatIsToldAndItIsNotReadFurther() {
    server.string("s", "abc").answering("PTTL s", "-NOPERM ttl\r\n");
    server.answering("PEXPIRETIME s", "-NOPERM at\r\n");
    KeyState state = read(new KeyReader(connection, NEW, clock), "s").get(0);
    assertThat(state.refusal()).isEqualTo("NOPERM ttl");
    assertThat(state.content()).isNull();
    assertThat(state.count()).isNull();
    assertThat(server.asked()).doesNotContain("STRLEN s", "GET s");
  }

  @Test
  void theFirstRefusalOfAValueIsTheOneThatIsTold() {
    server
        .other("v", "vectorset")
        .answering("VCARD v", ":1\r\n")
        .answering("VINFO v", "-NOPERM info\r\n")
        .answering("VRANDMEMBER v 2147483647", "-NOPERM members\r\n");
    KeyState state = read(old, "v").get(0);
    assertThat(state.refusal()).isEqualTo("NOPERM info");
    assertThat(state.torn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"TYPE s, BUSY script", "PTTL s, LOADING data", "GET s, MASTERDOWN link"})
  void whatConcernsTheServerIsNoKeysRefusal(String command, String said) {
    server.string("s", "abc").answering(command, "-" + said + "\r\n");
    assertThatThrownBy(() -> read(old, "s"))
        .isInstanceOf(RedisFailure.class)
        .matches(failure -> ((RedisFailure) failure).isPassing());
  }

  @Test
  void largeValuesAreNotRead() {
    server.string("s", "abc").taking("s", 70_000).answering("PEXPIRETIME s", ":-1\r\n");
    KeyState state = read(new KeyReader(connection, NEW, clock), "s").get(0);
    assertThat(state.isLarge()).isTrue();
    assertThat(state.content()).isNull();
    assertThat(state.torn()).isFalse();
    assertThat(server.asked()).doesNotContain("GET s");
  }

  @Test
  void whatTearsStaysTornThoughItsValueIsRead() {
    server.string("s", "abc").answering("PTTL s", ":-2\r\n");
    KeyState state = read(old, "s").get(0);
    assertThat(state.torn()).isTrue();
    assertThat(content(state)).isEqualTo("=abc (1, 3)");
  }

  @Test
  void answersRaiseQuestionsUntilNoneIsLeft() {
    server
        .hash("h", "f=1")
        .string("s", "abc")
        .answering("PEXPIRETIME h", ":-1\r\n")
        .answering("PEXPIRETIME s", ":-1\r\n")
        .answering("HPEXPIRETIME h FIELDS 1 f", "*1\r\n:99\r\n");
    List<KeyState> states = read(new KeyReader(connection, NEW, clock), "h", "s");
    assertThat(content(states.get(0))).isEqualTo("f=1, f!99 (1, 2)");
    assertThat(content(states.get(1))).isEqualTo("=abc (1, 3)");
  }

  @Test
  void aTypeThatNobodyKnowsIsReadAsItsPayloadAndNotCounted() {
    server.other("j", "ReJSON-RL").answering("DUMP j", "$12\r\nxy\u0001\u00001234567\u0000\r\n");
    server.answering("DUMP j", "$12\r\nxy0123456789\r\n");
    KeyState state = read(old, "j").get(0);
    assertThat(state.count()).isNull();
    assertThat(content(state)).isEqualTo("serialized payload=xy (0, 20)");
  }

  @Test
  void noKeysAreNoQuestions() {
    assertThat(read(old)).isEmpty();
  }
}
