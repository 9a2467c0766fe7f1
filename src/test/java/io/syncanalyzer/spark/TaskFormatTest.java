package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.TlsOptions;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to an executor: all of what was asked for, and no secret. */
class TaskFormatTest {
  private static final Optional<Secret> SECRET = Optional.of(new Secret("hunter2"));

  @TempDir private Path folder;

  private static Endpoint cluster(Side side) {
    return Endpoint.parse(side, "rediss://ann@127.0.0.1:7001/0")
        .withCredentials(Optional.empty(), SECRET)
        .withTls(
            new TlsOptions(
                Optional.of(Path.of("/tls/ca.pem")),
                Optional.of(Path.of("/tls/us.pem")),
                Optional.of(Path.of("/tls/us.key")),
                false))
        .from(
            new Origin.Node(
                Origin.Part.REPLICA,
                List.of("127.0.0.1:7001", "127.0.0.1:7002"),
                new NodeMap(Map.of("10.0.0.1:6379", "127.0.0.1:7001"))));
  }

  private static Endpoint service() {
    return Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:7009")
        .withCredentials(Optional.of("bob"), SECRET)
        .from(
            new Origin.Service(
                List.of("127.0.0.1:26379"), "main", Optional.of("eve"), SECRET, NodeMap.NONE));
  }

  private static VerifyRequest request(Endpoint source, Endpoint replica, Path folder) {
    return VerifyRequest.of(source, replica, "run-1", folder)
        .with(
            new VerifyScope(
                0,
                Bytes.wrap(new byte[] {0, (byte) 0xff, '*'}),
                Bytes.utf8("x:*"),
                Set.of("hash", "string"),
                12.5))
        .withRate(1234.5)
        .withMaxMismatches(7)
        .with(SlotSet.of(new SlotRange(100, 8191)))
        .withoutFunctions()
        .keeping();
  }

  @Test
  void aRequestArrivesWholeButForItsSecretsOfWhichItIsToldThatTheyAreThere() {
    VerifyRequest sent = request(cluster(Side.SOURCE), service(), folder);
    String text = TaskFormat.in(folder).write(sent);
    assertThat(text).doesNotContain("hunter2");
    VerifyRequest read = TaskFormat.in(folder).read(text, VerifyRequest.class);
    Optional<Secret> hidden = Optional.of(new Secret(""));
    Origin.Service service = (Origin.Service) service().origin();
    assertThat(read)
        .isEqualTo(
            sent.elsewhere(
                cluster(Side.SOURCE).withCredentials(Optional.empty(), hidden),
                service()
                    .withCredentials(Optional.empty(), hidden)
                    .from(
                        new Origin.Service(
                            service.sentinels(),
                            service.service(),
                            service.user(),
                            hidden,
                            service.nodes())),
                folder));
  }

  @Test
  void aServerWithoutAPasswordIsOneOnTheExecutorToo() {
    VerifyRequest sent =
        VerifyRequest.of(
            Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:7001"),
            Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:7002"),
            "run-1",
            folder);
    assertThat(TaskFormat.in(folder).read(TaskFormat.in(folder).write(sent), VerifyRequest.class))
        .isEqualTo(sent);
  }

  @Test
  void aTaskPrintsNoSecretEither() {
    String text = TaskFormat.in(folder).write(request(cluster(Side.SOURCE), service(), folder));
    assertThat(new PartitionTask(text, "/run/secrets/redis").toString()).doesNotContain("hunter2");
  }
}
