package io.syncanalyzer.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What an option is when the command line does not say: {@code ANALYZER_<OPTION>} in the
 * environment, else the option's own line in the {@code --config} file, else its built-in default.
 *
 * <p>{@code --sentinel-rate} is {@code ANALYZER_SENTINEL_RATE} there and {@code sentinel-rate}
 * here.
 */
final class DefaultValues implements IDefaultValueProvider {
  private static final Set<String> NEVER = Set.of("help", "version", "config");

  private final Map<String, String> environment;
  private final Properties file;

  DefaultValues(Map<String, String> environment, Properties file) {
    this.environment = Map.copyOf(environment);
    this.file = file;
  }

  /**
   * Reads a properties file of options.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--config: cannot read " + file + " as a properties file (" + e.getMessage() + ")", e);
    }
    return properties;
  }

  /** The names in the file that are no option of any command. */
  Set<String> unknownIn(Set<String> known) {
    Set<String> unknown = new java.util.TreeSet<>(file.stringPropertyNames());
    unknown.removeAll(known);
    return unknown;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = option.longestName().replaceFirst("^--", "");
    if (NEVER.contains(name)) {
      return null;
    }
    String variable = "ANALYZER_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String fromEnvironment = environment.get(variable);
    return fromEnvironment != null && !fromEnvironment.isEmpty()
        ? fromEnvironment
        : file.getProperty(name);
  }
}
