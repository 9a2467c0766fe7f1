package io.syncanalyzer.capacity;

import static io.syncanalyzer.capacity.Histories.question;
import static io.syncanalyzer.capacity.Histories.trials;
import static io.syncanalyzer.capacity.Histories.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CapacitySearchTest {
  private static final CapacitySearch SEARCH = new CapacitySearch(question());

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    // Upwards.
    ", 1000 first",
    "1000+, 2000 doubled",
    "1000+ 2000+ 4000+, 8000 doubled",
    // The first one refuted: the last one sustained again, then the middle of the logarithm.
    "1000+ 2000+ 4000+ 8000-, 4000 confirmed",
    "1000+ 2000+ 4000+ 8000- 4000+, 5657 bisected",
    "1000+ 2000+ 4000+ 8000- 4000+ 5657+, 6727 bisected",
    "1000+ 2000+ 4000+ 8000- 4000+ 5657-, 4757 bisected",
    "1000+ 2000+ 4000+ 8000- 4000+ 5657+ 6727-, 6169 bisected",
    // Narrow enough: lower, upper, lower.
    "1000+ 2000+ 4000+ 8000- 4000+ 5657+ 6727- 6169-, 5657 bound",
    "1000+ 2000+ 4000+ 8000- 4000+ 5657+ 6727- 6169- 5657+, 5657 bound",
    "1000+ 2000+ 4000+ 8000- 4000+ 5657+ 6727- 6169- 5657+ 5657+, 6169 bound",
    "1000+ 2000+ 4000+ 8000- 4000+ 5657+ 6727- 6169- 5657+ 5657+ 6169-, 6169 bound",
    "1000+ 2000+ 4000+ 8000- 4000+ 5657+ 6727- 6169- 5657+ 5657+ 6169- 6169-, 5657 last",
    "1000+ 2000+ 4000+ 8000- 4000+ 5657+ 6727- 6169- 5657+ 5657+ 6169- 6169- 5657+,"
        + " FOUND 5657x4 6169x3",
    // A lower bound that is refuted later is mixed, tried again, and the search goes on below.
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668- 3363-, 3363 again",
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668- 3363- 3363+, 3084 bisected",
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668- 3363- 3363+ 3084+, 3084 bound",
    // What turned twice is looked into at the next lower rate.
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668- 3363- 3363-, 2828 drift",
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668- 3363- 3363- 2828+, 3084 bisected",
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668- 3363- 3363- 2828-, 2828 drift",
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668- 3363- 3363- 2828- 2828-, 2828 drift",
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668- 3363- 3363- 2828- 2828- 2828-, DRIFT none none",
    // An upper bound that is sustained later: up again above it.
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668+ 3668+ 3668+ 4000+, 4000 again",
    "1000+ 2000+ 4000- 2000+ 2828+ 3363+ 3668+ 3668+ 3668+ 4000+ 4000+, 8000 doubled",
    // The same at two rates that were refuted more than once in all: the pair has become faster.
    "1000+ 2000- 1000+ 1414- 1189+ 1297- 1189+ 1189+ 1297- 1297+, 1297 again",
    "1000+ 2000- 1000+ 1414- 1189+ 1297- 1189+ 1189+ 1297- 1297+ 1297+, 2000 drift",
    "1000+ 2000- 1000+ 1414- 1189+ 1297- 1189+ 1189+ 1297- 1297+ 1297+ 2000+ 2000+ 2000+,"
        + " DRIFT none none",
    // Mixed in between: the gap below, then the one above; what is proven above overrides.
    "1000+ 2000+ 4000- 2000+ 2828?, 2828 again",
    "1000+ 2000+ 4000- 2000+ 2828? 2828+ 2828+, 2378 bisected",
    "1000+ 2000+ 4000- 2000+ 2828? 2828+ 2828+ 2378+, 2593 bisected",
    "1000+ 2000+ 4000- 2000+ 2828? 2828+ 2828+ 2378+ 2593+, 3363 bisected",
    "1000+ 2000+ 4000- 2000+ 2828? 2828+ 2828+ 2378+ 2593+ 3363+, 3668 bisected",
    "1000+ 2000+ 4000- 2000+ 2828? 2828+ 2828+ 2378+ 2593+ 3363- 3084- 2593+ 2593+ 3084- 3084-"
        + " 2593+, FOUND 2593x4 3084x3 [2828]",
    // Refuted below what is sustained: tried again, then the other one.
    "1000+ 2000- 4000+, 2000 again",
    "1000+ 2000- 4000+ 2000- 2000-, 4000 again",
    "1000+ 2000- 4000+ 2000- 2000- 4000+ 4000+, 8000 doubled",
    // Even the first one.
    "1000-, 1000 bound",
    "1000- 1000- 1000-, FROM_REFUTED none 1000x3",
    "1000- 1000+, 1000 again",
    "1000- 1000+ 1000+, 2000 doubled",
    "1000- 1000+ 1000- 2000- 1414- 1189- 1090- 1090- 1090-, UNDECIDED none 1090x3 [1000]",
    // Invalid ones say nothing, until they are a ceiling.
    "1000!, 1000 first",
    "1000! 1000! 1000!, GENERATOR none none",
    "1000+ 2000!, 2000 doubled",
    "1000+ 2000! 2000! 2000+, 4000 doubled",
    "1000+ 2000! 2000! 2000!, 1414 bisected",
    "1000+ 2000! 2000! 2000! 1414+ 1682+ 1834! 1834! 1834!, 1682 bound",
    "1000+ 2000! 2000! 2000! 1414+ 1682+ 1834! 1834! 1834! 1682+ 1682+, GENERATOR 1682x3 none",
    "1000+ 2000! 2000! 2000! 1414-, 1000 confirmed",
    "1000+ 2000- 1000+ 1414+ 1682+ 1834- 1682+ 1682+ 1834! 1834! 1834!, GENERATOR 1682x3 1834x1",
  })
  void aHistoryHasANextStep(@Nullable String history, String next) {
    assertThat(words(SEARCH.next(trials(history)))).isEqualTo(next);
  }

  @ParameterizedTest(name = "to 5000: {0} -> {1}")
  @CsvSource({
    "1000+ 2000+, 4000 doubled",
    "1000+ 2000+ 4000+, 5000 doubled",
    "1000+ 2000+ 4000+ 5000+, 5000 bound",
    "1000+ 2000+ 4000+ 5000+ 5000+ 5000+, TO_SUSTAINED 5000x3 none",
    "1000+ 2000+ 4000+ 5000-, 4000 confirmed",
    "1000+ 2000+ 4000+ 5000- 4000+, 4472 bisected",
    "1000+ 2000+ 4000+ 5000? 5000? 5000+, 4472 bisected",
    "1000+ 2000+ 4000+ 5000? 5000? 5000+ 4472+ 4729+, 4729 bound",
    "1000+ 2000+ 4000+ 5000? 5000? 5000+ 4729+ 4729+ 4729+, FOUND 4729x3 none [5000]",
  })
  void aHighestRateIsTheLastOneTried(String history, String next) {
    CapacitySearch search = new CapacitySearch(question(1_000, 5_000L, null, 0.1, 3));

    assertThat(words(search.next(trials(history)))).isEqualTo(next);
  }

  @ParameterizedTest(name = "{1} left after {0} -> {2}")
  @CsvSource({
    ", 1, 1000 first",
    ", 0, BUDGET none none",
    "1000+, 0, BUDGET 1000x1 none",
    "1000+, 5, 1000 bound",
    "1000+, 6, 2000 doubled",
    "1000+ 2000- 1000+, 5, 1000 bound",
    "1000+ 2000- 1000+, 6, 1414 bisected",
    "1000+ 2000- 1000+ 1000+, 5, 2000 bound",
    "1000+ 2000- 1000+ 1000+ 2000- 2000-, 3, 1000 last",
    "1000+ 2000- 1000+ 1000+ 2000- 2000- 1000+, 4, 1414 bisected",
    "1000+ 2000- 1000+ 1000+ 2000- 2000- 1000+, 3, BUDGET 1000x4 2000x3",
    "1000+ 2000- 1000+ 1000+ 2000- 1000-, 0, BUDGET none 2000x2 [1000]",
    "1000- 1000-, 0, BUDGET none 1000x2",
    "1000+ 1000+ 1000+ 1100- 1100- 1100- 1000+, 0, FOUND 1000x4 1100x3",
  })
  void aBudgetIsKeptForTheBounds(@Nullable String history, long left, String next) {
    assertThat(words(SEARCH.next(trials(history), new Budget(left)))).isEqualTo(next);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "1000+, 'sustained 1,000 writes/s (1 trial); 3 trials of a bound were asked for.'",
    "1000-, 'did not sustain 1,000 writes/s (1 trial); 3 trials of a bound were asked for.'",
    "1000+ 2000- 1000+ 1000+ 2000- 2000- 1000+,"
        + " 'sustained between 1,000 and 2,000 writes/s (4 and 3 trials).'",
  })
  void whereTheTimeIsOverItIsSaidByHowManyTrials(String history, String words) {
    Step step = SEARCH.next(trials(history), new Budget(0));

    assertThat(((Step.Found) step).interval().words())
        .isEqualTo("The time allowed was over; by then it " + words);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    ", 7000 at least",
    "7000+, 7000 at least",
    "7000+ 7000! 7000!, 7000 at least",
    "7000+ 7000! 7000! 7000!, GENERATOR 7000x1 none",
    "7000+ 7000+ 7000+, AT_LEAST_PROVEN 7000x3 none",
    "7000-, AT_LEAST_REFUTED none 7000x1",
    "7000+ 7000-, AT_LEAST_REFUTED none none [7000]",
    "7000+ 7000? 7000+, UNDECIDED none none [7000]",
    "9000- 7000+ 1000+, 7000 at least",
  })
  void oneRateIsAskedAbout(@Nullable String history, String next) {
    CapacitySearch search = new CapacitySearch(question(1_000, null, 7_000L, 0.1, 3));

    assertThat(words(search.next(trials(history)))).isEqualTo(next);
    assertThat(words(search.next(trials(history), new Budget(0))))
        .isEqualTo(
            !next.endsWith("at least")
                ? next
                : history != null && history.contains("7000+")
                    ? "BUDGET 7000x1 none"
                    : "BUDGET none none");
  }

  @Test
  void ratesThatAreTooSmallToHalveEndTheSearchToo() {
    CapacitySearch search = new CapacitySearch(question(1, null, null, 0.01, 1));

    assertThat(words(search.next(trials("1+ 2+ 4-")))).isEqualTo("3 bisected");
    assertThat(words(search.next(trials("1+ 2+ 4- 3+")))).isEqualTo("FOUND 3x1 4x1");
    assertThat(words(search.next(trials("1+ 2-")))).isEqualTo("1 last");
  }

  @Test
  void withoutAnEndTheHighestRateThatThereIsEndsIt() {
    CapacitySearch search = new CapacitySearch(question(600_000_000, null, null, 0.1, 1));

    assertThat(words(search.next(trials("600000000+")))).isEqualTo("1000000000 doubled");
    assertThat(words(search.next(trials("600000000+ 1000000000+"))))
        .isEqualTo("TO_SUSTAINED 1000000000x1 none");
  }

  @Test
  void trialsOfAnotherReplicasSearchMayLieBetween() {
    // Another one wanted 1,500 and 700 last of all; neither keeps this one from its end.
    List<Tried> history =
        trials("1000+ 2000- 1000+ 1414- 1189+ 1297- 1189+ 1189+ 1297- 1297- 1189+ 1500- 700+");

    assertThat(words(SEARCH.next(history))).isEqualTo("FOUND 1189x4 1297x3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1000+ 1000+ 1000+ 1100- 1100- 1100- 1000+"
            + " | Sustains between 1,000 and 1,100 writes/s (4 and 3 trials).",
        "1000+ 1000+ 1000+ 1200- 1200- 1200- 1100+ 1100- 1100+ 1000+"
            + " | Sustains between 1,000 and 1,200 writes/s (4 and 3 trials); mixed: 1,100.",
        "1000- 1000- 1000- | Even 1,000 writes/s were refuted (3 trials).",
        "1000! 1000! 1000! | The generator or the probe could not keep 1,000 writes/s.",
        "1000+ 1000+ 1000+ 1100! 1100! 1100!"
            + " | The generator or the probe could not keep 1,100 writes/s; sustains 1,000 writes/s"
            + " (3 trials).",
      })
  void theEndIsOneSentence(String history, String sentence) {
    CapacityInterval found = ((Step.Found) SEARCH.next(trials(history))).interval();

    assertThat(found.words()).isEqualTo(sentence);
    assertThat(found.replica()).isNull();
  }

  static List<Question> impossible() {
    return List.of(
        question(0, null, null, 0.1, 3),
        question(1_000, 999L, null, 0.1, 3),
        question(1_000, null, 0L, 0.1, 3),
        question(1_000, null, null, 0, 3),
        question(1_000, null, null, Double.NaN, 3),
        question(1_000, null, null, 0.1, 0));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void whatNothingCanBeSearchedWithIsRefused(Question question) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CapacitySearch(question));
  }

  @Test
  void aBudgetOfTimeIsSoManyWholeTrials() {
    assertThat(Budget.of(60, 20)).isEqualTo(new Budget(3));
    assertThat(Budget.of(59.9, 20)).isEqualTo(new Budget(2));
    assertThat(Budget.of(-5, 20)).isEqualTo(new Budget(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Budget.of(60, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Budget.of(Double.NaN, 20));
    assertThatIllegalArgumentException().isThrownBy(() -> new Budget(-1));
  }

  @Test
  void aTrialIsAtARate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trials("0+"))
        .withMessage("a trial at no rate: 0");
  }
}
