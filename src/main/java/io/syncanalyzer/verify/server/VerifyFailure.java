package io.syncanalyzer.verify.server;

import io.syncanalyzer.fence.FenceFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The verification could not run, or not go on; the message is one line for the user. */
public final class VerifyFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, for those who must react rather than print. */
  public enum Kind {
    /** A fence could not be passed. */
    FENCE,
    /** Source and replica are one server, so that all would be equal and nothing proved. */
    SAME_SERVER,
    /** A server was replaced or restarted meanwhile, so that what was read does not add up. */
    REPLACED,
    /**
     * A side lost keys meanwhile by the many, or keys moved to names that had been looked at, so
     * that what was found no longer holds; or it does not tell what there is to be compared.
     */
    CHANGED,
    /** A server could not be reached or used, or was lost. */
    SERVER,
    /** The work folder could not be written or read. */
    DISK,
    /** We ran out of memory. */
    MEMORY,
    /** Another machine that was to compare a part of it did not. */
    EXECUTOR,
    /** The user asked to stop. */
    INTERRUPTED
  }

  private final Kind kind;

  public VerifyFailure(Kind kind, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message is null"), cause);
    this.kind = Objects.requireNonNull(kind, "kind is null");
  }

  /** The failure that a run which ended with {@code thrown} is to report. */
  public static RuntimeException of(Throwable thrown) {
    if (thrown instanceof FenceFailure fence) {
      return new VerifyFailure(of(fence.kind()), String.valueOf(fence.getMessage()), fence);
    }
    if (thrown instanceof RuntimeException known) {
      return known;
    }
    return thrown instanceof OutOfMemoryError
        ? new VerifyFailure(
            Kind.MEMORY,
            "out of memory: keys or fields are larger than this heap can hold; give more with java"
                + " -Xmx",
            thrown)
        : new IllegalStateException(thrown);
  }

  private static Kind of(FenceFailure.Kind fence) {
    return switch (fence) {
      case INTERRUPTED -> Kind.INTERRUPTED;
      case REPLACED -> Kind.REPLACED;
      case NOT_FOLLOWING, BEHIND, REFUSED -> Kind.FENCE;
    };
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
