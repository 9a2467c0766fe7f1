package io.syncanalyzer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of metrics in results/README.md names what is served, and nothing else. */
class MetricsTableTest {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(analyzer_\\w+)` \\| (\\w+) \\|([^|]*)\\| (.+) \\|$", Pattern.MULTILINE);
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");

  @Test
  void eachMetricIsThereWithItsType() {
    Map<String, String> served = new TreeMap<>();
    for (String line : ServedLabels.lines()) {
      for (MatchResult one : TYPE.matcher(line).results().toList()) {
        served.put(one.group(1), one.group(2));
      }
    }
    Map<String, String> told = new TreeMap<>();
    for (MatchResult one :
        ROW.matcher(Queries.read(Path.of("results/README.md"))).results().toList()) {
      assertThat(told.put(one.group(1), one.group(2))).isNull();
    }
    assertThat(told).isEqualTo(served);
  }
}
