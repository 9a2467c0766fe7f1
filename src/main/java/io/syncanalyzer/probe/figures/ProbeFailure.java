package io.syncanalyzer.probe.figures;

import org.jspecify.annotations.Nullable;

/** The probe could not run; the message is one line for the user. */
public final class ProbeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProbeFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
