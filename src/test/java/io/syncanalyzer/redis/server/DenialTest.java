package io.syncanalyzer.redis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Reply;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenialTest {
  /** As Redis 6.2, 7.0 and 8.0 and Valkey 9.1 say it; the users are called like what is denied. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "NOPERM this user has no permissions to run the 'set' command or its subcommand ; COMMAND ; set",
        "NOPERM this user has no permissions to run the 'config|get' command ; COMMAND ; config|get",
        "NOPERM User access-bot has no permissions to run the 'set' command ; COMMAND ; set",
        "NOPERM User key has no permissions to run the 'config|get' command ; COMMAND ; config|get",
        "NOPERM User it's has no permissions to run the 'set' command ; COMMAND ; set",
        "NOPERM User 'get' has no permissions to run the 'set' command ; COMMAND ; set",
        "NOPERM this user has no permissions to access one of the keys used as arguments ; KEY ;",
        "NOPERM No permissions to access a key ; KEY ;",
        "NOPERM this user has no permissions to access one of the channels used as arguments ; CHANNEL ;",
        "NOPERM No permissions to access a channel ; CHANNEL ;",
        "NOPERM No permissions to access database ; DATABASE ;",
        "NOPERM not today ; COMMAND ;",
        "ERR No permissions to access a key ; ;",
        "WRONGTYPE Operation against a key ; ;",
      })
  void whatARightIsMissingForIsTold(String refusal, String denial, String command) {
    Reply reply = new Reply.Failed(refusal.strip());
    assertThat(Denial.of(reply)).isEqualTo(Optional.ofNullable(denial).map(Denial::valueOf));
    assertThat(Denial.command(reply)).isEqualTo(Optional.ofNullable(command));
  }
}
