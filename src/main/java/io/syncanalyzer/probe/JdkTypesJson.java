package io.syncanalyzer.probe;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the JDK's types that our records hold are put into JSON, on both sides of a JMH fork: a
 * {@link Duration} as its ISO text, a {@link Path} as text, an empty {@link Optional} as null.
 */
public final class JdkTypesJson {
  private JdkTypesJson() {}

  /** A builder that knows them; add what else a record holds. */
  public static GsonBuilder builder() {
    return new GsonBuilder()
        .serializeNulls() // An empty Optional must be there to be read as one.
        .registerTypeAdapter(Duration.class, new DurationAdapter().nullSafe())
        .registerTypeHierarchyAdapter(Path.class, new PathAdapter().nullSafe())
        .registerTypeAdapterFactory(new OptionalFactory());
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

  /** Gson does not look into the JDK's own classes, rightly. */
  private static final class OptionalFactory implements TypeAdapterFactory {
    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (type.getRawType() != Optional.class
          || !(type.getType() instanceof ParameterizedType parameterized)) {
        return null;
      }
      TypeAdapter<?> content =
          gson.getAdapter(TypeToken.get(parameterized.getActualTypeArguments()[0]));
      @SuppressWarnings("unchecked") // T is Optional<content's type>, as was just looked at
      TypeAdapter<T> adapter = (TypeAdapter<T>) new OptionalAdapter<>(content);
      return adapter;
    }
  }

  private static final class OptionalAdapter<T> extends TypeAdapter<Optional<T>> {
    private final TypeAdapter<T> content;

    OptionalAdapter(TypeAdapter<T> content) {
      this.content = content;
    }

    @Override
    public void write(JsonWriter out, Optional<T> value) throws IOException {
      if (value.isEmpty()) {
        out.nullValue();
      } else {
        content.write(out, value.get());
      }
    }

    @Override
    public Optional<T> read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return Optional.empty();
      }
      return Optional.ofNullable(content.read(in));
    }
  }
}
