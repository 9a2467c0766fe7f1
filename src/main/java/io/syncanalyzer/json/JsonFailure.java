package io.syncanalyzer.json;

import org.jspecify.annotations.Nullable;

/** A text that is no JSON, or JSON of something else than was to be read. */
public final class JsonFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message may quote the text, and so a secret in it
   */
  public JsonFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
