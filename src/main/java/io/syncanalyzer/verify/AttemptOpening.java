package io.syncanalyzer.verify;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.attempt.AttemptBegin;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifyRun;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.found.MismatchLog;
import io.syncanalyzer.verify.found.SeenKeys;
import io.syncanalyzer.verify.resume.Checkpoint;
import io.syncanalyzer.verify.resume.CheckpointFile;
import io.syncanalyzer.verify.scan.CpuShare;
import io.syncanalyzer.verify.scan.Databases;
import io.syncanalyzer.verify.scan.Pace;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.Distance;
import io.syncanalyzer.verify.server.Flushes;
import io.syncanalyzer.verify.server.KeyCounts;
import io.syncanalyzer.verify.server.Proofs;
import io.syncanalyzer.verify.server.ServerIdentity;
import io.syncanalyzer.verify.server.ServerRetries;
import io.syncanalyzer.verify.server.SizesFirst;
import io.syncanalyzer.verify.server.WatchTrial;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens an attempt: both servers are asked what they are, a fence is passed, the checkpoint is
 * looked at, and the files of what is known are opened where it says. For one thread, and one
 * attempt.
 */
final class AttemptOpening {
  static final String MISMATCHES = "verify-mismatches.jsonl";
  static final String SEEN = "verify-seen.bin";

  private final VerifyRun run;
  private final Connections connections;
  private final @Nullable Attempt earlier;
  private final Runnable giveUpEarlier;
  private final Succession succession;

  /**
   * @param connections what is opened is closed with these
   * @param earlier the last attempt that looked at keys; null where none has
   * @param giveUpEarlier closes the files of that one: called just before they are opened anew
   */
  AttemptOpening(
      VerifyRun run, Connections connections, @Nullable Attempt earlier, Runnable giveUpEarlier) {
    this.run = run;
    this.connections = connections;
    this.earlier = earlier;
    this.giveUpEarlier = giveUpEarlier;
    this.succession = new Succession(run.request(), run.clock());
  }

  /**
   * Opens it.
   *
   * @param resume whether to go on from a checkpoint in the work folder
   * @throws io.syncanalyzer.redis.RedisFailure if a server is lost meanwhile: nothing was changed
   *     in the work folder, but that a checkpoint which holds no longer is gone
   */
  Attempt open(boolean resume) {
    VerifyRequest request = run.request();
    ServerRetries retries = run.retries();
    Endpoint source = request.source();
    Endpoint replica = request.replica();
    List<ServerInfo> infos =
        AtOnce.both(
            () -> retries.insist(() -> ServerIdentity.infoOf(source)),
            () -> retries.insist(() -> ServerIdentity.infoOf(replica)),
            List::of);
    ServerInfo sourceInfo = infos.get(0);
    ServerInfo replicaInfo = infos.get(1);
    ServerIdentity.refuseOneServer(sourceInfo, replicaInfo);
    connections.onlyTo(sourceInfo, replicaInfo);
    Databases wanted =
        new Databases(
            source,
            replica,
            request.onlyDatabase(),
            request.settings().scope().database() != null,
            connections,
            run.notes());
    List<Integer> databases =
        retries.insist(() -> wanted.now(KeyCounts.of(sourceInfo), KeyCounts.of(replicaInfo)));
    CountedFence fence = connections.keep(retries.insist(() -> fence(databases)));
    // Before the fence: what it writes is on the replica too when anything is counted.
    Tried tried =
        AtOnce.both(
            () -> !fence.isWriting() || retries.insist(() -> watchNotices(fence)),
            () -> retries.insist(() -> abilities(sourceInfo, replicaInfo)),
            Tried::new);
    boolean noticing = tried.noticing();
    retries.insist(() -> fence.pass(request.settings().settling().fenceTimeout()));
    // From a fence on: a flush before it has arrived by now, and is nothing to what is looked at.
    Supplier<Flushes> fromNowOn = () -> new Flushes(source, replica, sourceInfo, replicaInfo);
    Flushes flushes = earlier == null ? retries.insist(fromNowOn) : earlier.begin().flushes();
    Optional<Checkpoint> from =
        checkpoint(resume, Checkpoint.Processes.of(sourceInfo, replicaInfo, flushes.begin()));
    if (from.isPresent()) {
      flushes = flushes.since(from.get().processes().flushes());
    } else if (earlier != null) {
      flushes = retries.insist(fromNowOn);
    }
    Proofs proofs = Proofs.of(sourceInfo, replicaInfo);
    Abilities abilities = tried.reached().abilities().within(proofs);
    if (!noticing || proofs.noWatch() != null) {
      run.notes()
          .accept(
              "what differs must come out the same ten times in a row, for WATCH proves nothing"
                  + " here: "
                  + (noticing ? proofs.noWatch() : "the source's did not notice a write of ours"));
    }
    return new Attempt(
        run,
        new AttemptBegin(
            sourceInfo,
            replicaInfo,
            flushes,
            databases,
            onSource(sourceInfo),
            tried.reached().sizes(),
            tried.reached().distance()),
        connections,
        noticing ? abilities : abilities.withWatch(false),
        new Pace(run.together().rate(), connections::isClosed, seat(tried.reached().distance())),
        fence,
        wanted,
        ledger(from),
        from);
  }

  private KeyCounts onSource(ServerInfo info) {
    VerifyRequest request = run.request();
    return request.bySlot()
        ? run.retries()
            .insist(
                () ->
                    connections.with(
                        request.inDatabase(request.source()),
                        source -> KeyCounts.of(source, request.slots())))
        : KeyCounts.of(info);
  }

  private CountedFence fence(List<Integer> databases) {
    VerifyRequest request = run.request();
    Endpoint source = request.source();
    int database = databases.contains(source.database()) ? source.database() : databases.get(0);
    return new CountedFence(
        Fences.choose(
            request.settings().settling().fence(),
            request.pair(database),
            request.runId(),
            run.clock()),
        database,
        run.clock(),
        what -> {
          run.progress().tellWaiting(what);
          succession.refuse();
        });
  }

  /** Where to go on from; nowhere if the replica was restarted since an earlier attempt. */
  private Optional<Checkpoint> checkpoint(boolean resume, Checkpoint.Processes now) {
    CheckpointFile file = run.checkpoint();
    if (!resume) {
      file.delete();
      return Optional.empty();
    }
    return earlier != null && !Objects.equals(earlier.begin().processes().replica(), now.replica())
        ? file.giveUp(CheckpointFile.REPLICA_RESTARTED, run.notes())
        : file.goOn(run.request().asked(), now, run.notes());
  }

  private CpuShare.@Nullable Seat seat(Distance distance) {
    CpuShare share = run.serverCpu();
    return share == null
        ? null
        : connections.keep(
            share.enter(
                List.of(run.request().source(), run.request().replica()), distance.longestNanos()));
  }

  private boolean watchNotices(CountedFence fence) {
    VerifyRequest request = run.request();
    String key = Fences.newKey(request.runId(), request.pair(0));
    Optional<Boolean> noticed = WatchTrial.notices(connections, request.source(), key, run.notes());
    fence.tried(noticed.isPresent() ? WatchTrial.WRITES : 0);
    return noticed.orElse(true);
  }

  /** What was tried of both servers: whether WATCH notices a write, and what they let us use. */
  private record Tried(boolean noticing, Reached reached) {}

  /** What a server lets us use, or both do; what is asked of it first; how far away they are. */
  private record Reached(Abilities abilities, SizesFirst sizes, Distance distance) {}

  private Reached abilities(ServerInfo sourceInfo, ServerInfo replicaInfo) {
    Endpoint source = run.request().source();
    Endpoint replica = run.request().replica();
    return AtOnce.both(
        () ->
            AtOnce.both(
                () -> asked(source, sourceInfo),
                () -> asked(replica, replicaInfo),
                AttemptOpening::together),
        () -> ClockSkew.between(source, replica, run.clock()).orElse(ClockSkew.NONE),
        (both, clocks) ->
            new Reached(both.abilities().withClocks(clocks), both.sizes(), both.distance()));
  }

  private SideReached asked(Endpoint endpoint, ServerInfo info) {
    return connections.with(
        endpoint,
        connection -> {
          Abilities abilities = Abilities.of(connection, run.request().slots());
          SizesFirst sizes = SizesFirst.of(info, connection);
          return new SideReached(abilities, sizes, connection.roundTripNanos());
        });
  }

  private record SideReached(Abilities abilities, SizesFirst sizes, long roundTripNanos) {}

  private static Reached together(SideReached source, SideReached replica) {
    Abilities mine = source.abilities();
    return new Reached(
        mine.and(replica.abilities()).withWatch(mine.watch()),
        source.sizes().and(replica.sizes()),
        new Distance(source.roundTripNanos(), replica.roundTripNanos()));
  }

  private Ledger ledger(Optional<Checkpoint> from) {
    giveUpEarlier.run();
    Ledger opened =
        new Ledger(
            new MismatchLog.Writer(
                run.request().folder().resolve(MISMATCHES),
                from.map(Checkpoint::mismatchRows).orElse(0L)),
            new SeenKeys(
                run.request().folder().resolve(SEEN),
                from.map(Checkpoint::seenBytes).orElse(0L),
                from.map(Checkpoint::seenTypes).orElse(List.of())));
    run.progress().counts(opened);
    return opened;
  }
}
