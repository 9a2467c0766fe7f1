package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.cli.words.InputFile;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.load.memtier.Ramp;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.run.load.LoadSettings;
import io.syncanalyzer.run.load.LoadSettings.OfJmh;
import io.syncanalyzer.run.load.LoadSettings.OfMemtier;
import io.syncanalyzer.sentinel.SentinelType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What load to put on the source, and with what. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class LoadOptions {
  @Option(
      names = "--load-engine",
      completionCandidates = Candidates.Engines.class,
      paramLabel = "ENGINE",
      description =
          "auto, memtier, jmh or none; auto takes memtier where it is found."
              + " Default: ${DEFAULT-VALUE}")
  String engine = LoadEngine.AUTO.label();

  @Option(
      names = "--memtier",
      paramLabel = "PATH",
      description = "The memtier_benchmark to run, or docker[:IMAGE]. Default: the one on PATH.")
  @Nullable String memtier;

  @Option(
      names = "--memtier-profile",
      completionCandidates = Candidates.Profiles.class,
      paramLabel = "FILE",
      description =
          "memtier's own options, one a line; a file, or one of strings, all-types,"
              + " mixed-read-write, large-values, expiring, hot-keys.")
  @Nullable String profile;

  @Option(
      names = "--load-clients",
      paramLabel = "N",
      description = "Connections of each load thread. Default: the profile's.")
  @Nullable Integer clients;

  @Option(
      names = "--load-threads",
      paramLabel = "N",
      description = "Threads of the load. Default: the profile's.")
  @Nullable Integer threads;

  @Option(
      names = "--load-pipeline",
      paramLabel = "N",
      description = "Commands in flight on a connection. Default: the profile's.")
  @Nullable Integer pipeline;

  @Option(
      names = "--load-rate",
      paramLabel = "N",
      description =
          "Commands per second in all, an open loop; reads of a load that has any are among"
              + " them. Default: as fast as it goes.")
  @Nullable Long rate;

  @Option(
      names = "--ramp",
      paramLabel = "FROM:TO:STEP:EVERY",
      description = "Step the total rate, such as 1000:5000:1000:10s; each step is a row.")
  @Nullable String ramp;

  @Option(
      names = "--load-value-size",
      paramLabel = "BYTES",
      description = "Value size of the jmh engine. Default: its own.")
  @Nullable Integer valueSize;

  @Option(
      names = "--load-keys",
      paramLabel = "N",
      description = "How many keys the jmh engine spreads over. Default: its own.")
  @Nullable Long keys;

  @Option(
      names = "--load-read-share",
      paramLabel = "PERCENT",
      description = "Reads among the jmh engine's commands. Default: 0.")
  @Nullable Integer readShare;

  @Option(
      names = "--load-types",
      completionCandidates = Candidates.Types.class,
      paramLabel = "TYPE[,TYPE...]",
      description = "What the jmh engine writes. Default: string,hash,list,set,zset,stream")
  @Nullable String types;

  /** The same, checked; {@code passThrough} is what follows {@code --}. */
  public LoadSettings settings(List<String> passThrough) {
    if (profile != null) {
      InputFile.checkLasting("--memtier-profile", profile);
    }
    LoadEngine who = Refusals.named("--load-engine: ", () -> LoadEngine.of(engine));
    OfMemtier memtiers =
        new OfMemtier(
            memtier == null ? new MemtierLocation.OnPath() : MemtierLocation.parse(memtier),
            Optional.ofNullable(profile),
            of(clients),
            passThrough);
    List<SentinelType> written =
        types == null ? List.of() : LagOptions.sentinelTypes("--load-types", types);
    OfJmh jmhs =
        Refusals.named(
            "--load-read-share: ",
            () -> new OfJmh(of(valueSize), of(keys), of(readShare), written));
    Optional<Ramp> steps =
        Optional.ofNullable(ramp).map(text -> Refusals.named("--ramp: ", () -> Ramp.parse(text)));
    return new LoadSettings(who, of(threads), of(pipeline), of(rate), steps, memtiers, jmhs);
  }

  private static OptionalInt of(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** What was given, as the requests have it; empty = it was not. */
  static OptionalLong of(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
