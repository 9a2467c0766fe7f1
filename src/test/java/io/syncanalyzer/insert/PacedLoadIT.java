package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.insert.load.JmhLoadProgress;
import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Data;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in engine as an open loop, on real servers. */
@Timeout(60)
class PacedLoadIT {
  private static final double MOST_OFF = 0.01;

  @TempDir Path folder;
  private EmbeddedServer server;
  private final List<JmhLoadProgress> progress = new ArrayList<>();

  @BeforeEach
  void start() {
    server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
  }

  @AfterEach
  void end() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {200, 5_000})
  void theRateIsKeptAndTheSourceCountsAsMuch(long rate) throws Exception {
    Data strings = Data.DEFAULT.withTypes(List.of(SentinelType.STRING)).withKeyRange(1000);
    try (InsertLoad load = started(request().with(strings))) {
      load.pace(0, rate);
      load.listen(Duration.ofSeconds(5));
      load.pace(0, 0);
      JmhLoadSummary summary = stopped(load);

      LoadRow totals = summary.totals();
      assertThat(totals.asked()).isEqualTo(new LoadRow.Asked(null, rate));
      assertThat(calls()).isEqualTo(Map.of("set", count(totals)));
      assertThat(Objects.requireNonNull(totals.opsPerS()) / rate).isCloseTo(1, within(MOST_OFF));
      assertThat(summary.rows()).extracting(LoadRow::command).containsExactly("SET", "Totals");
      assertThat(totals.intended().maxNanos()).isGreaterThanOrEqualTo(totals.latency().p50Nanos());
      JmhLoadSummary.Pace pace = summary.paces().get(0);
      assertThat(pace.step()).isZero();
      assertThat(pace.answered()).isEqualTo(count(totals));
      assertThat(pace.sent() + pace.missed()).isEqualTo(pace.due());
      assertThat(progress.get(2).pace().perSecond()).isEqualTo(rate);
    }
  }

  @Test
  void twoPacesOfOneForkAreTwoStepsAndItStandsStillBetween() throws Exception {
    try (InsertLoad load = started(request())) {
      load.listen(Duration.ofMillis(1500));
      assertThat(calls()).isEmpty();
      assertThatThrownBy(() -> load.pace(1, -1)).isInstanceOf(IllegalArgumentException.class);

      load.pace(1, 400);
      load.listen(Duration.ofSeconds(3));
      load.pace(1, 0);
      load.listen(Duration.ofMillis(300));
      long first = total(calls());
      load.listen(Duration.ofMillis(1500));
      assertThat(total(calls())).isEqualTo(first);
      assertThat(last().pace().step()).isEqualTo(1);
      assertThat(last().pace().perSecond()).isZero();
      assertThat(last().pace().commands()).isEqualTo(first);
      assertThat(last().last().step()).isNull();

      assertThatThrownBy(() -> load.pace(1, 9)).isInstanceOf(IllegalArgumentException.class);
      load.pace(2, 2000);
      load.listen(Duration.ofSeconds(3));
      load.pace(2, 0);
      JmhLoadSummary summary = stopped(load);

      assertThat(summary.incomplete()).isNull();
      List<LoadRow> totals = summary.rows().stream().filter(LoadRow::isTotals).toList();
      assertThat(totals)
          .extracting(LoadRow::asked)
          .containsExactly(new LoadRow.Asked(1, 400L), new LoadRow.Asked(2, 2000L));
      for (LoadRow row : totals) {
        double asked = Objects.requireNonNull(row.asked().perS());
        assertThat(Objects.requireNonNull(row.opsPerS()) / asked).isCloseTo(1, within(0.02));
      }
      assertThat(count(totals.get(0))).isEqualTo(first);
      assertThat(total(calls())).isEqualTo(first + count(totals.get(1)));
      assertThat(summary.paces()).extracting(JmhLoadSummary.Pace::step).containsExactly(1, 2);
      assertThat(summary.timeline()).extracting(LoadSecond::step).contains(1, 2);
    }
  }

  private JmhLoadRequest request() {
    return JmhLoadRequest.of(Topology.single(server.endpoint(Side.SOURCE)), folder)
        .with(Data.DEFAULT.withValueBytes(64).withKeyRange(1000))
        .withPace();
  }

  private InsertLoad started(JmhLoadRequest request) throws InterruptedException {
    InsertLoad load = InsertLoad.start(request, progress::add);
    load.awaitReady(Duration.ofSeconds(30));
    load.go();
    return load;
  }

  private static JmhLoadSummary stopped(InsertLoad load) {
    load.stop();
    return load.await();
  }

  private JmhLoadProgress last() {
    return progress.get(progress.size() - 1);
  }

  /** Of the load's commands, by the source's own count. */
  private Map<String, Long> calls() {
    Map<String, Long> calls = new TreeMap<>();
    try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      Reply.Text stats = (Reply.Text) connection.call("INFO", "commandstats");
      for (String line : stats.bytes().asUtf8().split("\r\n", -1)) {
        if (line.matches("cmdstat_(set|hset|lpush|ltrim|sadd|zadd|xadd):.*")) {
          calls.put(
              line.replaceFirst("cmdstat_(.*?):.*", "$1"),
              Long.parseLong(line.replaceFirst(".*?calls=(\\d+).*", "$1")));
        }
      }
    }
    return calls;
  }

  private static long total(Map<String, Long> calls) {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long count(LoadRow row) {
    return Objects.requireNonNull(row.count());
  }
}
