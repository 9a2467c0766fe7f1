package io.syncanalyzer.probe;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The room's records as JSON, to hand them from one JVM to another.
 *
 * <p>A {@link LagValue} is a number of nanoseconds, {@code ">=123"} or {@code "too few"}; a {@link
 * Duration} its ISO text; an empty {@link Optional} null.
 */
public final class LagJson {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls() // An empty Optional must be there to be read as one.
          .registerTypeHierarchyAdapter(LagValue.class, new ValueAdapter().nullSafe())
          .registerTypeAdapter(Duration.class, new DurationAdapter().nullSafe())
          .registerTypeHierarchyAdapter(Path.class, new PathAdapter().nullSafe())
          .registerTypeAdapterFactory(new OptionalFactory())
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
      } else if (value instanceof LagValue.AtLeast bound) {
        out.value(">=" + bound.nanos());
      } else {
        out.value("too few");
      }
    }

    @Override
    public LagValue read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NUMBER) {
        return new LagValue.Known(in.nextLong());
      }
      String text = in.nextString();
      if (text.startsWith(">=")) {
        try {
          return new LagValue.AtLeast(Long.parseLong(text.substring(2)));
        } catch (NumberFormatException e) {
          throw new JsonParseException("not a lag value", e);
        }
      }
      if (text.equals("too few")) {
        return new LagValue.TooFew();
      }
      throw new JsonParseException("not a lag value");
    }
  }

  private static final class DurationAdapter extends TypeAdapter<Duration> {
    @Override
    public void write(JsonWriter out, Duration value) throws IOException {
      out.value(value.toString());
    }

    @Override
    public Duration read(JsonReader in) throws IOException {
      return Duration.parse(in.nextString());
    }
  }

  private static final class PathAdapter extends TypeAdapter<Path> {
    @Override
    public void write(JsonWriter out, Path value) throws IOException {
      out.value(value.toString());
    }

    @Override
    public Path read(JsonReader in) throws IOException {
      return Path.of(in.nextString());
    }
  }

  private static final class OptionalFactory implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (type.getRawType() != Optional.class) {
        return null;
      }
      Type inner = ((ParameterizedType) type.getType()).getActualTypeArguments()[0];
      @SuppressWarnings("unchecked")
      TypeAdapter<T> adapter =
          (TypeAdapter<T>) new OptionalAdapter<>(gson.getAdapter(TypeToken.get(inner)));
      return adapter;
    }
  }

  private static final class OptionalAdapter<E> extends TypeAdapter<Optional<E>> {
    private final TypeAdapter<E> element;

    OptionalAdapter(TypeAdapter<E> element) {
      this.element = element;
    }

    @Override
    public void write(JsonWriter out, Optional<E> value) throws IOException {
      if (value.isEmpty()) {
        out.nullValue();
      } else {
        element.write(out, value.get());
      }
    }

    @Override
    public Optional<E> read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return Optional.empty();
      }
      return Optional.of(element.read(in));
    }
  }
}
