package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LibrariesTest {
  @Test
  void thoseThatAreHiddenWithTheirNumberAreAReasonNotToBeComplete() {
    Libraries hidden =
        new Libraries(List.of(), Optional.of("NOPERM no right"), OptionalLong.empty());

    assertThat(hidden.untold("replica").orElseThrow())
        .startsWith("whether the replica holds libraries of functions is not known")
        .contains("(NOPERM no right)", "grant +function|list");
  }

  @Test
  void thoseThatCanBeCountedOrReadAreNone() {
    Optional<String> why = Optional.of("NOPERM no right");

    assertThat(new Libraries(List.of(), why, OptionalLong.of(2)).untold("source")).isEmpty();
    assertThat(new Libraries(List.of(), Optional.empty(), OptionalLong.of(0)).untold("source"))
        .isEmpty();
  }
}
