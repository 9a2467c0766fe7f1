package io.syncanalyzer.report.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.lag.EpisodeReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeLinesTest {
  @Test
  void theLargestIsToldInFullAndOfTheOthersTheirCauses() {
    assertThat(EpisodeLines.of(SampleRuns.episodes()))
        .containsExactly(
            "the largest of 2 episodes of lag, up to 112 ms behind, from second 11 to 12 (1 s)",
            "fork on source (certain): a fork took 110 ms",
            "against other causes: probe paused: the probe's own JVM paused for at most 0.25 ms",
            "the others: 1 x not known; a second counts as back with a median of at most 2 ms");
  }

  @Test
  void oneThatIsOpenAtTheEndSaysSo() {
    EpisodeReport open =
        EpisodeReport.of(List.of(SampleRuns.episodes().rows().get(1)), 7, List.of());
    assertThat(EpisodeLines.of(open))
        .first()
        .isEqualTo(
            "the largest of 8 episodes of lag, up to 20.0 ms behind, from second 18 to 20 (2 s, not"
                + " back at the end)");
    assertThat(EpisodeLines.of(open)).contains("cause not known: a fork took 110 ms");
  }

  @Test
  void whatIsNoEpisodeIsSaidWhereThatIsOneBandAndLeftToThePageWhereThereAreMore() {
    assertThat(EpisodeLines.of(EpisodeReport.of(List.of(), 0, List.of("a band"))))
        .containsExactly("no episode of lag; a band");
    EpisodeReport one =
        EpisodeReport.of(List.of(SampleRuns.episodes().rows().get(0)), 0, List.of("a band"));
    assertThat(EpisodeLines.of(one)).last().isEqualTo("a band");
    assertThat(EpisodeLines.of(EpisodeReport.of(List.of(), 0, List.of("one", "other"))))
        .containsExactly("no episode of lag");
  }

  @Test
  void whereThereIsNoneThatIsSaid() {
    assertThat(EpisodeLines.of(EpisodeReport.of(List.of(), 0, List.of())))
        .containsExactly("no episode of lag");
  }
}
