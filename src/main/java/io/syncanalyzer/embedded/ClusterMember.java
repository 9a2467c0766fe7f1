package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A node as another, or itself, tells of it: a line of CLUSTER NODES.
 *
 * @param id its id
 * @param port where it serves
 * @param flags such as {@code master}, {@code slave}, {@code fail?}
 * @param primary the id of the one that it follows; empty = none
 * @param linked whether the node that tells is connected with it
 * @param slots which slots it owns
 */
record ClusterMember(
    String id, int port, Set<String> flags, String primary, boolean linked, SlotSet slots) {
  private static final int FIRST_SLOTS = 8;

  ClusterMember {
    Objects.requireNonNull(id, "id is null");
    flags = Set.copyOf(flags);
  }

  /** All that a node tells of. */
  static List<ClusterMember> parse(String nodes) {
    return nodes.lines().filter(line -> !line.isBlank()).map(ClusterMember::ofLine).toList();
  }

  private static ClusterMember ofLine(String line) {
    String[] parts = line.split(" ", -1);
    String address = parts[1];
    int port =
        Integer.parseInt(
            address.substring(
                address.substring(0, address.indexOf('@')).lastIndexOf(':') + 1,
                address.indexOf('@')));
    String owned =
        Arrays.stream(parts)
            .skip(FIRST_SLOTS)
            .filter(part -> !part.startsWith("[")) // a slot on its way
            .collect(Collectors.joining(","));
    return new ClusterMember(
        parts[0],
        port,
        Set.of(parts[2].split(",", -1)),
        parts[3].equals("-") ? "" : parts[3],
        parts[7].equals("connected"),
        owned.isEmpty() ? SlotSet.NONE : SlotSet.parse(owned));
  }

  /** Whether it owns slots, or could. */
  boolean isPrimary() {
    return flags.contains("master");
  }

  /** Whether it is known by more than an address, and for alive. */
  boolean isSound() {
    return linked
        && flags.stream().noneMatch(flag -> flag.startsWith("fail") || flag.equals("handshake"))
        && !flags.contains("noaddr");
  }

  /** What nodes must agree on. */
  String shape() {
    return id + " " + primary + " " + slots;
  }

  /** Every slot that somebody of these owns. */
  static boolean coverAll(List<ClusterMember> members) {
    return members.stream().map(ClusterMember::slots).reduce(SlotSet.NONE, SlotSet::or).count()
        == HashSlot.COUNT;
  }
}
