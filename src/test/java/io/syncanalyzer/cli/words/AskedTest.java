package io.syncanalyzer.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {
  @ParameterizedTest
  @CsvSource({
    "redis://bob:s3cret@h:1, redis://bob:***@h:1",
    "rediss://:s3cret@my_redis, rediss://:***@my_redis",
    "redis://bob:s3:cr@et@h:1/2, redis://bob:***@h:1/2",
    "redis://bob:password]@h, redis://bob:***@h",
    "redis://bob:password@h, redis://bob:***@h",
    "redis://[user:password@h, redis://[user:***@h",
    "--source=redis://bob:s3cret@h, --source=redis://bob:***@h",
    "REDIS://bob:s3cret@h, REDIS://bob:***@h",
    "redis://h:7160, redis://h:7160",
    "redis://bob@h:7160, redis://bob@h:7160"
  })
  void aPasswordInAUriIsMaskedToItsLastSign(String word, String shown) {
    assertThat(Asked.masked(word)).isEqualTo(shown);
    assertThat(Asked.words(List.of("verify", word))).containsExactly("verify", shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expected redis://[user[:password]@]host[:port][/db], or rediss:// for TLS",
        "redis:// or rediss://[user[:password]@]host[:port][/db]."
      })
  void theFormThatMessagesShowIsNoPassword(String hint) {
    assertThat(Asked.masked(hint)).isEqualTo(hint);
  }

  @Test
  void ofTwoUrisInALineEachIsMasked() {
    assertThat(Asked.masked("[redis://a:x1@h, redis://b:x2@i] redis://[user[:password]@]host"))
        .isEqualTo("[redis://a:***@h, redis://b:***@i] redis://[user[:password]@]host");
  }
}
