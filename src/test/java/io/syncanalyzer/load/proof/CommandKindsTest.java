package io.syncanalyzer.load.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.load.memtier.LoadProfile;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.result.load.CommandKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandKindsTest {
  @ParameterizedTest
  @CsvSource({
    "write denyoom fast, WRITE",
    "write, WRITE",
    "readonly fast, READ",
    "noscript may_replicate, OTHER",
    "'', OTHER",
  })
  void theServersFlagsDecide(String flags, CommandKind kind) {
    assertThat(CommandKinds.kind(entry(flags))).contains(kind);
  }

  @Test
  void whatTheServerDoesNotKnowIsNotKnown() {
    assertThat(CommandKinds.kind(new Reply.Nil())).isEmpty();
    assertThat(CommandKinds.kind(new Reply.Failed("NOPERM no"))).isEmpty();
    assertThat(CommandKinds.kind(new Reply.Items(List.of()))).isEmpty();
    assertThat(CommandKinds.unasked().of("JSON.SET")).isEmpty();
  }

  @Test
  void aCommandIsWhatItsSubcommandsAre() {
    CommandKinds kinds =
        new CommandKinds(
            Map.of(
                "xgroup|create", CommandKind.WRITE,
                "xgroup|destroy", CommandKind.WRITE,
                "x|look", CommandKind.READ,
                "x|change", CommandKind.WRITE));

    assertThat(kinds.of("XGROUP", List.of("xgroup|create", "xgroup|destroy")))
        .contains(CommandKind.WRITE);
    assertThat(kinds.of("X", List.of("x|look", "x|change"))).contains(CommandKind.OTHER);
    assertThat(kinds.of("X", List.of())).isEmpty();
  }

  static List<String> profiles() {
    return LoadProfile.names();
  }

  /** So that a source that keeps its table of commands to itself is no riddle to them. */
  @ParameterizedTest
  @MethodSource("profiles")
  void everyCommandOfTheShippedProfilesIsKnownWithoutAsking(String profile) {
    List<String> commands = new ArrayList<>(List.of("set", "get"));
    LoadProfile.of(profile).options().stream()
        .filter(option -> option.name().equals("--command"))
        .map(option -> option.value().orElseThrow().split(" ", 2)[0].toLowerCase(Locale.ROOT))
        .forEach(commands::add);

    assertThat(commands)
        .allSatisfy(command -> assertThat(CommandKinds.unasked().of(command)).isPresent());
    assertThat(CommandKinds.unasked().of("GET")).isEqualTo(Optional.of(CommandKind.READ));
  }

  private static Reply entry(String flags) {
    List<Reply> words = new ArrayList<>();
    for (String flag : flags.split(" ", -1)) {
      words.add(new Reply.Text(Bytes.utf8(flag)));
    }
    return new Reply.Items(
        List.of(new Reply.Text(Bytes.utf8("set")), new Reply.Int(-3), new Reply.Items(words)));
  }
}
