package io.syncanalyzer.load.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.load.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StderrReadingTest {
  @ParameterizedTest
  @ValueSource(strings = {"1.3.0", "1.4.0", "2.0.0", "2.1.4", "2.3.1"})
  void progressIsReadInEachVersion(String version) {
    StderrReading reading = Fixtures.stderr(version, "set-get");

    assertThat(reading.ticks()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(reading.ticks().get(0).opsPerS()).isBetween(30_000L, 100_000L);
    assertThat(reading.operations()).isGreaterThan(200_000);
    assertThat(reading.connectionErrors()).isZero();
    assertThat(reading.errorReplies()).isEmpty();
    assertThat(reading.complaint()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3.0", "1.4.0", "2.0.0", "2.1.4", "2.3.1", "main-2026-05-06"})
  void refusedConnectionsAreCountedWithTheirReason(String version) {
    StderrReading reading = Fixtures.stderr(version, "refused");

    assertThat(reading.connectionErrors()).isEqualTo(version.compareTo("2.3") > 0 ? 6 : 1);
    assertThat(reading.connectionError()).isEqualTo("Connection refused");
    assertThat(reading.operations()).isZero();
  }

  @Test
  void theOperationsOfRepeatedRunsAddUp() {
    assertThat(Fixtures.stderr("2.3.1", "runs2").operations()).isEqualTo(11_052 + 11_519);
  }

  @Test
  void aRefusedLoginIsKept() {
    StderrReading reading = new StderrReading();

    reading.line("error: authentication failed [-WRONGPASS invalid username-password pair]");

    assertThat(reading.loginError()).isEqualTo("WRONGPASS invalid username-password pair");
    assertThat(Cause.ofReplies(reading).orElseThrow())
        .isEqualTo(
            "the source refused memtier_benchmark's login: WRONGPASS invalid username-password"
                + " pair; check ANALYZER_SOURCE_USER/_PASSWORD or the --source URI");
  }

  @Test
  void repliesAreCountedByKindAndTheMostFrequentIsShownInFull() {
    StderrReading reading = new StderrReading();
    for (int i = 0; i < 3; i++) {
      reading.line("server 127.0.0.1:1 handle error response: -OOM command not allowed");
    }
    reading.line("server 127.0.0.1:1 handle error response: -WRONGTYPE Operation against a key");

    assertThat(reading.errorReplyCount()).isEqualTo(4);
    assertThat(Cause.ofReplies(reading).orElseThrow())
        .isEqualTo(
            "the source answered with errors: 3 OOM, 1 WRONGTYPE (`OOM command not allowed`); the"
                + " source is at its maxmemory; raise it or load less");
  }

  @Test
  void kindsWithoutEndDoNotFillTheMemory() {
    StderrReading reading = new StderrReading();
    for (int i = 0; i < 1000; i++) {
      String kind = "E" + (char) ('A' + i / 26 % 26) + (char) ('A' + i % 26);
      reading.line("server x handle error response: -" + kind + " text");
    }

    assertThat(reading.errorReplies()).hasSizeLessThanOrEqualTo(50);
  }

  @Test
  void anOptionItRefusesIsQuotedWithoutItsPath() {
    StderrReading reading = new StderrReading();
    reading.line("/a/b/memtier_benchmark: unrecognized option '--bogus'");
    reading.line("Usage: memtier_benchmark [options]");

    assertThat(Cause.ofEnd(2, reading))
        .isEqualTo("memtier_benchmark refused its options: unrecognized option '--bogus'");
  }

  @Test
  void aSignalIsNamed() {
    assertThat(Cause.ofEnd(139, new StderrReading()))
        .isEqualTo("memtier_benchmark was ended by SIGSEGV");
    assertThat(Cause.ofEnd(160, new StderrReading()))
        .isEqualTo("memtier_benchmark was ended by signal 32");
  }

  @Test
  void controlCharactersNeverReachAMessage() {
    StderrReading reading = new StderrReading();
    reading.line("error: \u001b[31mred\u0007 and " + "long ".repeat(200));

    assertThat(reading.complaint()).doesNotContain("\u001b").hasSizeLessThanOrEqualTo(201);
  }
}
