package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.output.Cause;
import io.syncanalyzer.load.output.TurnedAway;
import io.syncanalyzer.load.proof.CommandKinds;
import io.syncanalyzer.load.proof.LoadProof;
import io.syncanalyzer.load.proof.PrimaryCounters;
import io.syncanalyzer.load.proof.SourceCounters;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Takeovers;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.result.load.CommandKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds what memtier claims against what the source itself counts, from before the load to after
 * it. Where the source does not show its counts there is no proof, and a warning says so.
 */
final class SourceCheck {
  private final Topology source;
  private final Endpoint server;
  private final Set<String> warnings;
  private final Map<Endpoint, SourceCounters> before;

  private SourceCheck(Topology source, Set<String> warnings, Map<Endpoint, SourceCounters> before) {
    this.source = source;
    this.server = source.primaries().get(0);
    this.warnings = warnings;
    this.before = before;
  }

  /**
   * What the source says of a load that is over.
   *
   * @param kinds which of its commands write and which read, as far as known
   * @param proof empty where the source's counts could not be read
   * @param byShard of a cluster, how many of the load's commands each primary carried out, by its
   *     address; one that was lost is not among them
   * @param cause why the load is not as it was asked for; null where it is
   */
  record Found(
      Map<String, CommandKind> kinds,
      Optional<LoadProof> proof,
      Map<String, Long> byShard,
      @Nullable String cause) {}

  /**
   * Reads the source's counts ahead of the load.
   *
   * @param warnings where this check puts its own
   * @throws LoadFailure with one line if the source cannot be asked
   */
  static SourceCheck begin(Topology source, Set<String> warnings) {
    return new SourceCheck(source, warnings, countersBefore(source, warnings));
  }

  private static Map<Endpoint, SourceCounters> countersBefore(
      Topology source, Set<String> warnings) {
    try {
      Map<Endpoint, SourceCounters> counters = PrimaryCounters.read(source);
      if (counters.values().stream().anyMatch(one -> one.calls().isEmpty())) {
        warnings.add(
            "the source shows no INFO commandstats: what memtier_benchmark claims is checked"
                + " against its own error lines only");
        return Map.of();
      }
      return counters;
    } catch (RedisFailure e) {
      if (e.kind() == RedisFailure.Kind.NO_PERMISSION) {
        warnings.add(
            "the source does not let us read INFO: what memtier_benchmark claims is checked"
                + " against its own error lines only ("
                + e.getMessage()
                + ")");
        return Map.of();
      }
      throw new LoadFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads them again, and compares.
   *
   * @param failed why the load failed already, which stays the cause; null if it did not
   */
  Found end(LoadTally tally, @Nullable String failed) {
    String cause = failed;
    Optional<LoadProof> proof = Optional.empty();
    Map<String, CommandKind> kinds;
    Map<String, Long> byShard = new LinkedHashMap<>();
    if (!before.isEmpty()) {
      try {
        PrimaryCounters counted = PrimaryCounters.since(before);
        cause = withLosses(cause, counted);
        SourceCounters then = counted.before();
        SourceCounters now = counted.after();
        CommandKinds known = CommandKinds.ask(server, LoadProof.served(then, now));
        proof =
            Optional.of(
                LoadProof.of(tally.claims(), OptionalLong.of(tally.operations()), counted)
                    .toldApart(known, then, now));
        kinds = kinds(tally, command -> known.of(command, LoadProof.servedAs(command, then, now)));
        if (source.cluster()) {
          counted
              .shards()
              .forEach((shard, of) -> byShard.put(shard, LoadProof.served(tally.commands(), of)));
        }
      } catch (RedisFailure e) {
        List<String> words = new ArrayList<>(takenOver());
        words.replaceAll(taken -> "failover: " + taken);
        words.add(0, cause == null ? "the load is not proved: " + e.getMessage() : cause);
        cause = String.join("; ", words);
        kinds = kinds(tally, CommandKinds.unasked()::of);
      }
    } else {
      kinds = kinds(tally, CommandKinds.ask(server, tally.commands())::of);
    }
    mentionWhatIsNotToldApart(tally, kinds, proof);
    if (cause == null && proof.isPresent()) {
      cause = proof.get().gap().map(gap -> "the load is not proved: " + gap).orElse(null);
    }
    if (cause == null && proof.isPresent() && !source.cluster()) {
      cause = Cause.ofCluster(proof.get().errors()).orElse(null);
    }
    proof.ifPresent(found -> mentionErrorsOfOthers(tally, found));
    mentionTurnedAway(tally);
    return new Found(kinds, proof, byShard, cause);
  }

  /** Why the load failed, and whom the source lost meanwhile, which may well be why. */
  private @Nullable String withLosses(@Nullable String failed, PrimaryCounters counted) {
    // Behind Sentinels the old server goes on as if nothing were, and counts what nobody keeps.
    List<String> taken = counted.losses().isEmpty() && source.cluster() ? List.of() : takenOver();
    if (counted.losses().isEmpty() && taken.isEmpty()) {
      return failed;
    }
    List<String> words = new ArrayList<>();
    if (failed != null) {
      words.add(failed);
    }
    words.addAll(counted.losses());
    taken.forEach(one -> words.add("failover: " + one));
    String all = String.join("; ", words);
    return failed == null ? "the load is not proved: " + all : all;
  }

  /** Who is in the place of whom the source lost, as far as anybody can tell. */
  private List<String> takenOver() {
    try {
      return Takeovers.between(source, Topologies.again(source));
    } catch (RedisFailure nobodyToAsk) {
      // That it is lost is said already.
      return List.of();
    }
  }

  private void mentionTurnedAway(LoadTally tally) {
    TurnedAway away = tally.turnedAway();
    if (away.all() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the cluster's nodes turned %,d of memtier_benchmark's %,d commands away (%,d MOVED,"
                  + " %,d ASK), which it counts as done and never repeats: load.csv has them as"
                  + " error replies, load_timeline.csv among the others",
              away.all(),
              tally.operations() + away.all(),
              away.moved(),
              away.asked()));
    }
  }

  private static Map<String, CommandKind> kinds(
      LoadTally tally, Function<String, Optional<CommandKind>> known) {
    Map<String, CommandKind> kinds = new TreeMap<>();
    for (String command : tally.commands()) {
      known.apply(command).ifPresent(kind -> kinds.put(command, kind));
    }
    return kinds;
  }

  private void mentionWhatIsNotToldApart(
      LoadTally tally, Map<String, CommandKind> kinds, Optional<LoadProof> proof) {
    List<String> unknown =
        tally.commands().stream().filter(command -> !kinds.containsKey(command)).toList();
    if (!unknown.isEmpty()) {
      warnings.add(
          "the source does not say (COMMAND INFO) whether "
              + String.join(", ", unknown)
              + " write: the load's writes and reads are not told apart");
    }
    List<String> scripts =
        kinds.entrySet().stream()
            .filter(entry -> entry.getValue() == CommandKind.OTHER)
            .map(Map.Entry::getKey)
            .filter(command -> command.startsWith("EVAL") || command.startsWith("FCALL"))
            .toList();
    if (!scripts.isEmpty()) {
      warnings.add(
          String.join(", ", scripts)
              + " may write: each call counts as neither a write nor a read"
              + proof
                  .filter(found -> found.writes().isPresent())
                  .map(
                      found ->
                          "; by its own counts the source carried out "
                              + found.writes().getAsLong()
                              + " write commands meanwhile, other clients' among them")
                  .orElse(""));
    }
  }

  private void mentionErrorsOfOthers(LoadTally tally, LoadProof proof) {
    Map<String, Long> refused = new TreeMap<>(tally.errorReplies());
    refused.keySet().removeAll(Cause.OF_CLUSTERS);
    long ours = refused.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> others = new TreeMap<>(proof.errors());
    others.keySet().removeAll(Cause.OF_CLUSTERS);
    long all = others.values().stream().mapToLong(Long::longValue).sum();
    // Ours are reported as such, and a few more are on their way when memtier is stopped.
    if (ours == 0 && all > 0) {
      warnings.add(
          "the source gave "
              + all
              + " error replies during the load that memtier_benchmark did not show: "
              + others
              + "; they went to other clients");
    }
  }
}
