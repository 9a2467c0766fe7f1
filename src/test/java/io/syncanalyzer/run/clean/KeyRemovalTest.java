package io.syncanalyzer.run.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.sentinel.KeyCensus;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRemovalTest {
  private final KeyCensus census = new KeyCensus();

  @Test
  void whereNothingStayedNothingIsSaid() {
    assertThat(KeyRemoval.left(census, true, "sa:")).isEmpty();
  }

  @Test
  void whereWhoServesTheSourceChangedUntilTheEndThatIsSaid() {
    census.leavesUnsettled();

    assertThat(KeyRemoval.left(KeyCensus.sum(List.of(census)), true, "sa:"))
        .containsExactly(
            "who serves the source changed until the end: keys that begin with sa: may have been"
                + " passed by; clean again when that is done");
  }
}
