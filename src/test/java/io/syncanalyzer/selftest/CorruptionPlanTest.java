package io.syncanalyzer.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.selftest.CorruptionPlan.Way;
import io.syncanalyzer.selftest.SelftestCorruption.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptionPlanTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyWayOfCorruptingEachTypeIsInjectedAndEachKeySuffersOne(boolean fieldExpiry) {
    CorruptionPlan plan = new CorruptionPlan(new Random(17), 0, fieldExpiry);
    List<SelftestCorruption> corruptions = plan.corruptions();
    assertThat(corruptions).hasSize(CorruptionPlan.CORRUPTIONS);
    assertThat(corruptions.stream().map(Way::of).collect(Collectors.toSet()))
        .isEqualTo(CorruptionPlan.ways(fieldExpiry));
    Set<Bytes> keys = new HashSet<>();
    assertThat(corruptions)
        .allSatisfy(
            one -> {
              assertThat(keys.add(one.key())).isTrue();
              assertThat(one.change()).isNotEmpty();
              assertThat(one.before().isEmpty()).isEqualTo(one.kind() == Kind.EXTRA_KEY);
            });
    long extra = corruptions.stream().filter(one -> one.kind() == Kind.EXTRA_KEY).count();
    assertThat(plan.before()).hasSize(CorruptionPlan.KEYS);
    assertThat(plan.before().stream().filter(List::isEmpty)).hasSize((int) extra);
  }

  @ParameterizedTest
  @EnumSource
  void ofOneElementNothingIsInjectedThatWouldBeAnotherKindOrNone(SelftestType type) {
    Set<Kind> kinds =
        SelftestCatalogue.of(SelftestContent.of(type, 1), Bytes.utf8("k"), 0, true).stream()
            .map(SelftestCorruption::kind)
            .collect(Collectors.toSet());
    assertThat(kinds).doesNotContain(Kind.ORDER, Kind.GROUP_LAST_ID).contains(Kind.VALUE);
    assertThat(kinds.contains(Kind.ELEMENT_MISSING)).isEqualTo(type.canBeEmpty());
  }

  @ParameterizedTest
  @CsvSource({"v1234,v123y", "y,z", "7,y", "00001-x,00001-y"})
  void aChangedElementDiffersInItsLastByteAlone(String value, String changed) {
    assertThat(new SelftestContent.Element("at", value).changed())
        .isEqualTo(new SelftestContent.Element("at", changed));
  }

  @ParameterizedTest
  @EnumSource
  void whatBefallsAKeyOfTheSelfTestsOwnContentIsInTheSelfTestToo(SelftestType type) {
    SelftestContent content = SelftestContent.of(type, SelftestContent.FEW);
    Set<Way> own = SelftestCatalogue.all(0, true).stream().map(Way::of).collect(Collectors.toSet());
    assertThat(SelftestCatalogue.of(content, Bytes.utf8("k"), 0, true).stream().map(Way::of))
        .isSubsetOf(own);
  }
}
