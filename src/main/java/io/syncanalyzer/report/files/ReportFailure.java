package io.syncanalyzer.report.files;

import org.jspecify.annotations.Nullable;

/** The results cannot be written or read; the message is one line for the user. */
public final class ReportFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReportFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
