package io.syncanalyzer.json;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An empty {@link Optional} is null. Gson does not look into the JDK's own classes, rightly. */
final class OptionalFactory implements TypeAdapterFactory {
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
