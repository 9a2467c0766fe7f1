package io.syncanalyzer.result.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.result.capacity.CapacityReport.Question;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several replicas as one, and the words of a search. */
class CapacityReportTest {
  /** All sustain what each does, and more than the least refuted no pair of them does. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Of each: proven, refuted, ending; then of both.
        "100, 200, FOUND,        120, 130, FOUND,        100, 130, FOUND",
        "100, 110, FOUND,        120, 130, FOUND,        100, 110, FOUND",
        "100, 110, FOUND,        500, -,   TO_SUSTAINED, 100, 110, FOUND",
        "100, -,   TO_SUSTAINED, 100, -,   TO_SUSTAINED, 100, -,   TO_SUSTAINED",
        "100, 110, FOUND,        -,   50,  FROM_REFUTED, -,   50,  FROM_REFUTED",
        "100, 110, FOUND,        -,   -,   DRIFT,        -,   110, DRIFT",
        "-,   -,   DRIFT,        -,   50,  FROM_REFUTED, -,   50,  FROM_REFUTED",
      })
  void ofTwoReplicasTheWorstOfEachBoundHolds(
      @Nullable Long proven,
      @Nullable Long refuted,
      CapacityEnding ending,
      @Nullable Long provenToo,
      @Nullable Long refutedToo,
      CapacityEnding endingToo,
      @Nullable Long provenOfBoth,
      @Nullable Long refutedOfBoth,
      CapacityEnding endingOfBoth) {
    CapacityInterval one = SampleCapacity.ended(proven, refuted, ending, "One.").of("h:1");
    CapacityInterval other =
        SampleCapacity.ended(provenToo, refutedToo, endingToo, "Other.").of("h:2");

    for (List<CapacityInterval> both : List.of(List.of(one, other), List.of(other, one))) {
      CapacityInterval together =
          Objects.requireNonNull(SampleCapacity.report(both, List.of()).together());

      assertThat(together.provenPerS()).isEqualTo(provenOfBoth);
      assertThat(together.refutedPerS()).isEqualTo(refutedOfBoth);
      assertThat(together.ending()).isEqualTo(endingOfBoth);
      assertThat(together.words()).contains("On h:1: one.").contains("On h:2: other.");
    }
  }

  @Test
  void aReplicaWhoseBoundsWereTriedTooSeldomKeepsAllFromAnAnswer() {
    CapacityInterval found = SampleCapacity.interval().of("h:1");
    CapacityInterval few = SampleCapacity.budget(1, 2).of("h:2");
    CapacityReport both = SampleCapacity.report(List.of(found, few), List.of());

    assertThat(both.answer(found)).isTrue();
    assertThat(both.answer(few)).isNull();
    assertThat(both.answer(Objects.requireNonNull(both.together()))).isNull();
    assertThat(IntervalWords.found(both)).startsWith("On h:1: ").doesNotContain("h:2");
  }

  @Test
  void whereTheTimeWasOverItIsSaidByHowManyTrials() {
    assertThat(meaning(SampleCapacity.budget(1, 2)))
        .contains("in none: ", " That is by 1 and 2 trials; 3 of each were asked for. The time");
    assertThat(meaning(SampleCapacity.budget(3, 3))).doesNotContain("asked for");
    assertThat(
            meaning(
                new CapacityInterval(
                    null, 1_000L, 1, null, 0, List.of(), CapacityEnding.BUDGET, ".")))
        .contains(" That is by 1 trial; 3 were asked for. The time");
  }

  private static String meaning(CapacityInterval interval) {
    return IntervalWords.meaning(interval, SampleCapacity.question());
  }

  @Test
  void ofOneReplicaItIsItsOwn() {
    CapacityInterval one = SampleCapacity.interval();

    assertThat(SampleCapacity.report(List.of(one), List.of()).together()).isSameAs(one);
    assertThat(SampleCapacity.report(List.of(), List.of()).together()).isNull();
  }

  @Test
  void theQuestionIsASentence() {
    Question question = SampleCapacity.question();

    assertThat(QuestionWords.of(question))
        .isEqualTo(
            "What is the highest rate that the replica sustains within p99 50 ms? From 2,000"
                + " writes/s up, to within 5 %, 3 trials of 15 s at each bound.");
    assertThat(QuestionWords.claim(question))
        .isEqualTo("sustains 2,000 writes/s or more within p99 50 ms");
  }

  @Test
  void ofOneRateItIsWhetherThatIsSustained() {
    Question question =
        new Question(
            1,
            null,
            40_000L,
            0.1,
            1,
            1_500_000_000L,
            500_000L,
            2_000_000_000L,
            0,
            1,
            null,
            1,
            "jmh",
            1);

    assertThat(QuestionWords.of(question))
        .isEqualTo(
            "Does the replica sustain 40,000 writes/s within p99 0.5 ms and max 2 s? 1 trial of"
                + " 1.5 s.");
    assertThat(QuestionWords.claim(question))
        .isEqualTo("sustains 40,000 writes/s within p99 0.5 ms and max 2 s");
  }

  @ParameterizedTest
  @EnumSource(CapacityEnding.class)
  void everyEndingSaysWhatItMeans(CapacityEnding ending) {
    for (CapacityInterval one :
        List.of(
            SampleCapacity.ended(1_000L, 2_000L, ending, "."),
            SampleCapacity.ended(1_000L, null, ending, "."),
            SampleCapacity.ended(null, 2_000L, ending, "."),
            SampleCapacity.ended(null, null, ending, "."))) {
      assertThat(IntervalWords.meaning(one, SampleCapacity.question()))
          .doesNotContain("null")
          .doesNotContain("  ")
          .doesNotStartWith(" ");
    }
  }

  @Test
  void whatItMeansNamesBothBoundsAndWhatLiesBetween() {
    assertThat(IntervalWords.meaning(SampleCapacity.interval(), SampleCapacity.question()))
        .isEqualTo(
            "Up to 41,499 writes/s it kept up in each trial, at 45,255 writes/s in none: its"
                + " capacity lies between, and where is not known. Mixed are rates between that"
                + " were sustained in some trials and not in others.");
  }
}
