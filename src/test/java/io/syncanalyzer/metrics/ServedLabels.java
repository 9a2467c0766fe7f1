package io.syncanalyzer.metrics;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is really served by a probe, with shards and without, and by a verification. */
final class ServedLabels {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private ServedLabels() {}

  /** The lines of all that can be served. */
  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (boolean byShard : new boolean[] {false, true}) {
      try (MetricsServer server = MetricsServer.open("127.0.0.1", 0)) {
        Metrics metrics = server.metrics();
        metrics.begins();
        metrics.phase("probe");
        metrics.second(
            FullSeconds.of(
                byShard ? FullSeconds.row().ofShard("s:1") : FullSeconds.row(), 90_000, 40_000, 5),
            byShard);
        metrics.compares();
        metrics.compared(new KeysSoFar(5, 6L, 4, 2, Map.of()));
        VerifyRow row = new VerifyRow("string", KeyVerdict.VALUE_DIFFERS, 3, 3L, 3L);
        metrics.verified(
            new VerifyReport(
                "all",
                "full",
                "offset",
                1.0,
                3L,
                3L,
                3L,
                List.of(row),
                List.of(),
                List.of(),
                List.of(),
                null));
        metrics.ended(1, true);
        lines.addAll(Scrape.of(server).lines());
      }
    }
    return lines;
  }

  /**
   * The labels of each metric that a query may name, those that scraping adds among them. A native
   * histogram has the family's own name, and the labels of its count.
   */
  static Map<String, Set<String>> byMetric() {
    Map<String, Set<String>> all = new TreeMap<>();
    for (String line : lines()) {
      if (!line.startsWith("#")) {
        String name = line.replaceFirst("[{ ].*", "");
        Set<String> labels = all.computeIfAbsent(name, unseen -> new TreeSet<>());
        labels.addAll(Set.of("job", "instance"));
        LABEL.matcher(line).results().forEach(one -> labels.add(one.group(1)));
        if (name.endsWith("_seconds_count")) {
          all.put(name.substring(0, name.length() - "_count".length()), labels);
        }
      }
    }
    all.put("up", Set.of("job", "instance"));
    return all;
  }
}
