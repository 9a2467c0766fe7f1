package io.syncanalyzer.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandRightsIT {
  /** Some servers put it into a refusal, where it must not be taken for what is refused. */
  private static final String USER = "access-a-key";

  private static final CommandUse RPUSH = use("RPUSH", 0, true, "l:1", "x");
  private static final CommandUse SPOP = use("SPOP", 0, true, "l:1");
  private static final CommandUse FLUSHALL = use("FLUSHALL", -1, false);

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  /** With transactions and without; with every key in reach, some, and those that it may read. */
  @ParameterizedTest
  @MethodSource("servers")
  void nothingThatIsAskedForIsDone(ServerBinary binary) {
    List<CommandUse> harmful =
        List.of(
            FLUSHALL,
            use("SET", 0, true, "mine", "x"),
            use("DEL", 0, true, "mine", "other"),
            use("UNLINK", 0, true, "l:1", "mine"),
            use("MSET", 0, true, "mine", "x", "other", "x"),
            use("RENAME", 0, false, "mine", "l:1"),
            RPUSH,
            SPOP,
            use("EXEC", -1, false),
            use("RESET", -1, false),
            use("QUIT", -1, false));
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection admin = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      admin.expect("MSET", "mine", "1", "other", "2");
      String[] every = {
        "~* +@all",
        "~* +@all -multi",
        "~l:* +@all -multi",
        "~l:* +@all",
        "~mine +type +rpush +del +unlink",
        "~l:* +set +rpush",
        "+multi"
      };
      for (String rules : every) {
        Endpoint user = allowed(server, admin, rules);
        try {
          CommandRights.require(user, harmful, "a test");
        } catch (RedisFailure missing) {
          assertThat(missing.kind()).isEqualTo(RedisFailure.Kind.NO_PERMISSION);
        }
        assertThat(admin.expect("DBSIZE")).describedAs(rules).isEqualTo(new Reply.Int(2));
        assertThat(admin.expect("MGET", "mine", "other"))
            .isEqualTo(
                new Reply.Items(
                    List.of(new Reply.Text(Bytes.utf8("1")), new Reply.Text(Bytes.utf8("2")))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void whatIsMissingIsNamedWithItsRuleAndWhatIsGrantedPasses(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection admin = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      passes(allowed(server, admin, "~* +@all"));
      passes(allowed(server, admin, "~l:* +multi +type +rpush +spop +flushall"));
      passes(allowed(server, admin, "~l:* +type +rpush +spop +set"));
      misses(allowed(server, admin, "~l:* +multi +type +flushall"), "+rpush +spop");
      misses(allowed(server, admin, "~l:* +multi +type +rpush +spop"), "+flushall");
      misses(allowed(server, admin, "~m:* +multi +@all"), "~l:*");
      misses(allowed(server, admin, "~m:* +multi +type"), "+flushall +rpush +spop ~l:*");
      misses(allowed(server, admin, "~m:* +type +set +rpush"), "+spop ~l:*");
      misses(allowed(server, admin, "~l:* +type +set"), "+rpush +spop");
      misses(allowed(server, admin, "~* +type +rpush"), "+spop");
      // Neither a transaction nor a key out of reach: RPUSH can only be tried by doing it.
      passes(allowed(server, admin, "~* +type +spop"));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aChannelThatIsOutOfReachIsNamedAsOne(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection admin = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      Endpoint user = allowed(server, admin, "resetchannels &mine ~l:* +multi +type +publish");
      List<CommandUse> publish = List.of(use("PUBLISH", -1, false, "theirs", "x"));
      assertThatThrownBy(() -> CommandRights.require(user, publish, "a test"))
          .hasMessageEndingWith("ACL SETUSER " + USER + " &theirs");
    }
  }

  private static void passes(Endpoint user) {
    assertThatCode(() -> CommandRights.require(user, List.of(FLUSHALL, RPUSH, SPOP), "a test"))
        .doesNotThrowAnyException();
  }

  private static void misses(Endpoint user, String rules) {
    assertThatThrownBy(() -> CommandRights.require(user, List.of(FLUSHALL, RPUSH, SPOP), "a test"))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("does not let user " + USER + " run what a test sends: ")
        .hasMessageEndingWith("ACL SETUSER " + USER + " " + rules)
        .hasMessageNotContaining("pw");
  }

  private static Endpoint allowed(EmbeddedServer server, RedisConnection admin, String rules) {
    String all = "SETUSER " + USER + " reset on >pw -@all " + rules;
    admin.expect("ACL", all.split(" ", -1));
    return server
        .endpoint(Side.SOURCE)
        .withCredentials(Optional.of(USER), Optional.of(new Secret("pw")));
  }

  private static CommandUse use(String command, int key, boolean known, String... arguments) {
    return new CommandUse(
        command,
        Arrays.stream(arguments).map(Bytes::utf8).toList(),
        key,
        key < 0 ? "" : "l:*",
        known);
  }
}
