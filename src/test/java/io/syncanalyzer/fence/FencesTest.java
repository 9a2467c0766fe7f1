package io.syncanalyzer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.scripted.ScriptedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FencesTest {
  /** A side is its role, replication id, offset and link; {@code -} is not shown. */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "proves",
      value = {
        "master a 10 -    | slave a 5 up   | proves",
        "master a 10 -    | slave a 15 up  | proves",
        "slave a 10 up    | slave a 5 up   | proves",
        "master a 10 -    | master a 5 -   | the replica's INFO does not call it one",
        "master a 10 -    | - a 5 up       | the replica's INFO does not call it one",
        "master - 10 -    | slave a 5 up   | the source shows no replication id",
        "master a - -     | slave a 5 up   | the source shows no replication offset",
        "master - 10 -    | slave - 5 up   | the source shows no replication id",
        "master a 10 -    | active-replica a 5 up | of an active replica's two directions none has"
            + " an offset of its own",
        "active-replica a 10 up | slave a 5 up | of an active replica's two directions none has"
            + " an offset of its own",
        "master a - -     | replica a 5 up | the source shows no replication offset",
        "master a 10 -    | slave b 5 up   | the replica's replication id is not the source's",
        "master a 10 -    | slave - 5 up   | the replica's replication id is not the source's",
        "master a 10 -    | slave a - up   | the replica shows no replication offset",
        "slave a 10 down  | slave a 5 up   | the source is itself a replica whose link is down",
        "slave a 10 -     | slave a 5 up   | the source is itself a replica whose link is down",
        "master a 10 -    | slave a 5 down | the replica's link is down",
        "master a 10 -    | slave a 5 -    | the replica's link is down",
      })
  void offsetsProveSomethingOnlyWithinOneHistory(String source, String replica, String why) {
    assertThat(Fences.whyNoOffset(info(source), info(replica)).orElse(null)).isEqualTo(why);
  }

  @Test
  void offsetsOfAReplicaOfSeveralSourcesProveNothing() {
    assertThat(
            Fences.whyNoOffset(
                info("master a 10 -"),
                ServerInfo.parse("role:slave\nconnected_masters:2\nmaster_replid:a\n")))
        .hasValue("the replica follows several sources");
  }

  @Test
  void whatAReplicaSaysOfWhomItFollowsIsASentence() {
    assertThat(Fences.whomItFollows(ServerInfo.parse("role:master"))).isEmpty();
    assertThat(Fences.whomItFollows(ServerInfo.parse("master_host:h")))
        .isEqualTo(" (it says that it follows h:0, its link not shown)");
  }

  @Test
  void keysBeginAsThoseOfTheRun() {
    assertThat(Fences.keyPrefix("run-7").asUtf8()).isEqualTo("sa:run-7:fence:");
  }

  @Test
  void aModeIsFoundByTheWordThatUsersType() {
    for (FenceMode mode : FenceMode.values()) {
      assertThat(FenceMode.of(mode.label())).isEqualTo(mode);
    }
    assertThatThrownBy(() -> FenceMode.of("AUTO"))
        .hasMessage("no fence `AUTO`; there are auto, offset, sentinel, none");
  }

  @Test
  void aCountedFenceSaysHowOftenItWasPassedAndHowLongThatTookAtMost() {
    ScriptedClock clock = new ScriptedClock();
    ScriptedServer source =
        new ScriptedServer(Side.SOURCE).saying("master_replid:a", "master_repl_offset:9");
    ScriptedServer replica =
        new ScriptedServer(Side.REPLICA)
            .saying("master_replid:a", "master_repl_offset:8", "master_link_status:up");
    for (int look = 0; look < 180; look++) {
      replica.saying("master_replid:a", "master_repl_offset:8", "master_link_status:up");
    }
    replica.saying("master_replid:a", "master_repl_offset:9");
    List<String> said = new ArrayList<>();
    List<Long> meanwhile = new ArrayList<>();
    try (CountedFence fence =
        new CountedFence(new OffsetFence(source, replica, "told", clock), 3, clock, said::add)) {
      fence.pass(Duration.ofMinutes(1), () -> meanwhile.add(clock.nanoTime()));
      fence.pass(Duration.ofMinutes(1));
      fence.passPaused(Duration.ofMinutes(1));
      fence.keepAwake();
      assertThat(fence.use().words()).isEqualTo("told; passed 3 times, at most 3465.6 ms each");
      assertThat(fence.writes()).isZero();
      assertThat(fence.keysIn(3)).isZero();
      assertThat(fence.fence().description()).isEqualTo("told");
    }
    assertThat(said).containsExactly("the replica is 1 bytes behind, for 3 s now");
    assertThat(meanwhile).hasSize(181);
    assertThat(List.of(source.kept, source.closed)).containsExactly(1, 1);
  }

  @Test
  void aFenceThatWritesSaysHowOftenAndWhereItKeepsItsKey() {
    ScriptedClock clock = new ScriptedClock();
    ScriptedServer source = new ScriptedServer(Side.SOURCE);
    ScriptedServer replica =
        new ScriptedServer(Side.REPLICA)
            .saying("role:slave")
            .answering(asked -> new io.syncanalyzer.redis.Reply.Nil());
    CountedFence fence =
        new CountedFence(
            new SentinelFence(source, replica, "sa:it:fence:1", "told", clock),
            3,
            clock,
            said -> {});
    assertThatThrownBy(() -> fence.pass(Duration.ofMillis(1))).isInstanceOf(FenceFailure.class);
    assertThat(fence.writes()).isEqualTo(1);
    assertThat(List.of(fence.keysIn(3), fence.keysIn(2))).containsExactly(1, 0);
    assertThat(fence.use().words()).isEqualTo("told; passed 0 times, at most 0.0 ms each");
    assertThat(new CountedFence(new NoFence(), 3, clock, said -> {}).use().words())
        .isEqualTo("none: both stores are taken to be at rest");
  }

  private static ServerInfo info(String words) {
    String[] names = {"role", "master_replid", "master_repl_offset", "master_link_status"};
    String[] word = words.split(" ", -1);
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      if (!word[i].equals("-")) {
        fields.add(names[i] + ":" + word[i]);
        if (i == 2) {
          fields.add("slave_repl_offset:" + word[i]);
        }
      }
    }
    return ServerInfo.parse(String.join("\n", fields));
  }
}
