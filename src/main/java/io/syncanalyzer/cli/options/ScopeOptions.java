package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.run.verify.VerifySettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which keys to compare. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class ScopeOptions {
  /** What TYPE prints for Redis's own types; a module's type keeps its capitals. */
  private static final Set<String> CORE = Set.of("string", "hash", "list", "set", "zset", "stream");

  private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z0-9_-]+");

  @Option(
      names = "--db",
      completionCandidates = Candidates.Databases.class,
      paramLabel = "N|all",
      description =
          "The database to compare, or all. Default: the one that a URI names, else every database"
              + " that holds keys on either side.")
  @Nullable String database;

  @Option(names = "--match", paramLabel = "GLOB", description = "Only keys that match.")
  @Nullable String match;

  @Option(names = "--exclude", paramLabel = "GLOB", description = "No key that matches.")
  @Nullable String exclude;

  @Option(
      names = "--types",
      completionCandidates = Candidates.Types.class,
      paramLabel = "TYPE[,TYPE...]",
      description = "Only keys of these types. Default: every type.")
  @Nullable String types;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description =
          "Compare this share of the keys, chosen by their hash. Default: ${DEFAULT-VALUE}")
  double samplePercent;

  @Option(
      names = "--resume",
      completionCandidates = Candidates.Runs.class,
      paramLabel = "RUN",
      description = "Go on with an interrupted verification in that run folder.")
  public @Nullable String resume;

  /** These settings on the keys chosen here. */
  public VerifySettings applied(VerifySettings settings) {
    return settings.of(
        new VerifySettings.Scope(
            Optional.ofNullable(database),
            Optional.ofNullable(match),
            Optional.ofNullable(exclude),
            types == null
                ? List.of()
                : Arrays.stream(types.split(",", -1)).map(ScopeOptions::type).toList(),
            samplePercent));
  }

  /** A type as TYPE prints it; a name that TYPE never prints would leave every key out, unsaid. */
  private static String type(String typed) {
    String name = typed.strip();
    if (!TYPE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--types: `"
              + name
              + "` is no name of a type; use those that TYPE prints, such as string,hash");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return CORE.contains(lower) ? lower : name;
  }
}
