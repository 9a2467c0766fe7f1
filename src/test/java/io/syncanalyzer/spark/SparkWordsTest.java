package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Spark's failures in one line. */
class SparkWordsTest {
  @Test
  void stackTracesWithinAMessageAreLeftOut() {
    assertThat(
            SparkWords.of(
                new IllegalStateException(
                    "Job aborted due to stage failure:\n  Task 0 failed 4 times\n"
                        + "\tat org.apache.spark.Some(Some.scala:3)\n\nDriver stacktrace:\nmore")))
        .isEqualTo("Job aborted due to stage failure: Task 0 failed 4 times");
  }

  @Test
  void aFailureWithoutWordsIsToldByItsCauseOrItsName() {
    assertThat(SparkWords.of(new RuntimeException(null, new IllegalStateException("no room"))))
        .isEqualTo("no room");
    assertThat(SparkWords.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void whatIsVeryLongIsCut() {
    assertThat(SparkWords.of(new IllegalStateException("x".repeat(9000)))).hasSize(401);
  }
}
