package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.redis.topology.ReplicaRole;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.run.servers.TopologyWishes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the servers are to be taken for, and where a cluster's nodes are reached. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class TopologyOptions {
  @Option(
      names = "--source-topology",
      paramLabel = "KIND",
      defaultValue = "auto",
      completionCandidates = Candidates.Topologies.class,
      description =
          "auto: what the source says itself; single: one server, of a cluster's node its own slots"
              + " alone; cluster: a Redis Cluster or nothing. Default: ${DEFAULT-VALUE}")
  String sourceTopology;

  @Option(
      names = "--replica-topology",
      paramLabel = "KIND",
      defaultValue = "auto",
      completionCandidates = Candidates.Topologies.class,
      description = "The same of the replica. Default: ${DEFAULT-VALUE}")
  String replicaTopology;

  @Option(
      names = "--replica-role",
      paramLabel = "ROLE",
      defaultValue = "auto",
      completionCandidates = Candidates.ReplicaRoles.class,
      description =
          "Which nodes of a replica that is a cluster are compared: primary, replica, or auto: the"
              + " replicas where source and replica are one cluster. Default: ${DEFAULT-VALUE}")
  String replicaRole;

  @Option(
      names = "--node-map",
      paramLabel = "ANNOUNCED=REACHABLE",
      split = ",",
      description =
          "Where a node (host:port) that a cluster or Sentinels announce is reached from here"
              + " (host:port); may be repeated.")
  @Nullable List<String> nodeMap;

  /**
   * All of them, checked.
   *
   * @throws IllegalArgumentException with one line that names the option
   */
  TopologyWishes wishes() {
    return new TopologyWishes(
        Refusals.named("--source-topology: ", () -> TopologyChoice.of(sourceTopology)),
        Refusals.named("--replica-topology: ", () -> TopologyChoice.of(replicaTopology)),
        Refusals.named("--replica-role: ", () -> ReplicaRole.of(replicaRole)),
        nodes());
  }

  private NodeMap nodes() {
    Map<String, String> nodes = new LinkedHashMap<>();
    for (String pair : nodeMap == null ? List.<String>of() : nodeMap) {
      String[] sides = pair.split("=", -1);
      if (sides.length != 2) {
        throw new IllegalArgumentException(
            "--node-map: \"" + pair + "\" is not ANNOUNCED=REACHABLE, both host:port");
      }
      nodes.put(address(sides[0]), address(sides[1]));
    }
    return new NodeMap(nodes);
  }

  private static String address(String text) {
    return Refusals.named("--node-map: ", () -> NodeMap.address(text.strip()));
  }
}
