package io.syncanalyzer.json;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How records are written as JSON and read back: by their components, each under its own name.
 *
 * <pre>{@code
 * JsonFormat format = JsonFormat.builder().text(Instant.class, Instant::toString, Instant::parse).build();
 * String line = format.write(row);
 * Row same = format.read(line, Row.class);
 * }</pre>
 *
 * <p>A component that is null is left out, unless the format has it otherwise; one that the text
 * lacks is read as null. No floating-point number may be infinite or {@code NaN}.
 */
public final class JsonFormat {
  private final Gson gson;

  private JsonFormat(Gson gson) {
    this.gson = gson;
  }

  /** A format without anything special. */
  public static Builder builder() {
    return new Builder();
  }

  /** The value as JSON text on one line. */
  public String write(Object value) {
    return gson.toJson(value);
  }

  /** The tree of which {@link #write} is the text. */
  public Json tree(Object value) {
    return GsonTree.of(gson.toJsonTree(value));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return null where the text is empty or {@code null}
   * @throws JsonFailure if it is no JSON, or none of that type
   */
  public <T> @Nullable T read(String text, Class<T> type) {
    return read(() -> gson.fromJson(text, type));
  }

  /** As {@link #read(String, Class)}, of a tree. */
  public <T> @Nullable T read(Json tree, Class<T> type) {
    return read(() -> gson.fromJson(GsonTree.element(tree), type));
  }

  private static <T> @Nullable T read(Supplier<@Nullable T> reading) {
    try {
      return reading.get();
    } catch (JsonParseException e) {
      throw new JsonFailure(String.valueOf(e.getMessage()), e);
    } catch (JsonFailure e) {
      throw e;
    } catch (RuntimeException e) {
      // What a record's own check refuses comes wrapped, in words that quote every component.
      Throwable refused = e.getCause() == null ? e : e.getCause();
      throw new JsonFailure(String.valueOf(refused.getMessage()), e);
    }
  }

  /** What is special about a format. */
  public static final class Builder {
    private final GsonBuilder gson = new GsonBuilder();
    private boolean html;

    private Builder() {}

    /** Names as CSV columns have them: {@code opsPerS} is {@code ops_per_s}. */
    public Builder columnNames() {
      gson.setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES);
      return this;
    }

    /** What is null is written, as {@code null}. */
    public Builder nulls() {
      gson.serializeNulls();
      return this;
    }

    /** The text may stand inside HTML: {@code <}, {@code >}, {@code &} and U+2028 are escaped. */
    public Builder withinHtml() {
      html = true;
      return this;
    }

    /** Values of this type, and of those below it, are texts. */
    public <T> Builder text(Class<T> type, Function<T, String> write, Function<String, T> read) {
      return adapter(
          type,
          (value, of, context) -> new JsonPrimitive(write.apply(value)),
          (json, of, context) -> read.apply(json.getAsString()));
    }

    /** Values of this type, and of those below it, are such trees. */
    public <T> Builder tree(Class<T> type, Function<T, Json> write, Function<Json, T> read) {
      return adapter(
          type,
          (value, of, context) -> GsonTree.element(write.apply(value)),
          (json, of, context) -> read.apply(GsonTree.of(json)));
    }

    /**
     * Records of this sealed interface have their simple name beside their components, as {@code
     * kind}, by which they are told when read.
     */
    public Builder sealed(Class<?> family) {
      gson.registerTypeAdapterFactory(new SealedFactory(family));
      return this;
    }

    private <T> Builder adapter(
        Class<T> type, JsonSerializer<T> writer, JsonDeserializer<T> reader) {
      gson.registerTypeHierarchyAdapter(type, writer);
      gson.registerTypeHierarchyAdapter(type, reader);
      return this;
    }

    /**
     * The JDK's own: a {@link Duration} as its ISO text, a {@link Path} as text, an empty {@link
     * Optional} as null, which is written.
     */
    public Builder jdkTypes() {
      gson.registerTypeAdapterFactory(new OptionalFactory());
      return nulls()
          .text(Duration.class, Duration::toString, Duration::parse)
          .text(Path.class, Path::toString, Path::of);
    }

    /** The format. */
    public JsonFormat build() {
      return new JsonFormat((html ? gson : gson.disableHtmlEscaping()).create());
    }
  }
}
