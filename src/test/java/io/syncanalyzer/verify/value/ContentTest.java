package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final Bytes FIELD = Bytes.utf8("f");

  @Test
  void deadlinesOfAWindowWithoutValuesAreCompared() {
    Content source = new Content();
    source.deadline(FIELD, 5_000_000);
    Content replica = new Content();
    replica.deadline(FIELD, -1);
    assertThat(source.against(replica, 1000).count()).isEqualTo(1);
    assertThat(replica.against(source, 1000).count()).isEqualTo(1);
    Content near = new Content();
    near.deadline(FIELD, 5_000_900);
    assertThat(source.against(near, 1000).isEmpty()).isTrue();
  }

  @Test
  void aFieldThatIsNotThereDiffersOnceByItsValueNotAgainByItsDeadline() {
    Content source = new Content();
    source.part(FIELD, Blob.of(Bytes.utf8("v")));
    source.deadline(FIELD, 5_000_000);
    Content replica = new Content();
    replica.deadline(FIELD, -2);
    assertThat(source.against(replica, 1000).count()).isEqualTo(1);
  }

  @Test
  void aCountDiffersOnlyWhereNothingElseDoes() {
    Content source = new Content();
    Content replica = new Content();
    source.sum("HLEN", Blob.of(Bytes.utf8("2")));
    replica.sum("HLEN", Blob.of(Bytes.utf8("1")));
    Content.Differences count = source.against(replica, 0);
    assertThat(count.lackElements()).isTrue();
    assertThat(Judgement.ofDifferences(count).detail()).isEqualTo("HLEN differs");
    source.part(FIELD, Blob.of(Bytes.EMPTY));
    Content.Differences both = source.against(replica, 0);
    assertThat(both.lackElements()).isFalse();
    assertThat(Judgement.ofDifferences(both).detail())
        .isEqualTo("1 part differs: f (only on the source)");
  }

  @Test
  void whatTheOtherSideWasCutBeforeIsNoDifferenceButIsNotForgotten() {
    Content source = new Content();
    Content replica = new Content();
    for (String id : new String[] {"9-1", "10-1", "11-1"}) {
      source.part(Bytes.utf8(id), Blob.of(Bytes.EMPTY));
    }
    for (String id : new String[] {"9-1", "9-2", "10-1"}) {
      replica.part(Bytes.utf8(id), Blob.of(Bytes.EMPTY));
    }
    replica.cutAfter(Bytes.utf8("10-1"), StreamQuestions.BY_ID);
    Content.Differences found = source.against(replica, 0);
    assertThat(Judgement.ofDifferences(found).detail())
        .isEqualTo("at least 1 part differs: 9-2 (only on the replica)");
    // Parts beyond this side's own end are for the next window to tell.
    assertThat(replica.against(source, 0).mayBeMore()).isFalse();
  }

  @Test
  void aStringIsShownFromWhereItDiffersAndTheFieldWithoutANameIsNoString() {
    Judgement shorter = judged("same, then this", "same, then that");
    assertThat(shorter.detail()).isEqualTo("1 part differs: the string from byte 13 on");
    assertThat(shown(shorter).name()).isEqualTo(Bytes.EMPTY);
    Judgement longer = judged("x".repeat(1000) + "a", "x".repeat(1000) + "b");
    assertThat(longer.detail()).startsWith("1 part differs: the string from byte 1000 on; source:");
    assertThat(shown(longer).name().asUtf8()).isEqualTo("bytes from 1000");
    assertThat(shown(longer).source()).isEqualTo(Blob.of(Bytes.utf8("a")));
    Content source = new Content();
    source.part(Bytes.EMPTY, Blob.of(Bytes.EMPTY));
    assertThat(Judgement.ofDifferences(source.against(new Content(), 0)).detail())
        .isEqualTo("1 part differs: the one with the empty name (only on the source)");
  }

  private static Content.Difference shown(Judgement judgement) {
    return Objects.requireNonNull(judgement.difference());
  }

  private static Judgement judged(String mine, String other) {
    Content source = new Content();
    source.text(0, Blob.of(Bytes.utf8(mine)));
    Content replica = new Content();
    replica.text(0, Blob.of(Bytes.utf8(other)));
    return Judgement.ofDifferences(source.against(replica, 0));
  }
}
