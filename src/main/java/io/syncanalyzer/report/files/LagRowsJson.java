package io.syncanalyzer.report.files;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFailure;
import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How run.json has the rows of the lag: in microseconds, and what has no figure is left out. A
 * lower bound without an upper one is one of which the upper one is open.
 */
final class LagRowsJson {
  private static final String OPEN = "open";
  private static final String NANOS = "_nanos";
  private static final String MICROS = "_us";

  private static final JsonFormat ROWS =
      JsonFormat.builder()
          .columnNames()
          .tree(LagValue.class, value -> Json.of(value.micros()), LagRowsJson::value)
          .build();

  private LagRowsJson() {}

  /** A format that has these rows so. */
  static JsonFormat.Builder in(JsonFormat.Builder format) {
    return format
        .tree(
            LagPercentile.class, ROWS::tree, row -> read(told(row.asObject()), LagPercentile.class))
        .tree(
            LagSecond.class,
            row -> inMicros(ROWS.tree(row).asObject()),
            row -> read(inNanos(row.asObject()), LagSecond.class))
        .tree(
            Episode.class,
            row -> inMicros(ROWS.tree(row).asObject()),
            row -> read(inNanos(row.asObject()), Episode.class))
        .tree(
            LagReport.RoundTrip.class,
            row -> inMicros(ROWS.tree(row).asObject()),
            row -> read(inNanos(row.asObject()), LagReport.RoundTrip.class));
  }

  private static <T> T read(Json row, Class<T> type) {
    T read = ROWS.read(row, type);
    if (read == null) {
      throw new JsonFailure("a row of the lag is empty", null);
    }
    return read;
  }

  private static Json.Obj told(Json.Obj row) {
    boolean open = row.get("upper") == null && row.get("lower") != null;
    Json.Obj told = row;
    for (String bound : new String[] {"upper", "lower", "intended"}) {
      if (row.get(bound) == null) {
        told = told.with(bound, Json.of(open ? OPEN : "too few"));
      }
    }
    return told;
  }

  private static Json.Obj inMicros(Json.Obj row) {
    return renamed(row, NANOS, MICROS, time -> time.asLong() / 1e3);
  }

  private static Json.Obj inNanos(Json.Obj row) {
    return renamed(row, MICROS, NANOS, time -> Math.round(time.asDouble() * 1e3));
  }

  private static Json.Obj renamed(
      Json.Obj row, String from, String to, Function<Json.Num, Number> converted) {
    Map<String, Json> fields = new LinkedHashMap<>();
    row.fields()
        .forEach(
            (name, value) -> {
              if (name.endsWith(from) && value instanceof Json.Num time) {
                fields.put(
                    name.substring(0, name.length() - from.length()) + to,
                    Json.of(converted.apply(time)));
              } else {
                fields.put(name, value);
              }
            });
    return new Json.Obj(fields);
  }

  private static LagValue value(Json figure) {
    if (figure instanceof Json.Num micros) {
      return new LagValue.Known(Math.round(micros.asDouble() * 1e3));
    }
    return figure instanceof Json.Text word && word.value().equals(OPEN)
        ? new LagValue.Open()
        : new LagValue.TooFew();
  }
}
