package io.syncanalyzer.bench;

import io.syncanalyzer.embedded.EmbeddedCluster;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.KeyScan;
import io.syncanalyzer.verify.scan.NameFilter;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.ServerIdentity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a key costs the two servers of a shard by a verification slot by slot, against the same by
 * SCAN of either and a GET for each key of both, in turn. The cluster is started for it.
 */
public final class SlotCost {
  private static final int PIPELINE = 1000;
  private static final int SHARDS = 3;
  private static final int ROUNDS = 3;

  private SlotCost() {}

  /** From the shell: the number of strings to write, the bytes of one. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("give the number of strings, the bytes of one");
      return;
    }
    int strings = Integer.parseInt(arguments[0]);
    byte[] value = new byte[Integer.parseInt(arguments[1])];
    new Random(1).nextBytes(value);
    try (EmbeddedCluster started =
        EmbeddedCluster.start(ServerBinary.onPath().orElseThrow(), SHARDS, 0, 0)) {
      Shard shard =
          Topologies.discover(started.seed(), TopologyChoice.CLUSTER, NodeMap.NONE).shards().get(0);
      ask(shard.primary(), "SET", keys(shard, strings), value);
      try (RawConnection connection = RawConnection.open(shard.primary())) {
        connection.expect("WAIT", "1", "60000");
      }
      double verified = 0;
      double gotten = 0;
      for (int round = 0; round < ROUNDS; round++) {
        verified += print(shard, System.out);
        gotten += scanAndGet(shard.primary(), System.out) + scanAndGet(replica(shard), System.out);
      }
      System.out.printf(
          Locale.ROOT, "verified: %.2f of what SCAN and GET cost%n", verified / gotten);
    }
  }

  private static List<Bytes> keys(Shard shard, int strings) {
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < strings; i++) {
      Bytes key = Bytes.utf8("string:" + i);
      if (shard.slots().contains(HashSlot.of(key))) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static Endpoint replica(Shard shard) {
    return shard.replicas().get(0).as(Side.REPLICA);
  }

  /** CPU seconds of both servers for a verification. */
  private static double print(Shard shard, PrintStream out) throws IOException {
    VerifySummary summary =
        new VerifyPhase(told -> {}, NanoClock.SYSTEM)
            .run(
                VerifyRequest.of(
                        shard.primary(), replica(shard), "cost", Files.createTempDirectory("cost-"))
                    .with(shard.slots()));
    double verified = seconds(summary.sourceCost()) + seconds(summary.replicaCost());
    out.printf(
        Locale.ROOT,
        "%d keys, %d differ: %.2f us of both servers' CPU a key%n",
        summary.keys(),
        summary.mismatched(),
        1e6 * verified / summary.keys());
    return verified;
  }

  private static double seconds(ServerCost cost) {
    return Objects.requireNonNull(cost.cpuSeconds(), "a server that shows its CPU time");
  }

  /** The server's CPU seconds for its names and a GET of each. */
  private static double scanAndGet(Endpoint endpoint, PrintStream out) {
    ServerInfo before = ServerIdentity.infoOf(endpoint);
    NameFilter all =
        new NameFilter(
            VerifyScope.EVERYTHING, 0, Bytes.utf8("sa:"), SlotSet.ALL, KeyScan.Filter.ALL);
    List<Bytes> names = new ArrayList<>();
    try (RawConnection connection = RawConnection.open(endpoint)) {
      KeyScan scan = new KeyScan(connection, all, null, PIPELINE, "0");
      KeyBatch batch = new KeyBatch(0, PIPELINE);
      while (scan.next(batch)) {
        for (int i = 0; i < batch.count(); i++) {
          names.add(batch.key(i));
        }
        batch = new KeyBatch(0, PIPELINE);
      }
    }
    ask(endpoint, "GET", names, null);
    double spent = seconds(ServerCost.between(before, ServerIdentity.infoOf(endpoint)));
    out.printf(
        Locale.ROOT,
        "SCAN and GET: %.2f us of one server's CPU a key%n",
        1e6 * spent / names.size());
    return spent;
  }

  private static void ask(
      Endpoint endpoint, String command, List<Bytes> keys, byte @Nullable [] value) {
    try (RawConnection connection = RawConnection.open(endpoint)) {
      RawOutput out = connection.out();
      for (int from = 0; from < keys.size(); from += PIPELINE) {
        List<Bytes> some = keys.subList(from, Math.min(keys.size(), from + PIPELINE));
        for (Bytes key : some) {
          out.begin(value == null ? 2 : 3);
          out.part(command);
          out.part(key);
          if (value != null) {
            out.part(value, 0, value.length);
          }
        }
        out.flush();
        for (int i = 0; i < some.size(); i++) {
          connection.in().next();
          connection.in().skipRest();
        }
      }
    }
  }
}
