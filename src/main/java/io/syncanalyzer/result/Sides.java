package io.syncanalyzer.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What preflight found, by side: a cluster is told as one, its nodes added up. */
public final class Sides {
  private Sides() {}

  /** A cluster of a side, as the user named it. */
  private record Cluster(Object side, @Nullable String named) {}

  /** One report a side and replica, in the order in which they were found. */
  public static List<SideReport> merged(List<SideReport> nodes) {
    Map<Cluster, List<SideReport>> clusters = new LinkedHashMap<>();
    List<List<SideReport>> all = new ArrayList<>();
    for (SideReport node : nodes) {
      if (node.slots() == null) {
        all.add(List.of(node));
        continue;
      }
      List<SideReport> known =
          clusters.computeIfAbsent(
              new Cluster(node.side(), node.named()),
              cluster -> {
                List<SideReport> made = new ArrayList<>();
                all.add(made);
                return made;
              });
      known.add(node);
    }
    return all.stream().map(Sides::one).toList();
  }

  private static SideReport one(List<SideReport> nodes) {
    SideReport first = nodes.get(0);
    if (first.slots() == null) {
      return first;
    }
    String named = first.named() == null ? first.uri() : first.named();
    return new SideReport(
        first.side(),
        named,
        joined(nodes, SideReport::product),
        joined(nodes, SideReport::server),
        nodes.size() == 1
            ? joined(nodes, SideReport::role)
            : "cluster, "
                + nodes.size()
                + ("replica".equals(first.role()) ? " replicas" : " primaries"),
        joined(nodes, SideReport::link),
        null,
        null,
        null,
        sum(nodes, SideReport::keys),
        sum(nodes, SideReport::expires),
        sum(nodes, SideReport::usedMemoryBytes),
        nodes.stream().flatMap(node -> node.capabilities().stream()).distinct().toList(),
        joined(nodes, SideReport::proofs),
        furthest(nodes),
        null,
        null);
  }

  /** The words of all, each once. */
  private static @Nullable String joined(
      List<SideReport> nodes, Function<SideReport, @Nullable String> word) {
    List<String> words = nodes.stream().map(word).filter(Objects::nonNull).distinct().toList();
    return words.isEmpty() ? null : String.join(" and ", words);
  }

  /** Null where one of them is not known. */
  private static @Nullable Long sum(
      List<SideReport> nodes, Function<SideReport, @Nullable Long> count) {
    long sum = 0;
    for (SideReport node : nodes) {
      Long one = count.apply(node);
      if (one == null) {
        return null;
      }
      sum += one;
    }
    return sum;
  }

  /** The clock that is furthest off. */
  private static @Nullable ClockReport furthest(List<SideReport> nodes) {
    ClockReport furthest = null;
    for (SideReport node : nodes) {
      ClockReport clock = node.clock();
      if (clock != null
          && (furthest == null || Math.abs(clock.ahead()) > Math.abs(furthest.ahead()))) {
        furthest = clock;
      }
    }
    return furthest;
  }
}
