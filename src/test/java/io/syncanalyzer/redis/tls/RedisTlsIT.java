package io.syncanalyzer.redis.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.RedisFailure.Kind;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.TlsOptions;
import io.syncanalyzer.redis.wire.IdleConnectionIT;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS against the redis-server on PATH, with a certificate authority made on the spot. */
class RedisTlsIT {
  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    Files.writeString(
        folder.resolve("ca.cnf"),
        """
        [ca]
        default_ca=d
        [d]
        database=index
        serial=serial
        new_certs_dir=.
        default_md=sha256
        policy=p
        copy_extensions=copy
        unique_subject=no
        [p]
        commonName=supplied
        """);
    Files.writeString(folder.resolve("index"), "");
    Files.writeString(folder.resolve("serial"), "01\n");
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem");
    for (String who : List.of("server", "client")) {
      openssl(
          "req -newkey rsa:2048 -nodes -subj /CN=" + who + " -keyout " + who + ".key -out x.csr");
      Files.writeString(folder.resolve("ext"), "subjectAltName=DNS:localhost\n");
      openssl(
          "x509 -req -in x.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out "
              + who
              + ".pem");
    }
  }

  /** A certificate with its dates, and names beside localhost. */
  private static void dated(String who, String from, String until, String names) throws Exception {
    openssl(
        "req -newkey rsa:2048 -nodes -subj /CN="
            + who
            + " -addext subjectAltName="
            + names
            + " -out x.csr -keyout "
            + who
            + ".key");
    openssl(
        "ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -notext -in x.csr -startdate "
            + from
            + " -enddate "
            + until
            + " -out "
            + who
            + ".pem");
  }

  @Test
  void aPrivateCaIsTrustedWhenGivenAndOnlyThen() throws Exception {
    try (TlsServer server = new TlsServer("no")) {
      try (RedisConnection connection = RedisConnection.open(server.at("localhost", ca()))) {
        assertThat(connection.call("PING")).isEqualTo(new Reply.Text(Bytes.utf8("PONG")));
      }
      refused(
          server.at("localhost", TlsOptions.DEFAULT), "signed by CN=test-ca", "give", "--tls-ca");
      openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=o -keyout o.key -out o.pem");
      refused(
          server.at("localhost", trusting("o.pem")), "signed by CN=test-ca", "--tls-ca", "o.pem");
    }
  }

  @Test
  void aWrongHostNameIsRefusedUnlessToldToTrustAnybody() throws Exception {
    try (TlsServer server = new TlsServer("no")) {
      refused(
          server.at("127.0.0.1", ca()),
          "another host name: it is made for localhost",
          "not for 127.0.0.1",
          "--source");
      TlsOptions insecure =
          new TlsOptions(Optional.empty(), Optional.empty(), Optional.empty(), true);
      try (RedisConnection connection = RedisConnection.open(server.at("127.0.0.1", insecure))) {
        assertThat(connection.call("PING")).isInstanceOf(Reply.Text.class);
      }
    }
  }

  /** What arrives is seen below TLS, where it may lie while nothing of it can be read above. */
  @Test
  void aFarServerIsNotAskedWhetherItIsThereWithEachQuestion() throws Exception {
    try (TlsServer server = new TlsServer("no");
        LinkRelay far = LinkRelay.to(server.port)) {
      Endpoint through =
          Endpoint.parse(Side.SOURCE, "rediss://localhost:" + far.port()).withTls(ca());
      IdleConnectionIT.questionsTakeOneRoundTripEach(server.server, far, through);
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
      assertThatThrownBy(() -> RedisConnection.open(server.at("localhost", ca())))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("a client certificate")
          .hasMessageContaining("give --tls-cert and --tls-key");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientCertificateThatTheServerDoesNotTakeIsNamedWithItsReason(String version)
      throws Exception {
    dated("old", "20200101000000Z", "20210101000000Z", "DNS:c");
    dated("early", "20400101000000Z", "20410101000000Z", "DNS:c");
    openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=else -keyout s.key -out s.pem");
    try (TlsServer server = new TlsServer("server", "yes", version)) {
      for (List<String> each :
          List.of(
              List.of("old", "expired on 2021-01-01T00:00:00Z"),
              List.of("early", "not valid before 2040-01-01T00:00:00Z"),
              List.of("s", "signed by CN=else"))) {
        assertThatThrownBy(() -> RedisConnection.open(server.at("localhost", showing(each.get(0)))))
            .isInstanceOf(RedisFailure.class)
            .hasMessageContaining("--tls-cert " + folder.resolve(each.get(0) + ".pem"))
            .hasMessageContaining(each.get(1));
      }
      assertThatThrownBy(() -> RedisConnection.open(server.at("localhost", ca())))
          .hasMessageContaining("give --tls-cert and --tls-key");
    }
  }

  @Test
  void aServersCertificateThatIsOutOfDateIsToldWithTheDate() throws Exception {
    dated("past", "20200101000000Z", "20210101000000Z", "DNS:localhost");
    dated("soon", "20400101000000Z", "20410101000000Z", "DNS:localhost");
    try (TlsServer past = new TlsServer("past", "no", "TLSv1.3");
        TlsServer soon = new TlsServer("soon", "no", "TLSv1.3")) {
      refused(past.at("localhost", ca()), "expired on 2021-01-01T00:00:00Z (CN=past)");
      refused(soon.at("localhost", ca()), "not valid before 2040-01-01T00:00:00Z (CN=soon)");
    }
  }

  @Test
  void aPortThatSpeaksTheOtherWayIsToldAsThat() throws Exception {
    try (TlsServer server = new TlsServer("no");
        EmbeddedServer plain = EmbeddedServer.start(TestServers.onPath(), free(), List.of())) {
      Endpoint tls =
          plain.endpoint(Side.REPLICA).withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));
      Endpoint secured =
          Endpoint.parse(Side.REPLICA, "rediss://" + tls.address())
              .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1))
              .withTls(ca());
      assertThatThrownBy(() -> RedisConnection.open(secured))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("speaks no TLS on this port; use redis://");
      refused(
          Endpoint.parse(Side.SOURCE, "redis://localhost:" + server.port),
          "speaks TLS on this port; use rediss://");
    }
  }

  @Test
  void versionsThatJavaHasGivenUpAreToldAsThat() throws Exception {
    try (TlsServer server = new TlsServer("server", "no", "TLSv1.1")) {
      refused(server.at("localhost", ca()), "tls-protocols");
    }
  }

  @Test
  void eachFileThatCannotBeUsedIsNamedWithItsOption() throws Exception {
    openssl("pkcs8 -topk8 -in client.key -out locked.key -passout pass:x");
    openssl("rsa -in client.key -traditional -out rsa.key");
    for (String name : List.of("empty", "words")) {
      Files.writeString(folder.resolve(name), name.equals("empty") ? "" : "no PEM at all");
    }
    Files.writeString(
        folder.resolve("garbled"),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    for (String bad : List.of("none", "empty", "words", "garbled", "client.key", "")) {
      checked(trusting(bad), "--tls-ca: ", bad);
      checked(
          new TlsOptions(
              Optional.empty(), file(bad), Optional.of(folder.resolve("client.key")), false),
          "--tls-cert: ",
          bad);
    }
    for (String bad : List.of("none", "empty", "words", "garbled", "client.pem", "")) {
      checked(key(bad), "--tls-key: ", bad);
    }
    checked(key("locked.key"), "encrypted", "openssl pkcs8 -topk8 -nocrypt -in ");
    checked(key("rsa.key"), "not PKCS#8", "openssl pkcs8 -topk8 -nocrypt -in ");
    checked(key("server.key"), "--tls-key: ", "is not the key of the certificate in --tls-cert ");
    TlsFiles.read(key("client.key"));
  }

  private static void checked(TlsOptions options, String... says) {
    assertThatThrownBy(() -> TlsFiles.read(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(says)
        .hasMessageNotContaining("\n");
  }

  private static Optional<Path> file(String name) {
    return Optional.of(folder.resolve(name));
  }

  private static TlsOptions key(String name) {
    return new TlsOptions(Optional.empty(), file("client.pem"), file(name), false);
  }

  private static TlsOptions trusting(String name) {
    return new TlsOptions(file(name), Optional.empty(), Optional.empty(), false);
  }

  private static TlsOptions showing(String name) {
    return new TlsOptions(file("ca.pem"), file(name + ".pem"), file(name + ".key"), false);
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

  private static int free() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void refused(Endpoint endpoint, String... says) {
    assertThatThrownBy(() -> RedisConnection.open(endpoint))
        .isInstanceOfSatisfying(RedisFailure.class, f -> assertThat(f.kind()).isEqualTo(Kind.TLS))
        .hasMessageContainingAll(says);
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
        .describedAs(Files.readString(folder.resolve("openssl.log")))
        .isZero();
  }

  /** A redis-server that speaks TLS on one port and plain TCP on another. */
  private static final class TlsServer implements AutoCloseable {
    private final EmbeddedServer server;
    private final int port;

    TlsServer(String authClients) throws Exception {
      this("server", authClients, "TLSv1.3");
    }

    TlsServer(String certificate, String authClients, String version) throws Exception {
      port = free();
      server =
          EmbeddedServer.start(
              TestServers.onPath(),
              0,
              List.of(
                  "--tls-port", Integer.toString(port),
                  "--tls-auth-clients", authClients,
                  "--tls-protocols", version,
                  "--tls-cert-file", folder.resolve(certificate + ".pem").toString(),
                  "--tls-key-file", folder.resolve(certificate + ".key").toString(),
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
