package io.syncanalyzer.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value as a tree. Immutable; objects keep the order of their fields. */
public sealed interface Json {
  /**
   * Reads a text.
   *
   * @throws JsonFailure if it is no JSON
   */
  static Json parse(String text) {
    return GsonTree.parse(text);
  }

  /** A text, a number, a truth value; null becomes {@link Null}. */
  static Json of(@Nullable Object value) {
    if (value == null) {
      return new Null();
    }
    if (value instanceof Boolean truth) {
      return new Bool(truth);
    }
    return value instanceof Number number ? new Num(number.toString()) : new Text(value.toString());
  }

  /**
   * The object that this is.
   *
   * @throws JsonFailure if it is none
   */
  default Obj asObject() {
    if (this instanceof Obj object) {
      return object;
    }
    throw new JsonFailure("Not a JSON Object: " + text(), null);
  }

  /** The text, without blanks. */
  default String text() {
    return JsonText.compact(this);
  }

  /** Named values, in order. */
  record Obj(Map<String, Json> fields) implements Json {
    public Obj {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The value of that name; null = there is none. */
    public @Nullable Json get(String name) {
      return fields.get(name);
    }

    /** With that field at its place, else at the end. */
    public Obj with(String name, Json value) {
      Map<String, Json> more = new LinkedHashMap<>(fields);
      more.put(name, value);
      return new Obj(more);
    }

    /** Without that field. */
    public Obj without(String name) {
      Map<String, Json> fewer = new LinkedHashMap<>(fields);
      fewer.remove(name);
      return new Obj(fewer);
    }
  }

  /** Values in order. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = Collections.unmodifiableList(new ArrayList<>(items));
    }
  }

  /** A text. */
  record Text(String value) implements Json {}

  /** A number, by its digits: none is lost on the way through. */
  record Num(String digits) implements Json {
    /** As a number with a fraction. */
    public double asDouble() {
      return Double.parseDouble(digits);
    }

    /**
     * As a whole number, however it is written: {@code 320.0} is one.
     *
     * @throws NumberFormatException if it is none
     */
    public long asLong() {
      try {
        return new BigDecimal(digits).longValueExact();
      } catch (ArithmeticException notWhole) {
        throw new NumberFormatException(digits + " is no whole number of 64 bits");
      }
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Json {}

  /** The value {@code null}; all are equal. */
  record Null() implements Json {}
}
