package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Notices that another server took the place of one of a service that Sentinels watch, so that
 * nobody waits for the old one until his patience ends. Sentinels are asked when a server was lost
 * or a fence is not passed, and no more often than every second. For one thread.
 */
final class Succession {
  private static final long EVERY_NANOS = 1_000_000_000L;

  /** A Sentinel that takes longer is of no use here. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<Endpoint> servers;
  private final Function<Endpoint, Endpoint> find;
  private final NanoClock clock;
  private long asked;

  Succession(VerifyRequest request, NanoClock clock) {
    this(
        Stream.of(request.source(), request.replica())
            .filter(server -> server.origin() instanceof Origin.Service)
            .toList(),
        server -> Topologies.find(server, request.slots()),
        clock);
  }

  /**
   * @param servers those of services
   * @param find where one is now
   */
  Succession(List<Endpoint> servers, Function<Endpoint, Endpoint> find, NanoClock clock) {
    this.servers = List.copyOf(servers);
    this.find = find;
    this.clock = clock;
    this.asked = clock.nanoTime() - EVERY_NANOS;
  }

  /**
   * Ends the verification where another is in the place of one of its servers.
   *
   * @throws VerifyFailure of kind {@code REPLACED}, that says which
   */
  void refuse() {
    why()
        .ifPresent(
            why -> {
              throw new VerifyFailure(VerifyFailure.Kind.REPLACED, why, null);
            });
  }

  /** Who is in whose place; empty where nobody is, and where that was asked a moment ago. */
  Optional<String> why() {
    if (servers.isEmpty() || clock.nanoTime() - asked < EVERY_NANOS) {
      return Optional.empty();
    }
    Optional<String> why = servers.stream().map(this::why).flatMap(Optional::stream).findFirst();
    asked = clock.nanoTime();
    return why;
  }

  private Optional<String> why(Endpoint server) {
    try {
      Endpoint now = find.apply(server.withTimeouts(PATIENCE, PATIENCE));
      return now.address().equals(server.address())
          ? Optional.empty()
          : Optional.of(
              "the "
                  + server
                  + " was failed over meanwhile: "
                  + now.address()
                  + " is in its place; what was read of it is kept, but verify again");
    } catch (RedisFailure nobodyTells) {
      return Optional.empty();
    }
  }
}
