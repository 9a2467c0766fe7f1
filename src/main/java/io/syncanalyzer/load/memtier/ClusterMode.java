package io.syncanalyzer.load.memtier;

import io.syncanalyzer.load.memtier.LoadProfile.Option;
import io.syncanalyzer.load.proof.CommandKinds;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is otherwise where memtier writes to a Redis Cluster.
 *
 * <p>It asks one node where the others are, and sends a command to the owner of the slot of {@code
 * --key-prefix} and number alone, whatever its key is in the end ({@code get_key_for_conn} in its
 * {@code cluster_client.cpp}): a key that lies elsewhere is answered MOVED, counted as done, and
 * never written. It knows no hash tags itself; a tag that holds prefix and number, and nothing
 * else, makes both the same.
 */
public final class ClusterMode {
  /** What to do where it cannot. */
  public static final String INSTEAD = "use --load-engine jmh";

  /** memtier's option for it. */
  public static final String OPTION = "--cluster-mode";

  private static final String KEY = "__key__";

  private ClusterMode() {}

  /** Why this memtier cannot write to that source, in one line; empty where it can. */
  public static Optional<String> hindrance(Topology source, MemtierFeatures features) {
    if (!source.cluster()) {
      return Optional.empty();
    }
    if (!features.has(OPTION)) {
      return Optional.of(
          "memtier_benchmark "
              + features.version()
              + " has no --cluster-mode, and the source is a Redis Cluster");
    }
    if (!source.slots().isAll()) {
      return Optional.of(
          "memtier_benchmark writes to every node of a cluster, and the source is one of its nodes"
              + " alone (--source-topology single)");
    }
    boolean mapped =
        source.primaries().stream()
            .anyMatch(
                primary ->
                    primary.origin() instanceof Origin.Node node
                        && !node.nodes().equals(NodeMap.NONE));
    return mapped
        ? Optional.of(
            "memtier_benchmark asks the cluster itself where its nodes are, and cannot be told what"
                + " --node-map says of them")
        : Optional.empty();
  }

  /**
   * The commands of a load that would be answered MOVED for most of their keys, as they stand in
   * the profile or after the dashes; of memtier's own its key's name.
   *
   * @throws IllegalArgumentException if its profile cannot be read
   */
  public static List<String> astray(LoadRequest request) {
    List<Option> options = new ArrayList<>(LoadProfile.of(request.profile()).options());
    options.addAll(MemtierOptions.ofArguments(request.passThrough(), "after --").list());
    MemtierOptions all = new MemtierOptions(options);
    String routed = all.value("--key-prefix").orElse("memtier-") + KEY;
    CommandKinds known = CommandKinds.unasked();
    List<String> astray = new ArrayList<>();
    for (Option option : options) {
      if (option.name().equals("--command")) {
        String command = option.value().orElse("");
        List<String> words = List.of(command.strip().split("\\s+", -1));
        Optional<String> key = words.stream().filter(word -> word.contains(KEY)).findFirst();
        boolean goesRight =
            key.map(word -> tag(word.replace(KEY, routed)).equals(routed))
                // One without a key goes to any node, as one that reads or writes a key may not.
                .orElseGet(() -> known.of(words.get(0)).isEmpty());
        if (!goesRight) {
          astray.add(command);
        }
      }
    }
    if (!all.has("--command") && !tag(routed).equals(routed)) {
      astray.add(routed);
    }
    return astray.stream().distinct().toList();
  }

  /** The part of a key's name that its slot is of. */
  private static String tag(String key) {
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open + 1);
    return close > open + 1 ? key.substring(open + 1, close) : key;
  }
}
