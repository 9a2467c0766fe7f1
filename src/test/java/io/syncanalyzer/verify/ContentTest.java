package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
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
}
