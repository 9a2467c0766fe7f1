package io.syncanalyzer.run.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.run.drain.Drain.Drained;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the fences of all pairs come to. */
class DrainTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Test
  void aSinglePairIsToldAsItIs() {
    assertThat(Drain.report(List.of(new Drained("s:1", "offset: so", 0.2, null)), TIMEOUT))
        .isEqualTo(new DrainReport("offset: so", 0.2, 60.0, null));
    assertThat(Drain.report(List.of(new Drained("s:1", "offset: so", null, "behind")), TIMEOUT))
        .isEqualTo(new DrainReport("offset: so", null, 60.0, "behind"));
  }

  @Test
  void theSlowestOfSeveralIsTheWholeAndNamed() {
    DrainReport report =
        Drain.report(
            List.of(
                new Drained("s:1", "offset: so", 0.2, null),
                new Drained("s:2", "offset: so", 1.5, null),
                new Drained("s:3", "sentinel: asked for", 0.1, null)),
            TIMEOUT);
    assertThat(report.seconds()).isEqualTo(1.5);
    assertThat(report.incomplete()).isNull();
    assertThat(report.fence())
        .isEqualTo("3 fences, the slowest that of shard s:2; offset: so; sentinel: asked for");
  }

  @Test
  void thePairsThatDidNotDrainAreNamedAndThereIsNoDuration() {
    DrainReport report =
        Drain.report(
            List.of(
                new Drained("s:1", "offset: so", 0.2, null),
                new Drained("s:2", "offset: so", null, "9 bytes behind"),
                new Drained("s:3", "offset: so", null, "gone")),
            TIMEOUT);
    assertThat(report.seconds()).isNull();
    assertThat(report.incomplete()).isEqualTo("shard s:2: 9 bytes behind; shard s:3: gone");
  }
}
