package io.syncanalyzer.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has the records of a sealed interface say which of them they are, in {@code kind}. */
final class SealedFactory implements TypeAdapterFactory {
  private static final String KIND = "kind";

  private final Class<?> family;
  private final Map<String, Class<?>> members;

  SealedFactory(Class<?> family) {
    if (!family.isSealed()) {
      throw new IllegalArgumentException(family + " is not sealed");
    }
    this.family = family;
    this.members =
        Arrays.stream(family.getPermittedSubclasses())
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
  }

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (!family.isAssignableFrom(type.getRawType())) {
      return null;
    }
    TypeAdapter<JsonElement> trees = gson.getAdapter(JsonElement.class);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, @Nullable T value) throws IOException {
        if (value == null) {
          out.nullValue();
          return;
        }
        JsonObject tree = new JsonObject();
        tree.addProperty(KIND, value.getClass().getSimpleName());
        as(value.getClass()).toJsonTree(value).getAsJsonObject().asMap().forEach(tree::add);
        trees.write(out, tree);
      }

      @Override
      public @Nullable T read(JsonReader in) throws IOException {
        JsonElement tree = trees.read(in);
        if (tree.isJsonNull()) {
          return null;
        }
        JsonElement kind = tree.isJsonObject() ? tree.getAsJsonObject().get(KIND) : null;
        Class<?> member = kind == null ? null : members.get(kind.getAsString());
        if (member == null) {
          throw new JsonFailure("no " + family.getSimpleName(), null);
        }
        return as(member).fromJsonTree(tree);
      }

      @SuppressWarnings("unchecked") // A member of the family is a T, which is the family or one.
      private TypeAdapter<T> as(Class<?> member) {
        return (TypeAdapter<T>) gson.getDelegateAdapter(SealedFactory.this, TypeToken.get(member));
      }
    };
  }
}
