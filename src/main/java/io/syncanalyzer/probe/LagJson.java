package io.syncanalyzer.probe;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.LagValue;
import io.syncanalyzer.probe.figures.ProbeFailure;
import java.io.IOException;

/**
 * The room's records as JSON, to hand them from one JVM to another.
 *
 * <p>A {@link LagValue} is a number of nanoseconds, {@code "open"} or {@code "too few"}; for the
 * rest see {@link JdkTypesJson}.
 */
public final class LagJson {
  private static final Gson GSON =
      JdkTypesJson.builder()
          .registerTypeHierarchyAdapter(LagValue.class, new ValueAdapter().nullSafe())
          .create();

  private LagJson() {}

  /** The summary as one line of JSON. */
  public static String write(LagSummary summary) {
    return GSON.toJson(summary);
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
    return GSON.toJson(settings);
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
    return GSON.toJson(progress);
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
      T read = GSON.fromJson(json, type);
      if (read == null) {
        throw new ProbeFailure("the probe's " + type.getSimpleName() + " is empty", null);
      }
      return read;
    } catch (JsonParseException e) {
      // The cause is left out: it may quote the text, which may hold a password.
      throw new ProbeFailure(
          "cannot read the probe's " + type.getSimpleName() + ": it is not its JSON", null);
    }
  }

  private static final class ValueAdapter extends TypeAdapter<LagValue> {
    @Override
    public void write(JsonWriter out, LagValue value) throws IOException {
      if (value instanceof LagValue.Known known) {
        out.value(known.nanos());
      } else {
        out.value(value instanceof LagValue.Open ? "open" : "too few");
      }
    }

    @Override
    public LagValue read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NUMBER) {
        return new LagValue.Known(in.nextLong());
      }
      String text = in.nextString();
      if (text.equals("open")) {
        return new LagValue.Open();
      }
      if (text.equals("too few")) {
        return new LagValue.TooFew();
      }
      throw new JsonParseException("not a lag value");
    }
  }
}
