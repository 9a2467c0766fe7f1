package io.syncanalyzer.probe.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.probe.observe.Recovery;
import io.syncanalyzer.result.lag.LagSecond;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LagTimelineTest {
  @Test
  void aShortRunKeepsEverySecond() {
    LagTimeline timeline = new LagTimeline();
    for (int second = 0; second < 100; second++) {
      timeline.add(LagRows.second(second, 5L));
    }
    assertThat(timeline.rows()).hasSize(100).allMatch(row -> row.span() == 1);
  }

  @Test
  void daysStayBoundedAndNothingIsLostFromTheSums() {
    LagTimeline timeline = new LagTimeline();
    int seconds = 5 * LagTimeline.MOST_ROWS + 1;
    for (int second = 0; second < seconds; second++) {
      timeline.add(LagRows.second(second, second == 40_001 ? 777L : 5L));
    }
    List<LagSecond> rows = timeline.rows();
    assertThat(rows.size()).isLessThanOrEqualTo(LagTimeline.MOST_ROWS);
    assertThat(rows.stream().mapToLong(LagSecond::span).sum()).isEqualTo(seconds);
    assertThat(rows.stream().mapToLong(LagSecond::sent).sum()).isEqualTo(10L * seconds);
    assertThat(rows.stream().mapToLong(LagSecond::observed).sum()).isEqualTo(5L * seconds);
    assertThat(rows).filteredOn(row -> Long.valueOf(777).equals(row.maxUpperNanos())).hasSize(1);
    for (int i = 1; i < rows.size(); i++) {
      assertThat(rows.get(i).second()).isEqualTo(rows.get(i - 1).second() + rows.get(i - 1).span());
    }
  }

  @Test
  void recoveryIsFromTheFirstSecondAboveToTheNextBelow() {
    Recovery recovery = new Recovery(Optional.of(Duration.ofMillis(10)));
    long below = 9_000_000;
    long above = 11_000_000;
    recovery.second(0, 5, 0, below);
    assertThat(recovery.recovered()).isTrue();
    recovery.second(1, 5, 0, above);
    recovery.second(2, 0, 50, 0); // Nothing seen while some are outstanding is no recovery.
    assertThat(recovery.recovered()).isFalse();
    assertThat(recovery.nanos()).isNull();
    recovery.second(3, 0, 0, 0);
    recovery.second(4, 5, 0, below);
    recovery.second(6, 5, 0, above);
    assertThat(recovery.recovered()).isTrue();
    assertThat(recovery.nanos()).isEqualTo(3_000_000_000L);
  }

  @Test
  void withoutALimitThereIsNoRecovery() {
    Recovery recovery = new Recovery(Optional.empty());
    recovery.second(0, 5, 0, 99);
    assertThat(recovery.recovered()).isNull();
    assertThat(recovery.nanos()).isNull();
  }
}
