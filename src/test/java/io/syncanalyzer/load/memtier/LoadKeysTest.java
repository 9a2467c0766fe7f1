package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.load.ProfileRequest;
import io.syncanalyzer.redis.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadKeysTest {
  @TempDir Path folder;

  @Test
  void aProfilesCommandsNameItsKeys() throws IOException {
    LoadKeys keys =
        of("--key-prefix=\n--command=SET sa:load:mine:__key__ __data__\n--command=GET x__key__:y");
    assertThat(keys.has(Bytes.utf8("sa:load:mine:7"))).isTrue();
    assertThat(keys.has(Bytes.utf8("x7:y"))).isTrue();
    assertThat(keys.has(Bytes.utf8("sa:load:mine:x"))).isFalse();
    assertThat(keys.has(Bytes.utf8("sa:load:mine:7:8"))).isFalse();
    assertThat(keys.has(Bytes.utf8("sa:load:users:7"))).isFalse();
  }

  @Test
  void aNumberInBracesMayComeWithoutThem() throws IOException {
    LoadKeys keys = of("--key-prefix=p\n--command=SET sa:load:mine:{__key__}:x __data__");

    assertThat(keys.has(Bytes.utf8("sa:load:mine:{p7}:x"))).isTrue();
    assertThat(keys.has(Bytes.utf8("sa:load:mine:p7:x"))).isTrue();
    assertThat(keys.has(Bytes.utf8("sa:load:mine:{p7:x"))).isFalse();
    assertThat(keys.examples()).containsExactly(Bytes.utf8("sa:load:mine:{p1}:x"));
  }

  @Test
  void withoutCommandsThePrefixDoesAndWhatFollowsTheDashesWins() throws IOException {
    assertThat(of("--key-prefix=sa:load:a:").has(Bytes.utf8("sa:load:a:1"))).isTrue();
    LoadKeys keys = of("--key-prefix=sa:load:a:", "--key-prefix", "sa:load:b:");
    assertThat(keys.has(Bytes.utf8("sa:load:b:1"))).isTrue();
    assertThat(keys.has(Bytes.utf8("sa:load:a:1"))).isFalse();
    assertThat(of("--ratio=1:0").has(Bytes.utf8("memtier-12"))).isTrue();
  }

  @Test
  void oneNameOfEachKindIsAnExample() throws IOException {
    LoadKeys keys =
        of("--key-prefix=\n--command=SET sa:load:mine:__key__ __data__\n--command=GET x__key__:y");
    assertThat(keys.examples()).containsExactly(Bytes.utf8("sa:load:mine:1"), Bytes.utf8("x1:y"));
    assertThat(keys.examples()).allMatch(keys::has);
    assertThat(of("--ratio=1:0").examples()).containsExactly(Bytes.utf8("memtier-1"));
  }

  private LoadKeys of(String profile, String... passThrough) throws IOException {
    return LoadKeys.of(ProfileRequest.of(folder, profile, passThrough));
  }
}
