package io.syncanalyzer.run.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a run is served is told. */
class ServingTest {
  private static String said(boolean quiet, int port) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(err, true, StandardCharsets.UTF_8);
    RunContext context =
        new RunContext(
            new Console(new Console.Setting(to, to, false, false, quiet, NanoClock.SYSTEM)),
            "",
            NanoClock.SYSTEM,
            Clock.systemUTC());
    assertThat(
            Serving.during(
                context,
                Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", port)),
                served -> ExitStatus.ALL_EQUAL))
        .isEqualTo(ExitStatus.ALL_EQUAL);
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFreePortIsToldEvenWhenQuiet() {
    String told = "(?s)metrics at http://127\\.0\\.0\\.1:[1-9]\\d*/metrics\\R";
    assertThat(said(true, 0)).matches(told);
    assertThat(said(false, 0)).matches(told);
  }

  @Test
  void aPortThatWasNamedIsNotToldWhenQuiet() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(said(true, port)).isEmpty();
    assertThat(said(false, port)).contains(":" + port + "/metrics");
  }
}
