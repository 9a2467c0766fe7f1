package io.syncanalyzer.verify.found;

/** Ends the run when enough mismatches are confirmed. */
public final class MismatchLimit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MismatchLimit() {
    super("enough mismatches", null, false, false);
  }
}
