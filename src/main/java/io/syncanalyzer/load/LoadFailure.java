package io.syncanalyzer.load;

import org.jspecify.annotations.Nullable;

/**
 * A load that could not be started at all, so that there is nothing to keep.
 *
 * <p>Its message is one line for the user: what happened and what to do. A load that started and
 * then failed is a {@link LoadSummary} that says so in {@link LoadSummary#incomplete}.
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
