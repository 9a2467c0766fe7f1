package io.syncanalyzer.cli.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What was asked for, without secrets, as run.json keeps it. */
public final class Asked {
  /**
   * From the colon after the user to the last {@code @}, for a password may hold one; but not in
   * the form that our own messages and helps show.
   */
  private static final Pattern URI_PASSWORD =
      Pattern.compile("(?i)([a-z][a-z0-9+.-]*://[^/@\\s:]*):(?!password\\]@\\])\\S*@");

  private static final Set<String> MEMTIER_SECRETS = Set.of("-a", "--authenticate");

  private Asked() {}

  /** Every option of the command and the value in effect; one without a value is left out. */
  public static Map<String, String> options(CommandSpec spec) {
    Map<String, String> all = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      Object value = option.getValue();
      if (value != null && !option.usageHelp() && !option.versionHelp()) {
        String text =
            value instanceof java.time.Duration duration
                ? DurationConverter.format(duration)
                : value.toString();
        all.put(option.longestName().replaceFirst("^--", ""), masked(text));
      }
    }
    return all;
  }

  /** The command line; passwords in URIs, and memtier's own password option, are masked. */
  public static List<String> words(List<String> arguments) {
    List<String> words = new ArrayList<>();
    boolean secretNext = false;
    for (String argument : arguments) {
      if (secretNext) {
        words.add("***");
        secretNext = false;
      } else if (MEMTIER_SECRETS.contains(argument)) {
        words.add(argument);
        secretNext = true;
      } else if (argument.startsWith("--authenticate=")) {
        words.add("--authenticate=***");
      } else if (argument.startsWith("-a") && !argument.startsWith("--") && argument.length() > 2) {
        words.add("-a***");
      } else {
        words.add(masked(argument));
      }
    }
    return words;
  }

  /** The text, each password in a URI masked. */
  static String masked(String text) {
    return URI_PASSWORD.matcher(text).replaceAll("$1:***@");
  }
}
