package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.JsonParser;
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
import java.io.IOException;
import java.nio.file.Files;
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

  @Test
  void everyTypeHasItsShareOfTheRate() throws Exception {
    try (InsertLoad load = started(request())) {
      load.pace(0, 3_000);
      load.listen(Duration.ofSeconds(5));
      JmhLoadSummary summary = stopped(load);

      Map<String, Long> calls = calls();
      assertThat(total(calls)).isEqualTo(count(summary.totals()));
      assertThat(Objects.requireNonNull(summary.totals().opsPerS()) / 3_000)
          .isCloseTo(1, within(MOST_OFF));
      calls.merge("lpush", Objects.requireNonNull(calls.remove("ltrim")), Long::sum);
      assertThat(calls).containsOnlyKeys("set", "hset", "lpush", "sadd", "zadd", "xadd");
      // The types take turns: each has a sixth of what each of the four writers sent.
      assertThat(calls.values())
          .allSatisfy(
              count -> assertThat(count).isCloseTo(count(summary.totals()) / 6, within(4L)));
      assertThat(jmhCounted()).isEqualTo(count(summary.totals()));
    }
  }

  @Test
  void whatAStalledSourceHeldUpIsSentAllTheSameAndItsWaitIsTold() throws Exception {
    try (InsertLoad load = started(request())) {
      load.pace(0, 2_000);
      load.listen(Duration.ofSeconds(2));
      stall(1_200);
      load.listen(Duration.ofSeconds(4));
      load.pace(0, 0);
      JmhLoadSummary summary = stopped(load);

      assertThat(summary.incomplete()).isNull();
      LoadRow totals = summary.totals();
      assertThat(total(calls())).isEqualTo(count(totals));
      assertThat(Objects.requireNonNull(totals.opsPerS()) / 2_000).isCloseTo(1, within(MOST_OFF));
      assertThat(totals.intended().maxNanos()).isGreaterThan(1e9);
      assertThat(totals.intended().p99Nanos()).isGreaterThan(0.5e9);
      // Few were on their way when it stalled, so what was sent late is not among the slow ones.
      assertThat(totals.latency().p99Nanos()).isLessThan(0.5e9);
      assertThat(summary.report(List.of()).warnings()).isEmpty();
      assertThat(progress)
          .anySatisfy(second -> assertThat(second.pace().slipNanos()).isGreaterThan(800_000_000L));
    }
  }

  @Test
  void aPaceThatIsToldWhileTheSourceStandsStillTakesEffectWhenItComesBack() throws Exception {
    try (InsertLoad load = started(request())) {
      load.pace(1, 1_000);
      load.listen(Duration.ofMillis(700));
      stall(2_500);
      load.listen(Duration.ofMillis(1_500));
      load.pace(2, 500);
      load.listen(Duration.ofSeconds(4));
      load.pace(2, 0);
      JmhLoadSummary summary = stopped(load);

      assertThat(summary.incomplete()).isNull();
      JmhLoadSummary.Pace first = summary.paces().get(0);
      JmhLoadSummary.Pace second = summary.paces().get(1);
      assertThat(first.missed()).isGreaterThan(1_000);
      assertThat(first.answered()).isEqualTo(first.sent());
      // Nothing of the first is made up for in the second, all of the second is.
      assertThat(second.answered()).isCloseTo(second.due(), withinPercentage(2));
      assertThat(total(calls())).isEqualTo(first.answered() + second.answered());
      assertThat(summary.report(List.of()).warnings())
          .singleElement()
          .asString()
          .startsWith("the load missed its rate in 1 of 2 steps, first in step 1: it reached ")
          .contains("/s of the 1,000/s asked for", "--load-threads", "--load-pipeline", "machine");
    }
  }

  /** Without the analyzer's word it would write; here it stops, and nothing else happens. */
  @Test
  void aPacedLoadThatIsToldNoPaceWritesNothing() throws Exception {
    try (InsertLoad load = started(request())) {
      load.listen(Duration.ofMillis(1200));
      JmhLoadSummary summary = stopped(load);
      assertThat(summary.incomplete()).isNull();
      assertThat(count(summary.totals())).isZero();
      assertThat(summary.paces()).isEmpty();
      assertThat(calls()).isEmpty();
    }
  }

  @Test
  void aLoadWithoutAPaceCannotBeToldOne() throws Exception {
    JmhLoadRequest unpaced =
        JmhLoadRequest.of(Topology.single(server.endpoint(Side.SOURCE)), folder);
    try (InsertLoad load = InsertLoad.start(unpaced, progress::add)) {
      load.awaitReady(Duration.ofSeconds(30));
      assertThatThrownBy(() -> load.pace(1, 5)).isInstanceOf(IllegalStateException.class);
    }
  }

  private void stall(long millis) {
    try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      connection.call("CLIENT", "PAUSE", Long.toString(millis));
    }
  }

  /** What JMH itself has, by the counter that tells commands from calls. */
  private long jmhCounted() throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("jmh-load.json")))
        .getAsJsonArray()
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("secondaryMetrics")
        .getAsJsonObject("commands")
        .get("score")
        .getAsLong();
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
