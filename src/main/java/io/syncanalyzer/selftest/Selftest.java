package io.syncanalyzer.selftest;

import io.syncanalyzer.embedded.EmbeddedFailure;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.server.ServerMode;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.SilenceWatch;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.verify.Comparison;
import io.syncanalyzer.sentinel.SelftestName;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.VerifyFailure;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Shows that the analyzer can be trusted on these servers: corrupts a replica in every way it knows
 * and asks its own verification to find exactly that; delays and stalls the link and asks its own
 * probe to measure that.
 *
 * <p>Whatever happens, keys and settings are as before at the end, or it is said what is not.
 */
public final class Selftest {
  private static final Duration FENCE_TIMEOUT = Duration.ofSeconds(30);

  private final RunContext context;
  private final Endpoint source;
  private final Endpoint replica;
  private final Optional<LinkRelay> relay;
  private final UnaryOperator<VerifyRequest> verification;

  private Selftest(RunContext context, Servers servers, UnaryOperator<VerifyRequest> verification) {
    this.context = context;
    this.source = servers.source();
    this.replica = servers.replicas().get(0);
    this.relay = servers.relay();
    this.verification = verification;
  }

  /**
   * Runs it on the calling thread and prints its tables. An interrupt ends it in order.
   *
   * @param confirmed whether the user agreed to have the database filled and corrupted; without
   *     meaning for an embedded pair
   * @return {@code ALL_EQUAL} if everything was found and nothing else, {@code MISMATCHES} if not,
   *     {@code COULD_NOT_RUN} or {@code INTERRUPTED}
   * @throws IllegalArgumentException if it was not confirmed, or the database holds keys
   */
  public static ExitStatus run(RunContext context, ServersRequest request, boolean confirmed) {
    return run(context, request, confirmed, UnaryOperator.identity());
  }

  /** As above, each verification asked for otherwise: a test of the test. */
  static ExitStatus run(
      RunContext context,
      ServersRequest request,
      boolean confirmed,
      UnaryOperator<VerifyRequest> verification) {
    if (!request.embedded() && !confirmed) {
      throw new IllegalArgumentException(
          "selftest fills database "
              + request.source().database()
              + " of "
              + request.source().address()
              + " and corrupts it on the replica "
              + request.replicas().get(0).address()
              + "; add --yes if that is what you want");
    }
    SilenceWatch silences = new SilenceWatch(context.console());
    try (Servers servers =
        request.embedded() ? Servers.openRelayed(request) : Servers.open(request)) {
      return new Selftest(context, servers, verification).run();
    } catch (RedisFailure
        | EmbeddedFailure
        | VerifyFailure
        | FenceFailure
        | ProbeFailure
        | UncheckedIOException e) {
      if (isInterrupted()) {
        return ExitStatus.INTERRUPTED;
      }
      context.console().error(String.valueOf(e.getMessage()));
      return ExitStatus.COULD_NOT_RUN;
    } finally {
      silences.close();
      context.console().close();
    }
  }

  private ExitStatus run() {
    Console console = context.console();
    String title =
        context
            .patience()
            .insist(
                () -> {
                  ServerMode.requireSingle(source);
                  ServerMode.requireSingle(replica);
                  return title();
                });
    console.result(title + "\n\n");
    boolean passed;
    try (SelftestPair pair = new SelftestPair(source, replica, context.clock())) {
      if (pair.isLeftHalf() && restore()) {
        console.warn(
            "an earlier selftest was killed here; its keys are now removed from both, and"
                + " replica-read-only is on the replica as it was before");
      }
      pair.check();
      boolean restored;
      try {
        pair.begin();
        passed = verifications(pair);
      } finally {
        restored = restore();
      }
      passed &= restored;
    }
    if (isInterrupted()) {
      return ExitStatus.INTERRUPTED;
    }
    Optional<List<SelftestLag.Row>> lag = Optional.empty();
    if (relay.isPresent()) {
      console.phase("lag");
      lag =
          Optional.of(
              new SelftestLag(source, replica, relay.get(), context.clock(), context.wallClock())
                  .measure());
      passed &= lag.get().stream().allMatch(SelftestLag.Row::holds);
    }
    console.result(SelftestScreen.lag(lag));
    console.result(
        passed
            ? "\nselftest passed: all was found, nothing false\n"
            : "\nselftest FAILED: do not trust the analyzer on these servers; please report it\n");
    return passed ? ExitStatus.ALL_EQUAL : ExitStatus.MISMATCHES;
  }

  private boolean verifications(SelftestPair pair) {
    Console console = context.console();
    console.phase("fill");
    long now = context.wallClock().millis();
    List<SelftestCorruption> corruptions = SelftestCatalogue.all(now, pair.fieldsExpire());
    List<List<SelftestWrite>> untouched = SelftestKeys.untouched(now);
    for (List<SelftestWrite> key : untouched) {
      stopIfInterrupted();
      pair.fill(key);
    }
    // Theirs, and the mark.
    long keys = untouched.size() + 1L;
    for (SelftestCorruption corruption : corruptions) {
      stopIfInterrupted();
      pair.fill(corruption.before());
      keys += corruption.before().isEmpty() ? 0 : 1;
    }
    console.phase("equal");
    SelftestFindings equal = verify(List.of(), keys);
    console.phase("corrupt");
    List<SelftestWrite> changes = new ArrayList<>();
    corruptions.forEach(corruption -> changes.addAll(corruption.change()));
    pair.corrupt(changes);
    console.phase("verify");
    long extra = corruptions.stream().filter(one -> one.before().isEmpty()).count();
    SelftestFindings corrupted = verify(corruptions, keys + extra);
    console.result(SelftestScreen.verification(equal, corrupted) + "\n");
    return equal.passed() && corrupted.passed();
  }

  private SelftestFindings verify(List<SelftestCorruption> injected, long keys) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("analyzer-selftest-");
      VerifyRequest request =
          VerifyRequest.of(source, replica, SelftestName.RUN, folder)
              .with(VerifyScope.ofDatabase(source.database()))
              .with(SettleSettings.DEFAULT.withFenceTimeout(FENCE_TIMEOUT));
      VerifySummary summary =
          new VerifyPhase(heard -> {}, context.clock()).run(verification.apply(request));
      if (summary.incomplete() != null) {
        throw new VerifyFailure(
            Objects.requireNonNullElse(summary.incompleteKind(), VerifyFailure.Kind.SERVER),
            summary.incomplete(),
            null);
      }
      return SelftestFindings.of(injected, summary, keys);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder: " + e.getMessage(), e);
    } finally {
      discard(folder);
    }
  }

  private static void discard(@Nullable Path folder) {
    if (folder != null) {
      Comparison.discard(folder);
    }
  }

  /**
   * Cleans up on connections of its own, as the others may be what broke. Runs to its end even
   * where the test was interrupted: nobody else would.
   */
  private boolean restore() {
    boolean interrupted = Thread.interrupted();
    String left = null;
    try {
      boolean emptied = context.patience().insist(this::restoreBoth);
      left = emptied ? null : "a database is not empty";
    } catch (RedisFailure | VerifyFailure | FenceFailure e) {
      left = e.getMessage();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (left != null) {
      context
          .console()
          .warn(
              "the self test could not clean up ("
                  + left
                  + "); look for keys "
                  + SelftestName.PREFIX
                  + "* in database "
                  + source.database()
                  + " on both sides, and for replica-read-only on the replica");
    }
    return left == null;
  }

  private boolean restoreBoth() {
    try (SelftestPair fresh = new SelftestPair(source, replica, context.clock())) {
      return fresh.restore();
    }
  }

  private String title() {
    try (RedisConnection toSource = RedisConnection.open(source);
        RedisConnection toReplica = RedisConnection.open(replica)) {
      return "selftest on "
          + source
          + " ("
          + ServerInfo.readSection(toSource, "server").product()
          + ") and "
          + replica
          + " ("
          + ServerInfo.readSection(toReplica, "server").product()
          + ")";
    }
  }

  private static void stopIfInterrupted() {
    if (isInterrupted()) {
      throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", null);
    }
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }
}
