package io.syncanalyzer.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees to and from Gson's. */
final class GsonTree {
  private GsonTree() {}

  static Json parse(String text) {
    try {
      return of(JsonParser.parseString(text));
    } catch (JsonParseException e) {
      throw new JsonFailure(String.valueOf(e.getMessage()), e);
    }
  }

  static Json of(JsonElement element) {
    if (element instanceof JsonObject object) {
      Map<String, Json> fields = new LinkedHashMap<>();
      object.entrySet().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
      return new Json.Obj(fields);
    }
    if (element instanceof JsonArray array) {
      List<Json> items = new ArrayList<>();
      array.forEach(item -> items.add(of(item)));
      return new Json.Arr(items);
    }
    if (element instanceof JsonPrimitive primitive) {
      return primitive.isBoolean()
          ? new Json.Bool(primitive.getAsBoolean())
          : primitive.isNumber()
              ? new Json.Num(primitive.getAsString())
              : new Json.Text(primitive.getAsString());
    }
    return new Json.Null();
  }

  static JsonElement element(Json json) {
    if (json instanceof Json.Obj object) {
      JsonObject element = new JsonObject();
      object.fields().forEach((name, value) -> element.add(name, element(value)));
      return element;
    }
    if (json instanceof Json.Arr array) {
      JsonArray element = new JsonArray();
      array.items().forEach(item -> element.add(element(item)));
      return element;
    }
    if (json instanceof Json.Text text) {
      return new JsonPrimitive(text.value());
    }
    if (json instanceof Json.Num number) {
      return new JsonPrimitive(new Digits(number.digits()));
    }
    return json instanceof Json.Bool truth ? new JsonPrimitive(truth.value()) : JsonNull.INSTANCE;
  }

  /** A number that is written with the very digits that it was read with. */
  private static final class Digits extends Number {
    private static final long serialVersionUID = 1L;

    private final String text;

    Digits(String text) {
      this.text = text;
    }

    @Override
    public int intValue() {
      return new BigDecimal(text).intValue();
    }

    @Override
    public long longValue() {
      return new BigDecimal(text).longValue();
    }

    @Override
    public float floatValue() {
      return Float.parseFloat(text);
    }

    @Override
    public double doubleValue() {
      return Double.parseDouble(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
