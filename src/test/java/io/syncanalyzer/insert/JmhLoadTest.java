package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.insert.fork.ControlJson;
import io.syncanalyzer.insert.load.JmhLoadProgress;
import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Data;
import io.syncanalyzer.insert.load.JmhLoadRequest.Writers;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.insert.load.LoadCommand;
import io.syncanalyzer.insert.load.LoadData;
import io.syncanalyzer.insert.load.LoadRecorder;
import io.syncanalyzer.insert.load.RespSize;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The JMH engine's load without a server: what it sends and how it counts. */
class JmhLoadTest {
  private static final Endpoint HOST = Endpoint.parse(Side.SOURCE, "redis://h:1");
  private static final JmhLoadRequest REQUEST =
      JmhLoadRequest.of(Topology.single(HOST), Path.of("."));

  @Test
  void everyKeyIsUnderTheLoadsPrefixAndWithinItsRange() {
    JmhLoadRequest request =
        REQUEST.with(Data.DEFAULT.withValueBytes(10).withKeyRange(7).withReadShare(0.5));
    LoadData data = new LoadData(LoadData.block(request), request, 0);
    Set<String> keys = new HashSet<>();
    Set<LoadCommand> commands = EnumSet.noneOf(LoadCommand.class);
    for (int i = 0; i < 5000; i++) {
      for (SentinelType type : SentinelType.values()) {
        LoadCommand command = data.command(type, request.readShare());
        commands.add(command);
        keys.add(new String(data.arguments(type, command)[0], StandardCharsets.US_ASCII));
      }
    }
    assertThat(commands)
        .isEqualTo(LoadCommand.of(request.types(), 0.5))
        .containsExactlyInAnyOrder(LoadCommand.values());
    assertThat(keys).hasSize(7 * 6).allMatch(key -> key.matches("sa:load:[a-z]+:[0-6]"));
  }

  @Test
  void theSameSeedGivesTheSameDataAndLanesDiffer() {
    byte[] block = LoadData.block(REQUEST);
    assertThat(block).isEqualTo(LoadData.block(REQUEST));
    byte[] first = value(new LoadData(block, REQUEST, 0));
    assertThat(first).hasSize(100).isEqualTo(value(new LoadData(block, REQUEST, 0)));
    assertThat(first).isNotEqualTo(value(new LoadData(block, REQUEST, 1)));
  }

  @Test
  void aLoadOfReadsAloneWritesNothing() {
    assertThat(LoadCommand.of(List.of(SentinelType.LIST), 1)).containsExactly(LoadCommand.LRANGE);
    assertThat(LoadCommand.of(List.of(SentinelType.LIST), 0))
        .containsExactlyInAnyOrder(LoadCommand.LPUSH, LoadCommand.LTRIM);
  }

  @Test
  void secondsAndRowsAddUpAndTheLastSecondIsPartial() {
    AtomicLong now = new AtomicLong(-5);
    LoadRecorder recorder =
        new LoadRecorder(now::get, 2, EnumSet.of(LoadCommand.SET, LoadCommand.GET));
    recorder.start();
    LoadRecorder.Lane lane = recorder.lane(0);
    for (int i = 0; i < 1000; i++) {
      lane.answered(LoadCommand.SET, 0, 0, TimeUnit.MILLISECONDS.toNanos(2), HOST);
    }
    lane.onTheWire(LoadCommand.SET, 1024 * 30);
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    JmhLoadProgress progress = recorder.endSecond();
    assertThat(progress.count()).isEqualTo(1000);
    assertThat(progress.last().opsPerS()).isCloseTo(1000.0, within(0.01));
    assertThat(progress.last().p99Nanos()).isCloseTo(2e6, within(2e3));

    recorder.lane(1).refused(LoadCommand.GET, "OOM", "OOM no more");
    recorder.lane(1).connectionError();
    recorder.lane(1).answered(LoadCommand.SET, 0, 0, TimeUnit.MILLISECONDS.toNanos(8), HOST);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    recorder.lane(1).repliedAt(now.get());
    JmhLoadSummary summary = recorder.finish();

    assertThat(summary.incomplete())
        .isEqualTo("the source refused 1 of 1002 commands of the load: OOM no more");
    assertThat(summary.elapsed()).isEqualTo(Duration.ofMillis(1500));
    assertThat(summary.rows()).extracting(LoadRow::command).containsExactly("SET", "GET", "Totals");
    assertThat(summary.totals().count()).isEqualTo(1001);
    assertThat(summary.totals().opsPerS()).isCloseTo(1001 / 1.5, within(0.01));
    assertThat(summary.totals().latency().maxNanos()).isCloseTo(8e6, within(1e4));
    assertThat(summary.totals().bytesPerS()).isCloseTo(20 * 1024.0, within(10.0));
    assertThat(summary.totals().errors().connections()).isEqualTo(1);
    assertThat(summary.rows().get(1).errors().replies()).isEqualTo(1);
    assertThat(summary.rows().get(1).latency().p50Nanos()).isNull();
    assertThat(summary.errorReplies()).containsEntry("OOM", 1L);
    assertThat(summary.timeline()).extracting(LoadSecond::partial).containsExactly(false, true);
    assertThat(summary.timeline().get(1).opsPerS()).isCloseTo(2.0, within(0.01));
  }

  @Test
  void aLoadThatWasRefusedAltogetherSaysSo() {
    LoadRecorder recorder = new LoadRecorder(() -> 0, 1, EnumSet.of(LoadCommand.SET));
    recorder.start();
    recorder.lane(0).refused(LoadCommand.SET, "READONLY", "READONLY You can't write");
    assertThat(recorder.finish().incomplete()).contains("READONLY You can't write");
  }

  @Test
  void sizesOnTheWireAreTheProtocols() {
    byte[][] arguments = {bytes("key"), bytes("0123456789")};
    String sent = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$10\r\n0123456789\r\n";
    assertThat(RespSize.of(Command.of("SET"), arguments)).isEqualTo(sent.length());
    assertThat(RespSize.of(new Reply.Int(-12))).isEqualTo(":-12\r\n".length());
    assertThat(RespSize.of(new Reply.Nil())).isEqualTo("$-1\r\n".length());
    assertThat(RespSize.of(new Reply.Failed("ERR x"))).isEqualTo("-ERR x\r\n".length());
    assertThat(RespSize.of(new Reply.Items(List.of(new Reply.Text(Bytes.utf8("ab"))))))
        .isEqualTo("*1\r\n$2\r\nab\r\n".length());
  }

  @Test
  void nonsenseIsRefusedInOneLineThatNamesIt() {
    refused(() -> new Writers(0, 1), "0 is not in 1..256");
    refused(() -> new Writers(1, 0), "0 is not in 1..10000");
    refused(() -> Data.DEFAULT.withValueBytes(0), "0 is not in 1..16777216");
    refused(() -> Data.DEFAULT.withKeyRange(0), "0 is not in 1..");
    refused(() -> Data.DEFAULT.withReadShare(1.5), "read share is not in 0..1: 1.5");
    refused(() -> Data.DEFAULT.withReadShare(Double.NaN), "read share is not in 0..1");
    refused(() -> Data.DEFAULT.withTypes(List.of()), "types");
    refused(() -> Data.DEFAULT.withTypes(List.of(SentinelType.SET, SentinelType.SET)), "types");
    refused(() -> REQUEST.withDuration(Duration.ZERO), "duration must be above 0");
  }

  @Test
  void aRequestComesToTheForkWhole() {
    JmhLoadRequest request =
        new JmhLoadRequest(
            Topology.single(Endpoint.parse(Side.SOURCE, "rediss://me:pass@h:1/3")),
            Path.of("a"),
            new Writers(3, 5),
            new Data(List.of(SentinelType.ZSET, SentinelType.SET), 7, 1L << 40, 0.25, 11),
            Optional.of(Duration.ofSeconds(9)),
            true);
    assertThat(ControlJson.read(ControlJson.of(request), JmhLoadRequest.class)).isEqualTo(request);
    assertThat(ControlJson.read(ControlJson.of(REQUEST), JmhLoadRequest.class)).isEqualTo(REQUEST);
  }

  private static void refused(Runnable making, String message) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static byte[] value(LoadData data) {
    byte[][] arguments = data.arguments(SentinelType.STRING, LoadCommand.SET);
    return Arrays.copyOf(arguments[1], arguments[1].length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
