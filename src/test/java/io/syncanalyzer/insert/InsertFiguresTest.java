package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the parent asks of JMH, and what rows are made of. */
class InsertFiguresTest {
  private static final LagSettings SETTINGS =
      LagSettings.of(
          Endpoint.parse(Side.SOURCE, "redis://h:1"),
          List.of(Endpoint.parse(Side.REPLICA, "redis://h:2")),
          "t");

  @Test
  void rowsAreExactToAThousandthAndLanesAddUp() {
    WriteRecorder first = new WriteRecorder();
    WriteRecorder second = new WriteRecorder();
    for (int micros = 1; micros <= 1000; micros++) {
      // Due half a microsecond before it was sent.
      (micros % 2 == 0 ? first : second).written(-500, 0, micros * 1000L);
    }
    second.failed();
    WriteRecorder.Sum sum = new WriteRecorder.Sum();
    first.addTo(sum);
    second.addTo(sum);
    InsertRow row = sum.row(SentinelType.HASH, 4);
    assertThat(row.threads()).isEqualTo(2);
    assertThat(row.writes()).isEqualTo(1000);
    assertThat(row.errors()).isEqualTo(1);
    assertThat(row.writesPerS()).isEqualTo(250);
    assertThat(row.latency().meanNanos()).isCloseTo(500500.0, within(600.0));
    assertThat(row.latency().p50Nanos()).isCloseTo(500000.0, within(500.0));
    assertThat(row.latency().p90Nanos()).isCloseTo(900000.0, within(900.0));
    assertThat(row.latency().p99Nanos()).isCloseTo(990000.0, within(1000.0));
    assertThat(row.latency().p999Nanos()).as("needs 10,000 writes").isNull();
    assertThat(row.latency().maxNanos()).isCloseTo(1000000.0, within(1000.0));
    assertThat(row.intendedP99Nanos()).isCloseTo(990500.0, within(1000.0));
    assertThat(row.intendedMaxNanos()).isCloseTo(1000500.0, within(1000.0));
  }

  @Test
  void nothingWrittenIsUnknownAndNotZero() {
    InsertRow row = new WriteRecorder.Sum().row(SentinelType.SET, 0);
    assertThat(row.writes()).isZero();
    assertThat(row.writesPerS()).isNull();
    assertThat(row.latency().meanNanos()).isNull();
    assertThat(row.latency().p50Nanos()).isNull();
    assertThat(row.latency().maxNanos()).isNull();
  }

  @Test
  void lanesStandInTheOrderInWhichJmhNumbersTheMethods() {
    assertThat(SentinelWrites.GROUP_ORDER)
        .containsExactly(
            SentinelType.HASH,
            SentinelType.LIST,
            SentinelType.SET,
            SentinelType.STREAM,
            SentinelType.STRING,
            SentinelType.ZSET);
    assertThat(
            InsertPhase.threadGroups(
                SETTINGS.withTypes(List.of(SentinelType.ZSET, SentinelType.HASH), 3)))
        .containsExactly(3, 0, 0, 0, 0, 3);
  }

  @Test
  void jmhEndsBeforeTheScheduleAndTakesAtLeastHalfOfIt() {
    LagSettings settings =
        SETTINGS
            .withTypes(List.of(SentinelType.STRING), 2)
            .withSchedule(100, Duration.ZERO, Optional.empty());
    // A lane's turn comes every 20 ms.
    assertThat(InsertPhase.jmhTime(settings, Duration.ofSeconds(10)))
        .isEqualTo(Duration.ofMillis(9710));
    assertThat(InsertPhase.jmhTime(settings, Duration.ofMillis(200)))
        .isEqualTo(Duration.ofMillis(100));
    assertThat(InsertPhase.jmhWarmup(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(2));
    assertThat(InsertPhase.jmhWarmup(Duration.ofMillis(400))).isEqualTo(Duration.ofMillis(200));
  }
}
