package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The comparison of nothing but the number of keys on both sides. */
public final class KeyCountComparison {
  private KeyCountComparison() {}

  /**
   * Asks every side how many keys it holds; no key is looked at.
   *
   * @param layout source and replicas
   * @param asked of which databases
   */
  public static VerifyReport of(Layout layout, VerifyScope asked, NanoClock clock) {
    long from = clock.nanoTime();
    Long sourceKeys = size(layout.allPairs().stream().map(ShardPair::source), asked.database());
    List<ReplicaTotals> each = new ArrayList<>();
    for (int i = 0; i < layout.replicas().size(); i++) {
      Long keys = size(layout.pairs(i).stream().map(ShardPair::replica), asked.database());
      each.add(new ReplicaTotals(layout.name(i), keys, 0, 0, 0, 0, null, false));
    }
    Long replicaKeys =
        each.stream().anyMatch(one -> one.keys() == null)
            ? null
            : Long.valueOf(
                each.stream().map(ReplicaTotals::keys).mapToLong(Objects::requireNonNull).sum());
    VerifyReport all =
        new VerifyReport(
            asked.database() == null ? "all databases" : "database " + asked.database(),
            "counts",
            "none",
            (clock.nanoTime() - from) / 1e9,
            sourceKeys,
            replicaKeys,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null);
    return each.size() == 1 ? all : all.ofReplicas(each);
  }

  /** Of all of them together; unknown where it is not known of each. */
  private static @Nullable Long size(Stream<Endpoint> servers, @Nullable Integer database) {
    Map<String, Endpoint> each = new LinkedHashMap<>();
    servers.forEach(server -> each.put(server.address(), server));
    long sum = 0;
    for (Endpoint server : each.values()) {
      Long keys = size(server, database);
      if (keys == null) {
        return null;
      }
      sum += keys;
    }
    return sum;
  }

  /** Unknown, rather than that of one database, where a server does not show which it has. */
  private static @Nullable Long size(Endpoint endpoint, @Nullable Integer database) {
    if (database != null) {
      try (RedisConnection connection = RedisConnection.open(endpoint.withDatabase(database))) {
        return connection.expect("DBSIZE") instanceof Reply.Int size ? size.value() : null;
      }
    }
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      return boxed(ServerInfo.read(connection, false).keysInAll());
    }
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
  }
}
