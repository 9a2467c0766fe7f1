package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.KeyCounts;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which databases are compared: the one that was named, else every one that holds keys on either
 * side, those that get their first key meanwhile too. One that a side lets nobody select is known
 * not to be looked at. For one thread.
 */
public final class Databases {
  private final Endpoint source;
  private final Endpoint replica;
  private final @Nullable Integer named;
  private final Connections connections;
  private final Consumer<String> notes;
  private final SortedSet<Integer> known = new TreeSet<>();
  private final Map<Integer, Long> unselectable = new TreeMap<>();
  private @Nullable Long leftOut;

  /**
   * @param named the one that was asked for; null = all
   * @param notes takes a line for what is not to be looked at
   */
  public Databases(
      Endpoint source,
      Endpoint replica,
      @Nullable Integer named,
      Connections connections,
      Consumer<String> notes) {
    this.source = source;
    this.replica = replica;
    this.named = named;
    this.connections = connections;
    this.notes = notes;
  }

  /** Those that there are by now, in order; at least one. */
  public List<Integer> now(KeyCounts onSource, KeyCounts onReplica) {
    if (named != null) {
      List<Integer> one = List.of(named);
      OptionalLong mine = onSource.keysBeside(one);
      OptionalLong others = onReplica.keysBeside(one);
      leftOut =
          mine.isEmpty() || others.isEmpty()
              ? null
              : Long.valueOf(Math.max(mine.getAsLong(), others.getAsLong()));
      return one;
    }
    if (known.isEmpty() && !(onSource.shown() && onReplica.shown())) {
      notes.accept(
          "INFO of the "
              + (onSource.shown() ? "replica" : "source")
              + " shows no databases: of those that it holds alone, only the one in the URI was"
              + " looked at");
      known.add(source.database());
    }
    SortedSet<Integer> found = new TreeSet<>(onSource.databases().keySet());
    found.addAll(onReplica.databases().keySet());
    found.removeAll(known);
    found.removeAll(unselectable.keySet());
    refused(source, onSource, found, onReplica);
    refused(replica, onReplica, found, onSource);
    found.removeAll(unselectable.keySet());
    known.addAll(found);
    return known.isEmpty() ? List.of(source.database()) : List.copyOf(known);
  }

  /** Those that were there at any time it was asked. */
  public List<Integer> all() {
    if (named != null) {
      return List.of(named);
    }
    return known.isEmpty() ? List.of(source.database()) : List.copyOf(known);
  }

  /** Keys of databases that a side lets nobody select. */
  public long unselectableKeys() {
    return unselectable.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Keys of other databases than the one that was named; null where none was, or unknown. */
  public @Nullable Long leftOut() {
    return leftOut;
  }

  /**
   * Tries those that a side holds no keys in, for it may not have so many; and one of the others,
   * for the user may have no right to select any.
   */
  private void refused(
      Endpoint side, KeyCounts ofSide, SortedSet<Integer> found, KeyCounts ofOther) {
    List<Integer> others = new ArrayList<>(found);
    others.removeAll(unselectable.keySet());
    others.remove(Integer.valueOf(side.database()));
    if (others.isEmpty()) {
      return;
    }
    connections.with(
        side,
        connection -> {
          Optional<Reply.Failed> first = refusal(connection, others.get(0));
          if (first.filter(failed -> failed.code().equals("NOPERM")).isPresent()) {
            others.forEach(one -> unselectable.put(one, most(one, ofSide, ofOther)));
            notes.accept(
                String.format(
                    Locale.ROOT,
                    "%,d databases besides %d were not looked at: the %s does not let us select"
                        + " them (%s); grant +select",
                    others.size(),
                    side.database(),
                    side.side().label(),
                    first.get().message()));
            return others;
          }
          others.removeAll(ofSide.databases().keySet());
          for (int one : others) {
            refusal(connection, one)
                .ifPresent(failed -> leaveOut(side, one, most(one, ofSide, ofOther), failed));
          }
          return others;
        });
  }

  private static long most(int database, KeyCounts one, KeyCounts other) {
    return Math.max(one.keys(database).orElse(0), other.keys(database).orElse(0));
  }

  private static Optional<Reply.Failed> refusal(RawConnection connection, int database) {
    if (connection.call("SELECT", Integer.toString(database)) instanceof Reply.Failed failed) {
      if (Unanswered.concernsServer(failed.message())) {
        throw connection.refused("SELECT", failed);
      }
      return Optional.of(failed);
    }
    return Optional.empty();
  }

  private void leaveOut(Endpoint side, int database, long keys, Reply.Failed failed) {
    unselectable.put(database, keys);
    notes.accept(
        String.format(
            Locale.ROOT,
            "db %d, %s, was not looked at: the %s does not let us select it (%s)",
            database,
            Counted.words(keys, "key"),
            side.side().label(),
            failed.message()));
  }
}
