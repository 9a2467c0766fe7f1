package io.syncanalyzer.verify;

/** Ends the run when enough mismatches are confirmed. */
final class MismatchLimit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MismatchLimit() {
    super("enough mismatches", null, false, false);
  }
}
