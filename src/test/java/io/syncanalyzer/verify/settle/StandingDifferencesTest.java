package io.syncanalyzer.verify.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.verify.server.Unanswered;
import io.syncanalyzer.verify.value.Content;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StandingDifferencesTest {
  private static final int PATIENCE = 3;

  private final StandingDifferences standing = new StandingDifferences(0);

  /** A value of parts {@code name=value}. */
  private static Content content(String... parts) {
    Content content = new Content();
    for (String part : parts) {
      String[] both = part.split("=", 2);
      content.part(Bytes.utf8(both[0]), Blob.of(Bytes.utf8(both[1])));
    }
    return content;
  }

  @Test
  void whatTheReplicaHasAsTheSourceHadItBeforeOrAfterIsEqual() {
    standing.look(content("f=a", "g=1"), content("f=a", "g=2"), content("f=b", "g=2"));
    assertThat(standing.areNone()).isTrue();
  }

  @Test
  void aPartThatDiffersInTheSameWayEachTimeIsConfirmedAtTheLastLookOnly() throws Exception {
    for (int look = 1; look <= StandingDifferences.LOOKS; look++) {
      assertThat(standing.confirmed(PATIENCE)).isNull();
      String moving = "moving=" + look;
      standing.look(content("f=a", moving), content("f=b", "moving=0"), content("f=a", moving));
      assertThat(standing.areNone()).isFalse();
    }
    Content.Differences found = Objects.requireNonNull(standing.confirmed(PATIENCE));
    assertThat(found.first()).extracting(one -> one.name().asUtf8()).containsExactly("f");
  }

  @Test
  void aPartOnceSeenEqualIsNotConfirmedHoweverOftenItDiffersAfterwards() {
    standing.look(content("f=a"), content("f=b"), content("f=a"));
    standing.look(content("f=b"), content("f=b"), content("f=b"));
    for (int look = 0; look < 2 * StandingDifferences.LOOKS; look++) {
      standing.look(content("f=a"), content("f=b"), content("f=a"));
    }
    assertThat(standing.areNone()).isTrue();
  }

  @Test
  void whatDiffersInAnotherWayEachTimeIsGivenUpAfterThatManyLooks() throws Exception {
    for (int look = 1; look <= PATIENCE; look++) {
      assertThat(standing.confirmed(PATIENCE)).isNull();
      standing.look(content("f=" + look), content("f=x"), content("f=" + look));
    }
    assertThatThrownBy(() -> standing.confirmed(PATIENCE)).isInstanceOf(Unanswered.class);
  }

  @Test
  void partsThatOnlyOneSideHasAreDifferencesToo() throws Exception {
    for (int look = 0; look < StandingDifferences.LOOKS; look++) {
      standing.look(content("f=a", "g=1"), content("f=a", "h=1"), content("f=a", "g=1"));
    }
    Content.Differences found = Objects.requireNonNull(standing.confirmed(PATIENCE));
    assertThat(found.count()).isEqualTo(2);
  }
}
