package io.syncanalyzer.verify.attempt;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.resume.Checkpoint;
import io.syncanalyzer.verify.scan.Databases;
import io.syncanalyzer.verify.scan.Pace;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.BothCounts;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.KeyCounts;
import io.syncanalyzer.verify.server.ServerIdentity;
import io.syncanalyzer.verify.server.SlotOwners;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt holds, from its opening until another attempt or the end of the verification
 * closes its ledger. All who look at keys, settle or count go by it.
 *
 * @param run what holds for every attempt
 * @param begin what the servers said of themselves when it began
 * @param connections closed when it ends, by whatever cause
 * @param abilities what can be used of both servers
 * @param pace holds back the one thread that hands out keys to look at
 * @param fence proves that the replica has all that the source had
 * @param databases which are compared
 * @param ledger what is known so far
 * @param resumed where an earlier attempt or verification was cut off, and this one goes on
 */
public record Attempt(
    VerifyRun run,
    AttemptBegin begin,
    Connections connections,
    Abilities abilities,
    Pace pace,
    CountedFence fence,
    Databases databases,
    Ledger ledger,
    Optional<Checkpoint> resumed) {
  /** What was asked for. */
  public VerifyRequest request() {
    return run.request();
  }

  /** Which keys are compared. */
  public VerifyScope scope() {
    return run.request().settings().scope();
  }

  /** The keys of which slots are compared. */
  public SlotSet slots() {
    return run.request().slots();
  }

  /** Whether keys are listed and asked for slot by slot. */
  public boolean bySlot() {
    return run.request().bySlot();
  }

  /** How strictly suspects are settled. */
  public SettleSettings settling() {
    return run.request().settings().settling();
  }

  /** Where the truth is. */
  public Endpoint source() {
    return run.request().source();
  }

  /** What must equal it. */
  public Endpoint replica() {
    return run.request().replica();
  }

  /** One of the two. */
  public Endpoint endpoint(Side side) {
    return side == Side.SOURCE ? source() : replica();
  }

  /** The side whose names lead. */
  public Side lead() {
    return run.request().settings().scanOn();
  }

  /**
   * Whether types are picked from the names by asking for each one's: what lists the names of a
   * slot knows no type, and one SCAN knows one.
   */
  public boolean picksTypes() {
    return scope().types().size() > 1 || (bySlot() && !scope().types().isEmpty());
  }

  /** The one type that SCAN is to return; null where all are, or they are picked from all. */
  public @Nullable String scanType() {
    Set<String> types = scope().types();
    return types.size() == 1 && !bySlot() ? types.iterator().next() : null;
  }

  /** By how much expiries may differ. */
  public long toleranceMillis() {
    return settling().ttlTolerance().toMillis();
  }

  /**
   * Takes up what the ledger's files hold of what was done before, which reads a file as long as
   * the keyspace; to be called once, before anything is looked at. The files are closed where that
   * fails.
   */
  public void goOn() {
    try {
      resumed.ifPresent(checkpoint -> ledger.goOn(checkpoint.goneKeys()));
    } catch (RuntimeException | Error e) {
      ledger.close();
      ledger.seen().close();
      throw e;
    }
    run.progress().goOnFrom(resumed.map(Checkpoint::keysDone).orElse(0L));
  }

  /**
   * Refuses slots that either side does not have alone: a slot on its way shows some of its keys
   * only. To be asked before any name is listed, and when all was looked at.
   *
   * @throws io.syncanalyzer.verify.server.SlotsMoved which they are
   */
  public void requireSlots() {
    for (Endpoint side : List.of(source(), replica())) {
      run.retries().insist(() -> SlotOwners.require(side, slots()));
    }
  }

  /** Passes a fence. */
  public void pass() {
    fence.pass(settling().fenceTimeout());
  }

  /** How both servers stand now, tried again where one does not serve for a moment. */
  public BothCounts counts() {
    return run.retries().insist(this::countsAtOnce);
  }

  /** How both servers stand after a fence. */
  public BothCounts countsAtFence() {
    return run.retries()
        .insist(
            () -> {
              pass();
              return countsAtOnce();
            });
  }

  private BothCounts countsAtOnce() {
    if (!bySlot()) {
      return writesAtOnce();
    }
    // Keys before writes: what was written after they were counted shows.
    BiFunction<KeyCounts, KeyCounts, BothCounts> with =
        (mine, others) -> writesAtOnce().with(mine, others);
    return AtOnce.both(() -> keys(source()), () -> keys(replica()), with);
  }

  private BothCounts writesAtOnce() {
    return AtOnce.both(
        () -> info(source()),
        () -> info(replica()),
        (mine, other) -> BothCounts.of(mine, other, fence.writes()));
  }

  /** How many keys a side holds, of the slots that are compared. */
  public KeyCounts keys(Endpoint endpoint) {
    return bySlot()
        ? connections.with(
            run.request().inDatabase(endpoint), connection -> KeyCounts.of(connection, slots()))
        : KeyCounts.of(info(endpoint));
  }

  /** What a server says of itself, over a connection of its own. */
  public ServerInfo info(Endpoint endpoint) {
    return connections.with(endpoint, ServerIdentity::infoOf);
  }
}
