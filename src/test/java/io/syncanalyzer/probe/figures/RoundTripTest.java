package io.syncanalyzer.probe.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.scripted.ScriptedClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTripTest {
  private final ScriptedClock clock = new ScriptedClock();
  private double millis;
  private int asked;

  @ParameterizedTest
  @CsvSource({
    // the answers take so many ms, the last one again and again; least in us, asked how often
    "0.1, 100, 20", // Near: all tries.
    "3 0.2 0.9 0.1 0.5, 100, 20", // The first pays for waking everybody.
    "200, 200000, 3", // Far: three, and it is well.
    "900 200 300 100, 200000, 3", // What comes later is not waited for.
    "90 90 90 10, 90000, 3", // Used up by three.
    "60 60 60 20 90, 20000, 4",
    "0, 0.001, 20", // A clock too coarse for it: some time it took.
  })
  void theLeastOfSomeAnswersIsTakenAndNobodyWaitsLongForIt(
      String answers, double leastMicros, int times) {
    String[] each = answers.split(" ", -1);
    clock.at(0);

    long least =
        RoundTrip.least(
            clock,
            () -> {
              millis += Double.parseDouble(each[Math.min(asked, each.length - 1)]);
              asked++;
              clock.at(millis);
            });

    assertThat(least).isEqualTo(Math.round(leastMicros * 1000));
    assertThat(asked).isEqualTo(times);
  }
}
