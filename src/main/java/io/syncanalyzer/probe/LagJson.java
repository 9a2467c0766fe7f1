package io.syncanalyzer.probe;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFailure;
import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.result.lag.LagValue;

/**
 * The room's records as JSON, to hand them from one JVM to another.
 *
 * <p>A {@link LagValue} is a number of nanoseconds, {@code "open"} or {@code "too few"}; the JDK's
 * types are as {@link JsonFormat.Builder#jdkTypes} has them.
 */
public final class LagJson {
  private static final JsonFormat FORMAT = format().build();

  private LagJson() {}

  /** A format that knows the room's records; for more than them, add what those hold. */
  public static JsonFormat.Builder format() {
    return JsonFormat.builder()
        .jdkTypes()
        .tree(LagValue.class, LagJson::tree, LagJson::value)
        .sealed(Origin.class)
        .text(SlotSet.class, SlotSet::toString, SlotSet::parse);
  }

  /** The summary as one line of JSON. */
  public static String write(LagSummary summary) {
    return FORMAT.write(summary);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws ProbeFailure if it is something else
   */
  public static LagSummary readSummary(String json) {
    try {
      LagSummary read = FORMAT.read(json, LagSummary.class);
      if (read == null) {
        throw new ProbeFailure("the probe's LagSummary is empty", null);
      }
      return read;
    } catch (JsonFailure e) {
      // The cause is left out: it may quote the text.
      throw new ProbeFailure("cannot read the probe's LagSummary: it is not its JSON", null);
    }
  }

  private static Json tree(LagValue value) {
    if (value instanceof LagValue.Known known) {
      return Json.of(known.nanos());
    }
    return Json.of(value instanceof LagValue.Open ? "open" : "too few");
  }

  private static LagValue value(Json json) {
    if (json instanceof Json.Num number) {
      return new LagValue.Known(number.asLong());
    }
    if (json.equals(Json.of("open"))) {
      return new LagValue.Open();
    }
    if (json.equals(Json.of("too few"))) {
      return new LagValue.TooFew();
    }
    throw new JsonFailure("not a lag value", null);
  }
}
