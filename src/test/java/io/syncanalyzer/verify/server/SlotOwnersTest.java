package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.scripted.LoopbackServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotOwnersTest {
  private static final String OTHERS =
      "bb 127.0.0.1:7001@17001,host master - 0 1 2 connected 5461-16383\n";

  private static Endpoint node(LoopbackServer server, Origin.Part part, NodeMap map) {
    return server.endpoint(Side.REPLICA).from(new Origin.Node(part, List.of("127.0.0.1:1"), map));
  }

  private static LoopbackServer saying(String nodes) {
    return new LoopbackServer(
        () -> command -> command.get(0).equals("CLUSTER") ? LoopbackServer.bulk(nodes) : "+OK\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what it owns                          | what is compared | what is elsewhere
        "0-5460                                  | 0-5460           | ''",
        "0-5460                                  | 7-9              | ''",
        "0-99 101-5460                           | 0-5460           | 100",
        "0-5460 [77->-bb]                        | 0-5460           | 77",
        "0-5460 [77->-bb] [78->-bb]              | 70-80            | 77-78",
        "0-5460 [77->-bb]                        | 78-80            | ''",
        "0-5460 [7000-<-bb]                      | 0-5460           | ''",
        "0-5460 [7000-<-bb]                      | 7000             | 7000",
        "''                                      | 0-2,9            | 0-2,9",
      })
  void whatANodeSaysOfItselfCounts(String owned, String compared, String elsewhere) {
    try (LoopbackServer server =
        saying(OTHERS + "aa :7000@17000 myself,master - 0 0 1 connected " + owned + "\n")) {
      Endpoint node = node(server, Origin.Part.PRIMARY, NodeMap.NONE);
      SlotSet slots = SlotSet.parse(compared);
      if (elsewhere.isEmpty()) {
        assertThatCode(() -> SlotOwners.require(node, slots)).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> SlotOwners.require(node, slots))
            .isInstanceOfSatisfying(
                SlotsMoved.class, moved -> assertThat(moved.slots()).hasToString(elsewhere))
            .hasMessageContaining(elsewhere);
      }
    }
  }

  @Test
  void ofAReplicaItsPrimaryIsAskedWhereItIsReached() {
    try (LoopbackServer primary =
            saying("aa 10.0.0.1:7000@17000 myself,master - 0 0 1 connected 0-5460 [5->-bb]\n");
        LoopbackServer replica =
            saying(
                "aa 10.0.0.1:7000@17000 master - 0 0 1 connected 0-5460\n"
                    + "cc 10.0.0.3:7002@17002 myself,slave aa 0 0 1 connected\n")) {
      NodeMap map = new NodeMap(Map.of("10.0.0.1:7000", primary.endpoint(Side.SOURCE).address()));
      Endpoint node = node(replica, Origin.Part.REPLICA, map);
      assertThatCode(() -> SlotOwners.require(node, SlotSet.parse("6-9")))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> SlotOwners.require(node, SlotSet.parse("0-9")))
          .isInstanceOfSatisfying(
              SlotsMoved.class, moved -> assertThat(moved.slots()).hasToString("5"));
    }
  }

  @Test
  void ofAReplicaItsPrimaryIsAskedWhereTheNameOfItsHostIsReached() {
    try (LoopbackServer primary =
            saying("aa :7000@17000,in myself,master - 0 0 1 connected 0-9\n");
        LoopbackServer replica =
            saying(
                "aa 203.0.113.1:7000@17000,in master - 0 0 1 connected 0-9\n"
                    + "cc :7002@17002,on myself,slave aa 0 0 1 connected\n")) {
      NodeMap map = new NodeMap(Map.of("in:7000", primary.endpoint(Side.SOURCE).address()));
      Endpoint node = node(replica, Origin.Part.REPLICA, map);
      assertThatCode(() -> SlotOwners.require(node, SlotSet.parse("6-9")))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aReplicaThatWasPromotedOrAPrimaryThatFollowsHasNothing() {
    String promoted = "aa :7000@17000 myself,master - 0 0 1 connected 0-5460\n";
    String demoted = OTHERS + "aa :7000@17000 myself,slave bb 0 0 1 connected\n";
    Map<String, Origin.Part> was =
        Map.of(promoted, Origin.Part.REPLICA, demoted, Origin.Part.PRIMARY);
    was.forEach(
        (says, part) -> {
          try (LoopbackServer server = saying(says)) {
            assertThatThrownBy(
                    () ->
                        SlotOwners.require(node(server, part, NodeMap.NONE), SlotSet.parse("0-9")))
                .isInstanceOfSatisfying(
                    SlotsMoved.class, moved -> assertThat(moved.slots()).hasToString("0-9"));
          }
        });
  }

  @Test
  void whatIsInNoClusterIsNotAsked() {
    Endpoint nobody = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");
    assertThatCode(() -> SlotOwners.require(nobody, SlotSet.parse("0-9")))
        .doesNotThrowAnyException();
  }

  @Test
  void aNodeThatAnswersMovedSaysWhichSlotsOrAllAreTakenForMoved() {
    try (LoopbackServer server = saying("aa :7000@17000 myself,master - 0 0 1 connected 0-7\n")) {
      Endpoint node = node(server, Origin.Part.PRIMARY, NodeMap.NONE);
      assertThat(moved(node, "5-9").slots()).hasToString("8-9");
      assertThat(moved(node, "5-7").slots()).as("it came back").hasToString("5-7");
    }
    Endpoint gone =
        Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1")
            .from(new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE));
    assertThat(moved(gone, "5-7").slots()).hasToString("5-7");
  }

  private static SlotsMoved moved(Endpoint node, String slots) {
    RedisFailure failed =
        new RedisFailure(RedisFailure.Kind.SLOT_MOVED, node, "MOVED 8 127.0.0.1:7001", null);
    return (SlotsMoved) SlotOwners.moved(failed, SlotSet.parse(slots));
  }
}
