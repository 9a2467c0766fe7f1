package io.syncanalyzer.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ListenOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 127.0.0.1, 0",
    "9121, 127.0.0.1, 9121",
    "65535, 127.0.0.1, 65535",
    "0.0.0.0:9121, 0.0.0.0, 9121",
    "localhost:0, localhost, 0",
    "[::1]:9121, ::1, 9121",
    "[::]:9121, ::, 9121",
  })
  void anAddressIsAPortOrAHostWithOne(String text, String host, int port) {
    InetSocketAddress read = ListenOptions.read("--listen", text);
    assertThat(read.getHostString()).isEqualTo(host);
    assertThat(read.getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "65536",
        "999999",
        ":9121",
        "host:",
        "host:x",
        "::1:9121",
        "[]:1",
        "a b:1"
      })
  void anythingElseIsRefusedByTheNameOfTheOption(String text) {
    assertThatThrownBy(() -> ListenOptions.read("--listen", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--listen: `" + text + "` is no port; write 9121");
  }

  @Command
  private static final class Listening implements Runnable {
    @Mixin ListenOptions listen = new ListenOptions();

    @Override
    public void run() {}
  }

  @ParameterizedTest
  @CsvSource({
    "--listen=1, 1",
    "--prometheus=2, 2",
    "--prometheus=2 --listen=1, 1",
    "--listen=1 --prometheus=2, 1",
    "--listen=1 --listen=3, 3",
  })
  void theOlderNameStaysAndTheNewerOneWins(String words, int port) {
    Listening command = new Listening();
    CommandLine line = new CommandLine(command).setOverwrittenOptionsAllowed(true);
    line.parseArgs(words.split(" ", -1));
    assertThat(command.listen.address(line.getCommandSpec()))
        .hasValueSatisfying(address -> assertThat(address.getPort()).isEqualTo(port));
  }

  @Test
  void whereNothingIsGivenNothingIsServed() {
    Listening command = new Listening();
    CommandLine line = new CommandLine(command);
    line.parseArgs();
    assertThat(command.listen.address(line.getCommandSpec())).isEmpty();
  }

  /** What stands in the environment or a file is a default of the newer option. */
  @Test
  void whatStandsOnTheLineWinsWhicheverNameItHas() {
    Listening command = new Listening();
    CommandLine line = new CommandLine(command);
    line.setDefaultValueProvider(option -> option.paramLabel().isEmpty() ? null : "7");
    line.parseArgs("--prometheus=2");
    assertThat(command.listen.address(line.getCommandSpec()))
        .hasValueSatisfying(address -> assertThat(address.getPort()).isEqualTo(2));
  }
}
