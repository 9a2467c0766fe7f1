package io.syncanalyzer.probe;

import io.syncanalyzer.json.Json;
import io.syncanalyzer.json.JsonFailure;
import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbeFailure;
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
    return JsonFormat.builder().jdkTypes().tree(LagValue.class, LagJson::tree, LagJson::value);
  }

  /** The summary as one line of JSON. */
  public static String write(LagSummary summary) {
    return FORMAT.write(summary);
  }

  /**
   * Reads what {@link #write(LagSummary)} wrote.
   *
   * @throws ProbeFailure if it is something else
   */
  public static LagSummary readSummary(String json) {
    return read(json, LagSummary.class);
  }

  /** The settings as one line of JSON, <em>passwords included</em>: never to a file or a log. */
  public static String writeWithSecrets(LagSettings settings) {
    return FORMAT.write(settings);
  }

  /**
   * Reads what {@link #writeWithSecrets} wrote.
   *
   * @throws ProbeFailure if it is something else
   */
  public static LagSettings readSettings(String json) {
    return read(json, LagSettings.class);
  }

  /** A progress report as one line of JSON. */
  public static String write(LagProgress progress) {
    return FORMAT.write(progress);
  }

  /**
   * Reads what {@link #write(LagProgress)} wrote.
   *
   * @throws ProbeFailure if it is something else
   */
  public static LagProgress readProgress(String json) {
    return read(json, LagProgress.class);
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      T read = FORMAT.read(json, type);
      if (read == null) {
        throw new ProbeFailure("the probe's " + type.getSimpleName() + " is empty", null);
      }
      return read;
    } catch (JsonFailure e) {
      // The cause is left out: it may quote the text, which may hold a password.
      throw new ProbeFailure(
          "cannot read the probe's " + type.getSimpleName() + ": it is not its JSON", null);
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
