package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OurKeyTest {
  private static final String UUID = "0b9f3a3e-7c1d-4c55-9d1e-0123456789ab";

  @ParameterizedTest
  @CsvSource({
    "sa:r:string:0:0, SENTINEL",
    "sa:r:hash:f0:17, SENTINEL",
    "sa:r:list:b12:999999999999999999, SENTINEL",
    "sa:r:set:preflight:0, SENTINEL",
    "sa:20261126T103000Z:zset:1:5, SENTINEL",
    "sa:a.b_c-d:stream:0:1, SENTINEL",
    "sa:selftest-1:string:0:3, SENTINEL",
    "sa:string:string:0:3, SENTINEL",
    "sa:r:string:0{1a}:3, SENTINEL",
    "sa:r:string:f12{0}:3, SENTINEL",
    "sa:r:string:preflight{1a}:0, SENTINEL",
    "sa:r:fence:" + UUID + "{1a}, FENCE",
    "sa:r:fence:" + UUID + ", FENCE",
    "sa:selftest:fence:" + UUID + ", FENCE",
    "sa:load:string:0, LOAD",
    "sa:load:hash:1, LOAD",
    "sa:load:list:50000, LOAD",
    "sa:load:set:2, LOAD",
    "sa:load:zset:3, LOAD",
    "sa:load:stream:4, LOAD",
    "sa:load:large:500, LOAD",
    "sa:load:expiring:200000, LOAD",
    "sa:load:hot:100000, LOAD",
    "sa:load:string:{0}, LOAD",
    "sa:load:hash:{200000}, LOAD",
    "sa:load:large:{17}, LOAD",
    "sa:selftest-replica-read-only, SELFTEST",
    "sa:selftest:plain:198, SELFTEST",
    "sa:selftest:corrupted:0000, SELFTEST",
    "sa:selftest:small:list, SELFTEST",
    "sa:selftest:large:stream, SELFTEST",
    "sa:selftest:bits, SELFTEST"
  })
  void whatWeWriteIsKnownByItsName(String name, KeyKind kind) {
    assertThat(OurKey.of(Bytes.utf8(name)).map(OurKey::kind)).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sa:",
        "sa:users:1",
        "sa:x:f:1",
        "user:sa:r:string:0:0",
        "SA:r:string:0:0",
        " sa:r:string:0:0",
        "sa:r:string:0:0 ",
        "sa:r:string:0:0\n",
        "sa:r:string:0:0:0",
        "sa::string:0:0",
        "sa:r:x:string:0:0",
        "sa:-r:string:0:0",
        "sa:r*:string:0:0",
        "sa:r[a]:string:0:0",
        "sa:r:string:0:00",
        "sa:r:string:0:-1",
        "sa:r:string:0:+1",
        "sa:r:string:0:1.0",
        "sa:r:string:0:9999999999999999999",
        "sa:r:string:x:0",
        "sa:r:string:01:0",
        "sa:r:string:0:x",
        "sa:r:json:0:1",
        "sa:r:String:0:1",
        "sa:r:string::1",
        "sa:r:string:0:",
        "sa:load:string:0:1",
        "sa:selftest:string:0:1",
        "sa:r:fence:",
        "sa:r:fence:1",
        "sa:r:string:0{}:1",
        "sa:r:string:0{1a:1",
        "sa:r:string:0{1A}:1",
        "sa:r:string:0{abcde}:1",
        "sa:r:string:0{zzzz}:1",
        "sa:r:string:0{1a}{1b}:1",
        "sa:r:string:{1a}:1",
        "sa:r{1a}:string:0:1",
        "sa:r:fence:" + UUID + "{zzzz}",
        "sa:r:fence:" + UUID + "{}",
        "sa:r:fence:{1a}" + UUID,
        "sa:r:fence:" + UUID + "0",
        "sa:r:fence:0B9F3A3E-7C1D-4C55-9D1E-0123456789AB",
        "sa:load:fence:" + UUID,
        "sa:load:",
        "sa:load:1",
        "sa:load:users:1",
        "sa:load:string:",
        "sa:load:string:007",
        "sa:load:string:abc",
        "sa:load:string:-1",
        "sa:load:string:1:x",
        "sa:load:string:12345678901234567890",
        "sa:load:json:1",
        "sa:load:string:{}",
        "sa:load:string:{007}",
        "sa:load:string:{1",
        "sa:load:string:1}",
        "sa:load:string:{1}2",
        "sa:load:string:2{1}",
        "sa:load:string:{{1}}",
        "sa:load:string:{a}",
        "sa:load:{string}:1",
        "sa:load:users:{1}",
        "sa:load:string:{12345678901234567890}",
        "sa:loads:string:1",
        "sa:selftest",
        "sa:selftest:",
        "sa:selftest:users",
        "sa:selftest:plain:1",
        "sa:selftest:plain:04",
        "sa:selftest:plain:1000",
        "sa:selftest:corrupted:1",
        "sa:selftest:corrupted:0001",
        "sa:selftest:small:json",
        "sa:selftest:expiring:list",
        "sa:selftest-replica-read-only:1",
        "sa:embedded:link"
      })
  void whatOnlyBeginsLikeOursIsNot(String name) {
    assertThat(OurKey.of(Bytes.utf8(name))).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreNeverTakenForDigitsOrLetters() {
    byte[] name = Bytes.utf8("sa:r:string:0:12").array().clone();
    for (int at = 3; at < name.length; at++) {
      byte[] odd = name.clone();
      odd[at] = (byte) 0xff;
      assertThat(OurKey.of(Bytes.wrap(odd))).as("byte %s", at).isEmpty();
      odd[at] = 0;
      assertThat(OurKey.of(Bytes.wrap(odd))).as("byte %s", at).isEmpty();
    }
  }

  @Test
  void theSelftestsBinaryNamesAreKnownAndNoOthersThatEndSo() {
    assertThat(OurKey.of(SelftestName.key("plain:1", true))).isPresent();
    assertThat(OurKey.of(SelftestName.key("corrupted:0001", true))).isPresent();
    assertThat(OurKey.of(SelftestName.key("expiring:list", true))).isPresent();
    assertThat(OurKey.of(SelftestName.key("plain:2", true))).isEmpty();
    assertThat(OurKey.of(SelftestName.key("bits", true))).isEmpty();
    assertThat(OurKey.of(SelftestName.key("users", true))).isEmpty();
    assertThat(OurKey.of(SelftestName.key("", true))).isEmpty();
  }
}
