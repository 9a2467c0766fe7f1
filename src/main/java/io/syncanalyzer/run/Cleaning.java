package io.syncanalyzer.run;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.server.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.sentinel.KeyCensus;
import io.syncanalyzer.sentinel.KeyKind;
import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.sentinel.RunName;
import io.syncanalyzer.sentinel.SelftestName;
import io.syncanalyzer.sentinel.SentinelCleaner;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Removes from a source what the analyzer wrote to it, and nothing else. */
public final class Cleaning {
  private final RunContext context;
  private final Request request;
  private final PrintStream out;

  private Cleaning(RunContext context, Request request, PrintStream out) {
    this.context = context;
    this.request = request;
    this.out = out;
  }

  /**
   * What to clean.
   *
   * @param source where
   * @param everyDatabase whether in every database that holds keys, rather than the endpoint's
   * @param runId only what that run wrote, or the load ({@code load}) or the self test ({@code
   *     selftest}); empty = everything of ours
   * @param dryRun whether only to say what would be removed
   * @param asking asks before anything is removed; empty = it is not asked
   */
  public record Request(
      Endpoint source,
      boolean everyDatabase,
      Optional<String> runId,
      boolean dryRun,
      Optional<Asking> asking) {
    public Request {
      Objects.requireNonNull(source, "source is null");
      runId.ifPresent(RunName::check);
    }
  }

  /** Someone who can be asked. */
  public interface Asking {
    /**
     * Whether the answer to a question is yes.
     *
     * @throws InterruptedException if the thread is interrupted while it waits for it
     */
    boolean isYes(String question) throws InterruptedException;
  }

  /**
   * Removes what was asked for, or says what there is, and how much that is.
   *
   * @param context its console says what is waited for
   * @param out gets the result
   * @throws RedisFailure if the source cannot be used
   */
  public static ExitStatus clean(RunContext context, Request request, PrintStream out) {
    SilenceWatch silences = new SilenceWatch(context.console());
    try {
      new Cleaning(context, request, out).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      silences.close();
      context.console().close();
    }
    return Thread.currentThread().isInterrupted() ? ExitStatus.INTERRUPTED : ExitStatus.ALL_EQUAL;
  }

  private void run() throws InterruptedException {
    List<Endpoint> databases =
        Recorder.patience(context)
            .insist(
                () -> {
                  Topology.requireSingle(request.source());
                  return databases();
                });
    if (request.dryRun()) {
      show(databases);
      out.println("Nothing was removed: --dry-run.");
      return;
    }
    if (request.asking().isPresent()) {
      long keys = show(databases);
      if (keys > 0
          && !request.asking().get().isYes("Remove " + Counted.words(keys, "key") + "? [y/N] ")) {
        out.println("Nothing was removed.");
        return;
      }
    }
    for (Endpoint database : databases) {
      remove(database);
    }
  }

  /** Each database that is to be cleaned; the one that is named, where no other holds keys. */
  private List<Endpoint> databases() {
    Endpoint source = request.source();
    if (!request.everyDatabase()) {
      return List.of(source);
    }
    try (RedisConnection connection = RedisConnection.open(source)) {
      List<Endpoint> holding =
          ServerInfo.readSection(connection, "keyspace").keyspaces().stream()
              .map(keyspace -> source.withDatabase(keyspace.database()))
              .toList();
      return holding.isEmpty() ? List.of(source) : holding;
    }
  }

  private LongConsumer looked() {
    return Recorder.keysLooked(context, "the source is looked through for keys of ours");
  }

  private String prefix() {
    return request.runId().map(KeyPrefix::ofRun).orElse(KeyPrefix.ALL);
  }

  /** Says what there is; returns how many keys would be removed. */
  private long show(List<Endpoint> databases) {
    long keys = 0;
    for (Endpoint database : databases) {
      KeyCensus census = Recorder.patience(context).insist(() -> count(database));
      keys += census.ours();
      out.println(
          database
              + ", database "
              + database.database()
              + ": "
              + Counted.words(census.ours(), "key")
              + " of ours");
      for (KeyKind kind : KeyKind.values()) {
        list(kind.words(census.count(kind)), census.count(kind), census.names(kind));
      }
      list(foreign(census, prefix()), census.foreign(), census.foreignNames());
    }
    return keys;
  }

  private KeyCensus count(Endpoint database) {
    try (RedisConnection connection = RedisConnection.openUntouching(database)) {
      return new SentinelCleaner(connection, looked()).count(prefix(), any -> true);
    }
  }

  private void list(String what, long count, List<String> names) {
    if (count == 0) {
      return;
    }
    out.println("  " + what);
    names.forEach(name -> out.println("    " + name));
    if (count > names.size()) {
      out.println("    …");
    }
  }

  private static String foreign(KeyCensus census, String prefix) {
    return Counted.words(census.foreign(), "key")
        + (census.foreign() == 1 ? " that begins with " : " that begin with ")
        + prefix
        + (census.foreign() == 1 ? " is not ours and stays" : " are not ours and stay");
  }

  private void remove(Endpoint database) {
    Optional<String> mark =
        request.runId().isEmpty()
            ? Recorder.patience(context).insist(() -> mark(database))
            : Optional.empty();
    KeyCensus removed = new KeyCensus();
    boolean atomic =
        removing(
            context,
            RedisConnection::openUntouching,
            database,
            removed,
            looked(),
            cleaner -> cleaner.removePrefix(prefix(), removed));
    out.println(
        Counted.words(removed.ours(), "key")
            + " with the prefix "
            + prefix()
            + " removed from the "
            + database
            + (removed.ours() == 0 ? "" : ": " + removed.words()));
    left(removed, atomic, prefix()).forEach(out::println);
    mark.ifPresent(
        before ->
            out.printf(
                "a selftest was killed here: its replica may still hold keys %s* of its own and"
                    + " be writable; there, CONFIG SET replica-read-only %s%n",
                SelftestName.PREFIX, before));
  }

  private static Optional<String> mark(Endpoint database) {
    try (RedisConnection connection = RedisConnection.open(database)) {
      return SelftestName.mark(connection);
    }
  }

  /**
   * Removes, over other connections where a server does not serve for a moment: in the middle of a
   * removal too. It is waited for anew each time that some was removed.
   *
   * @return whether look and removal were one step
   */
  private static boolean removing(
      RunContext context,
      Function<Endpoint, RedisConnection> opening,
      Endpoint database,
      KeyCensus removed,
      LongConsumer looked,
      Consumer<SentinelCleaner> removal) {
    while (true) {
      long before = removed.ours();
      try {
        return Recorder.patience(context)
            .insist(
                () -> {
                  try (RedisConnection connection = opening.apply(database)) {
                    SentinelCleaner cleaner = new SentinelCleaner(connection, looked);
                    removal.accept(cleaner);
                    return removed.ours() == 0 || cleaner.isAtomic();
                  }
                });
      } catch (RedisFailure e) {
        if (!e.isPassing() || removed.ours() == before) {
          throw e;
        }
      }
    }
  }

  /** What was not removed, and whether what was is certain to have been ours; a line each. */
  private static List<String> left(KeyCensus census, boolean atomic, String prefix) {
    List<String> lines = new ArrayList<>();
    if (census.foreign() > 0) {
      lines.add(foreign(census, prefix) + ", such as " + census.foreignNames().get(0));
    }
    if (census.changing() > 0) {
      lines.add(
          Counted.words(census.changing(), "key")
              + " of ours stayed, as something writes there all the time: end that first");
    }
    if (census.ours() > 0 && !atomic) {
      lines.add(
          "the user may not use WATCH, MULTI and EXEC: each key was looked at just before it was"
              + " removed, not in one step with it");
    }
    return lines;
  }

  /**
   * Removes a run's sentinels at its end; what cannot be removed is said, and how to do it later.
   *
   * <p>Runs to its end even where the run was interrupted: what is left behind would be found by
   * whoever looks at the source next.
   */
  static void removeSentinels(
      RunContext context, Recorder recorder, Endpoint source, LagSummary written) {
    boolean interrupted = Thread.interrupted();
    String prefix = KeyPrefix.ofRun(recorder.folder().runId());
    boolean failed = recorder.report().build().failure() != null;
    // The ranges may not tell all that was written; a scan finds the rest.
    boolean scanning = interrupted || failed || written.incomplete() != null;
    KeyCensus census = new KeyCensus();
    try {
      boolean atomic =
          removing(
              context,
              RedisConnection::open,
              source,
              census,
              Recorder.keysLooked(context, "the run's sentinels are removed"),
              cleaner -> {
                cleaner.remove(written.written(), census);
                if (scanning) {
                  cleaner.removePrefix(prefix, census);
                }
              });
      context.console().line(Counted.words(census.ours(), "sentinel") + " removed");
      left(census, atomic, prefix).forEach(context.console()::line);
    } catch (RedisFailure e) {
      recorder
          .report()
          .warning(
              "the sentinels of this run are still on the source ("
                  + e.getMessage()
                  + "); remove them with: clean --run-id "
                  + recorder.folder().runId());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
