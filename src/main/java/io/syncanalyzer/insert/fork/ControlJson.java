package io.syncanalyzer.insert.fork;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.syncanalyzer.probe.JdkTypesJson;

/**
 * JSON as the control channel speaks it: records by their components, the JDK's types as {@link
 * JdkTypesJson} has them.
 *
 * <p>Secrets are written in full, which is what the channel is for: never print or store what this
 * writes. {@link RuntimeException}s of Gson say what did not fit.
 */
public final class ControlJson {
  private static final Gson GSON =
      JdkTypesJson.builder().serializeSpecialFloatingPointValues().disableHtmlEscaping().create();

  private ControlJson() {}

  static String line(ControlMessage message) {
    return GSON.toJson(message);
  }

  static ControlMessage message(String line) {
    return GSON.fromJson(line, ControlMessage.class);
  }

  public static JsonElement tree(Object body) {
    return GSON.toJsonTree(body);
  }

  public static <T> T read(JsonElement body, Class<T> type) {
    return GSON.fromJson(body, type);
  }
}
