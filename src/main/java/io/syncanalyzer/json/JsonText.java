package io.syncanalyzer.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON laid out for people: a row of a table is one line, all else is indented by two. */
public final class JsonText {
  private static final Gson COMPACT =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private JsonText() {}

  /** The text, its last line ended. */
  public static String of(Json json) {
    StringBuilder out = new StringBuilder();
    append(out, json, "", false);
    return out.append('\n').toString();
  }

  static String compact(Json json) {
    return COMPACT.toJson(GsonTree.element(json));
  }

  private static void append(StringBuilder out, Json json, String indent, boolean inArray) {
    if (json instanceof Json.Obj object && !(inArray && isFlat(object.fields().values()))) {
      appendObject(out, object, indent);
    } else if (json instanceof Json.Arr array && !isFlat(array.items())) {
      appendArray(out, array.items(), indent);
    } else {
      out.append(compact(json));
    }
  }

  private static void appendArray(StringBuilder out, List<Json> array, String indent) {
    out.append('[');
    String inner = indent + "  ";
    for (Iterator<Json> items = array.iterator(); items.hasNext(); ) {
      out.append('\n').append(inner);
      append(out, items.next(), inner, true);
      out.append(items.hasNext() ? "," : "");
    }
    out.append('\n').append(indent).append(']');
  }

  private static void appendObject(StringBuilder out, Json.Obj object, String indent) {
    out.append('{');
    String inner = indent + "  ";
    for (Iterator<Map.Entry<String, Json>> entries = object.fields().entrySet().iterator();
        entries.hasNext(); ) {
      Map.Entry<String, Json> entry = entries.next();
      out.append('\n').append(inner).append(COMPACT.toJson(entry.getKey())).append(": ");
      append(out, entry.getValue(), inner, false);
      out.append(entries.hasNext() ? "," : "");
    }
    out.append(object.fields().isEmpty() ? "}" : "\n" + indent + "}");
  }

  /** Whether none of these holds something itself. */
  private static boolean isFlat(Collection<Json> values) {
    return values.stream().noneMatch(one -> one instanceof Json.Obj || one instanceof Json.Arr);
  }
}
