package io.syncanalyzer.embedded;

import org.jspecify.annotations.Nullable;

/** A server could not be found or started; the message is one line for the user. */
public final class EmbeddedFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmbeddedFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
