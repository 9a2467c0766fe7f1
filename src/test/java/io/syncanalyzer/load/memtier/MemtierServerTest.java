package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.TlsOptions;
import io.syncanalyzer.redis.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemtierServerTest {
  @Test
  void theServerIsNamedWithDatabaseAndTls() {
    TlsOptions tls =
        new TlsOptions(
            Optional.of(Path.of("/ca.pem")),
            Optional.of(Path.of("/cert.pem")),
            Optional.of(Path.of("/key.pem")),
            true);
    Endpoint source = Endpoint.parse(Side.SOURCE, "rediss://cache.example:6380/4").withTls(tls);

    assertThat(MemtierServer.arguments(Topology.single(source)))
        .containsExactly(
            "--server=cache.example",
            "--port=6380",
            "--select-db=4",
            "--tls",
            "--cacert=/ca.pem",
            "--cert=/cert.pem",
            "--key=/key.pem",
            "--tls-skip-verify",
            "--sni=cache.example");
    assertThat(
            MemtierServer.arguments(
                Topology.single(Endpoint.parse(Side.SOURCE, "rediss://[::1]:7"))))
        .containsExactly("--server=::1", "--port=7", "--tls");
  }

  @Test
  void credentialsAreJoinedAsMemtierSplitsThem() {
    assertThat(credentials("redis://h")).isEmpty();
    assertThat(credentials("redis://:pass@h")).contains("pass");
    assertThat(credentials("redis://:pa%3Ass@h")).contains("default:pa:ss");
    assertThat(credentials("redis://me:pa%3Ass@h")).contains("me:pa:ss");
  }

  @Test
  void aPasswordThatJavaCannotHandToAnotherProgramIsRefusedWithoutIt() {
    Secret secret = new Secret("p\u00e4");
    MemtierServer.refuseWhatIsLost(secret, StandardCharsets.UTF_8);
    MemtierServer.refuseWhatIsLost(new Secret("plain"), StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> MemtierServer.refuseWhatIsLost(secret, StandardCharsets.US_ASCII))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LC_ALL=C.UTF-8")
        .hasMessageNotContaining("p\u00e4");
  }

  private static Optional<String> credentials(String uri) {
    return MemtierServer.credentials(Endpoint.parse(Side.SOURCE, uri))
        .map(secret -> secret.reveal());
  }
}
