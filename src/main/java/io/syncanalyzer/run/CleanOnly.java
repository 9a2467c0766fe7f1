package io.syncanalyzer.run;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.Denial;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.clean.CleanRequest;
import io.syncanalyzer.run.clean.EveryPrimary;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** The removal alone, of what the analyzer wrote to a source, and of nothing else. */
public final class CleanOnly {
  private final RunContext context;
  private final CleanRequest request;
  private final PrintStream out;
  private final Set<Integer> refused = new TreeSet<>();

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
   * @return incomplete where databases hold keys that the user may not select
   * @throws RedisFailure if the source cannot be used
   */
  public static ExitStatus clean(RunContext context, CleanRequest request, PrintStream out) {
    SilenceWatch silences = new SilenceWatch(context.console());
    CleanOnly clean = new CleanOnly(context, request, out);
    try {
      clean.run();
      clean.refused.forEach(
          database ->
              out.println(
                  "database "
                      + database
                      + " was not looked at: the source does not let us select it; grant +select,"
                      + " and where users have databases of their own (Valkey 9.1) that one too"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      silences.close();
      context.console().close();
    }
    if (Thread.currentThread().isInterrupted()) {
      return ExitStatus.INTERRUPTED;
    }
    return clean.refused.isEmpty() ? ExitStatus.ALL_EQUAL : ExitStatus.INCOMPLETE;
  }

  private void run() throws InterruptedException {
    Topology source =
        context
            .patience()
            .insist(
                () ->
                    Topologies.discover(
                        request.source(), request.wishes().source(), request.wishes().nodes()));
    EveryPrimary primaries = new EveryPrimary(context, source);
    Set<Integer> databases = context.patience().insist(() -> databases(source));
    if (request.dryRun()) {
      show(primaries, databases);
      out.println("Nothing was removed: --dry-run.");
      return;
    }
    if (request.asking().isPresent()) {
      long keys = show(primaries, databases);
      if (keys > 0
          && !request.asking().get().isYes("Remove " + Counted.words(keys, "key") + "? [y/N] ")) {
        out.println("Nothing was removed.");
        return;
      }
    }
    for (int database : databases) {
      remove(primaries, database);
    }
  }

  /** Each database that is to be cleaned; the one that is named, where no other holds keys. */
  private Set<Integer> databases(Topology source) {
    Set<Integer> holding = new TreeSet<>();
    if (request.everyDatabase()) {
      for (Endpoint primary : source.primaries()) {
        try (RedisConnection connection = RedisConnection.open(primary)) {
          ServerInfo.readSection(connection, "keyspace")
              .keyspaces()
              .forEach(keyspace -> holding.add(keyspace.database()));
          refused.addAll(refused(connection, holding));
        }
      }
      // Where none is left the first command in the one that is named tells why.
      holding.removeAll(refused);
    }
    return holding.isEmpty() ? Set.of(source.seed().database()) : holding;
  }

  private static Set<Integer> refused(RedisConnection connection, Set<Integer> databases) {
    Set<Integer> refused = new TreeSet<>();
    for (int database : databases) {
      Reply reply = connection.call("SELECT", Integer.toString(database));
      // Without the right to select at all we are in the endpoint's own database.
      boolean own = database == connection.endpoint().database();
      if (reply instanceof Reply.Failed failed
          && failed.code().equals("NOPERM")
          && (!own || Denial.isOfDatabase(reply))) {
        refused.add(database);
      }
    }
    return refused;
  }

  private LongConsumer looked() {
    return context.keysLooked("the source is looked through for keys of ours");
  }

  private String prefix() {
    return request.runId().map(KeyPrefix::ofRun).orElse(KeyPrefix.ALL);
  }

  /** Says what there is; returns how many keys would be removed. */
  private long show(EveryPrimary primaries, Set<Integer> databases) {
    long keys = 0;
    for (int database : databases) {
      KeyCensus census =
          primaries.counting(
              (shard, found) -> found.add(context.patience().insist(() -> count(shard, database))));
      keys += census.ours();
      out.println(
          words(primaries, database)
              + ", database "
              + database
              + ": "
              + Counted.words(census.ours(), "key")
              + " of ours");
      for (KeyKind kind : KeyKind.values()) {
        list(kind.words(census.count(kind)), census.count(kind), census.names(kind));
      }
      list(KeyRemoval.foreign(census, prefix()), census.foreign(), census.foreignNames());
      KeyRemoval.onTheWay(census, prefix()).ifPresent(line -> out.println("  " + line));
    }
    return keys;
  }

  /** What the source is called. */
  private static String words(EveryPrimary primaries, int database) {
    Topology source = primaries.topology();
    Endpoint seed = source.seed().withDatabase(database);
    if (!source.cluster()) {
      return seed.toString();
    }
    int shards = source.shards().size();
    return seed + " (a cluster of " + shards + (shards == 1 ? " primary)" : " primaries)");
  }

  private KeyCensus count(Shard shard, int database) {
    try (RedisConnection connection =
        RedisConnection.openUntouching(shard.primary().withDatabase(database))) {
      return new SentinelCleaner(connection, looked(), shard.slots()).count(prefix(), any -> true);
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

  private void remove(EveryPrimary primaries, int database) {
    Endpoint first = primaries.topology().primaries().get(0).withDatabase(database);
    Optional<String> mark =
        request.runId().isEmpty() && !primaries.topology().cluster()
            ? context.patience().insist(() -> mark(first))
            : Optional.empty();
    AtomicBoolean atomic = new AtomicBoolean(true);
    LongConsumer looked = looked();
    KeyCensus removed =
        primaries.removing(
            (shard, found) -> {
              boolean inOneStep =
                  KeyRemoval.removing(
                      context,
                      RedisConnection::openUntouching,
                      shard.primary().withDatabase(database),
                      shard.slots(),
                      found,
                      looked,
                      cleaner -> cleaner.removePrefix(prefix(), found));
              if (!inOneStep) {
                atomic.set(false);
              }
            });
    out.println(
        Counted.words(removed.ours(), "key")
            + " with the prefix "
            + prefix()
            + " removed from the "
            + words(primaries, database)
            + (removed.ours() == 0 ? "" : ": " + removed.words()));
    KeyRemoval.left(removed, atomic.get(), prefix()).forEach(out::println);
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
