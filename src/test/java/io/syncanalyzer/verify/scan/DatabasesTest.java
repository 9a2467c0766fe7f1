package io.syncanalyzer.verify.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.verify.FakeServer;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.KeyCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Databases that a user may not select: none at all, or some (Valkey 9.1). */
class DatabasesTest {
  private static final String OF_COMMAND =
      "-NOPERM User u has no permissions to run the 'select' command\r\n";
  private static final String OF_DATABASE = "-NOPERM No permissions to access database\r\n";

  private final FakeServer source = new FakeServer("source");
  private final FakeServer replica = new FakeServer("replica");
  private final Connections connections = new Connections();
  private final List<String> notes = new ArrayList<>();
  private final Databases databases =
      new Databases(
          source.endpoint(Side.SOURCE),
          replica.endpoint(Side.REPLICA),
          null,
          false,
          connections,
          notes::add);

  @AfterEach
  void close() {
    connections.close();
    source.close();
    replica.close();
  }

  /** So many keys in each database as its number and one. */
  private static KeyCounts holding(int... numbers) {
    Map<Integer, ServerInfo.Keyspace> found = new TreeMap<>();
    for (int number : numbers) {
      found.put(number, new ServerInfo.Keyspace(number, number + 1L, 0));
    }
    return new KeyCounts(true, null, found);
  }

  /** The only one of two nodes, or of a node and a server without a cluster. */
  private Databases one(boolean asked, boolean bothInCluster) {
    Origin node = new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE);
    return new Databases(
        source.endpoint(Side.SOURCE).from(node),
        bothInCluster ? replica.endpoint(Side.REPLICA).from(node) : replica.endpoint(Side.REPLICA),
        0,
        asked,
        connections,
        notes::add);
  }

  @Test
  void aClustersOtherDatabasesAreNotLookedAtUnlessOneWasNamed() {
    Databases implied = one(false, true);
    assertThat(implied.now(holding(0, 1), holding(0, 2))).containsExactly(0);
    assertThat(implied.notAsked()).isEqualTo(3);
    assertThat(implied.leftOut()).isNull();
    Databases named = one(true, true);
    assertThat(named.now(holding(0, 1), holding(0, 2))).containsExactly(0);
    assertThat(named.notAsked()).isZero();
    assertThat(named.leftOut()).isEqualTo(3);
    Databases alone = one(false, true);
    assertThat(alone.now(holding(0), holding(0))).containsExactly(0);
    assertThat(alone.notAsked()).isZero();
    assertThat(alone.leftOut()).isZero();
  }

  @Test
  void whatAServerHoldsBesideIsNoneOfTheClusters() {
    Databases implied = one(false, false);
    assertThat(implied.now(holding(0), holding(0, 5))).containsExactly(0);
    assertThat(implied.notAsked()).isZero();
    assertThat(implied.leftOut()).isEqualTo(6);
  }

  @Test
  void oneThatIsOutOfReachLeavesTheOthers() {
    source.answering("SELECT 1", OF_DATABASE);
    assertThat(databases.now(holding(0, 1, 2), holding(0, 1, 2))).containsExactly(0, 2);
    assertThat(databases.unselectableKeys()).isEqualTo(2);
    assertThat(notes)
        .containsExactly(
            "database 1 was not looked at: the source does not let us select it (NOPERM No"
                + " permissions to access database); grant alldbs, or in db= this one too");
  }

  @Test
  void oursMayBeOutOfReachAndAnotherNot() {
    replica.answering("SELECT 0", OF_DATABASE).answering("SELECT 2", OF_DATABASE);
    assertThat(databases.now(holding(0, 1, 2), holding(0, 1, 2))).containsExactly(1);
    assertThat(databases.unselectableKeys()).isEqualTo(1 + 3);
    assertThat(notes)
        .containsExactly(
            "databases 0, 2 were not looked at: the replica does not let us select them (NOPERM No"
                + " permissions to access database); grant alldbs, or in db= these too");
  }

  @Test
  void whoMaySelectNoneIsInTheirOwnAllTheSame() {
    for (int i = 0; i < 3; i++) {
      source.answering("SELECT " + i, OF_COMMAND);
    }
    assertThat(databases.now(holding(0, 1, 2), holding(0, 1, 2))).containsExactly(0);
    assertThat(databases.unselectableKeys()).isEqualTo(2 + 3);
    assertThat(notes)
        .containsExactly(
            "2 databases besides 0 were not looked at: the source does not let us select them"
                + " (NOPERM User u has no permissions to run the 'select' command); grant +select");
  }

  @Test
  void manyAreCountedAndTheFirstNamed() {
    int[] twelve = IntStream.range(0, 12).toArray();
    for (int i = 1; i < 12; i++) {
      source.answering("SELECT " + i, OF_DATABASE);
    }
    assertThat(databases.now(holding(twelve), holding())).containsExactly(0);
    assertThat(notes.get(0))
        .startsWith("11 databases (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …) were not looked at");
  }

  @Test
  void oneThatASideDoesNotHaveIsToldByItself() {
    replica.answering("SELECT 20", "-ERR DB index is out of range\r\n");
    assertThat(databases.now(holding(0, 20), holding(0))).containsExactly(0);
    assertThat(databases.unselectableKeys()).isEqualTo(21);
    assertThat(notes)
        .containsExactly(
            "db 20, 21 keys, was not looked at: the replica does not let us select it (ERR DB index"
                + " is out of range)");
  }

  @Test
  void theOnlyOneIsLeftForTheFirstCommandToBeRefused() {
    source.answering("SELECT 0", OF_DATABASE);
    assertThat(databases.now(holding(0), holding(0))).containsExactly(0);
    assertThat(notes).isEmpty();
  }
}
