package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.resume.Checkpoint;
import io.syncanalyzer.verify.server.BothCounts;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each database while the source's keys are compared, by this attempt and by what
 * it goes on with, and writes it down as a {@link Checkpoint}. For one thread.
 */
final class DatabasesSoFar {
  private final Attempt attempt;
  private final SuspectRounds settling;
  private final BothCounts begin;
  private final List<Integer> wanted;
  private final Map<Integer, Boolean> withoutExpiries = new HashMap<>();
  private final Map<Integer, Long> returned = new LinkedHashMap<>();
  private final Set<Integer> listedBothOnce = new HashSet<>();

  /**
   * @param begin how both servers stood before any key was looked at
   * @param wanted the databases that are compared
   */
  DatabasesSoFar(Attempt attempt, SuspectRounds settling, BothCounts begin, List<Integer> wanted) {
    this.attempt = attempt;
    this.settling = settling;
    this.begin = begin;
    this.wanted = wanted;
    for (int database : wanted) {
      known(database).ifPresent(known -> settling.absentBefore(database, known.absentOnReplica()));
    }
  }

  /** Where an earlier verification was, of a database all or part of which it looked at. */
  Optional<Checkpoint.Known> known(int database) {
    return attempt.resumed().flatMap(checkpoint -> checkpoint.known(database));
  }

  /** Whether an earlier verification has looked at all of the source's keys. */
  boolean wasDone(int database) {
    return attempt.resumed().filter(checkpoint -> checkpoint.isDone(database)).isPresent();
  }

  /** Its keys are about to be compared, or the rest of them. */
  void begins(int database) {
    withoutExpiries.put(
        database,
        known(database).map(Checkpoint.Known::withoutExpiries).orElse(false)
            || (!wasDone(database) && !begin.mayExpire(database)));
  }

  /**
   * So many of the source's names were listed, and these were all.
   *
   * @param bothOnce whether the replica's were listed too, and each just once
   */
  void ended(int database, long keys, boolean bothOnce) {
    returned.put(database, keys);
    if (bothOnce) {
      listedBothOnce.add(database);
    }
  }

  /** Whether this attempt has listed the names of both sides, each just once. */
  boolean isListedBothOnce(int database) {
    return listedBothOnce.contains(database);
  }

  /** How many keys SCAN returned, of those databases that this attempt went through. */
  Map<Integer, Long> returned() {
    return returned;
  }

  /** Whether its keys were compared while neither side had any that expire. */
  boolean isWithoutExpiries(int database) {
    return withoutExpiries.getOrDefault(database, false);
  }

  /** How many keys the source held when the first attempt began; empty where it hides that. */
  OptionalLong keysAtBegin(int database) {
    Optional<Checkpoint.Known> known = known(database);
    if (known.isEmpty()) {
      return begin.source().keys(database);
    }
    Long keys = known.get().keysAtBegin();
    return keys == null ? OptionalLong.empty() : OptionalLong.of(keys);
  }

  /**
   * Writes down how far it is within a database.
   *
   * @param cursor where SCAN goes on
   * @param scanned keys passed over so far in this database
   * @param gone keys that have vanished so far
   */
  void checkpoint(int database, String cursor, long scanned, long gone) {
    write(new Checkpoint.Position(now(database), cursor, scanned), gone, returned.keySet());
  }

  /** Writes down that all keys of the source were looked at. */
  void checkpointAllDone() {
    write(null, attempt.ledger().tally().goneKeys(), wanted);
  }

  private Checkpoint.Known now(int database) {
    OptionalLong keys = keysAtBegin(database);
    return new Checkpoint.Known(
        database,
        keys.isPresent() ? keys.getAsLong() : null,
        settling.absentOn(Side.REPLICA, database),
        isWithoutExpiries(database));
  }

  private void write(Checkpoint.@Nullable Position at, long gone, Collection<Integer> ended) {
    List<Checkpoint.Known> done = attempt.resumed().map(Checkpoint::done).orElse(List.of());
    for (int database : ended) {
      done = Checkpoint.with(done, now(database));
    }
    attempt
        .run()
        .checkpoint()
        .write(
            new Checkpoint(
                attempt.begin().processes(),
                attempt.request().asked(),
                at,
                done,
                attempt.run().progress().done(),
                gone,
                attempt.ledger().seen().size(),
                attempt.ledger().seen().types(),
                attempt.ledger().rows()));
  }
}
