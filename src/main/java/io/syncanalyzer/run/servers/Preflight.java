package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.server.ServerMode;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.ClockReport;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.server.Proofs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks at both ends before anything is written, and refuses what cannot come to a result. */
public final class Preflight {
  private Preflight() {}

  /**
   * What was found.
   *
   * @param sides the source, then each replica
   * @param warnings one line each
   */
  public record Findings(List<SideReport> sides, List<String> warnings) {
    public Findings {
      sides = List.copyOf(sides);
      warnings = List.copyOf(warnings);
    }
  }

  /** A side as asked: its INFO and its key count. */
  private record Look(Endpoint endpoint, ServerInfo info, OptionalLong keys, boolean knowsExpiry) {}

  /**
   * Asks both ends.
   *
   * @param writes whether the run will write to the source
   * @param server what was started for the run, in words; null where the servers are the user's
   * @param clock to measure round trips by
   * @throws RedisFailure where an end cannot be used, or does not follow the source
   * @throws IllegalArgumentException where both ends are one server
   */
  public static Findings look(
      Endpoint source,
      List<Endpoint> replicas,
      boolean writes,
      @Nullable String server,
      NanoClock clock) {
    Look first = ask(source);
    List<String> warnings = new ArrayList<>();
    List<SideReport> sides = new ArrayList<>();
    sides.add(report(first, server));
    if (writes && first.info().isReplica()) {
      throw new RedisFailure(
          RedisFailure.Kind.READ_ONLY,
          source,
          source
              + " is itself a replica (of "
              + follows(first.info()).orElse("a server it does not name")
              + "), so nothing is written to it; point --source at that one",
          null);
    }
    for (Endpoint replica : replicas) {
      Look other = ask(replica);
      Optional<ClockSkew> clocks = ClockSkew.between(source, replica, clock);
      SideReport report =
          report(other, server)
              .withProofs(
                  Proofs.of(first.info(), other.info())
                      .words(first.knowsExpiry() && other.knowsExpiry()));
      sides.add(clocks.map(skew -> report.withClock(clock(skew))).orElse(report));
      refuseSameServer(first, other);
      if (writes) {
        refuseUnrelated(first, other);
      }
      warnAbout(first, other, warnings);
      clocks
          .filter(ClockSkew::isWorthSaying)
          .ifPresent(skew -> warnings.add(clockWarning(replica, skew)));
    }
    return new Findings(sides, warnings);
  }

  private static Look ask(Endpoint endpoint) {
    ServerMode.requireSingle(endpoint);
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      ServerInfo info = ServerInfo.readLoaded(connection);
      OptionalLong keys =
          info.showsKeyspaces()
              ? info.keysInAll()
              : connection.call("DBSIZE") instanceof Reply.Int size
                  ? OptionalLong.of(size.value())
                  : OptionalLong.empty();
      boolean knowsExpiry =
          connection.call("COMMAND", "INFO", "PEXPIRETIME") instanceof Reply.Items known
              && known.list().size() == 1
              && known.list().get(0) instanceof Reply.Items;
      return new Look(endpoint, info, keys, knowsExpiry);
    }
  }

  private static void refuseSameServer(Look source, Look replica) {
    Optional<String> id = source.info().runId();
    if (id.isPresent() && id.equals(replica.info().runId())) {
      throw new IllegalArgumentException(
          "--source "
              + source.endpoint().address()
              + " and --replica "
              + replica.endpoint().address()
              + " are the same server; point them at two");
    }
  }

  /** A replica that says it follows another history will never show what we write. */
  private static void refuseUnrelated(Look source, Look replica) {
    ServerInfo info = replica.info();
    Optional<String> sourceId = source.info().replicationId();
    Optional<String> replicaId = info.replicationId();
    boolean linked = info.linkStatus().filter("up"::equals).isPresent();
    if (info.isReplica()
        && linked
        && sourceId.isPresent()
        && replicaId.isPresent()
        && !sourceId.equals(replicaId)) {
      throw new RedisFailure(
          RedisFailure.Kind.OTHER_REPLY,
          replica.endpoint(),
          replica.endpoint()
              + " follows "
              + follows(info).orElse("another server")
              + ", not the "
              + source.endpoint()
              + "; point it there with REPLICAOF, or name its real source in --source",
          null);
    }
  }

  private static void warnAbout(Look source, Look replica, List<String> warnings) {
    ServerInfo info = replica.info();
    if (info.linkStatus().filter(link -> !link.equals("up")).isPresent()) {
      warnings.add(
          replica.endpoint()
              + " says its link to "
              + follows(info).orElse("its source")
              + " is down");
    }
    if (!info.isReplica() && !info.isActiveReplica()) {
      warnings.add(
          replica.endpoint()
              + " does not call itself a replica: only what arrives there will prove that it"
              + " follows the source (Replica Of and migrations look like this)");
    }
    if (!source.info().version().equals(info.version())) {
      warnings.add(
          "versions differ: source " + source.info().product() + ", replica " + info.product());
    }
  }

  private static String clockWarning(Endpoint replica, ClockSkew skew) {
    return "the clock of the "
        + replica
        + " is "
        + skew.words()
        + ": there keys expire that much "
        + (skew.aheadMicros() > 0
            ? "earlier, so that readers miss them who would still find them on the source"
            : "later")
        + "; set both clocks (NTP)";
  }

  private static ClockReport clock(ClockSkew skew) {
    return new ClockReport(skew.aheadMicros() / 1000.0, skew.boundMicros() / 1000.0, null, null);
  }

  /** The replicas' clocks asked again at the end of a run; a side that does not answer stays. */
  public static List<SideReport> clocksAgain(
      Endpoint source, List<Endpoint> replicas, List<SideReport> sides, NanoClock clock) {
    List<SideReport> again = new ArrayList<>(sides);
    for (int i = 0; i < replicas.size() && i + 1 < sides.size(); i++) {
      ClockReport before = sides.get(i + 1).clock();
      if (before != null) {
        try {
          Optional<ClockSkew> now = ClockSkew.between(source, replicas.get(i), clock);
          if (now.isPresent()) {
            ClockReport both =
                before.atEnd(now.get().aheadMicros() / 1000.0, now.get().boundMicros() / 1000.0);
            again.set(i + 1, sides.get(i + 1).withClock(both));
          }
        } catch (RedisFailure gone) {
          // A server that is gone at the end has its own line; what preflight saw stands.
        }
      }
    }
    return List.copyOf(again);
  }

  private static SideReport report(Look look, @Nullable String server) {
    ServerInfo info = look.info();
    List<String> capabilities = new ArrayList<>();
    capabilities.add(
        info.replicationOffset().isPresent() && info.replicationId().isPresent()
            ? "shows replication offsets"
            : "shows no replication offsets");
    capabilities.add(
        look.knowsExpiry() ? "knows absolute expiry" : "knows only the time left to expiry");
    return new SideReport(
        look.endpoint().side(),
        look.endpoint().display(),
        info.product(),
        server,
        info.role().map(role -> role(info)).orElse(null),
        info.linkStatus().orElse(null),
        follows(info).orElse(null),
        info.replicationId().orElse(null),
        boxed(info.replicationOffset()),
        boxed(look.keys()),
        info.showsKeyspaces()
            ? info.keyspaces().stream().mapToLong(ServerInfo.Keyspace::expires).sum()
            : null,
        boxed(info.usedMemoryBytes()),
        capabilities,
        null,
        null);
  }

  private static String role(ServerInfo info) {
    return info.isReplica() ? "replica" : info.isActiveReplica() ? "active replica" : "source";
  }

  private static Optional<String> follows(ServerInfo info) {
    return info.followsHost()
        .map(
            host ->
                host
                    + ":"
                    + (info.followsPort().isPresent() ? info.followsPort().getAsLong() : "?"));
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
  }

  /** A side in one line for the console, and of a replica one more: which proofs hold there. */
  public static String line(SideReport side) {
    StringBuilder text = new StringBuilder();
    text.append(side.side() == Side.SOURCE ? "source   " : "replica  ")
        .append(side.uri())
        .append("  ")
        .append(side.product());
    if (side.role() != null) {
      text.append("  role ").append(side.role());
    }
    if (side.link() != null) {
      text.append(", link ").append(side.link());
    }
    if (side.follows() != null) {
      text.append(", follows ").append(side.follows());
    }
    if (side.replicationId() != null) {
      text.append("  id ")
          .append(side.replicationId(), 0, Math.min(8, side.replicationId().length()));
    }
    if (side.offset() != null) {
      text.append(" offset ").append(side.offset());
    }
    if (side.keys() != null) {
      text.append("  ").append(Counted.words(side.keys(), "key"));
    }
    if (side.usedMemoryBytes() != null) {
      text.append(
          String.format(Locale.ROOT, ", %.1f MiB", side.usedMemoryBytes() / (1024.0 * 1024.0)));
    }
    if (side.proofs() != null) {
      text.append(System.lineSeparator()).append("proofs   ").append(side.proofs());
    }
    return text.toString();
  }
}
