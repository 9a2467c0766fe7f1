package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Cell;
import io.syncanalyzer.report.files.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the page's template is filled with; the template escapes every text but those that are our
 * own resources or JSON ({@code policy}, {@code style}, {@code library}, {@code script}, {@code
 * data}).
 *
 * @param mood class of the verdict: passed, failed or in between
 * @param word the verdict in one word or two
 * @param reasons what is to be said beside the headline
 * @param next what to do; empty = nothing is to be said of that
 */
public record PageView(
    String title,
    String kicker,
    String mood,
    String word,
    String headline,
    String next,
    List<String> reasons,
    List<Tile> tiles,
    List<Section> sections,
    String footer,
    String data) {

  /** Whether there is more to say than the headline. */
  boolean hasReasons() {
    return !reasons.isEmpty();
  }

  boolean hasNext() {
    return !next.isEmpty();
  }

  boolean hasTiles() {
    return !tiles.isEmpty();
  }

  /** A figure at the top. */
  record Tile(String name, String value, String note) {}

  /**
   * A part of the page.
   *
   * @param notes what must be known before the charts are looked at
   * @param after what is said beneath them
   */
  public record Section(
      String id,
      String title,
      List<String> notes,
      List<Chart> charts,
      List<String> after,
      List<HtmlTable> tables,
      List<Text> texts) {
    /** With all its words before the charts. */
    public Section(
        String id,
        String title,
        List<String> notes,
        List<Chart> charts,
        List<HtmlTable> tables,
        List<Text> texts) {
      this(id, title, notes, charts, List.of(), tables, texts);
    }
  }

  /**
   * A chart.
   *
   * @param words what it shows, to those who do not see it
   * @param half whether it stands beside another where there is room
   */
  public record Chart(String id, String title, String words, boolean half) {
    /** As wide as the page. */
    public Chart(String id, String title, String words) {
      this(id, title, words, false);
    }
  }

  /** A text that keeps its lines. */
  record Text(String title, String text) {}

  /** A table; a folded one opens on demand. */
  public record HtmlTable(String caption, boolean folded, List<HtmlCell> head, List<HtmlRow> rows) {
    private static final int MANY_COLUMNS = 12;

    /** Whether it has so many columns that it needs smaller letters. */
    boolean wide() {
      return head.size() > MANY_COLUMNS;
    }

    /** A table with the CSV file's own columns, but for those that are empty throughout. */
    public static <R> HtmlTable of(Table<R> table, String caption, boolean folded, List<R> rows) {
      List<Table.Column<R>> columns =
          table.columns().stream()
              .filter(
                  column ->
                      rows.stream().anyMatch(row -> !Cell.of(column.value().of(row)).isEmpty()))
              .toList();
      return of(
          caption + " (" + table.file() + ")",
          folded,
          columns.stream().map(Table.Column::name).toList(),
          rows.stream()
              .map(row -> columns.stream().map(column -> column.pageCell(row)).toList())
              .toList());
    }

    /** A table whose columns are right-aligned where every cell is a number, or unknown. */
    public static HtmlTable of(
        String caption, boolean folded, List<String> head, List<List<String>> rows) {
      boolean[] numeric = new boolean[head.size()];
      for (int i = 0; i < numeric.length; i++) {
        int column = i;
        numeric[i] = i > 0 && rows.stream().allMatch(row -> isNumber(row.get(column)));
      }
      return new HtmlTable(
          caption,
          folded,
          cells(head, numeric),
          rows.stream().map(row -> new HtmlRow(cells(row, numeric))).toList());
    }

    private static boolean isNumber(String cell) {
      return cell.isEmpty() || cell.matches("(>= )?-?[\\d,]+(\\.\\d+)?( \\.\\. [\\d.,]+)?");
    }

    private static List<HtmlCell> cells(List<String> texts, boolean[] numeric) {
      List<HtmlCell> cells = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        cells.add(new HtmlCell(texts.get(i), numeric[i], i == 0));
      }
      return cells;
    }
  }

  /** A row. */
  public record HtmlRow(List<HtmlCell> cells) {}

  /** A cell; the first of a row is its heading. */
  public record HtmlCell(String text, boolean numeric, boolean first) {
    /** Words up to this long stay whole, as they would break at odd places. */
    private static final Pattern LONG_WORD = Pattern.compile("[^\\s\\u00a0]{24}");

    private static final int SENTENCE = 30;

    private static final Pattern AFTER_UNDERSCORE = Pattern.compile("(?<=_)");

    /** Whether it has a word that has to be broken for the table to fit, as a key may be. */
    boolean unbroken() {
      return !numeric && LONG_WORD.matcher(text).find();
    }

    /** Whether it is a sentence, which wants some room. */
    boolean sentence() {
      return !numeric && !unbroken() && text.length() > SENTENCE;
    }

    /** The text in parts between which a line may end: a file's column is one long word. */
    List<String> parts() {
      return AFTER_UNDERSCORE.splitAsStream(text).toList();
    }
  }
}
