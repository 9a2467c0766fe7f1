package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
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
    assertThat(row.meanUs()).isCloseTo(500.5, within(0.6));
    assertThat(row.p50Us()).isCloseTo(500, within(0.5));
    assertThat(row.p90Us()).isCloseTo(900, within(0.9));
    assertThat(row.p99Us()).isCloseTo(990, within(1.0));
    assertThat(row.p999Us()).as("needs 10,000 writes").isNaN();
    assertThat(row.maxUs()).isCloseTo(1000, within(1.0));
    assertThat(row.intendedP99Us()).isCloseTo(990.5, within(1.0));
    assertThat(row.intendedMaxUs()).isCloseTo(1000.5, within(1.0));
  }

  @Test
  void nothingWrittenIsUnknownAndNotZero() {
    InsertRow row = new WriteRecorder.Sum().row(SentinelType.SET, 0);
    assertThat(row.writes()).isZero();
    assertThat(row.writesPerS()).isNaN();
    assertThat(row.meanUs()).isNaN();
    assertThat(row.p50Us()).isNaN();
    assertThat(row.maxUs()).isNaN();
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
