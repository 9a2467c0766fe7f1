package io.syncanalyzer.load.output;

import io.syncanalyzer.json.BrokenJson;
import java.io.IOException;
import java.io.Reader;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * memtier's JSON, read past its known faults: {@code -nan} for a number, a key twice (the first
 * counts), an end before its time (what came before counts).
 *
 * @param stats the statistics section: rows by name; of repeated runs the average
 * @param section the statistics section's name; empty = there is none
 * @param truncated whether it ended before its time
 */
public record MemtierJson(Map<String, Object> stats, String section, boolean truncated) {

  /** Reads it; a text that is no JSON gives no statistics. */
  static MemtierJson parse(Reader text) throws IOException {
    BrokenJson document = BrokenJson.read(text);
    String section = "";
    for (String name : document.root().keySet()) {
      if (name.equals("ALL STATS")
          || name.startsWith("AGGREGATED AVERAGE")
          || (section.isEmpty() && name.endsWith("RUN RESULTS"))) {
        section = name;
      }
    }
    return new MemtierJson(object(document.root().get(section)), section, document.truncated());
  }

  /** The rows' names, in order. */
  List<String> rows() {
    return stats.keySet().stream()
        .filter(name -> !name.equals("Runtime") && object(stats.get(name)).containsKey("Ops/sec"))
        .toList();
  }

  /** A number of a row, or {@code NaN}. */
  double number(String row, String name) {
    return MemtierNumber.of(text(object(stats.get(row)).get(name)));
  }

  /** A count of a row; empty where this version does not tell. */
  OptionalLong count(String row, String name) {
    double number = number(row, name);
    return Double.isNaN(number) || number < 0
        ? OptionalLong.empty()
        : OptionalLong.of((long) number);
  }

  /** Whether memtier says that it was interrupted. */
  boolean interrupted() {
    return "true".equals(text(object(stats.get("Runtime")).get("Interrupted")));
  }

  /** How long the test ran, milliseconds, or {@code NaN}. */
  double runtimeMillis() {
    return MemtierNumber.of(text(object(stats.get("Runtime")).get("Total duration")));
  }

  /** The latencies of a row in microseconds; empty where this version prints none. */
  Optional<Histogram> histogram(String row) {
    String packed =
        text(
            object(
                    object(object(stats.get(row)).get("Percentile Latencies"))
                        .get("Histogram log format"))
                .get("Compressed Histogram"));
    if (packed == null) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(packed));
      return Optional.of(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    } catch (DataFormatException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | BufferUnderflowException broken) {
      return Optional.empty();
    }
  }

  /**
   * A second of a row's series.
   *
   * @param second from 0
   * @param count operations in it
   */
  public record Second(long second, long count, double avgMs, double p99Ms) {}

  /** The series of a row, in order; empty where this version prints none. */
  List<Second> series(String row) {
    List<Second> series = new ArrayList<>();
    object(object(stats.get(row)).get("Time-Serie"))
        .forEach(
            (second, value) -> {
              Map<String, Object> fields = object(value);
              double count = MemtierNumber.of(text(fields.get("Count")));
              if (second.matches("\\d{1,9}") && !Double.isNaN(count)) {
                series.add(
                    new Second(
                        Long.parseLong(second),
                        (long) count,
                        MemtierNumber.of(text(fields.get("Average Latency"))),
                        MemtierNumber.of(text(fields.get("p99.00")))));
              }
            });
    series.sort(Comparator.comparingLong(Second::second));
    return List.copyOf(series);
  }

  @SuppressWarnings("unchecked") // The reading puts nothing else into these maps.
  private static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }
}
