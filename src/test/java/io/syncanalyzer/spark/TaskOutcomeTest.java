package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.server.SlotsMoved;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure on an executor is the same failure on the driver. */
class TaskOutcomeTest {
  private static final Endpoint NODE = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:7001");

  @TempDir private Path folder;

  private TaskOutcome sent(Throwable thrown) {
    TaskHead head = new TaskHead("a", "1@host", 5, TaskOutcome.of(thrown), 0);
    String text = TaskFormat.in(folder).write(head);
    TaskHead read = TaskFormat.in(folder).read(text, TaskHead.class);
    assertThat(read).isEqualTo(head);
    return Objects.requireNonNull(read).outcome();
  }

  @Test
  void slotsThatMovedAreSlotsThatMoved() {
    SlotSet slots = SlotSet.of(new SlotRange(7, 9));
    SlotsMoved moved =
        catchThrowableOfType(
            SlotsMoved.class, () -> sent(new SlotsMoved(NODE, slots)).summary("1@host"));
    assertThat(moved.slots()).hasToString("7-9");
    assertThat(moved.node()).isEqualTo(NODE);
  }

  @Test
  void aServerThatWasLostIsTheSameServerLostForAsLong() {
    RedisFailure failure =
        catchThrowableOfType(
            RedisFailure.class,
            () ->
                sent(new RedisFailure(RedisFailure.Kind.TIMEOUT, NODE, "it is silent", null)
                        .silentFor(12))
                    .summary("1@host"));
    assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.TIMEOUT);
    assertThat(failure.endpoint()).isEqualTo(NODE);
    assertThat(failure.silentNanos()).isEqualTo(12);
    assertThat(failure).hasMessage("it is silent");
  }

  @Test
  void aFailureOfTheVerificationKeepsItsKindAndSaysWhere() {
    VerifyFailure failure =
        catchThrowableOfType(
            VerifyFailure.class,
            () ->
                sent(new VerifyFailure(VerifyFailure.Kind.FENCE, "no fence", null))
                    .summary("1@host"));
    assertThat(failure.kind()).isEqualTo(VerifyFailure.Kind.FENCE);
    assertThat(failure).hasMessage("executor 1@host: no fence");
  }

  @Test
  void whatNobodyExpectedIsAFailureOfTheExecutor() {
    assertThatThrownBy(() -> sent(new IllegalStateException("odd")).summary("3@far"))
        .isInstanceOfSatisfying(
            VerifyFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(VerifyFailure.Kind.EXECUTOR))
        .hasMessageContaining("executor 3@far")
        .hasMessageContaining("odd");
  }

  @Test
  void memoryThatRanOutIsToldAsThatWithWhatToDo() {
    assertThatThrownBy(() -> sent(new OutOfMemoryError("Java heap space")).summary("3@far"))
        .isInstanceOfSatisfying(
            VerifyFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(VerifyFailure.Kind.MEMORY))
        .hasMessageContaining("spark.executor.memory");
  }
}
