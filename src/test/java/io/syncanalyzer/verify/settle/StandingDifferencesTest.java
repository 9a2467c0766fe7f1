package io.syncanalyzer.verify.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.verify.server.Unanswered;
import io.syncanalyzer.verify.value.Content;
import io.syncanalyzer.verify.value.Contents;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StandingDifferencesTest {
  private static final int PATIENCE = 3;

  private final StandingDifferences standing = new StandingDifferences(0);

  @Test
  void whatTheReplicaHasAsTheSourceHadItBeforeOrAfterIsEqual() {
    standing.look(Contents.of("f=a", "g=1"), Contents.of("f=a", "g=2"), Contents.of("f=b", "g=2"));
    assertThat(standing.areNone()).isTrue();
  }

  @Test
  void aPartThatDiffersInTheSameWayEachTimeIsConfirmedAtTheLastLookOnly() throws Exception {
    for (int look = 1; look <= StandingDifferences.LOOKS; look++) {
      assertThat(standing.confirmed(PATIENCE)).isNull();
      String moving = "moving=" + look;
      standing.look(
          Contents.of("f=a", moving), Contents.of("f=b", "moving=0"), Contents.of("f=a", moving));
      assertThat(standing.areNone()).isFalse();
    }
    Content.Differences found = Objects.requireNonNull(standing.confirmed(PATIENCE));
    assertThat(found.first()).extracting(one -> one.name().asUtf8()).containsExactly("f");
  }

  @Test
  void aPartOnceSeenEqualIsNotConfirmedHoweverOftenItDiffersAfterwards() {
    standing.look(Contents.of("f=a"), Contents.of("f=b"), Contents.of("f=a"));
    standing.look(Contents.of("f=b"), Contents.of("f=b"), Contents.of("f=b"));
    for (int look = 0; look < 2 * StandingDifferences.LOOKS; look++) {
      standing.look(Contents.of("f=a"), Contents.of("f=b"), Contents.of("f=a"));
    }
    assertThat(standing.areNone()).isTrue();
  }

  @Test
  void whatDiffersInAnotherWayEachTimeIsGivenUpAfterThatManyLooks() throws Exception {
    for (int look = 1; look <= PATIENCE; look++) {
      assertThat(standing.confirmed(PATIENCE)).isNull();
      standing.look(Contents.of("f=" + look), Contents.of("f=x"), Contents.of("f=" + look));
    }
    assertThatThrownBy(() -> standing.confirmed(PATIENCE)).isInstanceOf(Unanswered.class);
  }

  @Test
  void partsThatOnlyOneSideHasAreDifferencesToo() throws Exception {
    for (int look = 0; look < StandingDifferences.LOOKS; look++) {
      standing.look(
          Contents.of("f=a", "g=1"), Contents.of("f=a", "h=1"), Contents.of("f=a", "g=1"));
    }
    Content.Differences found = Objects.requireNonNull(standing.confirmed(PATIENCE));
    assertThat(found.count()).isEqualTo(2);
  }
}
