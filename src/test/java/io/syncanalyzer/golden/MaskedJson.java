package io.syncanalyzer.golden;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A JSON document with what varies replaced by its kind; all else, the layout too, stays as it is.
 */
final class MaskedJson {
  /** Keys come in the order of their hashes, which each server draws anew. */
  private static final Set<String> ANY_ORDER = Set.of("verify.mismatches");

  private final String text;
  private final Varying varying;
  private final UnaryOperator<String> words;
  private int at;

  private MaskedJson(String text, Varying varying, UnaryOperator<String> words) {
    this.text = text;
    this.varying = varying;
    this.words = words;
  }

  /**
   * Masks a document.
   *
   * @param words what masks the inside of a string
   */
  static String of(String text, Varying varying, UnaryOperator<String> words) {
    MaskedJson json = new MaskedJson(text, varying, words);
    return json.value("") + text.substring(json.at);
  }

  private String value(String path) {
    String before = space();
    return before
        + switch (text.charAt(at)) {
          case '{' -> object(path);
          case '[' -> array(path);
          default -> scalar(path);
        };
  }

  private String object(String path) {
    StringBuilder all = new StringBuilder();
    do {
      all.append(text.charAt(at++)).append(space());
      if (text.charAt(at) != '}') {
        String name = token();
        all.append(name).append(space()).append(text.charAt(at++));
        all.append(value(path + (path.isEmpty() ? "" : ".") + name.replace("\"", "")));
        all.append(space());
      }
    } while (text.charAt(at) == ',');
    return all.append(text.charAt(at++)).toString();
  }

  private String array(String path) {
    List<String> elements = new ArrayList<>();
    String after = "";
    do {
      at++;
      String before = space();
      if (text.charAt(at) == ']') {
        after = before;
      } else {
        elements.add(before + varying.figureOfJson(value(path)));
        after = space();
      }
    } while (text.charAt(at) == ',');
    at++;
    if (varying.measures() && path.endsWith("warnings")) {
      return "[<warnings>]";
    }
    if (path.endsWith("timeline") || path.endsWith("episodes.rows")) {
      return "[<rows>]"; // As many as the run took seconds; the CSV files have their columns.
    }
    if (ANY_ORDER.contains(path)) {
      Collections.sort(elements);
    }
    return "[" + String.join(",", elements) + after + "]";
  }

  private String scalar(String path) {
    String token = token();
    boolean string = token.startsWith("\"");
    if (varying.holds(path)) {
      return string ? "<text>" : "<number>";
    }
    return string ? words.apply(token) : token;
  }

  private String space() {
    int from = at;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private String token() {
    int from = at;
    if (text.charAt(at) != '"') {
      while (",]}".indexOf(text.charAt(at)) < 0 && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.substring(from, at);
    }
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
    }
    at++;
    return text.substring(from, at);
  }
}
