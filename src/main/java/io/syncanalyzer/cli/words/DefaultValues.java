package io.syncanalyzer.cli.words;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option is when the command line does not say: {@code ANALYZER_<OPTION>} in the
 * environment, else the option's own line in the {@code --config} file, else its built-in default.
 *
 * <p>{@code --sentinel-rate} is {@code ANALYZER_SENTINEL_RATE} there and {@code sentinel-rate}
 * here.
 */
public final class DefaultValues implements IDefaultValueProvider {
  private static final Set<String> NEVER = Set.of("help", "version", "config");

  private final Map<String, String> environment;
  private final Properties file;
  private final Set<String> given;

  /**
   * @param given the long names of the options that the command line gives. They have no default:
   *     picocli takes a flag for the opposite of its default, so that {@code --json} beside {@code
   *     ANALYZER_JSON=true} would mean false
   */
  public DefaultValues(Map<String, String> environment, Properties file, Set<String> given) {
    this.environment = Map.copyOf(environment);
    this.file = file;
    this.given = Set.copyOf(given);
  }

  /**
   * Reads a properties file of options.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static Properties read(String file) {
    Properties properties = new Properties();
    try {
      Reader text = new StringReader(InputFile.text("--config", file));
      try {
        properties.load(text);
      } catch (IllegalArgumentException e) {
        throw unread(file, e);
      }
    } catch (InvalidPathException e) {
      throw OneLineErrors.unnameable("--config: ", file, e);
    } catch (IOException e) {
      throw unread(file, e);
    }
    return properties;
  }

  private static IllegalArgumentException unread(String file, Exception e) {
    return new IllegalArgumentException(
        "--config: cannot read " + file + " as a properties file (" + e.getMessage() + ")", e);
  }

  /** The names in a file that are no option of any command. */
  public static Set<String> unknownIn(Properties file, Set<String> known) {
    Set<String> unknown = new TreeSet<>(file.stringPropertyNames());
    unknown.removeAll(known);
    return unknown;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || given.contains(option.longestName())) {
      return null;
    }
    String name = option.longestName().replaceFirst("^--", "");
    return NEVER.contains(name) ? null : value(name);
  }

  /** What an option is, by its name without dashes; null where nobody says. */
  public @Nullable String value(String name) {
    String fromEnvironment = environment.get(variable(name));
    return fromEnvironment != null && !fromEnvironment.isEmpty()
        ? fromEnvironment
        : file.getProperty(name);
  }

  /** Whether anyone gives the option: the command line, the environment or the file. */
  public static boolean isGiven(CommandSpec spec, String longName) {
    OptionSpec option = spec.findOption(longName);
    return spec.commandLine().getParseResult().hasMatchedOption(longName)
        || (option != null
            && spec.defaultValueProvider() instanceof DefaultValues values
            && values.defaultValue(option) != null);
  }

  /** What the option is given as, word for word, by the line, the environment or the file. */
  public static Optional<String> text(CommandSpec spec, String longName) {
    OptionSpec option = spec.findOption(longName);
    if (option == null) {
      return Optional.empty();
    }
    List<String> words = option.originalStringValues();
    if (spec.commandLine().getParseResult().hasMatchedOption(longName) && !words.isEmpty()) {
      return Optional.of(words.get(words.size() - 1));
    }
    return spec.defaultValueProvider() instanceof DefaultValues values
        ? Optional.ofNullable(values.defaultValue(option))
        : Optional.empty();
  }

  /** Where a value in effect that the command line does not give comes from, for messages. */
  Optional<String> origin(OptionSpec option) {
    if (defaultValue(option) == null) {
      return Optional.empty();
    }
    String variable = variable(option.longestName().replaceFirst("^--", ""));
    return Optional.of(
        environment.getOrDefault(variable, "").isEmpty() ? "the --config file" : variable);
  }

  /** {@code ANALYZER_SENTINEL_RATE} of {@code sentinel-rate}. */
  public static String variable(String name) {
    return EnvironmentNames.PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
