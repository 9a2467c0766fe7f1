package io.syncanalyzer.redis.topology;

import java.nio.charset.StandardCharsets;

/**
 * For each slot the shortest text of letters and digits that hashes to it: a key with that text in
 * braces lies in that slot. Such texts have at most four characters. Made with the first use, which
 * takes some milliseconds; safe for use by several threads.
 */
public final class HashTags {
  /** What a tag looks like, as a regular expression. */
  public static final String FORM = "[0-9a-z]{1,4}";

  private static final int BASE = 36;

  private HashTags() {}

  /** The tag of a slot, without braces. */
  public static String of(int slot) {
    return Table.TAGS[slot];
  }

  private static final class Table {
    static final String[] TAGS = make();

    private static String[] make() {
      String[] tags = new String[HashSlot.COUNT];
      int left = tags.length;
      for (int length = 1; left > 0; length++) {
        byte[] text = new byte[length];
        int all = (int) Math.pow(BASE, length);
        for (int number = 0; number < all && left > 0; number++) {
          int rest = number;
          for (int at = length - 1; at >= 0; at--) {
            text[at] = (byte) Character.forDigit(rest % BASE, BASE);
            rest /= BASE;
          }
          int slot = HashSlot.of(text, 0, length);
          if (tags[slot] == null) {
            tags[slot] = new String(text, StandardCharsets.US_ASCII);
            left--;
          }
        }
      }
      return tags;
    }
  }
}
