package io.syncanalyzer.bench;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes the keyspace that verification is measured on: strings, and some of each other type. Its
 * keys have names as a user's have, not ours: for servers that are thrown away.
 */
public final class KeyspaceMix {
  private static final int PIPELINE = 1000;
  private static final int ELEMENTS = 10;

  private final RawConnection connection;
  private final RawOutput out;
  private final SlotSet slots;
  private final Random random;
  private int sent;

  private KeyspaceMix(RawConnection connection, SlotSet slots, Random random) {
    this.connection = connection;
    this.out = connection.out();
    this.slots = slots;
    this.random = random;
  }

  /** From the shell: URI, number of strings, number of each other type, bytes of a string. */
  public static void main(String[] arguments) {
    if (arguments.length != 4) {
      System.err.println("give a URI, the number of strings, of each other type, a string's bytes");
      return;
    }
    write(
        Endpoint.parse(Side.SOURCE, arguments[0]),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]),
        42);
  }

  /**
   * Writes them, random values by the seed: the same to a server and to a cluster, each of whose
   * primaries gets those of its slots.
   */
  public static void write(Endpoint endpoint, int strings, int ofEach, int valueBytes, long seed) {
    Topology topology = Topologies.discover(endpoint, TopologyChoice.AUTO, NodeMap.NONE);
    for (Shard shard : topology.shards()) {
      try (RawConnection connection = RawConnection.open(shard.primary())) {
        new KeyspaceMix(connection, shard.slots(), new Random(seed))
            .write(strings, ofEach, new byte[valueBytes]);
      }
    }
  }

  private void write(int strings, int ofEach, byte[] value) {
    for (int i = 0; i < strings; i++) {
      random.nextBytes(value);
      String key = "string:" + i;
      if (isHere(key)) {
        out.begin(3);
        out.part("SET");
        out.part(key);
        out.part(value, 0, value.length);
        drain(++sent, PIPELINE);
      }
    }
    for (int i = 0; i < ofEach; i++) {
      collection("HSET", "hash:" + i, e -> "field" + e);
      collection("RPUSH", "list:" + i, null);
      collection("SADD", "set:" + i, null);
      collection("ZADD", "zset:" + i, e -> Double.toString(random.nextInt(100_000) / 8.0));
    }
    drain(sent, 0);
  }

  private boolean isHere(String key) {
    return slots.isAll() || slots.contains(HashSlot.of(Bytes.utf8(key)));
  }

  /** What is random is drawn whether the key is written here or not. */
  private void collection(String command, String key, @Nullable IntFunction<String> first) {
    boolean here = isHere(key);
    if (here) {
      out.begin(2 + (first == null ? 1 : 2) * ELEMENTS);
      out.part(command);
      out.part(key);
    }
    for (int e = 0; e < ELEMENTS; e++) {
      String before = first == null ? null : first.apply(e);
      String element = (command.equals("ZADD") ? "member" : "value") + random.nextInt();
      if (here) {
        if (before != null) {
          out.part(before);
        }
        out.part(element);
      }
    }
    if (here) {
      drain(++sent, PIPELINE);
    }
  }

  private void drain(int asked, int most) {
    if (asked <= most) {
      return;
    }
    out.flush();
    for (int i = 0; i < asked; i++) {
      if (connection.in().next() == RawInput.ERROR) {
        throw new IllegalStateException(connection.in().text());
      }
      connection.in().skipRest();
    }
    sent = 0;
  }
}
