package io.syncanalyzer.report.files;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Iterator;
import java.util.Map;

/** JSON laid out for people: a row of a table is one line, all else is indented by two. */
final class JsonText {
  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

  private JsonText() {}

  static String of(JsonElement element) {
    StringBuilder out = new StringBuilder();
    append(out, element, "", false);
    return out.append('\n').toString();
  }

  private static void append(
      StringBuilder out, JsonElement element, String indent, boolean inArray) {
    if (isFlat(element) && (inArray || !element.isJsonObject())) {
      out.append(COMPACT.toJson(element));
    } else if (element.isJsonObject()) {
      appendObject(out, element.getAsJsonObject(), indent);
    } else {
      out.append('[');
      String inner = indent + "  ";
      for (Iterator<JsonElement> items = element.getAsJsonArray().iterator(); items.hasNext(); ) {
        out.append('\n').append(inner);
        append(out, items.next(), inner, true);
        out.append(items.hasNext() ? "," : "");
      }
      out.append('\n').append(indent).append(']');
    }
  }

  private static void appendObject(StringBuilder out, JsonObject object, String indent) {
    out.append('{');
    String inner = indent + "  ";
    for (Iterator<Map.Entry<String, JsonElement>> entries = object.entrySet().iterator();
        entries.hasNext(); ) {
      Map.Entry<String, JsonElement> entry = entries.next();
      out.append('\n').append(inner).append(COMPACT.toJson(entry.getKey())).append(": ");
      append(out, entry.getValue(), inner, false);
      out.append(entries.hasNext() ? "," : "");
    }
    out.append(object.isEmpty() ? "}" : "\n" + indent + "}");
  }

  /** Whether it holds nothing that holds something. */
  private static boolean isFlat(JsonElement element) {
    if (element.isJsonObject()) {
      return element.getAsJsonObject().asMap().values().stream().noneMatch(JsonText::isContainer);
    }
    return !element.isJsonArray()
        || element.getAsJsonArray().asList().stream().noneMatch(JsonText::isContainer);
  }

  private static boolean isContainer(JsonElement element) {
    return element.isJsonObject() || element.isJsonArray();
  }
}
