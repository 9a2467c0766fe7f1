package io.syncanalyzer.run;

import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.topology.ReplicaRole;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.run.capacity.CapacityRequest;
import io.syncanalyzer.run.capacity.EarlierSearch;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.run.lag.Limits;
import io.syncanalyzer.run.load.LoadJob;
import io.syncanalyzer.run.load.LoadSettings;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.verify.InitialVerify;
import io.syncanalyzer.run.verify.Resumption;
import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.verify.attempt.VerifySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run would do, said instead of done: {@code --dry-run}. */
public final class Plan {
  private Plan() {}

  /**
   * Says what {@code load-and-verify} would do. Nothing is connected to or written; what a run
   * checks before it does anything is checked here too, and a memtier_benchmark is asked whether it
   * takes its arguments.
   */
  public static void print(RunContext context, LoadAndVerifyRequest request) {
    EngineChoice engine = LoadAndVerify.check(context, request);
    StringBuilder plan = new StringBuilder();
    servers(plan, request.servers());
    LagRequest lag = request.lag();
    line(plan, "look at both sides; refuse a source that is a replica, or a replica of another");
    foreign(plan);
    if (request.initialVerify() != InitialVerify.OFF) {
      line(
          plan,
          "compare both sides before anything is written: " + request.initialVerify().label());
    }
    sentinels(plan, lag, request.output());
    load(plan, context, request.load(), engine, request.servers());
    line(plan, "watch every sentinel arrive on the replica (reads only)");
    line(plan, "wait for the replica to catch up: fence " + fence(request.verify()));
    line(plan, "compare every key of both sides (reads only)");
    line(
        plan,
        request.ending().keep() ? "leave the sentinels" : "remove the sentinels; the load stays");
    end(context.console(), plan, request.output());
  }

  /** Says what {@code load} would do. */
  public static void print(
      RunContext context,
      ServersRequest servers,
      RunOutput output,
      LoadSettings settings,
      Optional<Duration> duration) {
    EngineChoice engine = LoadOnly.check(context, servers, settings, duration);
    StringBuilder plan = new StringBuilder();
    servers(plan, servers);
    line(plan, "refuse a source that is itself a replica");
    foreign(plan);
    load(plan, context, settings, engine, servers);
    end(context.console(), plan, output);
  }

  /** Says what {@code verify} would do. */
  public static void print(
      RunContext context,
      ServersRequest servers,
      RunOutput output,
      VerifySettings settings,
      Optional<String> resume) {
    StringBuilder plan = new StringBuilder();
    servers(plan, servers);
    line(plan, "compare keys of both sides (reads only)");
    line(plan, "prove that the replica has caught up: fence " + fence(settings));
    if (resume.isEmpty()) {
      end(context.console(), plan, output);
    } else {
      ended(context.console(), plan, Resumption.folder(output, resume.get()).path());
    }
  }

  /** Says what {@code probe} would do. */
  public static void print(
      RunContext context,
      ServersRequest servers,
      RunOutput output,
      LagRequest lag,
      Limits limits,
      boolean keep) {
    ProbeOnly.check(servers, lag, limits);
    StringBuilder plan = new StringBuilder();
    servers(plan, servers);
    line(plan, "refuse a source that is a replica, or a replica of another");
    foreign(plan);
    if (!lag.idle().isZero()) {
      line(
          plan,
          String.format(
              Locale.ROOT,
              "measure the probe's floor first, by sentinels looked for on the source, for %.1f s",
              lag.idle().toMillis() / 1e3));
    }
    sentinels(plan, lag, output);
    line(plan, "watch every sentinel arrive on the replicas (reads only)");
    line(plan, keep ? "leave the sentinels" : "remove the sentinels as they are seen");
    end(context.console(), plan, output);
  }

  /** Says what {@code capacity} would do. */
  public static void print(RunContext context, CapacityRequest request) {
    EngineChoice engine = Capacity.check(context, request);
    StringBuilder plan = new StringBuilder();
    servers(plan, request.servers());
    line(plan, "refuse a source that is a replica, or a replica of another");
    foreign(plan);
    load(plan, context, request.load().withRate(request.firstRate()), engine, request.servers());
    line(plan, request.words());
    sentinels(plan, request.lag(), request.output());
    line(plan, "watch every sentinel arrive on the replica (reads only)");
    line(
        plan,
        "wait for the replica to catch up before each trial: fence "
            + request.trials().fence().label());
    line(plan, request.keep() ? "leave the sentinels" : "remove the sentinels; the load stays");
    EarlierSearch.of(request)
        .ifPresentOrElse(
            earlier -> ended(context.console(), plan, earlier.folder().path()),
            () -> end(context.console(), plan, request.output()));
  }

  private static void foreign(StringBuilder plan) {
    line(plan, "refuse where keys of others lie among those that would be written");
  }

  private static void end(Console console, StringBuilder plan, RunOutput output) {
    RunFolder.check(output.results(), output.runId());
    ended(console, plan, folder(output));
  }

  private static void ended(Console console, StringBuilder plan, Path folder) {
    line(plan, "write the results to " + folder);
    plan.append("Nothing of this was done: --dry-run.").append(System.lineSeparator());
    console.result(plan.toString());
    console.close();
  }

  private static void sentinels(StringBuilder plan, LagRequest lag, RunOutput output) {
    line(
        plan,
        String.format(
            Locale.ROOT,
            "write %,.0f sentinels per second (%s) to the source as %s, for %s and %d s of warm-up",
            lag.rate(),
            String.join(", ", lag.types().stream().map(type -> type.label()).toList()),
            KeyPrefix.ofRun(output.runId().orElse("<run>")) + "…",
            lag.duration().map(time -> time.toSeconds() + " s").orElse("as long as it is let"),
            lag.warmup().toSeconds()));
  }

  private static void servers(StringBuilder plan, ServersRequest servers) {
    if (servers.shards().isPresent()) {
      int shards = servers.shards().getAsInt();
      line(
          plan,
          "start a Redis Cluster of our own, of "
              + (shards == 1 ? "a primary" : shards + " primaries")
              + " with a replica each, on ports from "
              + servers.source().port()
              + " and "
              + servers.replicas().get(0).port()
              + " on (or free ones), and end it");
      return;
    }
    if (servers.embedded()) {
      line(
          plan,
          "start a source and a replica of our own on ports "
              + servers.source().port()
              + " and "
              + servers.replicas().get(0).port()
              + " (or free ones), and end them");
      return;
    }
    line(plan, "use the " + servers.source() + taken(servers.wishes().source()));
    servers
        .replicas()
        .forEach(replica -> line(plan, "use the " + replica + taken(servers.wishes().replica())));
    if (servers.wishes().role() != ReplicaRole.AUTO) {
      line(plan, "of a replica that is a cluster compare each " + servers.wishes().role().label());
    }
  }

  private static String taken(TopologyChoice choice) {
    return switch (choice) {
      case AUTO -> "";
      case SINGLE -> ", taken for one server";
      case CLUSTER -> ", which must be a Redis Cluster";
    };
  }

  private static void load(
      StringBuilder plan,
      RunContext context,
      LoadSettings settings,
      EngineChoice chosen,
      ServersRequest servers) {
    Topology source = assumed(servers);
    EngineChoice choice =
        LoadJob.fitted(settings, chosen, context.path(), source, Optional.empty());
    line(
        plan,
        "write load to the source"
            + (source.cluster() ? ", each key to its slot's primary (cluster mode)," : "")
            + " under "
            + KeyPrefix.LOAD
            + "… by "
            + choice.engine().label()
            + " ("
            + choice.why()
            + ")");
    LoadJob.warningsAhead(settings, choice, source).forEach(text -> line(plan, "warning: " + text));
  }

  /** What the source is taken for without asking it: a cluster where one is demanded. */
  private static Topology assumed(ServersRequest servers) {
    Endpoint seed = servers.source();
    if (servers.wishes().source() != TopologyChoice.CLUSTER) {
      return Topology.single(seed);
    }
    Origin node =
        new Origin.Node(Origin.Part.PRIMARY, List.of(seed.address()), servers.wishes().nodes());
    return new Topology(seed, true, List.of(new Shard(seed.from(node), List.of(), SlotSet.ALL)));
  }

  private static String fence(VerifySettings settings) {
    return settings.settling().fence().label()
        + "; where offsets do not tell, by a key written to the source and removed again";
  }

  private static Path folder(RunOutput output) {
    return output.results().resolve(output.runId().orElse("<UTC time>"));
  }

  private static void line(StringBuilder plan, String text) {
    plan.append("- ").append(text).append(System.lineSeparator());
  }
}
