package io.syncanalyzer.verify;

import io.syncanalyzer.redis.ClockSkew;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Progress;
import io.syncanalyzer.verify.scan.Pace;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.Patience;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all who work on a verification go by.
 *
 * @param request what was asked for
 * @param abilities what can be used of both servers
 * @param patience bears with servers that do not serve for a moment
 * @param progress is told how far it is
 * @param pace holds back the one thread that hands out keys to look at
 */
record PassSetting(
    VerifyRequest request,
    Abilities abilities,
    Patience patience,
    Progress progress,
    Pace pace,
    NanoClock clock) {
  /** Asks both servers what can be used. */
  static PassSetting of(
      VerifyRequest request,
      Connections connections,
      Patience patience,
      Progress progress,
      NanoClock clock) {
    Abilities abilities =
        patience.insist(
            () -> {
              Abilities mine = connections.with(request.source(), Abilities::of);
              return mine.and(connections.with(request.replica(), Abilities::of))
                  .withWatch(mine.watch())
                  .withClocks(
                      ClockSkew.between(request.source(), request.replica(), clock::nanoTime)
                          .orElse(ClockSkew.NONE));
            });
    Pace pace = new Pace(request.keysPerSecond(), clock, connections::isClosed);
    return new PassSetting(request, abilities, patience, progress, pace, clock);
  }

  Endpoint source() {
    return request.source();
  }

  Endpoint replica() {
    return request.replica();
  }

  /** The one type that SCAN is to return; null where all are, or several are picked from all. */
  @Nullable String scanType() {
    Set<String> types = request.scope().types();
    return types.size() == 1 ? types.iterator().next() : null;
  }

  long toleranceMillis() {
    return request.settling().ttlTolerance().toMillis();
  }
}
