package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemtierOptionsTest {
  @Test
  void aCommandLineIsReadAsGetoptReadsIt() {
    MemtierOptions read =
        MemtierOptions.ofArguments(
            List.of("-c", "5", "-t7", "-R4", "--ratio=1:0", "--key-prefix", "-x-", "-R4d", "100"),
            "after --");
    assertThat(read.number("--clients", 0)).isEqualTo(5);
    assertThat(read.number("--threads", 0)).isEqualTo(7);
    assertThat(read.has("--random-data")).isTrue();
    assertThat(read.has("-4")).isTrue();
    assertThat(read.value("--ratio")).isEqualTo(Optional.of("1:0"));
    assertThat(read.value("--key-prefix")).isEqualTo(Optional.of("-x-"));
    assertThat(read.value("--data-size")).isEqualTo(Optional.of("100"));
    assertThat(MemtierOptions.ofArguments(List.of(), "after --").list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-s h",
        "-h h",
        "--host=h",
        "-p 1",
        "-p1",
        "-4p 1",
        "-R4p1",
        "-S /s",
        "-u redis://u:secret@h",
        "--uri=redis://u:secret@h",
        "-a secret",
        "-asecret",
        "--authenticate=secret",
        "-o f",
        "--out-file=f",
        "--json-out-file f",
        "--cluster-mode",
        "--select-db=5",
        "--tls",
        "--cacert=f",
        "--sni h",
        "--help",
        "-v",
        "--ratio=1:0 -p 1",
        "--protocol=memcache_text",
        "-P memcache_binary",
      })
  void whatOnlyTheAnalyzerMaySayIsRefusedWithoutItsValue(String words) {
    assertThatThrownBy(() -> MemtierOptions.ofArguments(List.of(words.split(" ")), "after --"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("after --: -")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "foo,`foo` is no option",
    "-R foo,`foo` is no option",
    "--,`--` is no option",
    "-,`-` is no option",
    "--hide-histogram=yes,takes no value",
  })
  void whatMemtierWouldLeaveOutOrNotTakeIsRefused(String words, String says) {
    assertThatThrownBy(() -> MemtierOptions.ofArguments(List.of(words.split(" ")), "after --"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }
}
