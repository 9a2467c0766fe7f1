package io.syncanalyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JmhCommandTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void withNobodyListeningItIsStatusFive() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(run("jmh", "-f", "1", "-p", "source=redis://127.0.0.1:" + port)).isEqualTo(5);
    assertThat(err.toString(UTF_8)).contains("127.0.0.1:" + port).hasLineCount(1);
  }

  @Test
  void whatCannotBeIsStatusTwo() {
    assertThat(run("jmh", "NoSuchBenchmark")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).hasLineCount(1);
  }

  private int run(String... words) {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return AnalyzerCli.run(List.of(words), nowhere, new PrintStream(err, true, UTF_8), Map.of());
  }
}
