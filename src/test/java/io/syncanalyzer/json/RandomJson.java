package io.syncanalyzer.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** JSON values of every kind by chance, the same ones for the same seed. */
public final class RandomJson {
  private static final int DEEPEST = 3;

  /** What texts are made of: what JSON must escape, and what takes several bytes. */
  private static final String CHARACTERS =
      "aZ09 \"\\/\n\r\t\u0000\u001f\u007f<>&'=\u2028ß€\ud83d\ude00";

  private final Random random;

  public RandomJson(Random random) {
    this.random = random;
  }

  /** Any value, perhaps one that holds others. */
  public Json value() {
    return value(0);
  }

  private Json value(int depth) {
    return switch (random.nextInt(depth == DEEPEST ? 5 : 7)) {
      case 0 -> new Json.Null();
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of(text());
      case 3 -> Json.of(number());
      case 4 -> Json.of(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      case 5 -> {
        List<Json> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(depth + 1));
        }
        yield new Json.Arr(items);
      }
      default -> object(depth);
    };
  }

  /** An object, perhaps empty. */
  public Json.Obj object() {
    return object(0);
  }

  private Json.Obj object(int depth) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.put(text(), value(depth + 1));
    }
    return new Json.Obj(fields);
  }

  /** A text of up to eight characters. */
  public String text() {
    StringBuilder text = new StringBuilder();
    int[] characters = CHARACTERS.codePoints().toArray();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  /** A whole number of any size. */
  public long number() {
    return random.nextLong() >> random.nextInt(64);
  }
}
