package io.syncanalyzer.verify;

import io.syncanalyzer.verify.attempt.VerifyRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the verification of one of several replicas came to: a summary, or why there is none.
 *
 * @param request what was asked for
 * @param summary what was found; null where it failed before the first key was looked at
 * @param failure why; null where there is a summary
 */
public record Verified(
    VerifyRequest request, @Nullable VerifySummary summary, @Nullable RuntimeException failure) {
  public Verified {
    Objects.requireNonNull(request, "request is null");
    if ((summary == null) == (failure == null)) {
      throw new IllegalArgumentException("either a summary or a failure");
    }
  }
}
