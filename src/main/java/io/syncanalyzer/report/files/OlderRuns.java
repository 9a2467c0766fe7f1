package io.syncanalyzer.report.files;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** What runs of earlier versions have otherwise, in the words of this one. */
final class OlderRuns {
  private static final String AT_LEAST = ">= ";

  private OlderRuns() {}

  /**
   * Percentiles that reach into sentinels never seen once were {@code ">= 2000000"} in all three
   * figures: that is a lower bound, and the others are open.
   */
  static void mend(JsonObject run) {
    if (run.get("lag") instanceof JsonObject lag && lag.has("percentiles")) {
      for (JsonElement percentile : lag.getAsJsonArray("percentiles")) {
        open(percentile.getAsJsonObject());
      }
    }
  }

  private static void open(JsonObject percentile) {
    for (String bound : new String[] {"upper", "intended", "lower"}) {
      if (percentile.get(bound) instanceof JsonPrimitive figure
          && figure.isString()
          && figure.getAsString().startsWith(AT_LEAST)) {
        percentile.remove(bound);
        if (!bound.equals("intended")) {
          percentile.addProperty(
              "lower", Double.parseDouble(figure.getAsString().substring(AT_LEAST.length())));
        }
      }
    }
  }
}
