package io.syncanalyzer.cause;

import static io.syncanalyzer.cause.Rows.MILLI;
import static io.syncanalyzer.cause.Rows.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeFinderTest {
  private static final Band BAND = new Band(50 * MILLI, 50 * MILLI, "");

  @Test
  void anEpisodeGoesFromTheFirstSecondOutsideTheBandToTheFirstThatIsBack() {
    assertThat(find(1, 1, 60, 300, 70, 1, 1))
        .containsExactly(new Span(2, 5, 300 * MILLI, 300 * MILLI, 3, false));
  }

  @Test
  void withinTheBandThereIsNone() {
    assertThat(find(1, 50, 50, 1)).isEmpty();
    assertThat(find()).isEmpty();
    assertThat(find(Rows.NOTHING, Rows.NOTHING)).isEmpty();
  }

  @Test
  void eachTimeThatItLeavesTheBandIsAnEpisode() {
    assertThat(find(60, 1, 70, 1, 80))
        .extracting(Span::from, Span::to, Span::open)
        .containsExactly(tuple(0L, 1L, false), tuple(2L, 3L, false), tuple(4L, 5L, true));
  }

  @Test
  void oneThatIsNotBackAtTheEndIsOpen() {
    assertThat(find(1, 60, 70)).containsExactly(new Span(1, 3, 70 * MILLI, 70 * MILLI, 2, true));
  }

  /** What is outstanding, or never seen, has a lower bound alone. */
  @Test
  void whatWasNeverSeenMakesAnEpisodeByItsLowerBound() {
    List<LagSecond> rows =
        List.of(LagRows.second(0, 5L), unseen(1, 900 * MILLI), unseen(2, 1900 * MILLI));
    assertThat(EpisodeFinder.find(rows, BAND, 9).spans())
        .containsExactly(new Span(1, 3, null, 1900 * MILLI, 2, true));
  }

  @Test
  void aMedianBeyondItsOwnEdgeIsOutsideHoweverSmallTheLargestIs() {
    Band wide = new Band(50 * MILLI, SECOND, "");
    assertThat(EpisodeFinder.find(Rows.largest(1, 60, 1), wide, 9).spans())
        .extracting(Span::from)
        .containsExactly(1L);
  }

  @Test
  void aSecondWithoutAConnectionOfTheProbeEndsNone() {
    List<LagSecond> rows =
        List.of(
            LagRows.second(0, 60 * MILLI),
            LagRows.second(1, null, null, 0, 0, 0, true, 0, false),
            LagRows.second(2, 80 * MILLI),
            LagRows.second(3, 5L));
    assertThat(EpisodeFinder.find(rows, BAND, 9).spans())
        .containsExactly(new Span(0, 3, 80 * MILLI, 80 * MILLI, 2, false));
  }

  @Test
  void joinedRowsStandForAllTheirSeconds() {
    LagSecond joined = LagRows.second(2, 90 * MILLI).and(LagRows.second(3, 5L));
    assertThat(
            EpisodeFinder.find(
                    List.of(LagRows.second(0, 5L).and(LagRows.second(1, 5L)), joined), BAND, 9)
                .spans())
        .containsExactly(new Span(2, 4, 90 * MILLI, 90 * MILLI, 2, true));
  }

  @Test
  void ofVeryManyTheLargestAreKeptInTheirOrder() {
    List<Integer> lags = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      lags.add(100 + (i * 7) % 50);
      lags.add(1);
    }
    EpisodeFinder.Found found =
        EpisodeFinder.find(Rows.largest(lags.stream().mapToInt(lag -> lag).toArray()), BAND, 5);
    assertThat(found.leftOut()).isEqualTo(45);
    assertThat(found.spans())
        .isSortedAccordingTo(Comparator.comparingLong(Span::from))
        .extracting(Span::heightNanos)
        .containsExactlyInAnyOrder(149 * MILLI, 148 * MILLI, 147 * MILLI, 146 * MILLI, 145 * MILLI);
  }

  @Test
  void theQuietestQuarterOfARunIsTheBandWhereThereIsNoBaseline() {
    List<LagSecond> rows = Rows.largest(20, 20, 20, 900, 20, 21, 22, 23);
    Band band = Band.ofQuiet(rows, null).orElseThrow();
    assertThat(band.largestNanos()).isEqualTo(60 * MILLI);
    assertThat(EpisodeFinder.find(rows, band, 9).spans())
        .extracting(Span::from)
        .containsExactly(3L);
    assertThat(Band.ofQuiet(Rows.largest(Rows.NOTHING), null)).isEmpty();
  }

  @Test
  void aLagThatNobodyMindsIsNoEpisodeHoweverQuietTheIdlePairIs() {
    Band quiet = Band.ofBaseline(100_000, 200_000, null);
    assertThat(EpisodeFinder.find(Rows.largest(1, 2, 1), quiet, 9).spans()).isEmpty();
    Band strict = Band.ofBaseline(100_000, 200_000, MILLI);
    assertThat(EpisodeFinder.find(Rows.largest(1, 2, 1), strict, 9).spans()).hasSize(1);
  }

  private static List<Span> find(int... millis) {
    return EpisodeFinder.find(Rows.largest(millis), BAND, 9).spans();
  }

  private static LagSecond unseen(long second, long lower) {
    return new LagSecond(
        second, "load", 10, 0, 10L, null, null, null, null, null, null, 1, null, null, null, null,
        null, null, null, null, true, lower, null, null);
  }
}
