package io.syncanalyzer.load.memtier;

import io.syncanalyzer.load.memtier.LoadProfile.Option;
import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The names of the keys that a load by memtier_benchmark writes, as its options say. */
public final class LoadKeys {
  private static final String PLACEHOLDER = "__key__";

  private final List<Name> names;

  /** What stands around the number. */
  private record Name(String before, String after, Pattern pattern) {
    Name(String before, String after) {
      this(before, after, Pattern.compile(form(before, after)));
    }

    private static String form(String before, String after) {
      return Pattern.quote(before) + "\\d{1,20}" + Pattern.quote(after);
    }

    /** One in braces is written without them by a memtier that cannot join (CommandGroups). */
    static Name inBraces(String before, String prefix, String after) {
      return new Name(
          before + "{" + prefix,
          "}" + after,
          Pattern.compile(
              form(before + "{" + prefix, "}" + after) + "|" + form(before + prefix, after)));
    }
  }

  private LoadKeys(List<Name> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Those of a load.
   *
   * @throws IllegalArgumentException if its profile cannot be read
   */
  public static LoadKeys of(LoadRequest request) {
    List<Option> options = new ArrayList<>(LoadProfile.of(request.profile()).options());
    options.addAll(MemtierOptions.ofArguments(request.passThrough(), "after --").list());
    MemtierOptions all = new MemtierOptions(options);
    String prefix = all.value("--key-prefix").orElse("memtier-");
    List<Name> names = new ArrayList<>();
    for (Option option : options) {
      if (option.name().equals("--command")) {
        for (String word : option.value().orElse("").split(" ", -1)) {
          int at = word.indexOf(PLACEHOLDER);
          if (at >= 0) {
            String before = word.substring(0, at);
            String after = word.substring(at + PLACEHOLDER.length());
            names.add(
                before.endsWith("{") && after.startsWith("}")
                    ? Name.inBraces(
                        before.substring(0, before.length() - 1), prefix, after.substring(1))
                    : new Name(before + prefix, after));
          }
        }
      }
    }
    if (names.isEmpty()) {
      names.add(new Name(prefix, ""));
    }
    return new LoadKeys(names);
  }

  /** Whether the load writes a key of that name. */
  public boolean has(Bytes key) {
    String text = key.asUtf8();
    return names.stream().anyMatch(name -> name.pattern().matcher(text).matches());
  }

  /** One name of each kind that it writes. */
  public List<Bytes> examples() {
    return names.stream().map(name -> Bytes.utf8(name.before() + 1 + name.after())).toList();
  }
}
