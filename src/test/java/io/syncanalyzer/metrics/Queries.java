package io.syncanalyzer.metrics;

import io.syncanalyzer.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The queries of the alert rules and of the dashboard, as their files have them. */
public final class Queries {
  /** The alert rules. */
  public static final Path RULES =
      Path.of("src/dist/prometheus/redis-replication-analyzer.rules.yml");

  /** The dashboard. */
  static final Path DASHBOARD = Path.of("src/dist/grafana/redis-replication-analyzer.json");

  private static final Pattern SELECTOR =
      Pattern.compile("\\b(analyzer_\\w+|up)\\b(?!\\s*\\()(?:\\s*\\{([^}]*)\\})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");
  private static final Pattern GROUPED =
      Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");
  private static final Pattern WORD = Pattern.compile("\\w+");

  private Queries() {}

  /**
   * A query.
   *
   * @param where whose it is: an alert's name, or a panel's title
   * @param text the query itself
   * @param shown what is printed of what it finds
   */
  public record Query(String where, String text, String shown) {
    /** The labels that each metric is asked by, by its name. */
    Map<String, Set<String>> matched() {
      Map<String, Set<String>> all = new LinkedHashMap<>();
      for (MatchResult selector : SELECTOR.matcher(text).results().toList()) {
        Set<String> labels = all.computeIfAbsent(selector.group(1), name -> new TreeSet<>());
        if (selector.group(2) != null) {
          MATCHER.matcher(selector.group(2)).results().forEach(one -> labels.add(one.group(1)));
        }
      }
      return all;
    }

    /** The labels that it sums by, joins on, or prints. */
    Set<String> used() {
      Set<String> labels = new TreeSet<>();
      GROUPED
          .matcher(text)
          .results()
          .forEach(
              one ->
                  WORD.matcher(one.group(1)).results().forEach(word -> labels.add(word.group())));
      SHOWN.matcher(shown).results().forEach(one -> labels.add(one.group(1)));
      return labels;
    }

    /** It without the limit that it ends with: what finds something where all is well too. */
    public String withoutLimits() {
      return text.replaceAll("(?<![=!<>])(?:==|!=|>|<)\\s*[\\d.]+", "");
    }

    /** It as Grafana sends it: everything that can be chosen is chosen. */
    public String chosen(String interval) {
      return text.replace("$__rate_interval", interval).replaceAll("\"\\$\\w+\"", "\".*\"");
    }
  }

  /** Of the alert rules, each of which is written as a block. */
  public static List<Query> ofRules() {
    List<Query> all = new ArrayList<>();
    String alert = "";
    StringBuilder text = new StringBuilder();
    boolean within = false;
    for (String line : read(RULES).lines().toList()) {
      if (line.strip().startsWith("- alert: ")) {
        alert = line.strip().substring("- alert: ".length());
      } else if (line.equals("        expr: |-")) {
        within = true;
        text.setLength(0);
      } else if (within && line.startsWith("          ")) {
        text.append(line.strip()).append('\n');
      } else if (within) {
        within = false;
        all.add(new Query(alert, text.toString().strip(), ""));
      }
      if (line.strip().startsWith("summary: ") || line.strip().startsWith("description: ")) {
        Query last = all.remove(all.size() - 1);
        all.add(new Query(last.where(), last.text(), last.shown() + line.strip()));
      }
    }
    return all;
  }

  /** Of the dashboard's panels. */
  public static List<Query> ofDashboard() {
    List<Query> all = new ArrayList<>();
    for (Json.Obj panel : panels()) {
      for (Json target : items(panel.get("targets"))) {
        all.add(
            new Query(
                text(panel, "title"),
                text(target.asObject(), "expr"),
                text(target.asObject(), "legendFormat")));
      }
    }
    return all;
  }

  static Json.Obj dashboard() {
    return Json.parse(read(DASHBOARD)).asObject();
  }

  static List<Json.Obj> panels() {
    return items(dashboard().get("panels")).stream().map(Json::asObject).toList();
  }

  static List<Json> items(@Nullable Json array) {
    return array instanceof Json.Arr all ? all.items() : List.of();
  }

  static String text(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Text text ? text.value() : "";
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
