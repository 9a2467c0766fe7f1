package io.syncanalyzer.report.files;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows in {@code run.json} as their CSV file has them: a field a column, in its unit; what is
 * unknown is left out.
 */
final class RowJson {
  private RowJson() {}

  /** Has a format write and read rows so. */
  static JsonFormat.Builder in(JsonFormat.Builder format) {
    return format
        .tree(LoadRow.class, row -> of(Tables.LOAD, row), json -> loadRow(new Fields(json)))
        .tree(
            LoadSecond.class,
            second -> of(Tables.LOAD_TIMELINE, second),
            json -> loadSecond(new Fields(json)))
        .tree(
            Trial.class,
            trial -> of(Tables.CAPACITY, trial),
            json -> CapacityColumns.trial(new Fields(json)::digits))
        .tree(InsertRow.class, row -> of(Tables.INSERTS, row), json -> insertRow(new Fields(json)));
  }

  private static <R> Json of(Table<R> table, R row) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (Table.Column<R> column : table.columns()) {
      Object value = column.value().of(row);
      if (value != null) {
        fields.put(column.name(), Json.of(value));
      }
    }
    return new Json.Obj(fields);
  }

  private static LoadRow loadRow(Fields row) {
    return new LoadRow(
        row.text("engine"),
        row.text("command"),
        CommandKind.of(row.text("kind")),
        new LoadRow.Asked(row.step(), row.whole("asked_ops_per_s")),
        new LoadRow.Done(
            row.commands("count", "ops_per_s"),
            row.commands("writes", "writes_per_s"),
            row.commands("reads", "reads_per_s")),
        new Latency(
            Units.ofMillis(row.number("avg_ms")),
            Units.ofMillis(row.number("p50_ms")),
            Units.ofMillis(row.number("p90_ms")),
            Units.ofMillis(row.number("p99_ms")),
            Units.ofMillis(row.number("p999_ms")),
            Units.ofMillis(row.number("max_ms"))),
        Units.ofKib(row.number("kb_per_s")),
        new LoadRow.Errors(row.whole("connection_errors"), row.whole("error_replies")),
        row.textOrNull("shard"),
        new LoadRow.Intended(
            Units.ofMillis(row.number("intended_p99_ms")),
            Units.ofMillis(row.number("intended_max_ms"))));
  }

  private static LoadSecond loadSecond(Fields row) {
    Long second = row.whole("second");
    return new LoadSecond(
        second == null ? 0 : second,
        row.number("ops_per_s"),
        Units.ofMillis(row.number("avg_ms")),
        Units.ofMillis(row.number("p99_ms")),
        row.isTrue("partial"),
        row.step(),
        row.number("writes_per_s"),
        row.number("reads_per_s"));
  }

  private static InsertRow insertRow(Fields row) {
    Long threads = row.whole("threads");
    return new InsertRow(
        row.text("type"),
        threads == null ? null : Integer.valueOf(Math.toIntExact(threads)),
        row.whole("writes"),
        row.whole("errors"),
        row.number("writes_per_s"),
        new Latency(
            Units.ofMicros(row.number("mean_us")),
            Units.ofMicros(row.number("p50_us")),
            Units.ofMicros(row.number("p90_us")),
            Units.ofMicros(row.number("p99_us")),
            Units.ofMicros(row.number("p999_us")),
            Units.ofMicros(row.number("max_us"))),
        Units.ofMicros(row.number("intended_p99_us")),
        Units.ofMicros(row.number("intended_max_us")));
  }

  /** The fields of a row; one of another kind than it should be counts as absent. */
  private record Fields(Json.Obj row) {
    Fields(Json row) {
      this(row.asObject());
    }

    String text(String name) {
      return row.get(name) instanceof Json.Text text ? text.value() : "";
    }

    @Nullable String textOrNull(String name) {
      return row.get(name) instanceof Json.Text text ? text.value() : null;
    }

    /** A text, or a number by its digits. */
    @Nullable String digits(String name) {
      return row.get(name) instanceof Json.Num number ? number.digits() : textOrNull(name);
    }

    @Nullable Double number(String name) {
      return row.get(name) instanceof Json.Num number ? number.asDouble() : null;
    }

    @Nullable Long whole(String name) {
      return row.get(name) instanceof Json.Num number ? number.asLong() : null;
    }

    boolean isTrue(String name) {
      return row.get(name) instanceof Json.Bool truth && truth.value();
    }

    @Nullable Integer step() {
      Long step = whole("step");
      return step == null ? null : Integer.valueOf(Math.toIntExact(step));
    }

    LoadRow.Commands commands(String count, String perS) {
      return new LoadRow.Commands(whole(count), number(perS));
    }
  }
}
