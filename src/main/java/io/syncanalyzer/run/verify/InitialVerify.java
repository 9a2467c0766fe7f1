package io.syncanalyzer.run.verify;

import java.util.Locale;

/** How much is compared before anything is written. */
public enum InitialVerify {
  /** Every key, as the verification at the end does. */
  FULL,
  /** Only the number of keys. */
  COUNTS,
  /** No comparison before the load. */
  OFF;

  /** The word used on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of that word.
   *
   * @throws IllegalArgumentException naming the words there are
   */
  public static InitialVerify of(String label) {
    for (InitialVerify choice : values()) {
      if (choice.label().equals(label)) {
        return choice;
      }
    }
    throw new IllegalArgumentException("`" + label + "` is none of full, counts, off");
  }
}
