package io.syncanalyzer.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row of a table read back by the rules of the GFM specification, for tests. */
final class GfmRow {
  private static final Pattern CODE = Pattern.compile("(?<!`)(`+)(?!`)(.*?)(?<!`)\\1(?!`)");

  private GfmRow() {}

  /** Its cells' Markdown: a pipe ends a cell unless there is a backslash before it. */
  static List<String> cells(String line) {
    assertThat(line).startsWith("|").endsWith("|");
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && line.charAt(i + 1) == '|') {
        cell.append('|');
        i++;
      } else if (c == '|') {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    return cells;
  }

  /** What the one code span that a cell begins with shows. */
  static String code(String cell) {
    Matcher span = CODE.matcher(cell);
    assertThat(span.lookingAt()).as(cell).isTrue();
    String between = span.group(2);
    boolean padded =
        between.startsWith(" ")
            && between.endsWith(" ")
            && !between.isBlank()
            && between.length() > 2;
    return padded ? between.substring(1, between.length() - 1) : between;
  }
}
