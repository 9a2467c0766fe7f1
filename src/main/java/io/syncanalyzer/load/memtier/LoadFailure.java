package io.syncanalyzer.load.memtier;

import org.jspecify.annotations.Nullable;

/**
 * A load that could not be started at all, so that there is nothing to keep.
 *
 * <p>Its message is one line for the user: what happened and what to do. A load that started and
 * then failed has a summary that says so.
 */
public final class LoadFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LoadFailure(String message) {
    this(message, null);
  }

  public LoadFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
