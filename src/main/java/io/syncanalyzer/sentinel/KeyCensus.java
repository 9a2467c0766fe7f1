package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many keys of each kind there are (or were, and are removed), how many are not ours, and ten
 * of each by name. Belongs to one thread; its size does not grow with what it counts.
 */
public final class KeyCensus {
  /** How many of each are named. */
  public static final int NAMED = 10;

  private final Map<KeyKind, Tally> ours = new EnumMap<>(KeyKind.class);
  private final Tally foreign = new Tally();
  private final Tally changing = new Tally();
  private final Tally moving = new Tally();
  private boolean unsettled;

  private static final class Tally {
    private final List<String> names = new ArrayList<>();
    private long count;

    void add(Bytes key) {
      count++;
      if (names.size() < NAMED) {
        names.add(key.toString());
      }
    }

    void add(Tally other) {
      count += other.count;
      other.names.stream().limit(Math.max(0, NAMED - names.size())).forEach(names::add);
    }

    void clear() {
      count = 0;
      names.clear();
    }
  }

  void ours(KeyKind kind, Bytes key) {
    ours.computeIfAbsent(kind, none -> new Tally()).add(key);
  }

  void foreign(Bytes key) {
    foreign.add(key);
  }

  /** A key of ours that was written again each time it was to be removed. */
  void changing(Bytes key) {
    changing.add(key);
  }

  /** A key that could not be looked at, as its slot is on its way to another node. */
  void moving(Bytes key) {
    moving.add(key);
  }

  /** Takes in what another holds. */
  public void add(KeyCensus other) {
    other.ours.forEach((kind, tally) -> ours.computeIfAbsent(kind, none -> new Tally()).add(tally));
    foreign.add(other.foreign);
    changing.add(other.changing);
    moving.add(other.moving);
    unsettled |= other.unsettled;
  }

  /** What several found together. */
  public static KeyCensus sum(Collection<KeyCensus> parts) {
    KeyCensus sum = new KeyCensus();
    parts.forEach(sum::add);
    return sum;
  }

  /**
   * All is looked at once more, over what was removed so far: what stayed then is counted again.
   */
  public void looksAgain() {
    foreign.clear();
    changing.clear();
    moving.clear();
  }

  /** How many of a kind. */
  public long count(KeyKind kind) {
    Tally tally = ours.get(kind);
    return tally == null ? 0 : tally.count;
  }

  /** How many of ours in all. */
  public long ours() {
    return ours.values().stream().mapToLong(tally -> tally.count).sum();
  }

  /** Up to ten of a kind, in lossless text. */
  public List<String> names(KeyKind kind) {
    Tally tally = ours.get(kind);
    return tally == null ? List.of() : List.copyOf(tally.names);
  }

  /** How many keys under the prefix are not ours. */
  public long foreign() {
    return foreign.count;
  }

  /** Up to ten of those, in lossless text. */
  public List<String> foreignNames() {
    return List.copyOf(foreign.names);
  }

  /** How many of ours were left because they kept changing. */
  public long changing() {
    return changing.count;
  }

  /** How many could not be looked at where they were found, as their slot is another node's. */
  public long moving() {
    return moving.count;
  }

  /** Who owned what changed while it was looked at, so that keys may have been passed by. */
  public void leavesUnsettled() {
    unsettled = true;
  }

  /** Whether keys may have been passed by, as who owned what changed meanwhile. */
  public boolean isUnsettled() {
    return unsettled;
  }

  /** {@code 12 sentinels, 3 load keys}; empty where there are none. */
  public String words() {
    return ours.entrySet().stream()
        .map(entry -> entry.getKey().words(entry.getValue().count))
        .collect(Collectors.joining(", "));
  }
}
