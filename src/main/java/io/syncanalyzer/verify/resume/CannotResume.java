package io.syncanalyzer.verify.resume;

/**
 * A verification was to go on from a checkpoint that is not for it. Nothing was changed. The
 * message is one line that says why, and what to do other than to begin anew.
 */
public final class CannotResume extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public CannotResume(String why) {
    super(why);
  }
}
