package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.load.ProfileRequest;
import io.syncanalyzer.redis.server.CommandUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadUsesTest {
  @TempDir Path folder;

  @Test
  void aTaggedKeyNeedsTheRightsOfOneWithoutATag() throws Exception {
    assertThat(sent("--key-prefix=\n--command=SET sa:load:a:{__key__} __data__"))
        .containsExactly("SET sa:load:a:{1} x ~sa:load:a:*");
  }

  @Test
  void aProfilesCommandsAreThoseSentToItsKeys() throws IOException {
    assertThat(
            sent("--key-prefix=\n--command=SET sa:load:a:__key__ __data__\n--command=get __key__"))
        .containsExactly("SET sa:load:a:1 x ~sa:load:a:*", "GET 1 ~*");
  }

  @Test
  void thoseAfterTheDashesAreSentBesideThoseOfTheProfile() throws IOException {
    assertThat(sent("--command=INCR __key__", "--command=FLUSHALL", "--key-prefix", "p["))
        .containsExactly("INCR p[1 ~p\\[*", "FLUSHALL");
  }

  @Test
  void aWordInQuotesIsOneAndALiteralKeyIsNoPlaceholder() throws IOException {
    assertThat(sent("--command=EVAL \"return 1\" 1 __key__\n--command=HSET mine '' v"))
        .containsExactly("EVAL return 1 1 memtier-1 ~memtier-*", "HSET mine  v");
  }

  @Test
  void withoutCommandsTheRatioTheExpiryAndThePartSayWhatIsSent() throws IOException {
    assertThat(sent("--ratio=1:0")).containsExactly("SET memtier-1 x ~memtier-*");
    assertThat(sent("--threads=1"))
        .containsExactly("SET memtier-1 x ~memtier-*", "GET memtier-1 ~memtier-*");
    assertThat(sent("--ratio=1:0\n--expiry-range=1-2\n--key-minimum=7"))
        .containsExactly("SETEX memtier-7 10 x ~memtier-*");
    assertThat(sent("--ratio=1:1\n--data-offset=5"))
        .containsExactly("SETRANGE memtier-1 1 x ~memtier-*", "GETRANGE memtier-1 1 1 ~memtier-*");
    assertThat(sent("--ratio=0:1", "--multi-key-get=3", "--wait-ratio=1:2"))
        .containsExactly("MGET memtier-1 ~memtier-*", "WAIT 0 1");
  }

  @Test
  void onlyCommandsThatBeginWithTheirOneKeyAreKnown() throws IOException {
    assertThat(
            uses(
                "--command=RPUSH __key__ x\n--command=EVAL x 1 __key__\n--command=RPUSH k __key__"))
        .extracting(CommandUse::known)
        .containsExactly(true, false, false);
  }

  private List<String> sent(String profile, String... passThrough) throws IOException {
    return uses(profile, passThrough).stream()
        .map(
            use ->
                use.command()
                    + use.arguments().stream()
                        .map(argument -> " " + argument.asUtf8())
                        .collect(Collectors.joining())
                    + (use.keys().isEmpty() ? "" : " ~" + use.keys()))
        .toList();
  }

  private List<CommandUse> uses(String profile, String... passThrough) throws IOException {
    return LoadUses.of(ProfileRequest.of(folder, profile, passThrough));
  }
}
