package io.syncanalyzer.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON that may be broken, read as far as it goes: of a name that comes twice the first counts, of
 * an end before its time what came before it, and a number is whatever stands in its place.
 *
 * @param root objects are maps of these, texts and numbers strings; arrays are left out
 * @param truncated whether it ended before its time, or is no object at all
 */
public record BrokenJson(Map<String, Object> root, boolean truncated) {
  /** Reads and closes it. */
  public static BrokenJson read(Reader text) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    try (JsonReader reader = new JsonReader(text)) {
      reader.setStrictness(Strictness.LENIENT);
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        return new BrokenJson(root, true);
      }
      fill(root, reader);
      return new BrokenJson(root, false);
    } catch (MalformedJsonException | EOFException | IllegalStateException cut) {
      return new BrokenJson(root, true);
    }
  }

  private static void fill(Map<String, Object> into, JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      switch (reader.peek()) {
        case BEGIN_OBJECT -> {
          Map<String, Object> inner = new LinkedHashMap<>();
          // Put in before it is filled, so that a cut keeps what came before it.
          into.putIfAbsent(name, inner);
          fill(inner, reader);
        }
        case STRING, NUMBER -> into.putIfAbsent(name, reader.nextString());
        default -> reader.skipValue();
      }
    }
    reader.endObject();
  }
}
