package io.syncanalyzer.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What results/README.md says of the files of a run. */
public final class DataDictionary {
  static final Path FILE = Path.of("results", "README.md");

  private static final Pattern HEADING = Pattern.compile("## `(\\w+\\.csv)`");
  private static final Pattern COLUMN = Pattern.compile("\\| `(\\w+)` \\|.*\\|.*\\|");

  private DataDictionary() {}

  /** The columns of every CSV file, in their order, by the file's name. */
  public static Map<String, List<String>> columns() throws IOException {
    Map<String, List<String>> explained = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (String line : Files.readAllLines(FILE)) {
      Matcher heading = HEADING.matcher(line);
      Matcher column = COLUMN.matcher(line);
      if (heading.matches()) {
        columns = new ArrayList<>();
        explained.put(heading.group(1), columns);
      } else if (column.matches()) {
        columns.add(column.group(1));
      }
    }
    return explained;
  }
}
