package io.syncanalyzer.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands on a screen, with what varies replaced: the names that a test gives (ports, folders),
 * and figures with a unit of time, size or rate. Every other number stays.
 */
final class MaskedText {
  private static final String NUMBER = "[\\d][\\d.,]*";

  /** In this order. */
  private static final Map<Pattern, String> RULES = rules();

  private static final Pattern PROGRESS =
      Pattern.compile("[\\w -]+: ( *\\d+ %  .*|.* outstanding|load .* commands/s.*)");
  private static final Pattern LAST =
      Pattern.compile("(floor|baseline|load|probe|drain): <time>(, .*)?");
  private static final Pattern LAGS = Pattern.compile(NUMBER + " \\.\\. " + NUMBER);
  private static final Pattern REMOVED = Pattern.compile("\\d+ sentinels? removed");
  private static final Pattern SAMPLE =
      Pattern.compile("( {9})(missing|extra|type differs|value differs|expiry differs)[\\w ]*: .*");
  private static final String INDENT = " ".repeat(9);

  private final Map<String, String> names;

  /**
   * Masks.
   *
   * @param names what to put in place of what is this run's own, such as its ports
   */
  MaskedText(Map<String, String> names) {
    this.names = new LinkedHashMap<>(names);
  }

  private static Map<Pattern, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "<instant>");
    // The bundled server's, which another kind of processor has another of.
    rules.put("Redis \\d+\\.\\d+\\.\\d+", "Redis <version>");
    rules.put("\\banalyzer \\d[\\w.+-]*\\w", "analyzer <version>");
    rules.put("\\bid [0-9a-f]{8}\\b", "id <id>");
    rules.put("\\boffset \\d+ >= \\d+", "offset <offset> >= <offset>");
    rules.put("\\boffset \\d+", "offset <offset>");
    // A fence is passed for each look, and how many there are depends on what came meanwhile.
    rules.put("passed \\d+ times?", "passed <n> times");
    rules.put("\\bfence:[0-9a-f-]{36}\\b", "fence:<uuid>");
    // What narrows the band of an episode depends on what was measured.
    rules.put(", but no wider than (the limits|\\d+ times the floor)", "");
    rules.put(NUMBER + " (ns|us|ms|s)\\b", "<time>");
    // How a lag is told depends on how near to the floor it is.
    rules.put("lag (between [\\d.,<time>]+ and <time>|at the floor \\([^)]*\\))", "lag <bounds>");
    rules.put(NUMBER + " (B|KiB|MiB|GiB)(?![\\w/])", "<size>");
    // A unit that stands alone is none.
    rules.put("(?<= )" + NUMBER + "( writes| commands| sent)?/s", "<rate>$1/s");
    rules.put("\\(" + NUMBER + " times\\)", "(<n> times)");
    // The load's count: it goes as fast as it can.
    rules.put("(/s  )" + NUMBER + " in <time>", "$1<n> in <time>");
    Map<Pattern, String> compiled = new LinkedHashMap<>();
    rules.forEach((pattern, by) -> compiled.put(Pattern.compile(pattern), by));
    return compiled;
  }

  /** A text without line ends, such as a cell or a message. */
  String words(String text) {
    String masked = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      masked = masked.replace(name.getKey(), name.getValue());
    }
    for (Map.Entry<Pattern, String> rule : RULES.entrySet()) {
      masked = rule.getKey().matcher(masked).replaceAll(rule.getValue());
    }
    return masked;
  }

  /**
   * What a command prints on stdout. Where figures change a line's length, lines break elsewhere: a
   * headline, what is to be done and a note become one line each.
   */
  String screen(String text, Varying varying) {
    List<String> lines = new ArrayList<>();
    String block = "";
    boolean headline = false;
    for (String line : text.lines().toList()) {
      boolean indented = line.startsWith(INDENT);
      block = indented ? block : line.split(" ", 2)[0];
      boolean goesOn =
          headline ? !line.startsWith("exit status") : indented && block.equals("notes");
      if (line.isEmpty()) {
        lines.add(line);
        headline = true;
      } else if (goesOn
          && !lines.get(lines.size() - 1).isEmpty()
          && !line.startsWith("also:")
          && !line.startsWith("what to do:")) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line.trim());
      } else if (!headline && block.equals("episodes") && varying.measures()) {
        // Which there were is the machine's doing.
        if (!indented) {
          lines.add("episodes <episodes>");
        }
      } else if (block.equals("price")) {
        // Words and figures are ProbePrice's, whose own test has them.
        if (!indented) {
          lines.add("price    <what the probe cost>");
        }
      } else if (headline || !block.equals("warnings") || !varying.measures()) {
        lines.add(indented ? lags(line) : line);
      }
    }
    return joined(samples(lines));
  }

  /** Of many mismatches three are shown, whichever come first by their hashes. */
  private static List<String> samples(List<String> lines) {
    boolean many = lines.stream().filter(line -> SAMPLE.matcher(line).matches()).count() == 3;
    return many
        ? lines.stream().map(line -> SAMPLE.matcher(line).replaceAll("$1<verdict>: <key>")).toList()
        : lines;
  }

  /** A row of the table of lags; its columns stay where they are. */
  private static String lags(String line) {
    return LAGS.matcher(line)
        .replaceAll(
            found -> "<lag>" + " ".repeat(Math.max(0, found.group().length() - "<lag>".length())));
  }

  /**
   * What a command prints on stderr. How often progress is told depends on the time it takes, so of
   * each phase's lines the first and the last one stand; when sentinels are removed, beside the
   * next phase, depends on it too, so that line is the last.
   */
  String diagnostics(String text) {
    List<String> lines = new ArrayList<>();
    boolean removed = false;
    for (String line : text.lines().toList()) {
      String words = words(line);
      Matcher last = LAST.matcher(words);
      if (REMOVED.matcher(line).matches()) {
        removed = true;
      } else if (last.matches()) {
        lines.add(last.group(1) + ": <time>, <progress if there was any>");
      } else if (!PROGRESS.matcher(line).matches()) {
        lines.add(line);
      }
    }
    if (removed) {
      lines.add("<n> sentinels removed");
    }
    return joined(lines);
  }

  private String joined(List<String> lines) {
    StringBuilder all = new StringBuilder();
    lines.forEach(line -> all.append(words(line)).append('\n'));
    return all.toString();
  }
}
