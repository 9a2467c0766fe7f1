package io.syncanalyzer.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.sentinel.KeyKind;
import io.syncanalyzer.sentinel.OurKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelftestKeysTest {
  @Test
  void everyKeyThatTheSelftestWritesIsKnownAsOursAgain() {
    List<Bytes> keys = new ArrayList<>();
    SelftestCatalogue.all(0, true).forEach(corruption -> keys.add(corruption.key()));
    SelftestKeys.untouched(0).forEach(key -> keys.add(key.get(0).arguments().get(0)));
    assertThat(keys).hasSizeGreaterThan(300).doesNotHaveDuplicates();
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(OurKey.of(key).map(OurKey::kind))
                    .as(key.toString())
                    .contains(KeyKind.SELFTEST));
  }
}
