package io.syncanalyzer.fence;

import io.syncanalyzer.redis.Counted;
import java.util.Locale;
import java.util.Objects;

/**
 * What the fences of a verification went by, and how they went.
 *
 * @param description what they go by and why, in one line
 * @param proves whether they prove anything
 * @param passed how often one was passed
 * @param longestNanos how long that took at most
 * @param writes how many writes to the source were its own, the removal of its key with them
 */
public record FenceUse(
    String description, boolean proves, long passed, long longestNanos, long writes) {
  public FenceUse {
    Objects.requireNonNull(description, "description is null");
  }

  /** In one line. */
  public String words() {
    return description
        + (proves
            ? String.format(
                Locale.ROOT,
                "; passed %s, at most %.1f ms each",
                Counted.words(passed, "time"),
                longestNanos / 1e6)
            : "");
  }

  /** What kind of fence it is: the description's first word. */
  public String kind() {
    int end = description.indexOf(':');
    return end < 0 ? description : description.substring(0, end);
  }
}
