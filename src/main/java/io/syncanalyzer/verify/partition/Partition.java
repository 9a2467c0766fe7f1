package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.SlotRange;
import java.util.Locale;
import java.util.Objects;

/**
 * A part of a verification that is verified by itself: a range of slots that one node of either
 * side holds.
 *
 * @param number from 1; one that is cut anew gives way to others with numbers of their own
 * @param source who holds them on the source
 * @param replica who holds them on the replica
 * @param slots which they are
 * @param keys how many keys the source holds there, about; 0 where unknown
 * @param attempt how often they have been begun with this one, from 1
 * @param functions whether libraries of functions of these two servers are compared with it
 * @param last whether it waits for all others: its slot is on its way to another node
 */
public record Partition(
    int number,
    Endpoint source,
    Endpoint replica,
    SlotRange slots,
    long keys,
    int attempt,
    boolean functions,
    boolean last) {
  /** What the name of its folder begins with. */
  static final String FOLDER = "partition-";

  public Partition {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(replica, "replica is null");
    Objects.requireNonNull(slots, "slots is null");
  }

  /** What its folder is called. */
  String folder() {
    return String.format(Locale.ROOT, "%s%04d", FOLDER, number);
  }

  /** Whether that node is one of its two. */
  boolean isOf(String address) {
    return source.address().equals(address) || replica.address().equals(address);
  }

  /** Whether it is between the same two nodes as another. */
  boolean isOfTheNodesOf(Partition other) {
    return source.address().equals(other.source.address())
        && replica.address().equals(other.replica.address());
  }

  /** Some of its slots under another number. */
  Partition of(SlotRange some, int other) {
    return new Partition(
        other, source, replica, some, keys * some.count() / slots.count(), attempt, false, last);
  }

  /** The same, with the functions of its nodes. */
  Partition withFunctions() {
    return new Partition(number, source, replica, slots, keys, attempt, true, last);
  }

  @Override
  public String toString() {
    return "slots " + slots + " of " + source.address();
  }
}
