package io.syncanalyzer.insert.fork;

import org.jspecify.annotations.Nullable;

/** A JMH fork that could not run at all: one line says why and what to do. */
public final class InsertFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InsertFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
