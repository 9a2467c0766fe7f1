package io.syncanalyzer.load.memtier;

import io.syncanalyzer.load.memtier.CommandGroups.Group;
import io.syncanalyzer.load.memtier.LoadProfile.Option;
import io.syncanalyzer.load.memtier.MemtierPlan.Launch;
import io.syncanalyzer.load.memtier.MemtierPlan.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes one plan: what the profile, the options and what follows {@code --} come to for this
 * memtier. What it gives differently from what was asked becomes a warning of the plan.
 */
final class MemtierPlanner {
  /** memtier's own value where neither profile nor option gives one. */
  private static final int DEFAULT_THREADS = 4;

  private static final int DEFAULT_CLIENTS = 50;

  private final LoadRequest request;
  private final LoadProfile profile;
  private final MemtierFeatures features;
  private final MemtierOptions passThrough;
  private final Set<String> warnings = new LinkedHashSet<>();

  MemtierPlanner(LoadRequest request, LoadProfile profile, MemtierFeatures features) {
    this.request = request;
    this.profile = profile;
    this.features = features;
    this.passThrough = MemtierOptions.ofArguments(request.passThrough(), "after --");
  }

  MemtierPlan plan() {
    ClusterMode.hindrance(request.source(), features)
        .ifPresent(
            why -> {
              throw new LoadFailure(why + "; " + ClusterMode.INSTEAD);
            });
    MemtierOptions options = new MemtierOptions(profile.options());
    options.refuseOurs(profile.name());
    substituteZipf(options);
    options.refuseUnknown(profile.name(), features);
    // One cut short would reach memtier unseen, for it takes --por for --port.
    passThrough.refuseUnknown("after --", features);
    refuseRates();
    Duration expected = setLength(options);
    request.clients().ifPresent(n -> options.set("--clients", n));
    request.threads().ifPresent(n -> options.set("--threads", n));
    request.pipeline().ifPresent(n -> options.set("--pipeline", n));
    if (features.has("--print-percentiles")
        && !options.has("--print-percentiles")
        && !passThrough.has("--print-percentiles")) {
      options.set("--print-percentiles", "50,90,99,99.9");
    }
    boolean rated = request.rate().isPresent() || request.ramp().isPresent();
    if (rated && !features.has("--rate-limiting")) {
      throw new LoadFailure(
          "memtier_benchmark "
              + features.version()
              + " has no --rate-limiting, so it cannot keep a rate; use 2.1.0 or later, or leave"
              + " out --load-rate and --ramp");
    }
    List<Stage> stages = new ArrayList<>();
    if (request.ramp().isPresent()) {
      int step = 0;
      for (long rate : request.ramp().get().rates()) {
        stages.add(stage(options, expected, OptionalInt.of(++step), OptionalLong.of(rate)));
      }
    } else {
      stages.add(stage(options, expected, OptionalInt.empty(), request.rate()));
    }
    return new MemtierPlan(List.copyOf(stages), Set.copyOf(warnings));
  }

  /** Sets how long it lasts, in time or requests, and says so. */
  private Duration setLength(MemtierOptions options) {
    Optional<Duration> asked = request.ramp().map(Ramp::every).or(request::duration);
    if (passThrough.has("--requests") || passThrough.has("--test-time")) {
      refuseBoth(passThrough, "after --", asked);
      if (asked.isPresent()) {
        throw new IllegalArgumentException(
            "after --: both --test-time and "
                + (request.ramp().isPresent() ? "--ramp" : "--duration")
                + " say how long the load lasts; leave --test-time out");
      }
      options.remove("--requests");
      options.remove("--test-time");
      return Duration.ofSeconds(passThrough.number("--test-time", 0)).multipliedBy(runs(options));
    }
    refuseBoth(options, profile.name(), asked);
    if (options.has("--requests")) {
      return Duration.ZERO;
    }
    if (asked.isPresent() || !options.has("--test-time")) {
      Duration duration = asked.orElse(LoadRequest.DEFAULT_DURATION);
      long seconds = Math.max(1, duration.plusMillis(999).toSeconds());
      if (!Duration.ofSeconds(seconds).equals(duration)) {
        warnings.add(
            "memtier_benchmark counts whole seconds: it loads for "
                + seconds
                + " s, not "
                + duration.toMillis()
                + " ms");
      }
      options.set("--test-time", seconds);
    }
    return Duration.ofSeconds(options.number("--test-time", 1)).multipliedBy(runs(options));
  }

  /** Whoever limits the rate of a connection as well would get another rate than asked for. */
  private void refuseRates() {
    boolean rated = request.rate().isPresent() || request.ramp().isPresent();
    if (rated && passThrough.has("--rate-limiting")) {
      throw new IllegalArgumentException(
          "after --: both --rate-limiting and "
              + (request.ramp().isPresent() ? "--ramp" : "--load-rate")
              + " say how fast to write; give one");
    }
  }

  private void refuseBoth(MemtierOptions options, String where, Optional<Duration> asked) {
    if (!options.has("--requests")) {
      return;
    }
    String other =
        options.has("--test-time")
            ? "--test-time"
            : request.ramp().isPresent() ? "--ramp" : "--duration";
    if (options.has("--test-time") || asked.isPresent()) {
      throw new IllegalArgumentException(
          where
              + ": both a number of requests (-n) and "
              + other
              + " say how long the load lasts; give one"
              + (other.equals("--duration")
                  ? " (load-and-verify has a --duration where none is given, too: there leave -n"
                      + " out)"
                  : ""));
    }
  }

  private int runs(MemtierOptions options) {
    return passThrough.number("--run-count", options.number("--run-count", 1));
  }

  /** An older memtier chooses its hot keys by a bell curve instead. */
  private void substituteZipf(MemtierOptions options) {
    String pattern = options.value("--key-pattern").orElse("");
    if (features.zipf() || !pattern.contains("Z")) {
      return;
    }
    long range = Math.max(100, options.number("--key-maximum", 10_000_000));
    options.set("--key-pattern", pattern.replace('Z', 'G'));
    options.set("--key-stddev", range / 100);
    options.remove("--key-zipf-exp");
    warnings.add(
        "memtier_benchmark "
            + features.version()
            + " knows no Zipf distribution: the hot keys lie under a bell curve of "
            + range / 100
            + " keys standard deviation instead");
  }

  private Stage stage(
      MemtierOptions options, Duration expected, OptionalInt step, OptionalLong rate) {
    List<Option> list = options.list();
    int runs = runs(options);
    if (features.joinedKeys() || !CommandGroups.needed(list)) {
      MemtierOptions own = new MemtierOptions(list);
      rate.ifPresent(total -> setRate(own, total, threads(own), clients(own)));
      return new Stage(step, rate, expected, List.of(launch("", own, runs)));
    }
    List<Group> groups = CommandGroups.split(list, features.version());
    int connections = threads(options) * clients(options);
    int weights = groups.stream().mapToInt(Group::weight).sum();
    warnings.add(
        "memtier_benchmark "
            + features.version()
            + " cannot join __key__ to other text: the same load runs as "
            + groups.size()
            + " processes, one a type, with a share of the "
            + connections
            + " connections each");
    List<Launch> launches = new ArrayList<>();
    for (Group group : groups) {
      MemtierOptions own = new MemtierOptions(group.options());
      int clients = Math.max(1, (int) Math.round((double) connections * group.weight() / weights));
      own.set("--threads", 1);
      own.set("--clients", clients);
      rate.ifPresent(
          total -> setRate(own, Math.max(1, total * group.weight() / weights), 1, clients));
      launches.add(launch(launches.isEmpty() ? "" : group.label(), own, runs));
    }
    return new Stage(step, rate, expected, List.copyOf(launches));
  }

  private Launch launch(String label, MemtierOptions own, int runs) {
    List<String> arguments = new ArrayList<>(own.arguments());
    arguments.addAll(request.passThrough());
    return new Launch(label, List.copyOf(arguments), runs);
  }

  private void setRate(MemtierOptions own, long total, int threads, int clients) {
    RateSplit split = RateSplit.of(total, threads, clients);
    if ((passThrough.has("--threads") && split.threads() != threads)
        || (passThrough.has("--clients") && split.clients() != clients)) {
      // What stands after -- is what memtier takes, whatever is worked out here.
      throw new IllegalArgumentException(
          "after --: a rate of "
              + total
              + "/s cannot be divided over "
              + threads
              + " threads of "
              + clients
              + " connections; give --load-threads and --load-clients, which are fitted to it");
    }
    own.set("--threads", split.threads());
    own.set("--clients", split.clients());
    own.set("--rate-limiting", split.perConnection());
    if (split.off(total) > 0.005) {
      warnings.add(
          "a rate of "
              + total
              + "/s does not divide over connections as memtier_benchmark wants it: it will be "
              + split.effective()
              + "/s");
    }
  }

  private int threads(MemtierOptions options) {
    return passThrough.number("--threads", options.number("--threads", DEFAULT_THREADS));
  }

  private int clients(MemtierOptions options) {
    return passThrough.number("--clients", options.number("--clients", DEFAULT_CLIENTS));
  }
}
