package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the outstanding a poll asks for. */
class PollWindowTest {
  private final PollWindow window = new PollWindow(50_000);
  private final long now = 0;

  @Test
  void theOldestAreAskedForAndOfTheOthersSomeInTurn() {
    assertThat(poll(3)).isEqualTo("0 1 2");
    assertThat(poll(8)).isEqualTo("0 1 2 3 4 5 6 7");
    assertThat(poll(10)).isEqualTo("0 1 2 3 4 5 6 7 8 9");
    assertThat(poll(14)).isEqualTo("0 1 2 3 4 5 6 7 8 9 10 11");
    assertThat(poll(14)).isEqualTo("0 1 2 3 4 5 6 7 12 13 8 9");
    assertThat(poll(14)).isEqualTo("0 1 2 3 4 5 6 7 10 11 12 13");
    assertThat(poll(8)).isEqualTo("0 1 2 3 4 5 6 7");
    assertThat(poll(14)).isEqualTo("0 1 2 3 4 5 6 7 8 9 10 11");
  }

  /** Of 10,000; the window is as wide as the oldest that are asked for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // settled of the oldest and others in each poll | asked for in the next one
        "none          | 8 and 4",
        "all           | 16 and 4",
        "all all       | 32 and 8",
        "all all none  | 16 and 4",
        "all all some  | 32 and 8",
        "other         | 4096 and 1024",
        "other none    | 2048 and 512",
        "all other all | 4096 and 1024",
      })
  void itWidensWhileAllArriveOrOnlyOthersDoAndNarrowsWhileNothingDoes(String polls, String next) {
    for (String poll : polls.split(" ", -1)) {
      window.begin(10_000, now);
      int oldest = oldest();
      switch (poll) {
        case "all" -> IntStream.range(0, oldest).forEach(window::settled);
        case "some" -> window.settled(0);
        case "other" -> window.settled(oldest);
        default -> {}
      }
      window.end();
    }
    window.begin(10_000, now);
    assertThat(oldest() + " and " + (window.count() - oldest())).isEqualTo(next);
  }

  /** A key for every 50 µs since the last poll, between the narrowest and the widest. */
  @ParameterizedTest
  @CsvSource({
    "     449999,    8",
    "     450000,    9",
    "     800000,   16",
    "  204800000, 4096",
    " 9000000000, 4096",
  })
  void itIsAsWideAsTheTimeOfARoundAffords(long roundNanos, int wide) {
    window.begin(10_000, now);
    window.end();
    window.begin(10_000, now + roundNanos);
    assertThat(oldest()).isEqualTo(wide);
    window.end();
    window.begin(10_000, now + roundNanos + 1);
    assertThat(oldest()).isEqualTo(wide);
    assertThat(window.count()).isLessThanOrEqualTo(PollWindow.MOST);
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "8, 8", "9, 9", "100, 100"})
  void itReachesAsFarAsThoseItAsksFor(int outstanding, int reach) {
    window.begin(outstanding, now);
    assertThat(window.reach()).isEqualTo(reach);
  }

  /** The first turn that is not the place of its number is that of an other. */
  private int oldest() {
    int count = window.count();
    return count >= 5 * 8 ? count / 5 * 4 : count - 4;
  }

  private String poll(int outstanding) {
    window.begin(outstanding, now);
    String places =
        IntStream.range(0, window.count())
            .mapToObj(turn -> Integer.toString(window.place(turn)))
            .collect(Collectors.joining(" "));
    window.asked();
    window.settled(0);
    window.end();
    return places;
  }
}
