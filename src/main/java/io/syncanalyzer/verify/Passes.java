package io.syncanalyzer.verify;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.ServerInfo;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.scan.Databases;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.KeyCounts;
import io.syncanalyzer.verify.server.KeyNumbers;
import io.syncanalyzer.verify.server.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the databases: the source's keys against the replica, then what that pass cannot have
 * seen ({@link NameRounds}), unless counting proves that there is nothing left. What the servers
 * say of themselves is asked for all databases at once, and so is a fence.
 */
final class Passes implements AutoCloseable {
  private static final long SMALL_DATA_SET = 512L * 1024 * 1024;
  private static final long LONG_NANOS = 5_000_000_000L;
  private static final int MOST_NAMED = 3;

  private final PassSetting setting;
  private final Connections connections;
  private final CountedFence fence;
  private final Ledger ledger;
  private final List<String> notes;
  private final Databases databases;
  private final Optional<Checkpoint> resumed;
  private final Checkpoint.Processes ids;
  private final SuspectSettling settling;
  private final Map<Integer, Boolean> withoutExpiries = new HashMap<>();
  private final Map<Integer, Long> returned = new LinkedHashMap<>();
  private final List<String> lost = new ArrayList<>();
  private List<Integer> wanted = List.of();
  private boolean sizesFirst;
  private boolean provedDistinct;
  private long appearedNotLookedAt;
  private long movesNotLookedAt;
  private @Nullable Standing begin;

  /**
   * @param resumed where an earlier verification was cut off
   * @param ids the processes that are verified, for the checkpoints
   */
  Passes(
      PassSetting setting,
      Connections connections,
      CountedFence fence,
      Ledger ledger,
      List<String> notes,
      Databases databases,
      Optional<Checkpoint> resumed,
      Checkpoint.Processes ids) {
    this.setting = setting;
    this.connections = connections;
    this.fence = fence;
    this.ledger = ledger;
    this.notes = notes;
    this.databases = databases;
    this.resumed = resumed;
    this.ids = ids;
    this.settling = new SuspectSettling(setting, connections, fence, ledger);
  }

  /** Whether it is proved that no key was counted twice. */
  boolean isProvedDistinct() {
    return provedDistinct;
  }

  /** Keys that came meanwhile and are known not to have been looked at. */
  long appearedNotLookedAt() {
    return appearedNotLookedAt;
  }

  /**
   * Calls that made keys of others while all values were looked at once more: what those put over a
   * name that had been looked at again by then was not.
   */
  long movesNotLookedAt() {
    return movesNotLookedAt;
  }

  /** What the replica lost meanwhile, a line each. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  /** Verifies. */
  void run() {
    Standing standing = lookAtServers();
    begin = standing;
    wanted = databases.now(standing.source(), standing.replica());
    for (int database : wanted) {
      known(database).ifPresent(known -> settling.absentBefore(database, known.absentOnReplica()));
    }
    forward(standing);
    expiries();
    Collection<Integer> proved = provedByCount(standing);
    if (resumed.isEmpty() && proved.containsAll(wanted)) {
      noteProved(proved);
      provedDistinct = true;
      return;
    }
    settling.settleAll();
    writeDownPassDone();
    NameRounds rounds =
        new NameRounds(
            setting,
            connections,
            ledger,
            settling,
            () -> setting.patience().insist(this::standing),
            databases,
            sizesFirst);
    appearedNotLookedAt = rounds.run(standing, proved, resumed.isEmpty());
    if (!rounds.haveScannedTheSource()) {
      noteProved(proved);
    }
    if (rounds.ofOtherRuns() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d sentinels and fence keys of other runs came while it was compared; they are left"
                  + " to those runs",
              rounds.ofOtherRuns()));
    }
    movesNotLookedAt =
        new SecondLook(
                setting,
                connections,
                ledger,
                settling,
                () -> setting.patience().insist(this::standing),
                this::pass,
                databases,
                sizesFirst)
            .run(ids.flushes().moves(), notes);
    layNumbersSideBySide(proved);
  }

  private void forward(Standing standing) {
    try (Sweep sweep =
        Sweep.comparing(setting, connections, ledger, settling, sizesFirst, standing::mayExpire)) {
      for (int database : wanted) {
        Optional<Checkpoint> from = resumed.filter(checkpoint -> checkpoint.database() == database);
        withoutExpiries.put(
            database,
            known(database).map(Checkpoint.Known::withoutExpiries).orElse(false)
                || (!wasDone(database) && !standing.mayExpire(database)));
        if (!wasDone(database)) {
          long keys =
              sweep.over(
                  database,
                  standing.source().keys(database),
                  "comparing",
                  from.map(Checkpoint::cursor).orElse("0"),
                  from.map(Checkpoint::keysScanned).orElse(0L),
                  (cursor, scanned, gone) -> checkpoint(database, cursor, scanned, gone));
          returned.put(database, keys);
        }
      }
      sweep.finish();
    }
    settling.settle();
  }

  /** Keys that were compared without their expiries may have got one by now. */
  private void expiries() {
    List<Integer> without = wanted.stream().filter(one -> without(one)).toList();
    if (without.isEmpty()) {
      return;
    }
    Standing now = setting.patience().insist(this::standing);
    List<Integer> appeared = without.stream().filter(now::mayExpire).toList();
    if (appeared.isEmpty()) {
      return;
    }
    try (Sweep sweep = Sweep.pickingExpiries(setting, connections, ledger, settling)) {
      for (int database : appeared) {
        sweep.over(database, now.source().keys(database), "comparing expiries");
      }
      sweep.finish();
    }
    settling.settle();
  }

  private boolean without(int database) {
    return withoutExpiries.getOrDefault(database, false);
  }

  /**
   * The databases of which counting alone proves that the replica has no key of its own and that no
   * key has come by a name unseen: every key that the source returned was found on the replica,
   * neither side changed since before the scan, nothing can expire, and both hold exactly as many
   * keys as were returned, which also proves that SCAN repeated none.
   */
  private Collection<Integer> provedByCount(Standing earlier) {
    SortedSet<Integer> proved = new TreeSet<>();
    if (settling.isAnyLate()
        || setting.request().scope().leavesOut()
        || (resumed.isPresent() && returned.isEmpty())) {
      return proved;
    }
    Standing now =
        setting
            .patience()
            .insist(
                () -> {
                  pass();
                  return standing();
                });
    if (!now.isQuietSince(earlier)) {
      return proved;
    }
    returned.forEach(
        (database, keys) -> {
          long held = keys + fence.keysIn(database);
          if (settling.absentOnReplica(database) == 0
              && !earlier.mayExpire(database)
              && !now.mayExpire(database)
              && resumed.isEmpty()
              && now.source().keys(database).orElse(-1) == held
              && now.replica().keys(database).orElse(-1) == held) {
            proved.add(database);
          }
        });
    return proved;
  }

  private void noteProved(Collection<Integer> proved) {
    if (proved.size() > MOST_NAMED) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d databases: every key of the source was found on the replica, both held as many"
                  + " keys of each at a fence, and nothing changed: there is no extra key, the"
                  + " replica was not scanned there",
              proved.size()));
      return;
    }
    for (int database : proved) {
      notes.add(
          "db "
              + database
              + ": every key of the source was found on the replica, both held "
              + Counted.words(returned.getOrDefault(database, 0L), "key")
              + " at a fence, and nothing changed: there is no extra key, the replica was not"
              + " scanned");
    }
  }

  /** Where all keys were looked at, the numbers show what went behind the scan. */
  private void layNumbersSideBySide(Collection<Integer> proved) {
    List<Integer> left =
        wanted.stream().filter(one -> !proved.contains(one) && keysAtBegin(one) >= 0).toList();
    if (setting.request().scope().leavesOut() || left.isEmpty()) {
      return;
    }
    Map<Integer, KeyNumbers> numbers = setting.patience().insist(() -> numbers(left));
    numbers.forEach(
        (database, of) -> {
          if (!wasDone(database)) {
            of.vanished(database).ifPresent(notes::add);
          }
          of.lost(database, settling.absentOnReplica(database)).ifPresent(lost::add);
        });
  }

  private Map<Integer, KeyNumbers> numbers(List<Integer> some) {
    KeyCounts before = KeyCounts.of(info(setting.source()));
    pass();
    KeyCounts there = KeyCounts.of(info(setting.replica()));
    KeyCounts after = KeyCounts.of(info(setting.source()));
    Map<Integer, KeyNumbers> found = new LinkedHashMap<>();
    if (before.shown() && there.shown() && after.shown()) {
      for (int one : some) {
        found.put(
            one,
            new KeyNumbers(
                keysAtBegin(one),
                before.keys(one).orElse(0),
                there.keys(one).orElse(0),
                after.keys(one).orElse(0),
                known(one).isEmpty() ? 0 : after.expiring(one)));
      }
    }
    return found;
  }

  /** Where an earlier verification was, of a database all or part of which it looked at. */
  private Optional<Checkpoint.Known> known(int database) {
    return resumed.flatMap(checkpoint -> checkpoint.known(database));
  }

  /** Whether an earlier verification has looked at all of the source's keys. */
  private boolean wasDone(int database) {
    return resumed.filter(checkpoint -> checkpoint.database() != database).isPresent()
        && known(database).isPresent();
  }

  /** How many keys the source held when the first attempt began; -1 where it hides that. */
  private long keysAtBegin(int database) {
    Standing standing = begin;
    return known(database)
        .map(Checkpoint.Known::keysAtBegin)
        .orElseGet(() -> standing == null ? -1 : standing.source().keys(database).orElse(-1));
  }

  private void checkpoint(int database, String cursor, long scanned, long gone) {
    Checkpoint.Before done = resumed.map(Checkpoint::before).orElse(Checkpoint.Before.NONE);
    List<Integer> others = new ArrayList<>(returned.keySet());
    if (database < 0) {
      others = wanted;
    }
    for (int other : others) {
      done =
          done.and(
              new Checkpoint.Known(
                  other, keysAtBegin(other), settling.absentOnReplica(other), without(other)));
    }
    new Checkpoint(
            ids,
            Checkpoint.asked(setting.request()),
            database,
            cursor,
            database < 0 ? -1 : keysAtBegin(database),
            setting.progress().done(),
            scanned,
            gone,
            database < 0 ? 0 : settling.absentOnReplica(database),
            database >= 0 && without(database),
            done,
            ledger.seen().size(),
            ledger.seen().types(),
            ledger.rows())
        .write(setting.request().folder());
  }

  /** A long pass is not to be done again where a server is lost while the names are scanned. */
  private void writeDownPassDone() {
    if (setting.progress().elapsedNanos() > LONG_NANOS) {
      ledger.flush();
      checkpoint(-1, "0", 0, ledger.tally().goneKeys());
    }
  }

  private void pass() {
    fence.pass(setting.request().settling().fenceTimeout());
  }

  private Standing lookAtServers() {
    return setting
        .patience()
        .insist(
            () -> {
              ServerInfo mine = info(setting.source());
              ServerInfo other = info(setting.replica());
              sizesFirst =
                  Math.max(
                          mine.usedMemoryBytes().orElse(Long.MAX_VALUE),
                          other.usedMemoryBytes().orElse(Long.MAX_VALUE))
                      > SMALL_DATA_SET;
              return Standing.of(mine, other, fence.writes());
            });
  }

  private Standing standing() {
    return Standing.of(info(setting.source()), info(setting.replica()), fence.writes());
  }

  private ServerInfo info(Endpoint endpoint) {
    return connections.with(
        endpoint,
        connection ->
            connection.expect("INFO") instanceof Reply.Text text
                ? ServerInfo.parse(text.bytes().asUtf8())
                : ServerInfo.parse(""));
  }

  @Override
  public void close() {
    settling.close();
  }
}
