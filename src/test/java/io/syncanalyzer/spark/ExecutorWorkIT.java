package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an executor does with a task, on real servers and without Spark. */
@Timeout(60)
class ExecutorWorkIT {
  @TempDir private Path folder;

  private EmbeddedPair pair;
  private int places;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void start() {
    pair = EmbeddedPair.start(TestServers.onPath());
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  /** On an executor of its own, with an empty folder. */
  private ExecutorWork executor() throws IOException {
    Path own = Files.createDirectory(folder.resolve("executor-" + ++places));
    return new ExecutorWork(
        new ExecutorPlace(places + "@host", own, environment), NanoClock.SYSTEM);
  }

  private VerifyRequest request() {
    return VerifyRequest.of(pair.source(), pair.replica(), "it", folder).keeping();
  }

  private PartitionTask task(VerifyRequest request) {
    return new PartitionTask(TaskFormat.in(folder).write(request), null);
  }

  private static List<Chunk> all(Iterator<Chunk> chunks) {
    List<Chunk> all = new ArrayList<>();
    chunks.forEachRemaining(all::add);
    return all;
  }

  private TaskHead head(List<Chunk> chunks) {
    return Objects.requireNonNull(
        TaskFormat.in(folder)
            .read(new String(chunks.get(0).bytes(), StandardCharsets.UTF_8), TaskHead.class));
  }

  private VerifySummary summary(List<Chunk> chunks) {
    return head(chunks).outcome().summary("test");
  }

  private void onSource(String command, String... arguments) {
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      source.expect(command, arguments);
      source.expect("WAIT", "1", "5000");
    }
  }

  private void onReplica(String command, String... arguments) {
    try (RedisConnection replica = RedisConnection.open(pair.replica())) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      replica.expect(command, arguments);
    }
  }

  @Test
  void theMismatchesFollowTheHeadAndThenWhatCanBeGoneOnWith() throws IOException {
    onSource("MSET", "a", "1", "b", "2", "c", "3");
    onReplica("SET", "b", "other");
    List<Chunk> chunks = all(executor().compare(task(request())));
    TaskHead head = head(chunks);
    assertThat(head.executor()).isEqualTo("1@host");
    assertThat(head.nanos()).isPositive();
    assertThat(head.mismatchChunks()).isEqualTo(1);
    assertThat(summary(chunks).keys()).isEqualTo(3);
    assertThat(new String(chunks.get(1).bytes(), StandardCharsets.UTF_8))
        .contains("\"b\"")
        .contains("VALUE_DIFFERS");
    assertThat(chunks).hasSizeGreaterThan(2).allMatch(one -> one.attempt().equals(head.attempt()));
  }

  @Test
  void anotherExecutorGoesOnAndFindsTheKeysThatCame() throws IOException {
    onSource("MSET", "a", "1", "b", "2", "c", "3");
    onReplica("SET", "b", "other");
    List<Chunk> first = all(executor().compare(task(request())));
    onSource("MSET", "d", "4", "e", "5");
    onReplica("DEL", "e");
    List<Chunk> later = all(executor().goOn(task(request().resumed()), first.iterator()));
    assertThat(head(later).executor()).isEqualTo("2@host");
    assertThat(head(later).attempt()).isNotEqualTo(head(first).attempt());
    assertThat(summary(later).keys()).isEqualTo(5);
    assertThat(summary(later).mismatched()).isEqualTo(2);
    assertThat(new String(later.get(1).bytes(), StandardCharsets.UTF_8))
        .contains("VALUE_DIFFERS")
        .contains("MISSING");
  }

  @Test
  void whatFailedFirstIsNotGoneOnWith() throws IOException {
    Endpoint gone = pair.source().at("127.0.0.1", 1);
    List<Chunk> first =
        all(executor().compare(task(request().elsewhere(gone, pair.replica(), folder))));
    assertThat(head(first).outcome()).isInstanceOf(TaskOutcome.Unusable.class);
    List<Chunk> later = all(executor().goOn(task(request().resumed()), first.iterator()));
    assertThat(later).containsExactly(first.get(0));
  }

  @Test
  void aPasswordComesFromTheExecutorsOwnEnvironment() throws IOException {
    onSource("SET", "a", "1");
    onReplica("CONFIG", "SET", "requirepass", "hunter2");
    VerifyRequest request =
        request()
            .elsewhere(
                pair.source(),
                pair.replica()
                    .withCredentials(Optional.empty(), Optional.of(new Secret("hunter2"))),
                folder);
    assertThat(message(all(executor().compare(task(request)))))
        .startsWith("ANALYZER_REPLICA_PASSWORD is not set there");
    environment = Map.of("ANALYZER_REPLICA_PASSWORD", "hunter2");
    assertThat(summary(all(executor().compare(task(request)))).keys()).isEqualTo(1);
  }

  private @Nullable String message(List<Chunk> chunks) {
    return head(chunks).outcome() instanceof TaskOutcome.Failed failed ? failed.message() : null;
  }
}
