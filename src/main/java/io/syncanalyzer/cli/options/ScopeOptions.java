package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which keys to compare. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class ScopeOptions {
  /** What TYPE prints for Redis's own types; a module's type keeps its capitals. */
  private static final Set<String> CORE =
      Set.of("string", "hash", "list", "set", "zset", "stream", "array");

  private static final String ALL = "all";

  private static final Pattern DATABASE = Pattern.compile(ALL + "|\\d{1,9}");

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

  /**
   * The keys chosen here.
   *
   * @param ofUri the database that a URI names: that one, unless {@code --db} says which
   */
  public VerifyScope scope(OptionalInt ofUri) {
    Set<String> named =
        types == null
            ? Set.of()
            : Arrays.stream(types.split(",", -1))
                .map(ScopeOptions::type)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    Integer number = database(ofUri);
    return Refusals.named(
        "--sample: ",
        () -> new VerifyScope(number, bytes(match), bytes(exclude), named, samplePercent));
  }

  private @Nullable Integer database(OptionalInt ofUri) {
    if (database == null) {
      return ofUri.isPresent() ? ofUri.getAsInt() : null;
    }
    if (!DATABASE.matcher(database).matches()) {
      throw new IllegalArgumentException("--db: `" + database + "` is neither a number nor all");
    }
    return database.equals(ALL) ? null : Integer.valueOf(database);
  }

  private static @Nullable Bytes bytes(@Nullable String glob) {
    return glob == null ? null : Bytes.utf8(glob);
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
