package io.syncanalyzer.insert.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonPrimitive;
import io.syncanalyzer.insert.fork.ControlMessage.Kind;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ControlChannelTest {
  @Test
  void messagesPassBothWaysInOrderWhileEitherSideReads() throws Exception {
    try (Pair pair = Pair.open()) {
      CompletableFuture<ControlMessage> reading =
          CompletableFuture.supplyAsync(() -> pair.parent.receive());
      pair.parent.send(Kind.GO);
      pair.parent.send(Kind.FINISH);
      assertThat(received(pair.fork).kind()).isEqualTo(Kind.GO);
      assertThat(received(pair.fork).kind()).isEqualTo(Kind.FINISH);
      pair.fork.send(Kind.FAILED, new JsonPrimitive("line one\nline \"two\" – ß"));
      assertThat(reading.get(5, TimeUnit.SECONDS).requireBody().getAsString())
          .isEqualTo("line one\nline \"two\" – ß");
    }
  }

  @Test
  void aMessageMayBeFarLargerThanABuffer() throws Exception {
    String large = "x".repeat(3_000_000);
    try (Pair pair = Pair.open()) {
      pair.fork.send(Kind.RESULT, new JsonPrimitive(large));
      assertThat(received(pair.parent).requireBody().getAsString()).isEqualTo(large);
    }
  }

  @Test
  void closingSendsWhatIsQueuedAndTheOtherEndSeesTheEnd() throws Exception {
    try (Pair pair = Pair.open()) {
      pair.fork.send(Kind.DONE);
      pair.fork.close();
      assertThat(received(pair.parent).kind()).isEqualTo(Kind.DONE);
      assertThat(pair.parent.receive()).isNull();
    }
  }

  @Test
  void anInterruptedThreadCanStillSend() throws Exception {
    try (Pair pair = Pair.open()) {
      Thread.currentThread().interrupt();
      pair.parent.send(Kind.STOP);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(received(pair.fork).kind()).isEqualTo(Kind.STOP);
    }
  }

  @Test
  void onlyThisUserMayEnterTheSocketsFolderAndItIsGoneOnceTheForkIsIn() throws Exception {
    ControlServer server = ControlServer.open();
    Path folder = Objects.requireNonNull(server.path().getParent());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(server.path().toString().length()).isLessThan(100);
    try (ControlChannel fork = ControlChannel.connect(server.path());
        ControlChannel parent = server.accept()) {
      assertThat(folder).doesNotExist();
      fork.send(Kind.READY);
      assertThat(received(parent).kind()).isEqualTo(Kind.READY);
    }
  }

  @Test
  void aTemporaryFolderWithALongNameDoesNotHinder() {
    String before = System.getProperty("java.io.tmpdir");
    Path longFolder = Path.of(before).resolve("d".repeat(100));
    try {
      assertThat(longFolder.toFile().mkdirs()).isTrue();
      System.setProperty("java.io.tmpdir", longFolder.toString());
      try (ControlServer server = ControlServer.open()) {
        assertThat(server.path().toString().length()).isLessThan(100);
      }
      assertThat(longFolder).isEmptyDirectory();
    } finally {
      System.setProperty("java.io.tmpdir", before);
      assertThat(longFolder.toFile().delete()).isTrue();
    }
  }

  @Test
  void nobodyThereIsAnError() {
    assertThatThrownBy(() -> ControlChannel.connect(Path.of("/tmp/no-such-analyzer-socket")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void settingsComeThroughWholeWithTheirSecrets() {
    Endpoint source = Endpoint.parse(Side.SOURCE, "rediss://me:pass@h:1/3");
    Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://[::1]:2");
    LagSettings settings =
        LagSettings.of(source, List.of(replica), "run")
            .withHlog(Optional.of(Path.of("a/lag.hlog")))
            .withSchedule(12.5, Duration.ofMillis(1), Optional.empty());
    String line = ControlJson.line(new ControlMessage(Kind.SETTINGS, ControlJson.tree(settings)));
    assertThat(line).doesNotContain("\n");
    LagSettings read = ControlJson.read(ControlJson.message(line).requireBody(), LagSettings.class);
    assertThat(read).isEqualTo(settings);
    assertThat(read.source().password().orElseThrow().reveal()).isEqualTo("pass");
    assertThatThrownBy(() -> new ControlMessage(Kind.RESULT, null).requireBody())
        .hasMessageContaining("RESULT");
  }

  private static ControlMessage received(ControlChannel channel) {
    return Objects.requireNonNull(channel.receive());
  }

  private record Pair(ControlChannel parent, ControlChannel fork) implements AutoCloseable {
    static Pair open() throws IOException {
      try (ControlServer server = ControlServer.open()) {
        ControlChannel fork = ControlChannel.connect(server.path());
        return new Pair(server.accept(), fork);
      }
    }

    @Override
    public void close() {
      parent.close();
      fork.close();
    }
  }
}
