package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which servers a run works with.
 *
 * @param source where writes go
 * @param replicas where they must show, one or more
 * @param embedded whether both are to be started for the run
 * @param redisServer the redis-server to start them from; empty = PATH's, else the bundled one
 */
public record ServersRequest(
    Endpoint source, List<Endpoint> replicas, boolean embedded, Optional<Path> redisServer) {
  public ServersRequest {
    Objects.requireNonNull(source, "source is null");
    replicas = List.copyOf(replicas);
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException("--replica: none is given");
    }
    if (embedded && replicas.size() > 1) {
      throw new IllegalArgumentException(
          "--embedded starts one source and one replica; give --replica once");
    }
    if (embedded && (source.tls().isPresent() || replicas.get(0).tls().isPresent())) {
      throw new IllegalArgumentException("--embedded starts plain servers; use redis:// URIs");
    }
    if (redisServer.isPresent() && !embedded) {
      throw new IllegalArgumentException("--redis-server goes with --embedded");
    }
    for (Endpoint replica : replicas) {
      if (replica.database() != source.database()) {
        throw new IllegalArgumentException(
            "--source names database "
                + source.database()
                + " and --replica database "
                + replica.database()
                + "; replication keeps the number, so give both the same");
      }
      if (replica.address().equals(source.address())) {
        throw new IllegalArgumentException(
            "--source and --replica name the same server, "
                + source.address()
                + "; point them at two");
      }
    }
  }

  /**
   * For commands that work with one replica.
   *
   * @throws IllegalArgumentException if there are several
   */
  public void refuseSeveralReplicas() {
    if (replicas.size() != 1) {
      throw new IllegalArgumentException(
          "--replica: this command takes one replica, not "
              + replicas.size()
              + "; `probe` measures several at once");
    }
  }
}
