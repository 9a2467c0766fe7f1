package io.syncanalyzer.load.memtier;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a memtier_benchmark can do, as it says itself: a build may call itself version 255.255.255,
 * so its version only names it.
 *
 * @param version as it prints it
 * @param options every option of its help, long and short, with dashes
 * @param joinedKeys whether {@code __key__} may be joined to other text in {@code --command}
 * @param zipf whether keys may be chosen by Zipf's law (pattern {@code Z})
 */
public record MemtierFeatures(
    String version, Set<String> options, boolean joinedKeys, boolean zipf) {
  private static final Pattern VERSION = Pattern.compile("memtier_benchmark\\s+(?:v=)?(\\S+)");
  private static final Pattern OPTION =
      Pattern.compile("(?m)^\\s*(-[A-Za-z0-9])?,?\\s*(--[a-z][a-z0-9-]*)?(?=[\\s=]|$)");

  public MemtierFeatures {
    options = Set.copyOf(options);
  }

  boolean has(String option) {
    return options.contains(option);
  }

  /** Whether these texts are memtier's at all. */
  static boolean isMemtier(String versionText, String help) {
    return VERSION.matcher(versionText).find() && help.contains("Usage: memtier_benchmark");
  }

  /**
   * Reads the features.
   *
   * @param versionText what {@code --version} printed
   * @param help what {@code --help} printed
   * @param refusal what it printed when given {@link #JOINED_KEY_QUESTION}
   */
  public static MemtierFeatures read(String versionText, String help, String refusal) {
    Matcher version = VERSION.matcher(versionText);
    Set<String> options = new TreeSet<>();
    Matcher option = OPTION.matcher(help);
    while (option.find()) {
      for (int group = 1; group <= 2; group++) {
        if (option.group(group) != null) {
          options.add(option.group(group));
        }
      }
    }
    return new MemtierFeatures(
        version.find() ? version.group(1) : "unknown",
        options,
        refusal.contains("data placeholder"),
        help.contains("Z for zipf"));
  }

  /**
   * Arguments that every version refuses before it connects: one that cannot join a key to other
   * text complains of the key, one that can complains of the data.
   */
  static final java.util.List<String> JOINED_KEY_QUESTION =
      java.util.List.of("--command=SET a:__key__ x", "--command=SET __key__ a:__data__");
}
