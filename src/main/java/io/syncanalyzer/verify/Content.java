package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value, or a window of one, as named parts: of a hash its fields, of a list its indexes, of a
 * set its members, of a sorted set members with scores, of a stream entries and what it knows of
 * its readers. Two are equal if their parts are, in whatever order they came.
 *
 * <p>Memory is bounded: once {@link #BUDGET} bytes are held, further long values are digested.
 */
final class Content {
  /** Bytes held before values are digested. */
  static final int BUDGET = 256 * 1024;

  private static final int KEEP = 64 * 1024;
  private static final int KEEP_LATE = 128;

  private final Map<Bytes, Blob> parts = new LinkedHashMap<>();
  private final Map<Blob, Blob> longNamed = new LinkedHashMap<>();
  private final Map<Bytes, Blob> properties = new LinkedHashMap<>();
  private final Map<Bytes, Long> deadlines = new LinkedHashMap<>();
  private final Map<Bytes, Blob> facts = new LinkedHashMap<>();
  private long held;
  private long bytes;
  private long elements;
  private int version = -1;

  /** How many bytes of the next value may be held whole. */
  int keep() {
    return held > BUDGET ? KEEP_LATE : KEEP;
  }

  /** Adds a part that both sides must have. */
  void part(Bytes name, Blob value) {
    parts.put(name, value);
    held += name.length() + value.head().length();
    bytes += name.length() + value.length();
  }

  /** Adds a part whose name may be so long that only its digest is held. */
  void part(Blob name, Blob value) {
    if (name.isWhole()) {
      part(name.head(), value);
      return;
    }
    longNamed.put(name, value);
    held += name.head().length() + value.head().length();
    bytes += name.length() + value.length();
  }

  /** Whether it has no parts at all. */
  boolean isEmpty() {
    return parts.isEmpty() && longNamed.isEmpty() && properties.isEmpty();
  }

  /** Adds what is no element, that both sides must have. */
  void property(Bytes name, Blob value) {
    properties.put(name, value);
    held += name.length() + value.head().length();
  }

  /** Whether it has parts whose names are not held whole. */
  boolean hasLongNames() {
    return !longNamed.isEmpty();
  }

  /** Adds the time at which a part expires, -1 for never; less where there is no such part. */
  void deadline(Bytes name, long millis) {
    if (millis >= -1) {
      deadlines.put(name, millis);
    }
  }

  /** Adds what is compared only if both servers show it. */
  void fact(String name, Blob value) {
    facts.put(Bytes.utf8(name), value);
  }

  /** Says in which version a payload is serialized. */
  void version(int number) {
    version = number;
  }

  /** The version of a payload; -1 where there is none. */
  int version() {
    return version;
  }

  /** The same without its parts: only the sums. */
  Content sumsOnly() {
    Content sums = new Content();
    sums.elements = elements;
    sums.bytes = bytes;
    return sums;
  }

  /** Counts fields, members or entries. */
  void elements(long count) {
    elements += count;
  }

  long elements() {
    return elements;
  }

  /** Bytes of names and values. */
  long bytes() {
    return bytes;
  }

  Map<Bytes, Blob> parts() {
    return parts;
  }

  /** A part that is not the same on both sides. */
  record Difference(
      Bytes name, @Nullable Blob source, @Nullable Blob replica, Optional<String> note) {}

  /** Differences of a value: all are counted, the first few kept. */
  static final class Differences {
    static final int KEPT = 10;
    private final java.util.List<Difference> first = new java.util.ArrayList<>();
    private long count;

    void add(Difference difference) {
      count++;
      if (first.size() < KEPT) {
        first.add(difference);
      }
    }

    void addAll(Differences others) {
      others.first.forEach(
          difference -> {
            if (first.size() < KEPT) {
              first.add(difference);
            }
          });
      count += others.count;
    }

    java.util.List<Difference> first() {
      return first;
    }

    long count() {
      return count;
    }

    boolean isEmpty() {
      return count == 0;
    }
  }

  /**
   * What differs between this (the source's) and the replica's, deadlines to a tolerance in
   * milliseconds.
   */
  Differences against(Content replica, long toleranceMillis) {
    Differences found = new Differences();
    against(replica, toleranceMillis, found::add);
    return found;
  }

  /** As the other, each difference handed over. */
  void against(Content replica, long toleranceMillis, Consumer<Difference> found) {
    compare(
        parts,
        replica.parts,
        (name, mine, other) -> found.accept(new Difference(name, mine, other, Optional.empty())));
    compare(
        longNamed,
        replica.longNamed,
        (name, mine, other) ->
            found.accept(new Difference(name.head(), mine, other, Optional.of(longName(name)))));
    compare(
        properties,
        replica.properties,
        (name, mine, other) -> found.accept(new Difference(name, mine, other, Optional.empty())));
    facts.forEach(
        (name, value) -> {
          Blob other = replica.facts.get(name);
          if (other != null && !value.sameBytes(other)) {
            found.accept(new Difference(name, value, other, Optional.empty()));
          }
        });
    TreeSet<Bytes> timed = new TreeSet<>(deadlines.keySet());
    timed.retainAll(replica.deadlines.keySet());
    for (Bytes name : timed) {
      long mine = deadlines.getOrDefault(name, -1L);
      long other = replica.deadlines.getOrDefault(name, -1L);
      boolean same =
          (mine < 0 || other < 0)
              ? (mine < 0 && other < 0)
              : Math.abs(mine - other) <= toleranceMillis;
      // A window may hold deadlines alone: both sides have the part, or it would have none.
      if (!same) {
        found.accept(
            new Difference(
                name,
                parts.get(name),
                replica.parts.get(name),
                Optional.of("the field expires at " + shown(mine) + " and at " + shown(other))));
      }
    }
  }

  private interface Unlike<N> {
    void differ(N name, @Nullable Blob mine, @Nullable Blob other);
  }

  private static <N> void compare(Map<N, Blob> source, Map<N, Blob> replica, Unlike<N> unlike) {
    source.forEach(
        (name, mine) -> {
          Blob other = replica.get(name);
          if (other == null || !mine.sameBytes(other)) {
            unlike.differ(name, mine, other);
          }
        });
    replica.forEach(
        (name, other) -> {
          if (!source.containsKey(name)) {
            unlike.differ(name, null, other);
          }
        });
  }

  private static String longName(Blob name) {
    return "its name has " + name.length() + " bytes, SHA-256 " + name.digest().toHex();
  }

  private static String shown(long millis) {
    return millis < 0 ? "no time" : millis + " ms";
  }
}
