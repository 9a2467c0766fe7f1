package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.verify.value.Content.Difference;
import io.syncanalyzer.verify.value.Content.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what differs between two contents, elements first, then what else the value consists of,
 * and last the counts that follow from them.
 */
final class ContentComparison {
  private final Content source;
  private final Content replica;
  private final long toleranceMillis;
  private final Consumer<Difference> found;

  /**
   * @param toleranceMillis how far apart equal deadlines may be
   * @param found takes each difference
   */
  ContentComparison(
      Content source, Content replica, long toleranceMillis, Consumer<Difference> found) {
    this.source = source;
    this.replica = replica;
    this.toleranceMillis = toleranceMillis;
    this.found = found;
  }

  /** Compares all that both would show. */
  void run() {
    Kind kind = source.textFrom >= 0 ? Kind.TEXT : Kind.ELEMENT;
    long from = Math.max(0, source.textFrom);
    Predicate<Bytes> shown = name -> source.shows(name) && replica.shows(name);
    compare(
        source.parts,
        replica.parts,
        shown,
        (name, mine, other) ->
            found.accept(new Difference(kind, name, mine, other, from, Optional.empty())));
    compare(
        source.longNamed,
        replica.longNamed,
        name -> true,
        (name, mine, other) ->
            found.accept(
                new Difference(
                    Kind.ELEMENT, name.head(), mine, other, 0, Optional.of(longName(name)))));
    deadlines();
    compare(
        source.properties,
        replica.properties,
        shown,
        (name, mine, other) -> found.accept(of(Kind.PROPERTY, name, mine, other)));
    source.facts.forEach(
        (name, value) -> {
          Blob other = replica.facts.get(name);
          if (other != null && !value.sameBytes(other)) {
            found.accept(of(Kind.PROPERTY, name, value, other));
          }
        });
    compare(
        source.sums,
        replica.sums,
        shown,
        (name, mine, other) -> found.accept(of(Kind.SUM, name, mine, other)));
  }

  private static Difference of(Kind kind, Bytes name, @Nullable Blob mine, @Nullable Blob other) {
    return new Difference(kind, name, mine, other, 0, Optional.empty());
  }

  private void deadlines() {
    TreeSet<Bytes> timed = new TreeSet<>(source.deadlines.keySet());
    timed.retainAll(replica.deadlines.keySet());
    for (Bytes name : timed) {
      long mine = source.deadlines.getOrDefault(name, -1L);
      long other = replica.deadlines.getOrDefault(name, -1L);
      boolean same =
          (mine < 0 || other < 0)
              ? (mine < 0 && other < 0)
              : Math.abs(mine - other) <= toleranceMillis;
      // A window may hold deadlines alone: both sides have the part, or it would have none.
      if (!same) {
        String note =
            "the field expires "
                + when(mine)
                + " on the source, "
                + when(other)
                + " on the replica";
        found.accept(
            new Difference(
                Kind.ELEMENT,
                name,
                source.parts.get(name),
                replica.parts.get(name),
                0,
                Optional.of(note)));
      }
    }
  }

  private interface Unlike<N> {
    void differ(N name, @Nullable Blob mine, @Nullable Blob other);
  }

  private static <N> void compare(
      Map<N, Blob> source, Map<N, Blob> replica, Predicate<N> shown, Unlike<N> unlike) {
    source.forEach(
        (name, mine) -> {
          Blob other = replica.get(name);
          if ((other == null || !mine.sameBytes(other)) && shown.test(name)) {
            unlike.differ(name, mine, other);
          }
        });
    replica.forEach(
        (name, other) -> {
          if (!source.containsKey(name) && shown.test(name)) {
            unlike.differ(name, null, other);
          }
        });
  }

  private static String longName(Blob name) {
    return "its name has " + name.length() + " bytes, SHA-256 " + name.digest().toHex();
  }

  private static String when(long millis) {
    return millis < 0 ? "at no time" : "at " + millis + " ms";
  }
}
