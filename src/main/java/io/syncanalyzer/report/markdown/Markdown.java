package io.syncanalyzer.report.markdown;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text of others within GitHub-flavored Markdown, so that it stays text: it ends no table, code
 * span or HTML, and begins none. Sources: CommonMark 0.31 (backslash escapes, entities, code
 * spans), the GFM specification (tables: a pipe is escaped within code spans too), GitHub's own
 * mentions, references and formulas.
 */
final class Markdown {
  /** Longest text of others that is repeated; the run's files have all of it. */
  private static final int LONGEST = 1_000;

  /** Bytes of a key that are shown. */
  private static final int LONGEST_KEY = 128;

  private static final Map<Integer, String> ESCAPED =
      Map.ofEntries(
          entity('&'),
          entity('<'),
          entity('>'),
          entity('|'),
          entity('`'),
          entity('\\'),
          entity('@'),
          entity('$'),
          backslash('*'),
          backslash('_'),
          backslash('['),
          backslash(']'),
          backslash('~'),
          backslash('#'),
          backslash('!'));

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern TICKS = Pattern.compile("`+");

  /** What would begin a list, a heading's line or a rule: the place before its sign. */
  private static final Pattern BEGIN = Pattern.compile("^(?:(\\d+)(?=[.)](?:\\s|$))|(?=[-+=]))");

  private Markdown() {}

  private static Map.Entry<Integer, String> entity(char c) {
    return Map.entry((int) c, "&#" + (int) c + ";");
  }

  private static Map.Entry<Integer, String> backslash(char c) {
    return Map.entry((int) c, "\\" + c);
  }

  /** Words on one line, in a table or outside; long ones are cut. */
  static String text(String words) {
    String line = BLANKS.matcher(words).replaceAll(" ").strip();
    String shown = line.length() <= LONGEST ? line : line.substring(0, whole(line)) + "…";
    String escaped =
        shown
            .codePoints()
            .mapToObj(c -> ESCAPED.getOrDefault(c, Character.toString(c)))
            .collect(Collectors.joining());
    return BEGIN.matcher(escaped).replaceFirst("$1\\\\");
  }

  private static int whole(String line) {
    return Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
  }

  /** A figure of ours, whose only sign is that of an open bound. */
  static String figure(String figure) {
    return figure.replace(">", "&gt;");
  }

  /** A key in a table: its lossless text as code, cut where it is long, with its length then. */
  static String key(Bytes key) {
    if (key.length() == 0) {
      return "the empty key";
    }
    return key.length() <= LONGEST_KEY
        ? cell(LosslessText.of(key))
        : cell(LosslessText.of(key.slice(0, LONGEST_KEY))) + " … " + key.length() + " bytes";
  }

  /** A field's or member's lossless text as code, cut where it is long. */
  static String field(String lossless) {
    return lossless.length() <= LONGEST_KEY
        ? cell(lossless)
        : cell(lossless.substring(0, lossless.offsetByCodePoints(0, LONGEST_KEY / 2))) + " …";
  }

  /** A code span in a table, where a pipe would end its cell; not of an empty text. */
  static String cell(String text) {
    return code(text).replace("|", "\\|");
  }

  /** A code span outside of tables; not of an empty text. */
  static String code(String text) {
    int longest =
        TICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
    String fence = "`".repeat(longest + 1);
    String line = CONTROL.matcher(text).replaceAll(" ");
    // A blank on either side is taken off again, where there is anything else between.
    boolean padded =
        line.startsWith("`")
            || line.endsWith("`")
            || (line.startsWith(" ") && line.endsWith(" ") && !line.isBlank());
    String between = padded ? " " + line + " " : line;
    return fence + between + fence;
  }

  /** A table; its cells are Markdown already. Columns from the second on may be figures. */
  static String table(List<String> head, boolean figures, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(head));
    table.append("| --- |").append((figures ? " ---: |" : " --- |").repeat(head.size() - 1));
    table.append('\n');
    rows.forEach(cells -> table.append(row(cells)));
    return table.append('\n').toString();
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
