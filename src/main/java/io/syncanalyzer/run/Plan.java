package io.syncanalyzer.run;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.report.Console;
import io.syncanalyzer.sentinel.KeyPrefix;
import java.nio.file.Path;
import java.util.Locale;

/** What a run would do, said instead of done: {@code --dry-run}. */
public final class Plan {
  private Plan() {}

  /** Says what {@code load-and-verify} would do; nothing is started, connected to or written. */
  public static void print(Console console, LoadAndVerifyRequest request, String path) {
    StringBuilder plan = new StringBuilder();
    servers(plan, request.servers());
    LagRequest lag = request.lag();
    line(plan, "look at both sides; refuse a source that is a replica, or a replica of another");
    if (request.initialVerify() != InitialVerify.OFF) {
      line(
          plan,
          "compare both sides before anything is written: " + request.initialVerify().label());
    }
    sentinels(plan, lag, request.output());
    load(plan, request.load(), path, request.servers().source());
    line(plan, "watch every sentinel arrive on the replica (reads only)");
    line(plan, "wait for the replica to catch up: fence " + fence(request));
    line(plan, "compare every key of both sides (reads only)");
    line(plan, request.keep() ? "leave the sentinels" : "remove the sentinels; the load stays");
    end(console, plan, request.output());
  }

  /** Says what {@code load} would do. */
  public static void print(
      Console console,
      ServersRequest servers,
      RunOutput output,
      LoadSettings settings,
      String path) {
    StringBuilder plan = new StringBuilder();
    servers(plan, servers);
    line(plan, "refuse a source that is itself a replica");
    load(plan, settings, path, servers.source());
    end(console, plan, output);
  }

  /** Says what {@code probe} would do. */
  public static void print(
      Console console, ServersRequest servers, RunOutput output, LagRequest lag, boolean keep) {
    StringBuilder plan = new StringBuilder();
    servers(plan, servers);
    line(plan, "refuse a source that is a replica, or a replica of another");
    sentinels(plan, lag, output);
    line(plan, "watch every sentinel arrive on the replicas (reads only)");
    line(plan, keep ? "leave the sentinels" : "remove the sentinels as they are seen");
    end(console, plan, output);
  }

  private static void end(Console console, StringBuilder plan, RunOutput output) {
    line(plan, "write the results to " + folder(output));
    plan.append("Nothing of this was done: --dry-run.").append(System.lineSeparator());
    console.result(plan.toString());
    console.close();
  }

  private static void sentinels(StringBuilder plan, LagRequest lag, RunOutput output) {
    line(
        plan,
        String.format(
            Locale.ROOT,
            "write %,d sentinels per second (%s) to the source as %s, for %s and %d s of warm-up",
            lag.rate(),
            String.join(", ", lag.types().stream().map(type -> type.label()).toList()),
            KeyPrefix.ofRun(output.runId().orElse("<run>")) + "…",
            lag.duration().map(time -> time.toSeconds() + " s").orElse("as long as it is let"),
            lag.warmup().toSeconds()));
  }

  private static void servers(StringBuilder plan, ServersRequest servers) {
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
    line(plan, "use the " + servers.source());
    servers.replicas().forEach(replica -> line(plan, "use the " + replica));
  }

  private static void load(
      StringBuilder plan, LoadSettings settings, String path, Endpoint source) {
    var choice = LoadJob.choose(settings, path, source);
    line(
        plan,
        "write load to the source under "
            + KeyPrefix.LOAD
            + "… by "
            + choice.engine().label()
            + " ("
            + choice.why()
            + ")");
  }

  private static String fence(LoadAndVerifyRequest request) {
    return request.verify().settling().fence().label()
        + "; where offsets do not tell, by a key written to the source and removed again";
  }

  private static Path folder(RunOutput output) {
    return output.results().resolve(output.runId().orElse("<UTC time>"));
  }

  private static void line(StringBuilder plan, String text) {
    plan.append("- ").append(text).append(System.lineSeparator());
  }
}
