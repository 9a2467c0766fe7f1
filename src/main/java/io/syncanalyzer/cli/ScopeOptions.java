package io.syncanalyzer.cli;

import io.syncanalyzer.run.VerifySettings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which keys to compare. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class ScopeOptions {
  @Option(
      names = "--db",
      paramLabel = "N|all",
      description = "The database to compare, or all. Default: the URIs' own.")
  @Nullable String database;

  @Option(names = "--match", paramLabel = "GLOB", description = "Only keys that match.")
  @Nullable String match;

  @Option(names = "--exclude", paramLabel = "GLOB", description = "No key that matches.")
  @Nullable String exclude;

  @Option(
      names = "--types",
      paramLabel = "TYPE",
      split = ",",
      description = "Only keys of these types. Default: every type.")
  @Nullable List<String> types;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description =
          "Compare this share of the keys, chosen by their hash. Default: ${DEFAULT-VALUE}")
  double samplePercent;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Go on with an interrupted verification in that run folder.")
  @Nullable String resume;

  /** These settings on the keys chosen here. */
  VerifySettings applied(VerifySettings settings) {
    return settings.of(
        new VerifySettings.Scope(
            Optional.ofNullable(database),
            Optional.ofNullable(match),
            Optional.ofNullable(exclude),
            types == null ? List.of() : types,
            samplePercent));
  }
}
