package io.syncanalyzer.verify.settle;

/**
 * Settles what has no parts that keep their names, by looking at it as a whole again and again
 * where nothing proves that the source stood still: it differs if {@link SettlingRule#LOOKS} looks
 * in a row show the same difference, and is equal as soon as one shows that the replica was only
 * behind. Pure: it is told what a look showed. For one value.
 */
final class RepeatedLooks {
  private final int patience;
  private int looks;
  private boolean changed;

  /**
   * @param patience so many looks are given to what was seen to change, in case one shows it equal
   */
  RepeatedLooks(int patience) {
    this.patience = patience;
  }

  /** What the looks so far tell. */
  enum Told {
    /** Another look is needed. */
    OPEN,
    EQUAL,
    DIFFERS,
    /** It changed from look to look. */
    CHANGING
  }

  /**
   * Takes a look.
   *
   * @param equal whether the replica showed what the source had before it or after it
   * @param same whether the source had the same before and after, and all was as at the last look
   */
  Told take(boolean equal, boolean same) {
    looks++;
    if (equal) {
      return Told.EQUAL;
    }
    changed |= !same;
    if (changed) {
      return looks >= patience ? Told.CHANGING : Told.OPEN;
    }
    return looks >= SettlingRule.LOOKS ? Told.DIFFERS : Told.OPEN;
  }
}
