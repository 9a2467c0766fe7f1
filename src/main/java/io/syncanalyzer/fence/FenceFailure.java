package io.syncanalyzer.fence;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fence could not be passed, or proves nothing; the message is one line for the user. */
public final class FenceFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, for those who must react rather than print. */
  public enum Kind {
    /** The replica follows nothing that we write to the source. */
    NOT_FOLLOWING,
    /** The replica follows, but did not catch up in the time allowed. */
    BEHIND,
    /** A fence needs something that a server does not allow. */
    REFUSED,
    /** A server was replaced or failed over meanwhile, so that the fence proves nothing. */
    REPLACED,
    /** The user asked to stop. */
    INTERRUPTED
  }

  private final Kind kind;

  public FenceFailure(Kind kind, String message, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message is null"), cause);
    this.kind = Objects.requireNonNull(kind, "kind is null");
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
