package io.syncanalyzer.run.servers;

import io.syncanalyzer.embedded.EmbeddedCluster;
import io.syncanalyzer.embedded.EmbeddedFailure;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a run: the user's own, or a pair or a cluster started here and gone at {@link
 * #close}.
 */
public final class Servers implements AutoCloseable {
  private final Endpoint source;
  private final List<Endpoint> replicas;
  private final TopologyWishes wishes;
  private final @Nullable EmbeddedPair pair;
  private final @Nullable EmbeddedCluster cluster;
  private final @Nullable Path folder;
  private @Nullable Topology sourceTopology;
  private @Nullable LayoutFinder finder;
  private List<Endpoint> laidOut = List.of();

  private Servers(
      Endpoint source,
      List<Endpoint> replicas,
      TopologyWishes wishes,
      @Nullable EmbeddedPair pair,
      @Nullable EmbeddedCluster cluster,
      @Nullable Path folder) {
    this.source = source;
    this.replicas = replicas;
    this.wishes = wishes;
    this.pair = pair;
    this.cluster = cluster;
    this.folder = folder;
  }

  /**
   * Takes the user's servers, or starts a pair or a cluster.
   *
   * @throws EmbeddedFailure if none can be started
   * @throws RedisFailure if no Sentinel leads to a server of the user's
   */
  public static Servers open(ServersRequest request) {
    return open(request, false);
  }

  /** As {@link #open}, the link of a pair started here running through a {@link #relay}. */
  public static Servers openRelayed(ServersRequest request) {
    return open(request, true);
  }

  private static Servers open(ServersRequest request, boolean relayed) {
    if (!request.embedded()) {
      return new Servers(
          located(request.source()),
          request.replicas().stream().map(Servers::located).toList(),
          request.wishes(),
          null,
          null,
          null);
    }
    Path folder = null;
    try {
      folder = Files.createTempDirectory("analyzer-server-");
      ServerBinary binary = binary(request.redisServer(), folder);
      int sourcePort = request.source().port();
      int replicaPort = request.replicas().get(0).port();
      if (request.shards().isPresent()) {
        EmbeddedCluster cluster =
            EmbeddedCluster.start(binary, request.shards().getAsInt(), sourcePort, replicaPort);
        return ofCluster(request, cluster, folder);
      }
      EmbeddedPair pair =
          relayed
              ? EmbeddedPair.startRelayed(binary, sourcePort, replicaPort)
              : EmbeddedPair.start(binary, sourcePort, replicaPort, List.of());
      Endpoint source = request.source().at("127.0.0.1", pair.source().port());
      Endpoint replica = request.replicas().get(0).at("127.0.0.1", pair.replica().port());
      return new Servers(
          withoutLogin(source),
          List.of(withoutLogin(replica)),
          request.wishes(),
          pair,
          null,
          folder);
    } catch (IOException e) {
      throw new EmbeddedFailure("cannot make a temporary folder: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /** Where a service's server is, as its Sentinels say; another endpoint stays what it is. */
  private static Endpoint located(Endpoint endpoint) {
    return endpoint.origin() instanceof Origin.Service
        ? Topologies.find(endpoint, SlotSet.ALL)
        : endpoint;
  }

  /** Both sides are found from a node each: a primary, and a replica. */
  private static Servers ofCluster(ServersRequest request, EmbeddedCluster cluster, Path folder) {
    Endpoint source = request.source().at("127.0.0.1", cluster.primaryPort());
    Endpoint replica = request.replicas().get(0).at("127.0.0.1", cluster.replicaPort());
    return new Servers(
        withoutLogin(source),
        List.of(withoutLogin(replica)),
        request.wishes(),
        null,
        cluster,
        folder);
  }

  public Endpoint source() {
    return source;
  }

  public List<Endpoint> replicas() {
    return replicas;
  }

  /**
   * What both sides are, and how they lie over each other, as it was when it was asked first.
   *
   * @throws RedisFailure if a side cannot be used
   * @throws IllegalArgumentException if what is demanded does not go together
   */
  public Layout layout() {
    return finder().layout();
  }

  /**
   * The same with fewer of the replicas: the layout from now on.
   *
   * @param usable some of {@link #replicas}
   */
  public synchronized Layout layout(List<Endpoint> usable) {
    if (finder == null || !usable.equals(laidOut)) {
      finder = new LayoutFinder(sourceTopology(), usable, wishes);
      laidOut = List.copyOf(usable);
    }
    return finder.layout();
  }

  /** What the user should know of the layout, a line each. */
  public List<String> layoutWarnings() {
    return finder().warnings();
  }

  /**
   * The layout as it is now, asked of whichever nodes answer; it has as many replicas as at first,
   * of which one that is gone is in no pair.
   *
   * @throws RedisFailure if a side cannot be used
   */
  public Layout relayout() {
    return finder().again();
  }

  /**
   * What the source is, as it was when it was asked first; no replica is asked.
   *
   * @throws RedisFailure if it cannot be used
   */
  public synchronized Topology sourceTopology() {
    if (sourceTopology == null) {
      sourceTopology = Topologies.discover(source, wishes.source(), wishes.nodes());
    }
    return sourceTopology;
  }

  private synchronized LayoutFinder finder() {
    if (finder == null) {
      finder = new LayoutFinder(sourceTopology(), replicas, wishes);
      laidOut = replicas;
    }
    return finder;
  }

  /** What the link of a pair started by {@link #openRelayed} runs through. */
  public Optional<LinkRelay> relay() {
    return pair == null ? Optional.empty() : pair.relay();
  }

  /** What was started, in words; empty where the servers are the user's. */
  public Optional<String> embedded() {
    if (cluster != null) {
      int shards = cluster.shards();
      return Optional.of(
          "cluster of "
              + (shards == 1 ? "a primary and its replica, " : shards + " primaries and replicas, ")
              + words(cluster.binary()));
    }
    return pair == null ? Optional.empty() : Optional.of(words(pair.sourceServer().binary()));
  }

  private static String words(ServerBinary binary) {
    return binary.version() + " " + binary.origin() + " (" + binary.path() + ")";
  }

  @Override
  public void close() {
    try {
      if (pair != null) {
        pair.close();
      }
      if (cluster != null) {
        cluster.close();
      }
    } finally {
      delete(folder);
    }
  }

  private static ServerBinary binary(Optional<Path> asked, Path folder) {
    return asked.map(ServerBinary::at).orElseGet(() -> ServerBinary.onPathOrBundled(folder));
  }

  /** Credentials from the environment are for the user's servers; ours ask for none. */
  private static Endpoint withoutLogin(Endpoint endpoint) {
    return new Endpoint(
        endpoint.side(),
        endpoint.host(),
        endpoint.port(),
        endpoint.database(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        endpoint.connectTimeout(),
        endpoint.timeout(),
        endpoint.origin());
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new EmbeddedFailure("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }
}
