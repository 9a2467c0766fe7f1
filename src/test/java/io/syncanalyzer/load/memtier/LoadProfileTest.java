package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.load.memtier.LoadProfile.Option;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.sentinel.KeyKind;
import io.syncanalyzer.sentinel.OurKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadProfileTest {
  @TempDir Path folder;

  static List<String> shipped() {
    return LoadProfile.names();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedProfileWritesRandomValuesUnderOurPrefix(String name) {
    MemtierOptions options = new MemtierOptions(LoadProfile.of(name).options());

    assertThat(options.has("--random-data")).isTrue();
    assertThat(options.has("--distinct-client-seed")).isTrue();
    if (options.has("--command")) {
      assertThat(options.list())
          .filteredOn(option -> option.name().equals("--command"))
          .allSatisfy(
              option ->
                  assertThat(option.value().orElseThrow())
                      .matches("\\w+ sa:load:\\w+:\\{__key__\\}.*"));
    } else {
      assertThat(options.value("--key-prefix").orElseThrow()).matches("sa:load:\\w+:");
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyKeyOfAShippedProfileIsKnownAsOursAgain(String name) {
    for (LoadProfile.Option option : LoadProfile.of(name).options()) {
      String value = option.value().orElse("");
      String key =
          option.name().equals("--key-prefix")
              ? value + "1"
              : option.name().equals("--command")
                  ? value.split(" ", -1)[1].replace("__key__", "50000")
                  : "";
      if (!key.isEmpty() && !key.equals("1")) {
        assertThat(OurKey.of(Bytes.utf8(key)).map(OurKey::kind)).as(key).contains(KeyKind.LOAD);
      }
    }
  }

  @Test
  void theDefaultProfileHasEveryType() {
    assertThat(
            new MemtierOptions(LoadProfile.of(LoadRequest.DEFAULT_PROFILE).options()).arguments())
        .anyMatch(a -> a.startsWith("--command=SET "))
        .anyMatch(a -> a.startsWith("--command=HSET "))
        .anyMatch(a -> a.startsWith("--command=RPUSH "))
        .anyMatch(a -> a.startsWith("--command=SADD "))
        .anyMatch(a -> a.startsWith("--command=ZADD "))
        .anyMatch(a -> a.startsWith("--command=XADD "));
  }

  @Test
  void aFileHoldsAnOptionALine() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("own.txt"),
            """
            # a comment

              --command="SET sa:load:__key__ __data__"
            --command-ratio 2
            -R
            -d 100
            --key-prefix=
            --ratio='1:0'
            """);

    assertThat(LoadProfile.of(file.toString()).options())
        .containsExactly(
            new Option("--command", Optional.of("SET sa:load:__key__ __data__"), 3),
            new Option("--command-ratio", Optional.of("2"), 4),
            new Option("-R", Optional.empty(), 5),
            new Option("-d", Optional.of("100"), 6),
            new Option("--key-prefix", Optional.of(""), 7),
            new Option("--ratio", Optional.of("1:0"), 8));
  }

  @Test
  void anOptionStandsOnTheCommandLineAsGetoptWantsIt() {
    assertThat(new Option("-d", Optional.of("100"), 1).arguments()).containsExactly("-d", "100");
    assertThat(new Option("--ratio", Optional.of("1:0"), 1).arguments())
        .containsExactly("--ratio=1:0");
    assertThat(new Option("-R", Optional.empty(), 1).arguments()).containsExactly("-R");
  }

  @Test
  void aMissingFileIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> LoadProfile.of("no-such-profile"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot read `no-such-profile`")
        .hasMessageContaining("strings, all-types, mixed-read-write")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aLineThatIsNoOptionIsRefusedWithItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("own.txt"), "--ratio=1:0\nratio=1:0\n");

    assertThatThrownBy(() -> LoadProfile.of(file.toString()))
        .hasMessageContaining("own.txt, line 2: `ratio=1:0` is no option");
  }

  @Test
  void aProfileWithoutAnyOptionIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("own.txt"), "# nothing\n");

    assertThatThrownBy(() -> LoadProfile.of(file.toString())).hasMessageContaining("no option");
  }
}
