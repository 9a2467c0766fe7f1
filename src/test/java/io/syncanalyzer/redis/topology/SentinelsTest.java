package io.syncanalyzer.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.LoopbackServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentinelsTest {
  /** Where the servers say that they are; each is mapped to a port of this JVM. */
  private static final String PRIMARY = "10.0.0.1:6379";

  private static final String REPLICA = "10.0.0.2:6380";

  private final LoopbackServer primary = server("role:master\r\n");
  private final LoopbackServer replica = server("role:slave\r\nmaster_link_status:up\r\n");

  private static LoopbackServer server(String info) {
    return answering("INFO", LoopbackServer.bulk(info));
  }

  private static LoopbackServer answering(String command, String reply) {
    return new LoopbackServer(() -> asked -> asked.get(0).equals(command) ? reply : "+OK\r\n");
  }

  /** A Sentinel that tells of one primary and one replica with these flags and that link. */
  private LoopbackServer sentinel(String flags, String link) {
    return new LoopbackServer(
        () ->
            command ->
                switch (String.join(" ", command)) {
                  case "SENTINEL GET-MASTER-ADDR-BY-NAME shop" ->
                      LoopbackServer.array(List.of("10.0.0.1", "6379"));
                  case "SENTINEL REPLICAS shop" ->
                      "*1\r\n"
                          + LoopbackServer.array(
                              List.of(
                                  "name",
                                  REPLICA,
                                  "ip",
                                  "10.0.0.2",
                                  "port",
                                  "6380",
                                  "flags",
                                  flags,
                                  "master-link-status",
                                  link));
                  case "SENTINEL MASTERS" ->
                      "*1\r\n" + LoopbackServer.array(List.of("name", "shop"));
                  default -> command.get(0).equals("SENTINEL") ? "*-1\r\n" : "+OK\r\n";
                });
  }

  private Endpoint service(Side side, String name, LoopbackServer... sentinels) {
    List<String> addresses =
        List.of(sentinels).stream().map(one -> one.endpoint(side).address()).toList();
    NodeMap nodes =
        new NodeMap(
            Map.of(
                PRIMARY, primary.endpoint(side).address(),
                REPLICA, replica.endpoint(side).address()));
    return Endpoint.parse(side, "redis-sentinel://" + String.join(",", addresses) + "#" + name)
        .from(new Origin.Service(addresses, name, Optional.empty(), Optional.empty(), nodes))
        .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300));
  }

  private static Endpoint find(Endpoint wanted) {
    return Topologies.find(wanted, SlotSet.ALL);
  }

  @Test
  void theSourceIsThePrimaryAndTheReplicaOneOfItsReplicas() {
    LoopbackServer sentinel = sentinel("slave", "ok");
    assertThat(find(service(Side.SOURCE, "shop", sentinel)).address())
        .isEqualTo(primary.endpoint(Side.SOURCE).address());
    assertThat(find(service(Side.REPLICA, "shop", sentinel)).address())
        .isEqualTo(replica.endpoint(Side.REPLICA).address());
  }

  @Test
  void aSentinelThatIsGoneOrKnowsNothingIsPassedOver() {
    LoopbackServer gone = server("");
    LoopbackServer other = answering("SENTINEL", "*-1\r\n");
    LoopbackServer sentinel = sentinel("slave", "ok");
    Endpoint wanted = service(Side.SOURCE, "shop", gone, other, sentinel);
    gone.close();
    assertThat(find(wanted).address()).isEqualTo(primary.endpoint(Side.SOURCE).address());
  }

  @Test
  void anUnknownServiceIsRefusedAtOnceWithTheNamesOfThoseThatAreWatched() {
    assertThatThrownBy(() -> find(service(Side.SOURCE, "shoop", sentinel("slave", "ok"))))
        .isInstanceOf(RedisFailure.class)
        .hasMessage("no Sentinel of the source watches a service shoop; they watch shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s_down,slave", "slave,o_down", "slave,disconnected"})
  void aReplicaThatIsDownIsNotTaken(String flags) {
    assertThatThrownBy(() -> find(service(Side.REPLICA, "shop", sentinel(flags, "ok"))))
        .hasMessageStartingWith("no Sentinel of the replica leads to the replica of service shop: ")
        .hasMessageContaining("it knows no replica of it that is healthy")
        .hasMessageContaining("ms for it (--timeout)");
  }

  @Test
  void aReplicaWithoutALinkIsNotTaken() {
    assertThatThrownBy(() -> find(service(Side.REPLICA, "shop", sentinel("slave", "err"))))
        .hasMessageContaining("no replica of it that is healthy");
  }

  @Test
  void whatSaysOtherwiseOfItselfIsWaitedFor() {
    AtomicInteger asked = new AtomicInteger();
    LoopbackServer promoted =
        new LoopbackServer(
            () ->
                command ->
                    command.get(0).equals("INFO")
                        ? LoopbackServer.bulk(
                            asked.incrementAndGet() < 3 ? "role:slave\r\n" : "role:master\r\n")
                        : "+OK\r\n");
    Endpoint wanted = service(Side.SOURCE, "shop", sentinel("slave", "ok"));
    Origin.Service service = (Origin.Service) wanted.origin();
    String there = promoted.endpoint(Side.SOURCE).address();
    Endpoint mapped =
        wanted.from(
            new Origin.Service(
                service.sentinels(),
                "shop",
                Optional.empty(),
                Optional.empty(),
                new NodeMap(Map.of(PRIMARY, there))));
    assertThat(find(mapped.withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(5))).address())
        .isEqualTo(there);
    assertThat(asked).hasValue(3);
  }

  @Test
  void aServerThatCannotBeReachedIsToldWithTheOptionThatHelps() {
    Endpoint wanted = service(Side.SOURCE, "shop", sentinel("slave", "ok"));
    primary.close();
    assertThatThrownBy(() -> find(wanted))
        .hasMessageContaining("it tells of " + PRIMARY + ", here 127.0.0.1:")
        .hasMessageContaining("--node-map " + PRIMARY + "=HOST:PORT")
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatEachSentinelSaidIsTold() {
    LoopbackServer locked = answering("SENTINEL", "-NOAUTH Authentication required.\r\n");
    LoopbackServer plain =
        answering("SENTINEL", "-ERR unknown command 'SENTINEL', with args beginning with:\r\n");
    LoopbackServer closed = answering("SENTINEL", "-NOPERM no permissions\r\n");
    assertThatThrownBy(() -> find(service(Side.SOURCE, "shop", locked, plain, closed)))
        .hasMessageContaining("ANALYZER_SENTINEL_USER/_PASSWORD")
        .hasMessageContaining("it is no Sentinel")
        .hasMessageContaining("grant +sentinel|* there")
        .hasMessageNotContaining("waited");
  }

  @Test
  void aServiceIsNoCluster() {
    assertThatThrownBy(
            () ->
                Topologies.discover(
                    service(Side.SOURCE, "shop", sentinel("slave", "ok")),
                    TopologyChoice.CLUSTER,
                    NodeMap.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--source-topology cluster");
  }
}
