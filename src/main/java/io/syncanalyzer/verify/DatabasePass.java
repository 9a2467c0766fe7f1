package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.ServerInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one logical database: the source's keys against the replica, then the replica's against
 * the source.
 */
final class DatabasePass implements AutoCloseable {
  private static final long SMALL_DATA_SET = 512L * 1024 * 1024;

  private final PassSetting setting;
  private final Connections connections;
  private final CountedFence fence;
  private final List<String> notes;
  private final Optional<Checkpoint> resumed;
  private final Optional<Checkpoint.Known> known;
  private final SuspectSettling settling;
  private final Sweep sweep;
  private boolean anyExpiry;
  private boolean withoutExpiries;
  private boolean sizesFirst;
  private OptionalLong sourceKeys = OptionalLong.empty();
  private OptionalLong replicaKeys = OptionalLong.empty();
  private long returned;
  private String lost;
  private @Nullable Standing before;

  /**
   * @param resumed where an earlier verification was cut off, in whatever database
   * @param ids the processes that are verified, for the checkpoints
   * @param done the databases that are done, for the checkpoints
   */
  DatabasePass(
      PassSetting setting,
      Connections connections,
      CountedFence fence,
      Ledger ledger,
      List<String> notes,
      Optional<Checkpoint> resumed,
      Checkpoint.Processes ids,
      Checkpoint.Before done) {
    this.setting = setting;
    this.connections = connections;
    this.fence = fence;
    this.notes = notes;
    this.resumed = resumed;
    this.known = resumed.flatMap(checkpoint -> checkpoint.known(setting.database()));
    this.lost = known.map(Checkpoint.Known::lost).orElse("");
    this.settling =
        new SuspectSettling(
            setting,
            connections,
            fence,
            ledger,
            known.map(Checkpoint.Known::absentOnReplica).orElse(0L));
    this.sweep =
        new Sweep(
            setting,
            connections,
            ledger,
            settling,
            (cursor, scanned, gone) ->
                new Checkpoint(
                        ids,
                        Checkpoint.asked(setting.request()),
                        setting.database(),
                        cursor,
                        keysAtBegin(),
                        setting.progress().done(),
                        scanned,
                        gone,
                        settling.absentOnReplica(),
                        withoutExpiries,
                        done,
                        ledger.seen().size(),
                        ledger.seen().types(),
                        ledger.rows())
                    .write(setting.request().folder()));
  }

  /**
   * Verifies.
   *
   * @return whether it is proved that no key was counted twice
   */
  boolean run() {
    lookAtServers();
    if (!wasDone()) {
      forward();
    }
    if (noneIsExtraByCount()) {
      notes.add(
          "db "
              + setting.database()
              + ": every key of the source was found on the replica, both held "
              + returned
              + " keys at a fence, and nothing changed: there is no extra key, the replica was not"
              + " scanned");
      return true;
    }
    sweep.pick(
        setting.replica(), replicaKeys, "looking for extra keys", SuspectWorker::ofExtraKeys);
    settling.settleAll();
    layNumbersSideBySide();
    return false;
  }

  private void forward() {
    withoutExpiries = !anyExpiry || resumedHere().map(Checkpoint::withoutExpiries).orElse(false);
    returned = sweep.compare(sourceKeys, sizesFirst, anyExpiry, resumedHere());
    settling.settle();
    if (withoutExpiries && expiriesAppeared()) {
      sweep.pick(setting.source(), sourceKeys, "comparing expiries", SuspectWorker::ofExpiries);
      settling.settle();
    }
  }

  private Optional<Checkpoint> resumedHere() {
    return resumed.filter(checkpoint -> checkpoint.database() == setting.database());
  }

  /** Whether an earlier verification has looked at all of the source's keys. */
  private boolean wasDone() {
    return known.isPresent() && resumedHere().isEmpty();
  }

  /** How many keys the source held when the first attempt began; -1 where it hides that. */
  private long keysAtBegin() {
    return known.map(Checkpoint.Known::keysAtBegin).orElse(sourceKeys.orElse(-1));
  }

  /** Where all keys were looked at, the numbers show what went behind the scan. */
  private void layNumbersSideBySide() {
    if (setting.request().scope().leavesOut() || keysAtBegin() < 0) {
      return;
    }
    Optional<KeyNumbers> found = setting.patience().insist(this::numbers);
    if (!wasDone()) {
      found.flatMap(numbers -> numbers.vanished(setting.database())).ifPresent(notes::add);
    }
    found
        .flatMap(numbers -> numbers.lost(setting.database(), settling.absentOnReplica()))
        .ifPresent(line -> lost = line);
  }

  private Optional<KeyNumbers> numbers() {
    OptionalLong before = Standing.keys(info(setting.source()), setting.database());
    pass();
    OptionalLong there = Standing.keys(info(setting.replica()), setting.database());
    ServerInfo atEnd = info(setting.source());
    OptionalLong after = Standing.keys(atEnd, setting.database());
    return before.isEmpty() || there.isEmpty() || after.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new KeyNumbers(
                keysAtBegin(),
                before.getAsLong(),
                there.getAsLong(),
                after.getAsLong(),
                known.isEmpty() ? 0 : expiring(atEnd)));
  }

  private void pass() {
    fence.pass(setting.request().settling().fenceTimeout());
  }

  /** What is to be known of this database later; once it has run. */
  Checkpoint.Known done() {
    return new Checkpoint.Known(
        setting.database(), keysAtBegin(), settling.absentOnReplica(), lost);
  }

  /**
   * Whether counting alone proves that the replica has no key of its own: every key that the source
   * returned was found there, neither side changed since before the scan, nothing can expire, and
   * both hold exactly as many keys as were returned, which also proves that SCAN repeated none.
   */
  private boolean noneIsExtraByCount() {
    Standing earlier = before;
    if (earlier == null
        || wasDone()
        || settling.isAnyLate()
        || setting.request().scope().leavesOut()
        || settling.absentOnReplica() > 0
        || anyExpiry) {
      return false;
    }
    Standing now =
        setting
            .patience()
            .insist(
                () -> {
                  pass();
                  return standing(info(setting.source()), info(setting.replica()));
                });
    long held = returned + fence.keysIn(setting.database());
    return now.isQuietSince(earlier) && now.sourceKeys() == held && now.replicaKeys() == held;
  }

  private Standing standing(ServerInfo source, ServerInfo replica) {
    return Standing.of(source, replica, setting.database(), fence.writes());
  }

  private void lookAtServers() {
    ServerInfo mine = setting.patience().insist(() -> info(setting.source()));
    ServerInfo other = setting.patience().insist(() -> info(setting.replica()));
    sourceKeys = Standing.keys(mine, setting.database());
    replicaKeys = Standing.keys(other, setting.database());
    sizesFirst =
        Math.max(
                mine.usedMemoryBytes().orElse(Long.MAX_VALUE),
                other.usedMemoryBytes().orElse(Long.MAX_VALUE))
            > SMALL_DATA_SET;
    anyExpiry = expires(mine) || expires(other);
    before = standing(mine, other);
  }

  /** Whether any key may have an expiry; where INFO hides its keyspace, any may. */
  private boolean expires(ServerInfo info) {
    return Standing.keys(info, setting.database()).isEmpty() || expiring(info) > 0;
  }

  private long expiring(ServerInfo info) {
    return info.keyspaces().stream()
        .filter(keyspace -> keyspace.database() == setting.database())
        .mapToLong(ServerInfo.Keyspace::expires)
        .sum();
  }

  /** Whether keys that were compared without their expiries may have one by now. */
  private boolean expiriesAppeared() {
    anyExpiry =
        anyExpiry
            || expires(setting.patience().insist(() -> info(setting.source())))
            || expires(setting.patience().insist(() -> info(setting.replica())));
    return anyExpiry;
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
