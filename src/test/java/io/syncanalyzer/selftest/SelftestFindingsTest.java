package io.syncanalyzer.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.selftest.SelftestCorruption.Kind;
import io.syncanalyzer.sentinel.SelftestName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SelftestFindingsTest {
  private static final List<SelftestCorruption> ALL = SelftestCatalogue.all(0, true);

  @Test
  void everythingFoundWithItsVerdictPasses() {
    SelftestFindings findings = SelftestFindings.of(ALL, right(), 500, 500);
    assertThat(findings.passed()).isTrue();
    assertThat(findings.found()).isEqualTo(ALL.size());
    assertThat(findings.rows()).allMatch(row -> row.found() == row.injected());
  }

  @Test
  void aCorruptionThatIsNotFoundFailsAndIsNamed() {
    Map<Bytes, KeyVerdict> found = right();
    found.remove(ALL.get(0).key());
    SelftestFindings findings = SelftestFindings.of(ALL, found, 500, 500);
    assertThat(findings.passed()).isFalse();
    assertThat(findings.found()).isEqualTo(ALL.size() - 1);
    assertThat(findings.complaints())
        .containsExactly(
            "missed: missing key, string of 5: expected MISSING_ON_REPLICA of"
                + " sa:selftest:corrupted:0000");
  }

  @Test
  void aCorruptionFoundAsSomethingElseFails() {
    Map<Bytes, KeyVerdict> found = right();
    found.put(ALL.get(0).key(), KeyVerdict.UNSETTLED);
    SelftestFindings findings = SelftestFindings.of(ALL, found, 500, 500);
    assertThat(findings.found()).isEqualTo(ALL.size() - 1);
    assertThat(findings.falses()).isZero();
    assertThat(findings.complaints())
        .singleElement()
        .asString()
        .startsWith("wrong verdict: missing key")
        .contains("found UNSETTLED, expected MISSING_ON_REPLICA");
  }

  @Test
  void aKeyThatNobodyCorruptedAndThatIsNotEqualFails() {
    Map<Bytes, KeyVerdict> found = right();
    found.put(SelftestName.key("innocent", true), KeyVerdict.UNREADABLE);
    SelftestFindings findings = SelftestFindings.of(ALL, found, 500, 500);
    assertThat(findings.passed()).isFalse();
    assertThat(findings.falses()).isOne();
    assertThat(findings.found()).isEqualTo(ALL.size());
    assertThat(findings.complaints())
        .containsExactly(
            "false: sa:selftest:innocent\\x00\\xFF\\x0D\\x0A\"*\\x80 is equal, found UNREADABLE");
  }

  @Test
  void keysThatWereNotLookedAtFail() {
    SelftestFindings findings = SelftestFindings.of(ALL, right(), 499, 500);
    assertThat(findings.passed()).isFalse();
    assertThat(findings.complaints()).containsExactly("looked at 499 keys of 500");
  }

  @Test
  void theCatalogueHasEveryKindEachWithAKeyOfItsOwnAndAllTypesWhereTheyCan() {
    assertThat(ALL.stream().map(SelftestCorruption::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Kind.values());
    Set<Bytes> keys = new HashSet<>();
    assertThat(ALL).allMatch(corruption -> keys.add(corruption.key()));
    for (Kind kind :
        List.of(
            Kind.MISSING_KEY,
            Kind.EXTRA_KEY,
            Kind.TYPE,
            Kind.EXPIRY_CHANGED,
            Kind.EXPIRY_REMOVED,
            Kind.EXPIRY_ADDED,
            Kind.VALUE,
            Kind.ELEMENT_MISSING,
            Kind.ELEMENT_EXTRA)) {
      assertThat(
              ALL.stream()
                  .filter(corruption -> corruption.kind() == kind)
                  .map(SelftestCorruption::type))
          .contains(SelftestType.values());
    }
    assertThat(SelftestCatalogue.all(0, false))
        .noneMatch(corruption -> corruption.kind() == Kind.FIELD_EXPIRY);
  }

  @Test
  void theTableFitsAHundredColumns() {
    SelftestFindings equal = SelftestFindings.of(List.of(), Map.of(), 500, 500);
    SelftestFindings found = SelftestFindings.of(ALL, right(), 512, 512);
    assertThat(SelftestScreen.verification(equal, found).lines())
        .allMatch(line -> line.length() <= 100)
        .anyMatch(line -> line.matches("together +" + ALL.size() + " +" + ALL.size() + " .*0 f.*"));
  }

  private static Map<Bytes, KeyVerdict> right() {
    Map<Bytes, KeyVerdict> found = new HashMap<>();
    ALL.forEach(corruption -> found.put(corruption.key(), corruption.kind().verdict()));
    return found;
  }
}
