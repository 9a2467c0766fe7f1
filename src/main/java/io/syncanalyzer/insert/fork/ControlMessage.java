package io.syncanalyzer.insert.fork;

import com.google.gson.JsonElement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line on the control channel between the analyzer and a JMH fork.
 *
 * @param kind what it says
 * @param body what goes with it, by kind; null where the kind says it all
 */
public record ControlMessage(Kind kind, @Nullable JsonElement body) {
  /** In the order in which they pass; {@code up} is fork to parent. */
  public enum Kind {
    /** Up, first: the fork's process id. */
    HELLO,
    /** Down: what to do, with the secrets that no command line may hold. */
    SETTINGS,
    /** Up: connected to the servers, waiting for {@link #GO}. */
    READY,
    /** Down: begin. */
    GO,
    /** Up, once a second. */
    PROGRESS,
    /** Up: it cannot go on, and why; {@link #DONE} follows where there is something to keep. */
    FAILED,
    /** Up: the last write is made; waiting for {@link #FINISH}. */
    DONE,
    /** Down: the step of the load's ramp that has begun, 0 where one has ended. */
    STEP,
    /** Down: nothing more is to be written; {@link #DONE} follows soon. */
    END,
    /** Down: hand over the result. */
    FINISH,
    /** Down, at any time: stop at once, keep what there is, hand it over. */
    STOP,
    /** Up, last: the result. */
    RESULT
  }

  public ControlMessage {
    Objects.requireNonNull(kind, "kind is null");
    body = body == null || body.isJsonNull() ? null : body;
  }

  /** The body of a message whose kind has one. */
  JsonElement requireBody() {
    if (body == null) {
      throw new IllegalStateException(kind + " came without its body");
    }
    return body;
  }
}
