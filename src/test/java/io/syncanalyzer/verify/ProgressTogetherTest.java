package io.syncanalyzer.verify;

import static io.syncanalyzer.result.verify.KeyVerdict.VALUE_DIFFERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.verify.found.VerifyProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressTogetherTest {
  private final List<VerifyProgress> heard = new ArrayList<>();
  private final ProgressTogether together = new ProgressTogether(heard::add, 2);

  private static VerifyProgress at(
      String step, long done, @Nullable Long total, @Nullable Double pace) {
    return new VerifyProgress(
        step,
        null,
        done,
        done,
        total,
        1,
        Map.of(VALUE_DIFFERS, 2L),
        pace,
        Duration.ofSeconds(done));
  }

  @Test
  void whatIsNotHeardOfYetCountsForNothing() {
    together.of(1).accept(at("comparing", 5, 10L, null));
    assertThat(heard).containsExactly(at("comparing", 5, 10L, null));
  }

  @Test
  void sumsAreToldWithTheStepThatWasHeardLast() {
    together.of(0).accept(at("comparing", 5, 10L, 3.0));
    together.of(1).accept(at("settling", 7, 20L, null));
    VerifyProgress both = heard.get(1);
    assertThat(both)
        .isEqualTo(
            new VerifyProgress(
                "settling",
                null,
                12,
                12,
                30L,
                2,
                Map.of(VALUE_DIFFERS, 4L),
                3.0,
                Duration.ofSeconds(7)));
    together.of(0).accept(at("done", 10, 10L, null));
    assertThat(heard.get(2).keysDone()).isEqualTo(17);
  }

  @Test
  void aTotalThatOneHidesIsNotKnown() {
    together.of(0).accept(at("comparing", 5, 10L, null));
    together.of(1).accept(at("comparing", 5, null, null));
    assertThat(heard.get(1).keysTotal()).isNull();
  }
}
