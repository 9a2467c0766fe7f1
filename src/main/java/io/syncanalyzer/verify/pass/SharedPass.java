package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.time.NetworkWait;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.attempt.VerifyRun;
import io.syncanalyzer.verify.found.Progress;
import io.syncanalyzer.verify.look.Workers;
import io.syncanalyzer.verify.resume.Checkpoint;
import io.syncanalyzer.verify.scan.CpuShare;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.KeyScan;
import io.syncanalyzer.verify.scan.Pace;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.InFlight;
import io.syncanalyzer.verify.server.ServerRetries;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a source's keys for several attempts, each of which compares another replica with
 * it: names are scanned once, and values are read once and compared with every replica. What is
 * found is each attempt's own: its ledger, its suspects, its checkpoints, which are all written at
 * the same places. One that fails leaves; where the source fails, the pass does, for all.
 *
 * <p>It has a thread of its own, which goes through the names; workers look at the batches. The
 * attempts' threads meanwhile settle what is theirs ({@link Companion}).
 */
final class SharedPass {
  /** A worker waits for each replica in turn: so many for each, that these answer side by side. */
  private static final int MOST_WORKERS = 12;

  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final int SHARE_OF_MEMORY = 10;

  private final List<Companion> companions = new ArrayList<>();
  private final Connections toSource = new Connections();
  private final Attempt lead;
  private final ServerRetries retries;
  private final InFlight inFlight;
  private final int workers;

  /**
   * @param members for whom SCAN begins at the same place
   */
  SharedPass(List<Member> members) {
    Member first = members.get(0);
    VerifyRun run = first.attempt().run();
    inFlight = inFlight(members);
    workers =
        Math.max(
            inFlight.workers(), Math.min(MOST_WORKERS, InFlight.NEAR.workers() * members.size()));
    ServerInfo source = first.attempt().begin().source();
    toSource.onlyTo(source, source);
    retries = new ServerRetries(this::waitsFor, run.clock(), toSource::isClosed);
    lead = leading(first.attempt());
    for (Member member : members) {
      companions.add(new Companion(member, workers));
    }
  }

  /** By the replica that is farthest away. */
  private static InFlight inFlight(List<Member> members) {
    return members.stream()
        .map(Member::attempt)
        .map(one -> one.begin().inFlight(Side.SOURCE, one.run().together().atOnce()))
        .max(Comparator.comparingInt(InFlight::workers))
        .orElse(InFlight.NEAR);
  }

  /** The same request, for the pass: over connections of its own, which no attempt's end closes. */
  private Attempt leading(Attempt first) {
    VerifyRun run = first.run();
    return new Attempt(
        new VerifyRun(
            run.request(),
            run.clock(),
            new Progress(unheard -> {}, run.clock()),
            retries,
            run.notes(),
            toSource::isClosed,
            run.together()),
        first.begin(),
        toSource,
        first.abilities(),
        new Pace(
            run.together().rate(),
            toSource::isClosed,
            seat(run, first.begin().distance().longestNanos())),
        first.fence(),
        first.databases(),
        first.ledger(),
        first.resumed());
  }

  private CpuShare.@Nullable Seat seat(VerifyRun run, long tripNanos) {
    CpuShare share = run.serverCpu();
    return share == null
        ? null
        : toSource.keep(share.enter(List.of(run.request().source()), tripNanos));
  }

  private void waitsFor(String why) {
    each(one -> one.progress().tellWaiting(why));
  }

  /** Begins, on a thread of its own. */
  void start() {
    Thread thread = new Thread(this::run, "verify-shared");
    thread.setDaemon(true);
    thread.start();
  }

  /** Goes along for a member, on its own thread, until the pass is over. */
  void goAlong(Member member) {
    for (Companion companion : companions) {
      if (companion.member().equals(member)) {
        companion.goAlong(() -> companions.stream().noneMatch(Companion::isPresent), this::stop);
        return;
      }
    }
    throw new IllegalArgumentException("not one of them");
  }

  /** Whether it has ended for that member with a failure of its own, which is everybody's. */
  boolean hasFailedFor(Member member) {
    return companions.stream().anyMatch(one -> one.member().equals(member) && one.isOver());
  }

  private void stop() {
    toSource.close();
  }

  private void run() {
    RuntimeException failure = null;
    try (Sweep sweep = sweep()) {
      for (int database : wanted()) {
        Optional<Checkpoint.Position> from =
            lead.resumed().flatMap(checkpoint -> checkpoint.in(database));
        own(database, one -> one.known().begins(database));
        if (lead.resumed().filter(checkpoint -> checkpoint.isDone(database)).isEmpty()) {
          long keys =
              sweep.over(
                  database,
                  keys(database),
                  "comparing",
                  from.map(Checkpoint.Position::cursor).orElse("0"),
                  from.map(Checkpoint.Position::keysScanned).orElse(0L),
                  true);
          own(database, one -> one.known().ended(database, keys, false));
        }
      }
      sweep.finish();
      long waited = NetworkWait.ofThisThread();
      own(one -> true, one -> NetworkWait.add(waited)); // It was waited for in the place of each.
    } catch (RuntimeException | Error e) {
      // An error too: those who wait for it would wait without end.
      failure = VerifyFailure.of(e);
    }
    RuntimeException why = failure;
    retries.notes().forEach(note -> each(one -> one.member().attempt().run().notes().accept(note)));
    each(one -> one.ends(why));
    toSource.close();
  }

  private SortedSet<Integer> wanted() {
    SortedSet<Integer> all = new TreeSet<>();
    each(one -> all.addAll(one.member().wanted()));
    return all;
  }

  private OptionalLong keys(int database) {
    return companions.get(0).member().begin().source().keys(database);
  }

  private Sweep sweep() {
    Connections own = lead.connections().others();
    List<Consumer<KeyBatch>> jobs = new ArrayList<>();
    long each = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY / workers;
    for (int i = 0; i < workers; i++) {
      jobs.add(new SharedWorker(i, lead, own, companions, (int) Math.min(MOST_BYTES, each)));
    }
    return new Sweep(
        lead,
        new AllBehind(),
        Side.SOURCE,
        Sweep.Kind.EVERY_KEY,
        KeyScan.Filter.ALL,
        new Sweep.Crew(inFlight, own, new Workers(jobs, lead.run().clock(), own::close)));
  }

  private void each(Consumer<Companion> step) {
    companions.stream().filter(Companion::isPresent).forEach(step);
  }

  /** Has each that compares the database do something on its own thread, and waits for all. */
  private void own(int database, Consumer<Member> step) {
    own(one -> one.member().wanted().contains(database), one -> step.accept(one.member()));
  }

  private void own(Predicate<Companion> which, Consumer<Companion> step) {
    List<Companion> some = companions.stream().filter(Companion::isPresent).filter(which).toList();
    some.forEach(one -> one.give(() -> step.accept(one)));
    some.forEach(Companion::await);
    if (companions.stream().noneMatch(Companion::isPresent)) {
      throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "nobody goes along", null);
    }
  }

  /** All of them. */
  private final class AllBehind implements Sweep.Behind {
    @Override
    public void pass(OptionalLong keys, long before) {
      each(one -> one.behind().pass(keys, before));
    }

    @Override
    public void scanned(long keys, long leftOut, String step) {
      each(one -> one.behind().scanned(keys, leftOut, step));
    }

    @Override
    public void settleIfMany() {
      if (companions.stream().anyMatch(one -> !one.isPresent() || one.behind().hasMany())) {
        own(one -> one.behind().hasMany(), one -> one.behind().settleIfMany());
      }
    }

    @Override
    public void checkpoint(int at, String cursor, long scanned) {
      own(
          one -> one.member().wanted().contains(at),
          one -> one.behind().checkpoint(at, cursor, scanned));
    }

    @Override
    public void ended() {
      // Each counts in what is its own when it leaves.
    }
  }
}
