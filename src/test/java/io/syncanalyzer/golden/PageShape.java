package io.syncanalyzer.golden;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a page is made of: its sections, headings, tables' columns and charts, a line each. */
final class PageShape {
  private static final Pattern PART =
      Pattern.compile(
          "<(section) id=\"(\\w+)\"|<(title|h[1-3]|summary|caption|thead|strong)[^>]*>(.*?)</\\3>"
              + "|(data-chart)=\"([^\"]*)\"",
          Pattern.DOTALL);

  /** Whether there were any is the machine's doing. */
  private static final String EPISODES = "(?s)<caption>Episodes of lag.*?</thead>";

  /** Columns that are there if something was told. */
  private static final String BESIDE = "(?s)<th[^>]*>(source|replica)_(cpu_percent|signs)</th>";

  private PageShape() {}

  static String of(String page) {
    // Styles and scripts hold what looks like parts of a page.
    String plain =
        page.replaceAll("(?s)<(style|script)[^>]*>.*?</\\1>", "")
            .replace("<wbr>", "")
            .replaceAll(EPISODES, "")
            .replaceAll(BESIDE, "");
    return PART.matcher(plain)
        .results()
        .map(PageShape::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(MatchResult part) {
    if (part.group(1) != null) {
      return "section " + part.group(2);
    }
    if (part.group(5) != null) {
      return "  chart " + part.group(6);
    }
    String inside = part.group(4).replaceAll("</th>\\s*<th", "</th>, <th");
    return "  " + part.group(3) + " " + inside.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
  }
}
