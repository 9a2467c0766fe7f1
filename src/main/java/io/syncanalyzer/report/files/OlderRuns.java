package io.syncanalyzer.report.files;

import io.syncanalyzer.json.Json;

/** What runs of earlier versions have otherwise, in the words of this one. */
final class OlderRuns {
  private static final String AT_LEAST = ">= ";

  private OlderRuns() {}

  /**
   * Percentiles that reach into sentinels never seen once were {@code ">= 2000000"} in all three
   * figures: that is a lower bound, and the others are open.
   */
  static Json.Obj mended(Json.Obj run) {
    return run.get("lag") instanceof Json.Obj lag
            && lag.get("percentiles") instanceof Json.Arr percentiles
        ? run.with(
            "lag",
            lag.with(
                "percentiles",
                new Json.Arr(percentiles.items().stream().map(OlderRuns::opened).toList())))
        : run;
  }

  private static Json opened(Json row) {
    Json.Obj percentile = row.asObject();
    for (String bound : new String[] {"upper", "intended", "lower"}) {
      if (percentile.get(bound) instanceof Json.Text figure
          && figure.value().startsWith(AT_LEAST)) {
        percentile = percentile.without(bound);
        if (!bound.equals("intended")) {
          percentile =
              percentile.with(
                  "lower",
                  Json.of(Double.parseDouble(figure.value().substring(AT_LEAST.length()))));
        }
      }
    }
    return percentile;
  }
}
