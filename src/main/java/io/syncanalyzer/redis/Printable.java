package io.syncanalyzer.redis;

import java.util.regex.Pattern;

/** What a server says, fit for a terminal and a page: one line, no control or format characters. */
public final class Printable {
  private static final int LONGEST = 300;

  /** Every category of "other", and the two line separators that are none. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

  private Printable() {}

  /** The text in one line, cut where it is very long. */
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    // Cut first: what is to be cut off need not be searched.
    String part = text.length() <= 2 * LONGEST ? text : text.substring(0, 2 * LONGEST);
    String line = UNFIT.matcher(part).replaceAll(" ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static boolean isPlain(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
