package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.Denial;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.KeyCounts;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which databases are compared: the one that was named, else every one that holds keys on either
 * side, those that get their first key meanwhile too. One that a side lets nobody select is known
 * not to be looked at. For one thread.
 */
public final class Databases {
  private static final int MOST_NAMED = 10;

  private final Endpoint source;
  private final Endpoint replica;
  private final @Nullable Integer named;
  private final Connections connections;
  private final Consumer<String> notes;
  private final SortedSet<Integer> known = new TreeSet<>();
  private final Map<Integer, Long> unselectable = new TreeMap<>();
  private final boolean asked;
  private @Nullable Long leftOut;
  private long notAsked;

  /**
   * @param named the only one that is compared; null = all
   * @param asked whether that one was asked for, or else is one of a cluster's
   * @param notes takes a line for what is not to be looked at
   */
  public Databases(
      Endpoint source,
      Endpoint replica,
      @Nullable Integer named,
      boolean asked,
      Connections connections,
      Consumer<String> notes) {
    this.asked = asked;
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
      notAsked = asked ? 0 : Math.max(ofCluster(source, mine), ofCluster(replica, others));
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

  /** What a server without a cluster holds beside is none of the cluster's. */
  private static long ofCluster(Endpoint side, OptionalLong keys) {
    return side.isInCluster() ? keys.orElse(0) : 0;
  }

  /** Keys of other databases than the one that was named; null where none was, or unknown. */
  public @Nullable Long leftOut() {
    return notAsked > 0 ? null : leftOut;
  }

  /** Keys of a cluster's other databases, though none was named. */
  public long notAsked() {
    return notAsked;
  }

  /**
   * Tries each, in one round trip: a side may not have so many, and a user may have no right to
   * select any, or no right to some (Valkey 9.1).
   */
  private void refused(
      Endpoint side, KeyCounts ofSide, SortedSet<Integer> found, KeyCounts ofOther) {
    List<Integer> tried = new ArrayList<>(found);
    tried.removeAll(unselectable.keySet());
    if (tried.isEmpty() || (tried.size() == 1 && tried.get(0) == side.database())) {
      // Who may not use the only one is told so by the first command of the comparison.
      return;
    }
    connections.with(
        side,
        connection -> {
          Map<Integer, Reply.Failed> refusals = refusals(connection, tried);
          // Where it may not select at all, it is in its own database all the same.
          refusals.computeIfPresent(
              side.database(), (own, failed) -> Denial.isOfDatabase(failed) ? failed : null);
          List<Integer> denied =
              refusals.entrySet().stream()
                  .filter(one -> one.getValue().code().equals("NOPERM"))
                  .map(Map.Entry::getKey)
                  .toList();
          if (!denied.isEmpty()) {
            denied.forEach(one -> unselectable.put(one, most(one, ofSide, ofOther)));
            Reply.Failed first = Objects.requireNonNull(refusals.get(denied.get(0)));
            notes.accept(denied(side, denied, first));
          }
          refusals.keySet().removeAll(denied);
          refusals.forEach(
              (one, failed) -> leaveOut(side, one, most(one, ofSide, ofOther), failed));
          return denied;
        });
  }

  private static String denied(Endpoint side, List<Integer> denied, Reply.Failed first) {
    boolean one = denied.size() == 1;
    boolean ofDatabase = Denial.isOfDatabase(first);
    String named =
        denied.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    String which =
        !ofDatabase
            ? Counted.words(denied.size(), "database") + " besides " + side.database()
            : denied.size() > MOST_NAMED
                ? Counted.words(denied.size(), "database") + " (" + named + ", …)"
                : (one ? "database " : "databases ") + named;
    return which
        + (one ? " was" : " were")
        + " not looked at: the "
        + side.side().label()
        + " does not let us select "
        + (one ? "it" : "them")
        + " ("
        + first.message()
        + "); grant "
        + (ofDatabase ? "alldbs, or in db= " + (one ? "this one too" : "these too") : "+select");
  }

  private static Map<Integer, Reply.Failed> refusals(
      RawConnection connection, List<Integer> databases) {
    databases.forEach(one -> connection.out().command("SELECT", Integer.toString(one)));
    connection.out().flush();
    Map<Integer, Reply.Failed> refusals = new TreeMap<>();
    for (int one : databases) {
      if (connection.in().reply() instanceof Reply.Failed failed) {
        if (Unanswered.concernsServer(failed.message())) {
          throw connection.refused("SELECT", failed);
        }
        refusals.put(one, failed);
      }
    }
    return refusals;
  }

  private static long most(int database, KeyCounts one, KeyCounts other) {
    return Math.max(one.keys(database).orElse(0), other.keys(database).orElse(0));
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
