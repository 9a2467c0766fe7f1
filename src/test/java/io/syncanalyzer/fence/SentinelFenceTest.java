package io.syncanalyzer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentinelFenceTest {
  private static final String KEY = "sa:it:fence:1";

  private final ScriptedClock clock = new ScriptedClock();
  private final ScriptedServer source = new ScriptedServer(Side.SOURCE).answering(this::written);
  private final ScriptedServer replica = new ScriptedServer(Side.REPLICA).answering(this::shown);
  private final SentinelFence fence = new SentinelFence(source, replica, KEY, "told", clock);
  private final Deque<String> looks = new ArrayDeque<>();
  private final List<String> waited = new ArrayList<>();
  private String refusal = "";
  private String value = "";

  private Reply written(List<String> command) {
    if (!refusal.isEmpty()) {
      return new Reply.Failed(refusal);
    }
    value = command.get(0).equals("SET") ? command.get(2) : value;
    return text("OK");
  }

  /** What the replica shows at a look; the last goes on. */
  private Reply shown(List<String> command) {
    if (command.get(0).equals("INFO")) {
      return text("");
    }
    assertThat(command).containsExactly("GET", KEY);
    String look = looks.size() > 1 ? looks.remove() : looks.element();
    return switch (look) {
      case "it" -> text(value);
      case "none" -> new Reply.Nil();
      case "an earlier one" -> text("00000000-0000-0000-0000-000000000000");
      case "a part of it" -> text(value.substring(1));
      case "a number" -> new Reply.Int(1);
      default -> new Reply.Failed(look);
    };
  }

  /** What the replica shows at each look, then: passed after how many microseconds, or failed. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "it                                  | 0",
        "none; it                            | 50",
        "an earlier one; it                  | 50",
        "a part of it; it                    | 50",
        "a number; it                        | 50",
        "none; an earlier one; none; it      | 350",
        "LOADING it; it                      | 50",
        "MASTERDOWN it; it                   | 50",
        "BUSY it; it                         | 50",
        "CLUSTERDOWN it; it                  | 50",
        "none                                | NOT_FOLLOWING",
        "an earlier one                      | NOT_FOLLOWING",
        "LOADING it                          | NOT_FOLLOWING",
        "NOPERM no                           | REFUSED",
        "none; NOPERM no                     | REFUSED",
        "WRONGTYPE of another                | REFUSED",
      })
  void itIsPassedWhenTheReplicaShowsThatVeryValue(String seen, String becomes) {
    looks.addAll(List.of(seen.split("; ", -1)));
    replica.saying("role:slave");
    if (becomes.matches("\\d+")) {
      assertThat(fence.pass(Duration.ofMillis(1)))
          .isEqualTo(new FencePassage("sentinel " + value, 1000 * Long.parseLong(becomes)));
    } else {
      assertThat(failure(Duration.ofMillis(1)).kind()).hasToString(becomes);
    }
    assertThat(source.asked).containsExactly("SET " + KEY + " " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOVED 5 10.0.0.9:6380", "ASK 5 10.0.0.9:6380", "TRYAGAIN not now"})
  void aSlotThatIsElsewhereByNowIsToldAsThat(String answer) {
    looks.add(answer);
    assertThat(catchThrowableOfType(RedisFailure.class, () -> fence.pass(Duration.ofMillis(1))))
        .extracting(RedisFailure::kind)
        .isEqualTo(RedisFailure.Kind.SLOT_MOVED);
    refusal = answer;
    assertThat(catchThrowableOfType(RedisFailure.class, () -> fence.pass(Duration.ofMillis(1))))
        .extracting(RedisFailure::kind)
        .isEqualTo(RedisFailure.Kind.SLOT_MOVED);
  }

  @Test
  void noTwoPassagesWriteTheSame() {
    looks.add("it");
    fence.pass(Duration.ofMillis(1));
    fence.pass(Duration.ofMillis(1));
    assertThat(source.asked).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void itLooksAgainUntilTheTimeoutAndThenALastTime() {
    looks.addAll(List.of("none", "none", "none", "none", "none", "it"));
    FencePassage passage = fence.pass(Duration.ofNanos(1_550_000), waited::add);
    assertThat(passage.nanos()).isEqualTo(1_550_000);
    assertThat(clock.parked()).containsExactly(50_000L, 100_000L, 200_000L, 400_000L, 800_000L);
    assertThat(waited).hasSize(5).containsOnly("does not show the fence's key yet");
  }

  @Test
  void aReplicaThatNeverShowedOneFollowsNothing() {
    looks.add("none");
    replica.saying(
        "role:slave", "master_host:10.0.0.9", "master_port:6380", "master_link_status:up");
    assertThat(failure(Duration.ofMillis(7)))
        .hasMessage(
            "the replica follows nothing that we write to the source: sa:it:fence:1 did not arrive"
                + " within 7 ms (it says that it follows 10.0.0.9:6380, its link up); check the"
                + " replication, or use --fence none for two stores at rest");
  }

  @Test
  void whereItHidesWhomItFollowsNothingIsSaidOfThat() {
    looks.add("none");
    replica.lost();
    assertThat(failure(Duration.ofMillis(7)).getMessage())
        .contains("did not arrive within 7 ms; check the replication");
  }

  @Test
  void oneThatShowedOneBeforeIsBehind() {
    looks.addAll(List.of("it", "none"));
    fence.pass(Duration.ofMillis(1));
    FenceFailure failure = failure(Duration.ofMillis(7));
    assertThat(failure.kind()).isEqualTo(FenceFailure.Kind.BEHIND);
    assertThat(failure)
        .hasMessage(
            "the replica did not show the fence's key within 7 ms, though it did before: it is"
                + " behind or its link is down");
  }

  @Test
  void aSourceThatBecameAReplicaIsSaidToBeReplaced() {
    refusal = "READONLY You can't write against a read only replica.";
    FenceFailure failure = failure(Duration.ofMillis(1));
    assertThat(failure.kind()).isEqualTo(FenceFailure.Kind.REPLACED);
    assertThat(failure.getMessage())
        .startsWith("the source redis://127.0.0.1:7001 is a read-only replica now");
  }

  @Test
  void aWriteThatIsNotAllowedIsSaidToBe() {
    refusal = "NOPERM no";
    FenceFailure failure = failure(Duration.ofMillis(1));
    assertThat(failure.kind()).isEqualTo(FenceFailure.Kind.REFUSED);
    assertThat(failure)
        .hasMessage(
            "the fence cannot write sa:it:fence:1 to the source redis://127.0.0.1:7001 (NOPERM no);"
                + " allow it, or use --fence offset, or --fence none for stores at rest");
  }

  @Test
  void aSourceThatIsBusyForTheMomentMayBeWaitedFor() {
    refusal = "BUSY running a script";
    assertThat(
            catchThrowableOfType(RedisFailure.class, () -> fence.pass(Duration.ofMillis(1)))
                .getMessage())
        .isEqualTo("SET: BUSY running a script");
  }

  @Test
  void whatMayNotBeReadIsSaid() {
    looks.add("NOPERM no");
    assertThat(failure(Duration.ofMillis(1)))
        .hasMessage(
            "the fence cannot read sa:it:fence:1 on the replica redis://127.0.0.1:7001 (NOPERM no);"
                + " allow it, or use --fence offset");
  }

  @Test
  void anInterruptEndsTheWaitAndItsFlagStays() {
    looks.add("none");
    Thread.currentThread().interrupt();
    FenceFailure failure = failure(Duration.ofMillis(1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(FenceFailure.Kind.INTERRUPTED);
  }

  @Test
  void pausedTheValueAndThePauseGoInOneTransaction() {
    looks.addAll(List.of("none", "it"));
    FencePassage passage = fence.passPaused(Duration.ofMillis(250));
    assertThat(passage).isEqualTo(new FencePassage("sentinel " + value, 50_000));
    assertThat(source.asked)
        .containsExactly("MULTI", "SET " + KEY + " " + value, "CLIENT PAUSE 250 WRITE", "EXEC");
  }

  @Test
  void whereWritesMayNotBePausedThatIsSaid() {
    refusal = "EXECABORT";
    FenceFailure failure =
        catchThrowableOfType(FenceFailure.class, () -> fence.passPaused(Duration.ZERO));
    assertThat(failure.kind()).isEqualTo(FenceFailure.Kind.REFUSED);
    assertThat(source.asked).contains("CLIENT PAUSE 1 WRITE");
  }

  @Test
  void closingDeletesTheKeyOverAnotherConnection() {
    looks.add("it");
    fence.pass(Duration.ofMillis(1));
    fence.close();
    fence.close();
    assertThat(source.asked.subList(1, source.asked.size()))
        .containsExactly("connects again", "DEL " + KEY);
    assertThat(List.of(source.closed, replica.closed)).containsExactly(2, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOVED 5 10.0.0.9:6380", "READONLY a replica"})
  void aKeyThatAnotherServesByNowIsDeletedThere(String answer) {
    looks.add("it");
    fence.pass(Duration.ofMillis(1));
    source.answeringLater(command -> new Reply.Failed(answer));
    fence.close();
    fence.close();
    assertThat(source.asked.subList(1, source.asked.size()))
        .containsExactly("connects again", "DEL " + KEY, "asks who owns " + KEY, "DEL " + KEY);
  }

  @Test
  void aPauseThatIsStillOnIsEndedFirstAsItWouldHoldTheDeletion() {
    looks.add("it");
    fence.passPaused(Duration.ofMillis(250));
    fence.close();
    assertThat(source.asked.subList(4, source.asked.size()))
        .containsExactly("connects again", "CLIENT UNPAUSE", "DEL " + KEY);
  }

  @Test
  void aPauseThatWasEndedIsNotEndedAgain() {
    looks.add("it");
    fence.passPaused(Duration.ofMillis(250));
    fence.unpause();
    fence.close();
    assertThat(source.asked.subList(4, source.asked.size()))
        .containsExactly("CLIENT UNPAUSE", "connects again", "DEL " + KEY);
  }

  @Test
  void oneThatWroteNothingDeletesNothing() {
    fence.keepAwake();
    fence.close();
    assertThat(source.asked).isEmpty();
    assertThat(List.of(source.kept, replica.kept, source.closed, replica.closed))
        .containsExactly(1, 1, 1, 1);
    assertThat(fence.description()).isEqualTo("told");
  }

  @Test
  void aServerThatIsGoneKeepsTheKeyForClean() {
    looks.add("it");
    fence.pass(Duration.ofMillis(1));
    source.gone();
    fence.close();
    assertThat(source.asked).hasSize(1);
  }

  private FenceFailure failure(Duration timeout) {
    return catchThrowableOfType(FenceFailure.class, () -> fence.pass(timeout));
  }

  private static Reply text(String text) {
    return new Reply.Text(Bytes.utf8(text));
  }
}
