package io.syncanalyzer.capacity;

/** Why a rate is tried. */
public enum Purpose {
  /** The one that was asked for first. */
  FIRST("first"),
  /** Twice what was sustained. */
  DOUBLED("doubled"),
  /** The last one sustained, once more before the search narrows down above it. */
  CONFIRMED("confirmed"),
  /** Between two bounds. */
  BISECTED("bisected"),
  /** It came out both ways, or against another rate. */
  AGAIN("again"),
  /** Whether the pair itself has changed, by a rate that was clear before. */
  DRIFT("drift"),
  /** A bound that decides. */
  BOUND("bound"),
  /** The lower bound, after all else. */
  LAST("last"),
  /** The one rate that is asked about. */
  AT_LEAST("at least");

  private final String label;

  Purpose(String label) {
    this.label = label;
  }

  /** In a word or two. */
  public String label() {
    return label;
  }
}
