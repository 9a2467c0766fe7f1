package io.syncanalyzer.run.clean;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.sentinel.KeyCensus;
import io.syncanalyzer.sentinel.SentinelCleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Removes keys of ours through a server's pauses, and says what stayed. */
public final class KeyRemoval {
  private KeyRemoval() {}

  /**
   * Removes at one server, over other connections where a server does not serve for a moment: in
   * the middle of a removal too. It is waited for anew each time that some was removed.
   *
   * @param slots which it owns
   * @return whether look and removal were one step
   */
  public static boolean removing(
      RunContext context,
      Function<Endpoint, RedisConnection> opening,
      Endpoint database,
      SlotSet slots,
      KeyCensus removed,
      LongConsumer looked,
      Consumer<SentinelCleaner> removal) {
    while (true) {
      long before = removed.ours();
      try {
        return context
            .patience()
            .insist(
                () -> {
                  try (RedisConnection connection = opening.apply(database)) {
                    SentinelCleaner cleaner = new SentinelCleaner(connection, looked, slots);
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
  public static List<String> left(KeyCensus census, boolean atomic, String prefix) {
    List<String> lines = new ArrayList<>();
    if (census.foreign() > 0) {
      lines.add(foreign(census, prefix) + ", such as " + census.foreignNames().get(0));
    }
    if (census.changing() > 0) {
      lines.add(
          Counted.words(census.changing(), "key")
              + " of ours stayed, as something writes there all the time: end that first");
    }
    onTheWay(census, prefix).ifPresent(lines::add);
    if (census.ours() > 0 && !atomic) {
      lines.add(
          "the user may not use WATCH, MULTI and EXEC: each key was looked at just before it was"
              + " removed, not in one step with it");
    }
    return lines;
  }

  /**
   * How many keys begin as ours do and could not be looked at, or that some may have been passed
   * by; empty where neither is so.
   */
  public static Optional<String> onTheWay(KeyCensus census, String prefix) {
    long keys = census.moving();
    if (keys == 0) {
      return census.isUnsettled() ? Optional.of(passedBy(prefix)) : Optional.empty();
    }
    boolean one = keys == 1;
    return Optional.of(
        Counted.words(keys, "key")
            + (one ? " that begins with " : " that begin with ")
            + prefix
            + (one ? " could not be had: its slot is" : " could not be had: their slots are")
            + " on the way to another node; clean again when that is done");
  }

  private static String passedBy(String prefix) {
    return "who serves the source changed until the end: keys that begin with "
        + prefix
        + " may have been passed by; clean again when that is done";
  }

  /** How many keys begin as ours do and are not ours. */
  public static String foreign(KeyCensus census, String prefix) {
    return Counted.words(census.foreign(), "key")
        + (census.foreign() == 1 ? " that begins with " : " that begin with ")
        + prefix
        + (census.foreign() == 1 ? " is not ours and stays" : " are not ours and stay");
  }
}
