package io.syncanalyzer.insert.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong in the telling of a second ends nothing. */
class SecondsToldTest {
  private record Work(String text) {}

  @Test
  void oneThatCannotBeToldIsPassedOverAndTheNextIsTold() {
    List<WorkJson> told = new ArrayList<>();
    SecondsTold seconds =
        new SecondsTold(
            second -> {
              told.add(second);
              if (told.size() < 3) {
                throw new IllegalStateException("no such second");
              }
            });
    List<WorkJson> all = List.of(work("1"), work("2"), work("3"));
    all.forEach(seconds);
    assertThat(told).isEqualTo(all);
  }

  private static WorkJson work(String text) {
    return ControlJson.of(new Work(text));
  }
}
