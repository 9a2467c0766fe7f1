package io.syncanalyzer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.metrics.Queries.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query of the dashboard and of the alert rules asks for what is really served. */
class QueriesTest {
  private static final Map<String, Set<String>> SERVED = ServedLabels.byMetric();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

  static Stream<Query> all() {
    return Stream.concat(Queries.ofRules().stream(), Queries.ofDashboard().stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyMetricAndEveryLabelThatItIsAskedByIsServed(Query query) {
    assertThat(query.matched()).isNotEmpty();
    query
        .matched()
        .forEach(
            (metric, labels) -> {
              assertThat(SERVED).as("%s", query).containsKey(metric);
              assertThat(SERVED.get(metric)).as("%s of %s", metric, query).containsAll(labels);
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLabelThatItSumsByOrPrintsIsOneOfItsMetrics(Query query) {
    Set<String> there = new TreeSet<>();
    query.matched().keySet().forEach(metric -> there.addAll(SERVED.get(metric)));
    Set<String> used = query.used();
    used.remove("value");
    assertThat(there).as("%s", query).containsAll(used);
  }

  @Test
  void whatIsReadIsAllThatTheFilesHave() {
    String rules = Queries.read(Queries.RULES);
    assertThat(Queries.ofRules())
        .hasSize(Pattern.compile("- alert: ").matcher(rules).results().toList().size())
        .hasSizeGreaterThan(10)
        .allMatch(query -> !query.text().isEmpty() && query.shown().contains("summary: "));
    String dashboard = Queries.read(Queries.DASHBOARD);
    assertThat(Queries.ofDashboard())
        .hasSize(Pattern.compile("\"expr\": ").matcher(dashboard).results().toList().size())
        .hasSizeGreaterThan(20);
  }

  /** A reader of queries that finds nothing would find nothing wrong. */
  @Test
  void whatIsNotServedWouldBeFound() {
    Query wrong =
        new Query("w", "sum by (node) (rate(analyzer_lag_seconds{shart=~\"a\"}[1m]))", "{{pod}}");
    assertThat(wrong.matched()).containsEntry("analyzer_lag_seconds", Set.of("shart"));
    assertThat(SERVED).doesNotContainKey("analyzer_lag_seconds");
    assertThat(wrong.used()).containsExactly("node", "pod");
  }

  @Test
  void eachAlertHasItsUnitTestWithItsFaultAndWithout() {
    String tests = Queries.read(Path.of("src/test/resources/prometheus/rules-test.yml"));
    for (Query alert : Queries.ofRules()) {
      assertThat(tests)
          .contains("alertname: " + alert.where() + ", exp_alerts: []}")
          .contains(
              "alertname: " + alert.where() + "\n        exp_alerts:\n          - exp_labels");
    }
  }

  @Test
  void theDashboardIsOneThatGrafanaImports() {
    Json.Obj dashboard = Queries.dashboard();
    assertThat(Queries.text(dashboard, "uid")).isEqualTo("redis-replication-analyzer");
    assertThat(Queries.text(dashboard, "title")).isNotEmpty();
    assertThat(dashboard.get("schemaVersion"))
        .isInstanceOfSatisfying(
            Json.Num.class,
            number -> assertThat(Integer.parseInt(number.digits())).isBetween(36, 41));
    assertThat(Queries.panels())
        .allSatisfy(
            panel -> {
              assertThat(Queries.text(panel, "type"))
                  .isIn("row", "stat", "timeseries", "heatmap", "gauge");
              assertThat(Queries.text(panel, "title")).isNotEmpty();
            });
    assertThat(Queries.panels()).extracting(panel -> panel.get("id")).doesNotHaveDuplicates();
    assertThat(Queries.panels())
        .extracting(panel -> Queries.text(panel, "title"))
        .doesNotHaveDuplicates();
  }

  /** The last value of a time that is shown may be of a run long gone. */
  @Test
  void whatShowsThePresentAsksForNoPast() {
    for (Json.Obj panel : Queries.panels()) {
      boolean present = Set.of("stat", "gauge").contains(Queries.text(panel, "type"));
      for (Json target : Queries.items(panel.get("targets"))) {
        assertThat(target.text())
            .as("%s", panel.get("title"))
            .contains("\"range\":" + !present)
            .matches(asked -> asked.contains("\"instant\":true") == present);
      }
    }
  }

  @Test
  void everyVariableThatIsUsedCanBeChosenTheDataSourceToo() {
    Json.Obj templating =
        Queries.dashboard().get("templating") instanceof Json.Obj object
            ? object
            : new Json.Obj(Map.of());
    Map<String, String> variables = new TreeMap<>();
    for (Json one : Queries.items(templating.get("list"))) {
      variables.put(
          Queries.text(one.asObject(), "name"), Queries.text(one.asObject(), "definition"));
    }
    assertThat(variables).containsOnlyKeys("datasource", "job", "instance", "replica");
    Set<String> used = new HashSet<>();
    for (MatchResult one : VARIABLE.matcher(Queries.read(Queries.DASHBOARD)).results().toList()) {
      used.add(one.group(1));
    }
    used.removeAll(Set.of("__rate_interval", "__all"));
    assertThat(used).isEqualTo(variables.keySet());
    variables.remove("datasource");
    variables.forEach(
        (name, query) -> {
          // label_values(metric, label)
          String metric = query.replaceAll("label_values\\((\\w+).*", "$1");
          assertThat(SERVED).containsKey(metric);
          assertThat(SERVED.get(metric)).contains(name);
          assertThat(query).endsWith(", " + name + ")");
        });
    for (Json.Obj panel : Queries.panels()) {
      for (Json target : Queries.items(panel.get("targets"))) {
        assertThat(target.text()).contains("\"uid\":\"${datasource}\"");
      }
    }
  }

  @Test
  void noPanelLiesOnAnotherOrBesideThePage() {
    List<int[]> taken = new ArrayList<>();
    for (Json.Obj panel : Queries.panels()) {
      Json.Obj grid =
          panel.get("gridPos") instanceof Json.Obj object ? object : new Json.Obj(Map.of());
      int[] here =
          Stream.of("x", "y", "w", "h")
              .mapToInt(
                  name -> grid.get(name) instanceof Json.Num n ? Integer.parseInt(n.digits()) : -1)
              .toArray();
      assertThat(here[0]).isNotNegative();
      assertThat(here[0] + here[2]).isLessThanOrEqualTo(24);
      for (int[] other : taken) {
        assertThat(
                here[0] < other[0] + other[2]
                    && other[0] < here[0] + here[2]
                    && here[1] < other[1] + other[3]
                    && other[1] < here[1] + here[3])
            .as("%s", panel.get("title"))
            .isFalse();
      }
      taken.add(here);
    }
  }
}
