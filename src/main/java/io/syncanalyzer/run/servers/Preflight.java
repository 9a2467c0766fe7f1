package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.server.Proofs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at every server before anything is written, and refuses what cannot come to a result. */
public final class Preflight {
  private final boolean writes;
  private final @Nullable String server;
  private final NanoClock clock;
  private final Map<String, SideLook> sources = new HashMap<>();
  private final Map<Endpoint, Asked> asked = new HashMap<>();
  private final List<SideReport> sides = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  private Preflight(boolean writes, @Nullable String server, NanoClock clock) {
    this.writes = writes;
    this.server = server;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param sides the source's servers, then each replica's
   * @param warnings one line each
   */
  public record Findings(List<SideReport> sides, List<String> warnings) {
    public Findings {
      sides = List.copyOf(sides);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Asks every server of the layout.
   *
   * @param writes whether the run will write to the source
   * @param server what was started for the run, in words; null where the servers are the user's
   * @param clock to measure round trips by
   * @throws RedisFailure where a server cannot be used, or does not follow the source
   * @throws IllegalArgumentException where both ends are one server
   */
  public static Findings look(
      Layout layout, boolean writes, @Nullable String server, NanoClock clock) {
    return new Preflight(writes, server, clock).look(layout);
  }

  /** What a server answered, or why it did not. */
  private record Asked(@Nullable SideLook look, @Nullable RedisFailure failure) {
    static Asked of(Endpoint endpoint) {
      try {
        return new Asked(SideLook.ask(endpoint), null);
      } catch (RedisFailure e) {
        return new Asked(null, e);
      }
    }
  }

  /** All are asked at once; who does not answer is told of when its turn comes. */
  private void askAll(Layout layout) {
    List<Endpoint> all =
        Stream.concat(
                layout.source().primaries().stream(),
                layout.allPairs().stream().map(ShardPair::replica))
            .distinct()
            .toList();
    List<Asked> answers = AtOnce.each(all, Asked::of);
    for (int i = 0; i < all.size(); i++) {
      asked.put(all.get(i), answers.get(i));
    }
  }

  private SideLook lookAt(Endpoint endpoint) {
    Asked answer = Objects.requireNonNull(asked.get(endpoint), "was not asked");
    if (answer.look() == null) {
      throw Objects.requireNonNull(answer.failure(), "neither");
    }
    return answer.look();
  }

  private Findings look(Layout layout) {
    askAll(layout);
    for (Shard shard : layout.source().shards()) {
      SideLook look = lookAt(shard.primary());
      sources.put(shard.primary().address(), look);
      sides.add(look.report(server, layout.source().seed().display(), shard.slots()));
      if (writes) {
        refuseReplica(look);
      }
    }
    for (int replica = 0; replica < layout.replicas().size(); replica++) {
      look(named(layout, replica), layout.pairs(replica), layout.replicas().get(replica).seed());
    }
    return new Findings(sides, List.copyOf(warnings));
  }

  /** What the user named; further replicas of each shard are told by their number. */
  private static String named(Layout layout, int replica) {
    Topology topology = layout.replicas().get(replica);
    long same = layout.replicas().subList(0, replica).stream().filter(topology::equals).count();
    return topology.seed().display()
        + (topology.cluster() && same > 0 ? " (replica " + (same + 1) + " of each)" : "");
  }

  private void look(String named, List<ShardPair> pairs, Endpoint seed) {
    Map<Endpoint, SlotSet> slots = new LinkedHashMap<>();
    pairs.forEach(pair -> slots.merge(pair.replica(), pair.slots(), SlotSet::or));
    Map<Endpoint, SideLook> seen = new HashMap<>();
    for (ShardPair pair : pairs) {
      SideLook source = sources.get(pair.source().address());
      if (source == null) {
        throw new IllegalStateException(pair.source() + " is in no shard");
      }
      SideLook known = seen.get(pair.replica());
      SideLook other = known == null ? lookAt(pair.replica()) : known;
      if (known == null) {
        seen.put(pair.replica(), other);
        SideReport report =
            other
                .report(server, named, slots.getOrDefault(pair.replica(), SlotSet.NONE))
                .withProofs(
                    Proofs.of(source.info(), other.info())
                        .words(source.knowsExpiry() && other.knowsExpiry()));
        Optional<ClockSkew> clocks = ClockSkew.between(pair.source(), pair.replica(), clock);
        sides.add(clocks.map(skew -> report.withClock(PairClocks.report(skew))).orElse(report));
        clocks
            .filter(ClockSkew::isWorthSaying)
            .ifPresent(skew -> warnings.add(clockWarning(pair.replica(), skew)));
      }
      refuseSameServer(source, other);
      if (writes && !pair.replica().isClusterReplica()) {
        refuseUnrelated(source, other);
      }
      warnAbout(source, other, seed);
    }
  }

  private static void refuseReplica(SideLook source) {
    if (source.info().isReplica()) {
      throw new RedisFailure(
          RedisFailure.Kind.READ_ONLY,
          source.endpoint(),
          source.endpoint()
              + " is itself a replica (of "
              + source.follows().orElse("a server it does not name")
              + "), so nothing is written to it; point --source at that one",
          null);
    }
  }

  private static void refuseSameServer(SideLook source, SideLook replica) {
    Optional<String> id = source.info().runId();
    boolean same =
        id.isPresent()
            ? id.equals(replica.info().runId())
            : source.endpoint().address().equals(replica.endpoint().address());
    if (same) {
      throw new IllegalArgumentException(
          "--source "
              + source.endpoint().address()
              + " and --replica "
              + replica.endpoint().address()
              + " are the same server; point them at two");
    }
  }

  /** A replica that says it follows another history will never show what we write. */
  private static void refuseUnrelated(SideLook source, SideLook replica) {
    Optional<String> sourceId = source.info().replicationId();
    Optional<String> replicaId = replica.info().replicationId();
    boolean linked = replica.info().linkStatus().filter("up"::equals).isPresent();
    if (replica.info().isReplica()
        && linked
        && sourceId.isPresent()
        && replicaId.isPresent()
        && !sourceId.equals(replicaId)) {
      throw new RedisFailure(
          RedisFailure.Kind.OTHER_REPLY,
          replica.endpoint(),
          replica.endpoint()
              + " follows "
              + replica.follows().orElse("another server")
              + ", not the "
              + source.endpoint()
              + "; point it there with REPLICAOF, or name its real source in --source",
          null);
    }
  }

  private void warnAbout(SideLook source, SideLook replica, Endpoint seed) {
    if (replica.info().linkStatus().filter(link -> !link.equals("up")).isPresent()) {
      warnings.add(
          replica.endpoint()
              + " says its link to "
              + replica.follows().orElse("its source")
              + " is down");
    }
    if (!replica.info().isReplica() && !replica.info().isActiveReplica()) {
      warnings.add(
          (replica.endpoint().isInCluster() ? seed : replica.endpoint())
              + " does not call itself a replica: only what arrives there will prove that it"
              + " follows the source (Replica Of and migrations look like this)");
    }
    if (!source.info().version().equals(replica.info().version())) {
      warnings.add(
          "versions differ: source "
              + source.info().product()
              + ", replica "
              + replica.info().product());
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
}
