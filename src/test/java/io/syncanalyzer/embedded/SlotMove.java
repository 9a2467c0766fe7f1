package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A slot on its way from one node to another. At {@link #close} it stays as it is: half moved, if
 * it is not finished.
 */
public final class SlotMove implements AutoCloseable {
  private static final int PAGE = 100;

  private final TestCluster cluster;
  private final int slot;
  private final int from;
  private final int to;
  private final RedisConnection source;

  private SlotMove(TestCluster cluster, int slot, int from, int to) {
    this.cluster = cluster;
    this.slot = slot;
    this.from = from;
    this.to = to;
    this.source = cluster.open(from);
  }

  static SlotMove begin(TestCluster cluster, int slot, int from, int to) {
    if (from == to) {
      throw new AssertionError("slot " + slot + " is there already");
    }
    cluster.on(to, "CLUSTER", "SETSLOT", Integer.toString(slot), "IMPORTING", cluster.idOf(from));
    cluster.on(from, "CLUSTER", "SETSLOT", Integer.toString(slot), "MIGRATING", cluster.idOf(to));
    return new SlotMove(cluster, slot, from, to);
  }

  /**
   * Moves some of its keys.
   *
   * @return how many; fewer than asked for where there are no more
   */
  public int migrate(int keys) {
    Reply found =
        source.expect("CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), Integer.toString(keys));
    List<Reply> names = ((Reply.Items) found).list();
    if (names.isEmpty()) {
      return 0;
    }
    List<byte[]> arguments = new ArrayList<>();
    String port = Integer.toString(cluster.endpoint(to, Side.SOURCE).port());
    for (String word : List.of("127.0.0.1", port, "", "0", "5000", "KEYS")) {
      arguments.add(word.getBytes(StandardCharsets.UTF_8));
    }
    for (Reply name : names) {
      Bytes key = ((Reply.Text) name).bytes();
      arguments.add(key.array());
    }
    if (source.call(Command.of("MIGRATE"), arguments.toArray(byte[][]::new))
        instanceof Reply.Failed failed) {
      throw source.refused("MIGRATE", failed);
    }
    return names.size();
  }

  /** Moves what is left, and gives the slot to the other node. */
  public void finish() {
    while (migrate(PAGE) > 0) {
      // Until nothing is left.
    }
    for (int node : List.of(to, from)) {
      cluster.on(node, "CLUSTER", "SETSLOT", Integer.toString(slot), "NODE", cluster.idOf(to));
    }
  }

  /** Leaves the slot to its owner; keys that were moved stay where they are. */
  public void giveUp() {
    for (int node : List.of(from, to)) {
      cluster.on(node, "CLUSTER", "SETSLOT", Integer.toString(slot), "STABLE");
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
