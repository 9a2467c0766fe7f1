package io.syncanalyzer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetFenceTest {
  private static final String ID = "master_replid:aaaa";
  private static final String UP = "master_link_status:up";

  private final ScriptedClock clock = new ScriptedClock();
  private final ScriptedServer source = new ScriptedServer(Side.SOURCE);
  private final ScriptedServer replica = new ScriptedServer(Side.REPLICA);
  private final OffsetFence fence = new OffsetFence(source, replica, "offset: told", clock);
  private final List<String> waited = new ArrayList<>();

  @AfterEach
  void nothingIsLeftInterrupted() {
    assertThat(Thread.interrupted()).isFalse();
  }

  /**
   * One row a case: what the source says (id, offset), what the replica says at each look (id,
   * offset, link), then what comes of it: the proof and after how many microseconds, or the kind of
   * failure.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "the same offset           | a 100 | a 100 up                  | offset 100 >= 100 | 0",
        "further on                | a 100 | a 101 up                  | offset 101 >= 100 | 0",
        "at offset nothing         | a 0   | a 0 up                    | offset 0 >= 0     | 0",
        "one byte behind, then not | a 100 | a 99 up; a 100 up         | offset 100 >= 100 | 50",
        "behind twice              | a 100 | a 1 up; a 2 up; a 103 up  | offset 103 >= 100 | 150",
        "link down but all there   | a 100 | a 100 down                | offset 100 >= 100 | 0",
        "another id                | a 100 | b 100 up                  | REPLACED          |",
        "another id, further on    | a 100 | b 9999 up                 | REPLACED          |",
        "another id meanwhile      | a 100 | a 50 up; b 100 up         | REPLACED          |",
        "no id                     | a 100 | - 100 up                  | REPLACED          |",
        "no offset                 | a 100 | a - up                    | REPLACED          |",
        "no offset any more        | a 100 | a 50 up; a - up           | REPLACED          |",
        "the source hides its id   | - 100 | a 100 up                  | REPLACED          |",
        "the source has no offset  | a -   | a 100 up                  | REPLACED          |",
        "never, link up            | a 100 | a 99 up                   | BEHIND            |",
        "never, link down          | a 100 | a 99 down                 | NOT_FOLLOWING     |",
        "never, link not shown     | a 100 | a 99 -                    | NOT_FOLLOWING     |",
        "restarted at nothing      | a 100 | a 60 up; c 0 up           | REPLACED          |",
      })
  void itIsPassedWhereTheReplicaOfTheSameHistoryHasAsMuch(
      String what, String wanted, String looks, String becomes, String micros) {
    source.saying(says(wanted + " -"));
    for (String look : looks.split("; ", -1)) {
      replica.saying(says(look));
    }
    if (micros == null) {
      FenceFailure failure =
          catchThrowableOfType(FenceFailure.class, () -> fence.pass(Duration.ofMillis(1)));
      assertThat(failure.kind()).hasToString(becomes);
    } else {
      FencePassage passage = fence.pass(Duration.ofSeconds(1));
      assertThat(passage).isEqualTo(new FencePassage(becomes, 1000 * Long.parseLong(micros)));
    }
  }

  /** As above, of a source that is itself a replica: what it says at each look. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "as far                   | 100; 100      | 100 | offset 100 >= 100",
        "further on               | 100; 130      | 120 | offset 120 >= 100",
        "behind, then as far      | 100; 110; 120 | 120 | offset 120 >= 100",
        "behind for good          | 100; 110      | 120 | BEHIND",
        "of another history       | 100; b        | 120 | REPLACED",
      })
  void aSourceThatIsItselfAReplicaIsWaitedForTillItHasWhatTheReplicaHad(
      String what, String looks, String there, String becomes) {
    for (String look : looks.split("; ", -1)) {
      boolean parted = look.equals("b");
      source.saying(
          "role:slave",
          parted ? "master_replid:bbbb" : ID,
          UP,
          "slave_repl_offset:" + (parted ? "120" : look));
    }
    replica.saying("role:slave", ID, UP, "slave_repl_offset:" + there);
    if (becomes.startsWith("offset")) {
      assertThat(fence.pass(Duration.ofSeconds(1)).proof()).isEqualTo(becomes);
    } else {
      FenceFailure failure =
          catchThrowableOfType(FenceFailure.class, () -> fence.pass(Duration.ofMillis(1)));
      assertThat(failure.kind()).hasToString(becomes);
      assertThat(failure.getMessage()).contains("the source");
    }
  }

  @Test
  void itLooksAgainAfterPausesThatGrowAndALastTimeAtTheLimit() {
    source.saying(ID, "master_repl_offset:100");
    replica.saying("role:slave", ID, "slave_repl_offset:93", UP);
    FenceFailure failure =
        catchThrowableOfType(
            FenceFailure.class, () -> fence.pass(Duration.ofMillis(60), waited::add));
    assertThat(clock.parked())
        .containsExactly(
            50_000L,
            100_000L,
            200_000L,
            400_000L,
            800_000L,
            1_600_000L,
            3_200_000L,
            6_400_000L,
            12_800_000L,
            20_000_000L,
            14_450_000L);
    assertThat(waited).hasSize(12).containsOnly("is 7 bytes behind");
    assertThat(failure)
        .hasMessage(
            "the replica is 7 bytes behind after 60 ms, its link is up; give it longer, or write"
                + " less");
  }

  @Test
  void whereItsLinkIsNotUpThatIsSaid() {
    source.saying(ID, "master_repl_offset:100");
    replica.saying("role:slave", ID, "slave_repl_offset:93");
    assertThat(
            catchThrowableOfType(FenceFailure.class, () -> fence.pass(Duration.ofMillis(1)))
                .getMessage())
        .isEqualTo(
            "the replica is 7 bytes behind after 1 ms, its link is not shown; check its replication"
                + " link");
  }

  @Test
  void ofAReplicaOfAnotherHistoryItIsSaidWhomItFollows() {
    source.saying(ID, "master_repl_offset:100");
    replica.saying(
        "role:slave", "master_host:10.0.0.9", "master_port:6380", UP, "master_replid:bbbb");
    assertThat(
            catchThrowableOfType(FenceFailure.class, () -> fence.pass(Duration.ofMillis(1)))
                .getMessage())
        .isEqualTo(
            "the replica is no longer in the source's replication history (it says that it follows"
                + " 10.0.0.9:6380, its link up), so its offset proves nothing; run again, or use"
                + " --fence sentinel");
  }

  @Test
  void anInterruptEndsTheWaitAndItsFlagStays() {
    source.saying(ID, "master_repl_offset:100");
    replica.saying("role:slave", ID, "slave_repl_offset:93", UP);
    Thread.currentThread().interrupt();
    FenceFailure failure =
        catchThrowableOfType(FenceFailure.class, () -> fence.pass(Duration.ofMillis(1)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(FenceFailure.Kind.INTERRUPTED);
    assertThat(clock.parked()).isEmpty();
  }

  @Test
  void aServerThatIsLostIsNoFenceThatFailed() {
    source.saying(ID, "master_repl_offset:100");
    replica.saying("role:slave", ID, "slave_repl_offset:93", UP).lost();
    assertThat(
            catchThrowableOfType(RedisFailure.class, () -> fence.pass(Duration.ofMillis(1))).kind())
        .isEqualTo(RedisFailure.Kind.DISCONNECTED);
  }

  @Test
  void pausedItAsksForTheOffsetOnceWritesHaveStopped() {
    source.saying(ID, "master_repl_offset:100");
    replica.saying("role:slave", ID, "slave_repl_offset:100", UP);
    assertThat(fence.passPaused(Duration.ofMillis(250)).proof()).isEqualTo("offset 100 >= 100");
    fence.unpause();
    assertThat(source.asked).containsExactly("CLIENT PAUSE 250 WRITE", "CLIENT UNPAUSE");
  }

  @Test
  void aPauseOfLessThanAMillisecondIsOne() {
    source.saying(ID, "master_repl_offset:100");
    replica.saying("role:slave", ID, "slave_repl_offset:100", UP);
    fence.passPaused(Duration.ofNanos(1));
    assertThat(source.asked).containsExactly("CLIENT PAUSE 1 WRITE");
  }

  @Test
  void whereWritesMayNotBePausedThatIsSaid() {
    source.answering(command -> new Reply.Failed("NOPERM no"));
    FenceFailure failure =
        catchThrowableOfType(FenceFailure.class, () -> fence.passPaused(Duration.ofMillis(1)));
    assertThat(failure.kind()).isEqualTo(FenceFailure.Kind.REFUSED);
    assertThat(failure)
        .hasMessage(
            "the source does not let us pause writes (NOPERM no); allow CLIENT PAUSE, or leave out"
                + " --pause-writes");
  }

  @Test
  void aPauseIsEndedOverAnotherConnectionWhereTheFirstIsLost() {
    source.answering(
        command -> {
          throw source.loss();
        });
    fence.unpause();
    assertThat(source.asked).containsExactly("CLIENT UNPAUSE", "connects again", "CLIENT UNPAUSE");
    source.gone();
    fence.unpause();
    assertThat(source.asked).endsWith("CLIENT UNPAUSE").hasSize(4);
  }

  @Test
  void bothConnectionsAreKeptAndClosed() {
    fence.keepAwake();
    fence.close();
    assertThat(List.of(source.kept, replica.kept, source.closed, replica.closed))
        .containsExactly(1, 1, 1, 1);
    assertThat(fence.description()).isEqualTo("offset: told");
    assertThat(fence.proves()).isTrue();
  }

  @Test
  void noFenceIsPassedAtOnceAndProvesNothing() {
    NoFence none = new NoFence();
    FencePassage passage = new FencePassage("no fence, taken to be at rest", 0);
    assertThat(none.pass(Duration.ZERO, waited::add)).isEqualTo(passage);
    assertThat(none.passPaused(Duration.ZERO)).isEqualTo(passage);
    assertThat(none.proves()).isFalse();
    none.keepAwake();
    none.unpause();
    none.close();
    assertThat(waited).isEmpty();
  }

  private static String[] says(String words) {
    String[] word = words.strip().split(" ", -1);
    List<String> fields = new ArrayList<>();
    if (!word[0].equals("-")) {
      fields.add("master_replid:" + word[0]);
    }
    if (!word[1].equals("-")) {
      fields.add("master_repl_offset:" + word[1]);
      fields.add("slave_repl_offset:" + word[1]);
    }
    if (!word[2].equals("-")) {
      fields.add("master_link_status:" + word[2]);
    }
    return fields.toArray(new String[0]);
  }
}
