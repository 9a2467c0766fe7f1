package io.syncanalyzer.cli.words;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a share that is written in percent: {@code 5}, {@code 5%} and {@code 5 %} are the same. */
public final class Percent {
  private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?) ?%?");

  private Percent() {}

  /**
   * The number before the sign.
   *
   * @param what it is a share of, to go into a sentence: {@code a share of a CPU}
   * @throws IllegalArgumentException with one line if it is none
   */
  public static double of(String what, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(what + " is a number such as 5 or 5%");
    }
    return Double.parseDouble(matcher.group(1));
  }
}
