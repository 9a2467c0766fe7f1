package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the Sentinels of a service, one after another, where its servers are: of a source where its
 * primary is, of a replica where one of its healthy replicas is. What they say is believed only of
 * a server that says the same of itself; where it does not a failover goes on, which is waited for.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/develop/reference/sentinel-clients/">Guidelines
 * for Redis clients with support for Redis Sentinel</a>.
 */
final class Sentinels {
  private static final long FIRST_PAUSE_NANOS = 50_000_000;
  private static final long LONGEST_PAUSE_NANOS = 500_000_000;

  /** What keeps a replica from being taken. */
  private static final Set<String> UNFIT = Set.of("s_down", "o_down", "disconnected");

  private final Endpoint wanted;
  private final Origin.Service service;

  /** What each Sentinel answered, or why it did not; and the services that they watch. */
  private final Map<String, String> said = new LinkedHashMap<>();

  private final Set<String> watched = new LinkedHashSet<>();
  private boolean known;
  private boolean answered;

  private Sentinels(Endpoint wanted, Origin.Service service) {
    this.wanted = wanted;
    this.service = service;
  }

  /**
   * Where the service's server is now; the one that {@code wanted} is at, if that is still one.
   *
   * @throws RedisFailure in one line, if no Sentinel tells, or none of what they tell is there
   *     within the endpoint's timeout
   */
  static Endpoint find(Endpoint wanted, Origin.Service service, NanoClock clock) {
    BackOff backOff =
        BackOff.growing(clock, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS)
            .within(wanted.timeout().toNanos());
    while (true) {
      Sentinels round = new Sentinels(wanted, service);
      Optional<Endpoint> found = round.ask();
      if (found.isPresent()) {
        return found.get();
      }
      if (!round.mayPass() || Thread.currentThread().isInterrupted() || !backOff.more()) {
        throw round.failure(round.mayPass() ? backOff.elapsedNanos() : 0);
      }
    }
  }

  /** Whether a failover may go on; else no Sentinel can be asked, or none knows the service. */
  private boolean mayPass() {
    return known;
  }

  private Optional<Endpoint> ask() {
    for (String address : service.sentinels()) {
      Endpoint sentinel =
          NodeAddresses.at(wanted.withDatabase(0).anonymous().from(Origin.GIVEN), address)
              .withCredentials(service.user(), service.password());
      try (RedisConnection connection = RedisConnection.open(sentinel)) {
        Optional<Endpoint> found = ask(connection, address);
        if (found.isPresent()) {
          return found;
        }
      } catch (RedisFailure e) {
        said.put(address, why(e));
      }
    }
    return Optional.empty();
  }

  private static String why(RedisFailure e) {
    return switch (e.kind()) {
      case UNKNOWN_HOST -> "no such host";
      case REFUSED -> "nothing listens there";
      case CONNECT_TIMEOUT, TIMEOUT -> "no answer";
      case WRONG_PASSWORD ->
          "it refuses the login; give its own in ANALYZER_SENTINEL_USER/_PASSWORD";
      case NO_PERMISSION -> "it does not let the user ask; grant +sentinel|* there";
      default -> String.valueOf(e.getMessage());
    };
  }

  private Optional<Endpoint> ask(RedisConnection sentinel, String address) {
    Reply primary = sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", service.service());
    if (primary instanceof Reply.Failed failed) {
      said.put(
          address,
          failed.message().contains("unknown command")
              ? "it is no Sentinel"
              : why(sentinel.refused("SENTINEL", failed)));
      return Optional.empty();
    }
    answered = true;
    List<Reply> parts = ReplyFields.items(primary);
    if (parts.size() < 2) {
      ReplyFields.items(sentinel.call("SENTINEL", "MASTERS"))
          .forEach(each -> watched.add(ReplyFields.of(each).text("name")));
      said.put(address, "it watches no such service");
      return Optional.empty();
    }
    known = true;
    if (wanted.side() == Side.SOURCE) {
      return server(
          address, ReplyFields.text(parts.get(0)), ReplyFields.number(parts.get(1)), false);
    }
    return replica(sentinel, address);
  }

  private Optional<Endpoint> replica(RedisConnection sentinel, String address) {
    Reply reply = sentinel.call("SENTINEL", "REPLICAS", service.service());
    if (reply instanceof Reply.Failed failed) {
      said.put(address, why(sentinel.refused("SENTINEL", failed)));
      return Optional.empty();
    }
    List<ReplyFields> replicas =
        ReplyFields.items(reply).stream()
            .map(ReplyFields::of)
            .filter(Sentinels::isFit)
            .sorted(
                Comparator.comparing(
                    each ->
                        !announced(each).equals(wanted.address())
                            && !service.nodes().of(announced(each)).equals(wanted.address())))
            .toList();
    said.put(
        address,
        ReplyFields.items(reply).isEmpty()
            ? "it knows no replica of it"
            : "it knows no replica of it that is healthy");
    for (ReplyFields each : replicas) {
      Optional<Endpoint> found = server(address, each.text("ip"), each.number("port"), true);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private String announced(ReplyFields server) {
    return wanted.at(server.text("ip"), Math.max(1, server.number("port"))).address();
  }

  private static boolean isFit(ReplyFields replica) {
    return Stream.of(replica.text("flags").split(",", -1)).noneMatch(UNFIT::contains)
        && replica.text("master-link-status").equals("ok")
        && replica.number("port") > 0;
  }

  /** The server there, if it says of itself what the Sentinel says of it. */
  private Optional<Endpoint> server(String sentinel, String host, int port, boolean replica) {
    if (host.isEmpty() || port < 1 || port > 65535) {
      said.put(sentinel, "it tells no address");
      return Optional.empty();
    }
    String announced = wanted.at(host, port).address();
    Endpoint found = NodeAddresses.at(wanted, service.nodes().of(announced));
    try (RedisConnection connection = RedisConnection.open(found)) {
      boolean is = ServerInfo.readSection(connection, "replication").isReplica();
      if (is == replica) {
        return Optional.of(found);
      }
      said.put(
          sentinel, "it tells of " + announced + ", which is " + (is ? "a replica" : "no replica"));
    } catch (RedisFailure e) {
      if (!NodeReach.isUnreached(e) && !e.isPassing()) {
        throw e;
      }
      said.put(
          sentinel,
          "it tells of "
              + announced
              + (found.address().equals(announced) ? "" : ", here " + found.address())
              + ", where no connection is made; if that is not its address from here, give"
              + " --node-map "
              + announced
              + "=HOST:PORT");
    }
    return Optional.empty();
  }

  private RedisFailure failure(long waitedNanos) {
    String what =
        !known && answered
            ? "no Sentinel of the "
                + wanted.side().label()
                + " watches a service "
                + service.service()
                + (watched.isEmpty() ? "; they watch none" : "; they watch " + named())
            : "no Sentinel of the "
                + wanted.side().label()
                + " leads to the "
                + (wanted.side() == Side.SOURCE ? "primary" : "replica")
                + " of service "
                + service.service()
                + ": "
                + said.entrySet().stream()
                    .map(each -> each.getKey() + ": " + each.getValue())
                    .collect(Collectors.joining("; "));
    return new RedisFailure(
        RedisFailure.Kind.TOPOLOGY,
        wanted,
        what
            + (waitedNanos == 0
                ? ""
                : "; waited "
                    + TimeUnit.NANOSECONDS.toMillis(waitedNanos)
                    + " ms for it (--timeout)"),
        null);
  }

  private String named() {
    List<String> names = new ArrayList<>(watched);
    return String.join(", ", names.subList(0, Math.min(10, names.size())));
  }
}
