package io.syncanalyzer.run.clean;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.sentinel.KeyCensus;
import io.syncanalyzer.sentinel.KeyKind;
import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.sentinel.OurKey;
import io.syncanalyzer.sentinel.SentinelCleaner;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Refuses a run whose keys would lie among those of others, before it has written anything: a load
 * would overwrite some of them, and whoever looks at the source later could not tell them apart.
 */
public final class ForeignKeys {
  private ForeignKeys() {}

  /**
   * Looks through the source's database, of a cluster every primary's, once; says so where that
   * takes long.
   *
   * @param runId the name that the user gave the run; empty where it is the time of its begin,
   *     which nobody can have used before
   * @param load keys that the load will write beside those whose names we know from other runs;
   *     empty where there is no load
   * @throws IllegalArgumentException if there are others' keys, or sentinels of an earlier run of
   *     that name, which would be taken for this one's as soon as they are asked for; naming one
   */
  public static void refuse(
      RunContext context,
      Topology source,
      Optional<String> runId,
      Optional<Predicate<Bytes>> load) {
    Optional<Bytes> ofRun = runId.map(KeyPrefix::ofRun).map(Bytes::utf8);
    Bytes ofLoad = Bytes.utf8(KeyPrefix.LOAD);
    if (ofRun.isEmpty() && load.isEmpty()) {
      return;
    }
    Predicate<Bytes> underRun = key -> ofRun.isPresent() && key.startsWith(ofRun.get());
    Predicate<Bytes> underLoad =
        key ->
            load.isPresent()
                && key.startsWith(ofLoad)
                // A name that we know tells of its type, which a load does not look at.
                && (OurKey.of(key).isPresent() || !load.get().test(key));
    String prefix = ofRun.isEmpty() ? KeyPrefix.LOAD : load.isEmpty() ? ofRun.get().asUtf8() : "";
    LongConsumer looked = context.keysLooked("the source is looked through for keys of others");
    Scope scope =
        new Scope(prefix.isEmpty() ? KeyPrefix.ALL : prefix, underRun.or(underLoad), looked);
    KeyCensus census =
        new EveryPrimary(context, source)
            .counting(
                (shard, found) ->
                    found.add(context.patience().insist(() -> counted(shard, scope))));
    if (census.isUnsettled()) {
      context
          .console()
          .line(
              "who serves the source changed while it was looked through: keys of others may have"
                  + " been passed by");
    }
    Endpoint seed = source.seed();
    if (census.count(KeyKind.SENTINEL) > 0) {
      throw new IllegalArgumentException(
          seed
              + " holds "
              + Counted.words(census.count(KeyKind.SENTINEL), "sentinel")
              + " of an earlier run "
              + runId.orElseThrow()
              + ", such as "
              + census.names(KeyKind.SENTINEL).get(0)
              + ", which nobody can tell from this run's: remove them with `clean --run-id "
              + runId.orElseThrow()
              + "`, or give the run another --run-id");
    }
    if (census.foreign() > 0) {
      String name = census.foreignNames().get(0);
      boolean ofTheRun = ofRun.isPresent() && name.startsWith(ofRun.get().asUtf8());
      throw new IllegalArgumentException(
          seed
              + " holds "
              + Counted.words(census.foreign(), "key")
              + " under "
              + (ofTheRun ? ofRun.get().asUtf8() : KeyPrefix.LOAD)
              + " that we did not write, such as "
              + name
              + "; "
              + (ofTheRun
                  ? "give the run another --run-id"
                  : "the load would write among them: name another database in --source, or rename"
                      + " them"));
    }
  }

  /** What is looked for. */
  private record Scope(String prefix, Predicate<Bytes> wanted, LongConsumer looked) {}

  private static KeyCensus counted(Shard shard, Scope scope) {
    try (RedisConnection connection = RedisConnection.openUntouching(shard.primary())) {
      return new SentinelCleaner(connection, scope.looked(), shard.slots())
          .count(scope.prefix(), scope.wanted());
    }
  }
}
