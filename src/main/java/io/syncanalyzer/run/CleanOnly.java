package io.syncanalyzer.run;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.server.ServerMode;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.clean.CleanRequest;
import io.syncanalyzer.run.clean.KeyRemoval;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.SilenceWatch;
import io.syncanalyzer.sentinel.KeyCensus;
import io.syncanalyzer.sentinel.KeyKind;
import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.sentinel.SelftestName;
import io.syncanalyzer.sentinel.SentinelCleaner;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The removal alone, of what the analyzer wrote to a source, and of nothing else. */
public final class CleanOnly {
  private final RunContext context;
  private final CleanRequest request;
  private final PrintStream out;

  private CleanOnly(RunContext context, CleanRequest request, PrintStream out) {
    this.context = context;
    this.request = request;
    this.out = out;
  }

  /**
   * Removes what was asked for, or says what there is, and how much that is.
   *
   * @param context its console says what is waited for
   * @param out gets the result
   * @throws RedisFailure if the source cannot be used
   */
  public static ExitStatus clean(RunContext context, CleanRequest request, PrintStream out) {
    SilenceWatch silences = new SilenceWatch(context.console());
    try {
      new CleanOnly(context, request, out).run();
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
        context
            .patience()
            .insist(
                () -> {
                  ServerMode.requireSingle(request.source());
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
    return context.keysLooked("the source is looked through for keys of ours");
  }

  private String prefix() {
    return request.runId().map(KeyPrefix::ofRun).orElse(KeyPrefix.ALL);
  }

  /** Says what there is; returns how many keys would be removed. */
  private long show(List<Endpoint> databases) {
    long keys = 0;
    for (Endpoint database : databases) {
      KeyCensus census = context.patience().insist(() -> count(database));
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
      list(KeyRemoval.foreign(census, prefix()), census.foreign(), census.foreignNames());
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

  private void remove(Endpoint database) {
    Optional<String> mark =
        request.runId().isEmpty()
            ? context.patience().insist(() -> mark(database))
            : Optional.empty();
    KeyCensus removed = new KeyCensus();
    boolean atomic =
        KeyRemoval.removing(
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
    KeyRemoval.left(removed, atomic, prefix()).forEach(out::println);
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
}
