package io.syncanalyzer.insert.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.insert.fork.ControlMessage.Done;
import io.syncanalyzer.insert.fork.ControlMessage.Down;
import io.syncanalyzer.insert.fork.ControlMessage.Failed;
import io.syncanalyzer.insert.fork.ControlMessage.Finish;
import io.syncanalyzer.insert.fork.ControlMessage.Go;
import io.syncanalyzer.insert.fork.ControlMessage.Progress;
import io.syncanalyzer.insert.fork.ControlMessage.Ready;
import io.syncanalyzer.insert.fork.ControlMessage.Result;
import io.syncanalyzer.insert.fork.ControlMessage.Settings;
import io.syncanalyzer.insert.fork.ControlMessage.Stop;
import io.syncanalyzer.insert.fork.ControlMessage.Up;
import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFailure;
import io.syncanalyzer.probe.LagPair;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.Watching;
import io.syncanalyzer.probe.Writing;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.time.NanoClock;
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
      CompletableFuture<Up> reading = CompletableFuture.supplyAsync(() -> pair.parent.receive());
      pair.parent.send(new Go());
      pair.parent.send(new Finish());
      assertThat(received(pair.fork)).isEqualTo(new Go());
      assertThat(received(pair.fork)).isEqualTo(new Finish());
      Failed failed = new Failed("line one\nline \"two\" – ß");
      pair.fork.send(failed);
      assertThat(reading.get(5, TimeUnit.SECONDS)).isEqualTo(failed);
    }
  }

  @Test
  void aMessageMayBeFarLargerThanABuffer() throws Exception {
    String large = "x".repeat(3_000_000);
    try (Pair pair = Pair.open()) {
      Result result = new Result(new WorkJson(Json.of(large).text()));
      pair.fork.send(result);
      assertThat(received(pair.parent)).isEqualTo(result);
    }
  }

  @Test
  void closingSendsWhatIsQueuedAndTheOtherEndSeesTheEnd() throws Exception {
    try (Pair pair = Pair.open()) {
      pair.fork.send(new Done());
      pair.fork.close();
      assertThat(received(pair.parent)).isEqualTo(new Done());
      assertThat(pair.parent.receive()).isNull();
    }
  }

  @Test
  void anInterruptedThreadCanStillSend() throws Exception {
    try (Pair pair = Pair.open()) {
      Thread.currentThread().interrupt();
      pair.parent.send(new Stop());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(received(pair.fork)).isEqualTo(new Stop());
    }
  }

  @Test
  void onlyThisUserMayEnterTheSocketsFolderAndItIsGoneOnceTheForkIsIn() throws Exception {
    ControlServer server = ControlServer.open();
    Path folder = Objects.requireNonNull(server.path().getParent());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(server.path().toString().length()).isLessThan(100);
    try (ControlChannel<Down, Up> fork = ControlChannel.connect(server.path(), NanoClock.SYSTEM);
        ControlChannel<Up, Down> parent = server.accept(NanoClock.SYSTEM)) {
      assertThat(folder).doesNotExist();
      fork.send(new Ready());
      assertThat(received(parent)).isEqualTo(new Ready());
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
    assertThatThrownBy(
            () -> ControlChannel.connect(Path.of("/tmp/no-such-analyzer-socket"), NanoClock.SYSTEM))
        .isInstanceOf(IOException.class);
  }

  @Test
  void settingsComeThroughWholeWithTheirSecrets() {
    Endpoint source = Endpoint.parse(Side.SOURCE, "rediss://me:pass@h:1/3");
    Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://[::1]:2");
    LagSettings settings =
        new LagSettings(
            ProbePhase.LOAD,
            "run",
            List.of(new LagPair(source, List.of(replica), List.of(""), SlotSet.parse("0-5460,9"))),
            Writing.DEFAULT.withRate(12.5).lasting(Duration.ofMillis(1), Optional.empty()),
            Watching.DEFAULT.recoveredBelow(Optional.of(Duration.ofMillis(20))),
            new LagSettings.Keeping(Optional.of(Path.of("a/lag.hlog")), true, true));
    String line = ControlJson.line(new Settings(ControlJson.of(settings)));
    assertThat(line).doesNotContain("\n");
    Settings message = (Settings) ControlJson.message(line, Down.class);
    assertThat(message.toString()).doesNotContain("pass");
    LagSettings read = ControlJson.read(message.work(), LagSettings.class);
    assertThat(read).isEqualTo(settings);
    assertThat(read.source().password().orElseThrow().reveal()).isEqualTo("pass");
  }

  @Test
  void settingsThatAreCutShortAreRefusedWithoutTheirSecrets() {
    LagSettings settings =
        LagSettings.of(
            Endpoint.parse(Side.SOURCE, "redis://me:hush@h:1"),
            List.of(Endpoint.parse(Side.REPLICA, "redis://me:hush@h:2")),
            "run");
    String line = ControlJson.line(new Settings(ControlJson.of(settings)));
    for (int length = 0; length < line.length(); length++) {
      String cut = line.substring(0, length);
      assertThatThrownBy(() -> ControlJson.message(cut, Down.class))
          .isInstanceOf(JsonFailure.class)
          .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hush"));
    }
  }

  @Test
  void progressComesThroughWhole() {
    LagProgress progress =
        new LagProgress(
            "load", "h:2", -1, 5, 1, null, 3L, 4L, 5L, 0, 0, List.of("the replica is gone"));
    String line = ControlJson.line(new Progress(ControlJson.of(progress)));
    Progress message = (Progress) ControlJson.message(line, Up.class);
    assertThat(ControlJson.read(message.work(), LagProgress.class)).isEqualTo(progress);
  }

  private static <I extends ControlMessage> I received(ControlChannel<I, ?> channel) {
    return Objects.requireNonNull(channel.receive());
  }

  private record Pair(ControlChannel<Up, Down> parent, ControlChannel<Down, Up> fork)
      implements AutoCloseable {
    static Pair open() throws IOException {
      try (ControlServer server = ControlServer.open()) {
        ControlChannel<Down, Up> fork = ControlChannel.connect(server.path(), NanoClock.SYSTEM);
        return new Pair(server.accept(NanoClock.SYSTEM), fork);
      }
    }

    @Override
    public void close() {
      parent.close();
      fork.close();
    }
  }
}
