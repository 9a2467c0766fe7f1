package io.syncanalyzer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.RedisFailure.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS against the redis-server on PATH, with a certificate authority made on the spot. */
class RedisTlsIT {
  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem");
    for (String who : List.of("server", "client")) {
      openssl(
          "req -newkey rsa:2048 -nodes -subj /CN=" + who + " -keyout " + who + ".key -out x.csr");
      java.nio.file.Files.writeString(folder.resolve("ext"), "subjectAltName=DNS:localhost\n");
      openssl(
          "x509 -req -in x.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out "
              + who
              + ".pem");
    }
  }

  @Test
  void aPrivateCaIsTrustedWhenGivenAndOnlyThen() throws Exception {
    try (TlsServer server = new TlsServer("no")) {
      try (RedisConnection connection = RedisConnection.open(server.at("localhost", ca()))) {
        assertThat(connection.call("PING")).isEqualTo(new Reply.Text(Bytes.utf8("PONG")));
      }
      refused(server.at("localhost", TlsOptions.DEFAULT), "--tls-ca");
    }
  }

  @Test
  void aWrongHostNameIsRefusedUnlessToldToTrustAnybody() throws Exception {
    try (TlsServer server = new TlsServer("no")) {
      refused(server.at("127.0.0.1", ca()), "another host name");
      TlsOptions insecure =
          new TlsOptions(Optional.empty(), Optional.empty(), Optional.empty(), true);
      try (RedisConnection connection = RedisConnection.open(server.at("127.0.0.1", insecure))) {
        assertThat(connection.call("PING")).isInstanceOf(Reply.Text.class);
      }
    }
  }

  @Test
  void aServerThatAsksForAClientCertificateGetsIt() throws Exception {
    try (TlsServer server = new TlsServer("yes")) {
      TlsOptions withClient =
          new TlsOptions(
              Optional.of(folder.resolve("ca.pem")),
              Optional.of(folder.resolve("client.pem")),
              Optional.of(folder.resolve("client.key")),
              false);
      try (RedisConnection connection = RedisConnection.open(server.at("localhost", withClient))) {
        assertThat(connection.call("PING")).isInstanceOf(Reply.Text.class);
      }
      assertThatThrownBy(
              () -> {
                try (RedisConnection c = RedisConnection.open(server.at("localhost", ca()))) {
                  c.expect("PING");
                }
              })
          .isInstanceOf(RedisFailure.class);
    }
  }

  @Test
  void aPlainConnectionToATlsPortSaysSo() throws Exception {
    try (TlsServer server = new TlsServer("no")) {
      Endpoint plain =
          Endpoint.parse(Side.SOURCE, "redis://:pw@localhost:" + server.port)
              .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2));
      assertThatThrownBy(() -> RedisConnection.open(plain))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("rediss://");
    }
  }

  @Test
  void aFileThatIsNoCertificateIsNamed() throws Exception {
    try (TlsServer server = new TlsServer("no")) {
      TlsOptions wrong =
          new TlsOptions(
              Optional.of(folder.resolve("ca.key")), Optional.empty(), Optional.empty(), false);
      refused(server.at("localhost", wrong), "--tls-ca");
    }
  }

  private static TlsOptions ca() {
    return new TlsOptions(
        Optional.of(folder.resolve("ca.pem")), Optional.empty(), Optional.empty(), false);
  }

  private static void refused(Endpoint endpoint, String says) {
    assertThatThrownBy(() -> RedisConnection.open(endpoint))
        .isInstanceOfSatisfying(RedisFailure.class, f -> assertThat(f.kind()).isEqualTo(Kind.TLS))
        .hasMessageContaining(says);
  }

  private static void openssl(String arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ", -1)));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .describedAs(java.nio.file.Files.readString(folder.resolve("openssl.log")))
        .isZero();
  }

  /** A redis-server that speaks TLS on one port and plain TCP on another. */
  private static final class TlsServer implements AutoCloseable {
    private final EmbeddedServer server;
    private final int port;

    TlsServer(String authClients) throws Exception {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      server =
          EmbeddedServer.start(
              TestServers.onPath(),
              0,
              List.of(
                  "--tls-port", Integer.toString(port),
                  "--tls-auth-clients", authClients,
                  "--tls-cert-file", folder.resolve("server.pem").toString(),
                  "--tls-key-file", folder.resolve("server.key").toString(),
                  "--tls-ca-cert-file", folder.resolve("ca.pem").toString()));
    }

    Endpoint at(String host, TlsOptions tls) {
      return Endpoint.parse(Side.SOURCE, "rediss://" + host + ":" + port)
          .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2))
          .withTls(tls);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
