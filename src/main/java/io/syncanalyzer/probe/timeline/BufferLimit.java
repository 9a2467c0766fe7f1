package io.syncanalyzer.probe.timeline;

import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** What {@code client-output-buffer-limit} says: a class, its hard and soft limit, seconds. */
final class BufferLimit {
  private BufferLimit() {}

  /**
   * The lower of both limits of a replica's buffer, in bytes; 0 = there is none, null = not told.
   */
  static @Nullable Long ofReplica(String setting) {
    StringTokenizer words = new StringTokenizer(setting);
    while (words.countTokens() >= 4) {
      String whose = words.nextToken();
      List<String> limits = List.of(words.nextToken(), words.nextToken());
      words.nextToken();
      if (whose.equals("slave") || whose.equals("replica")) {
        return limits.stream().allMatch(limit -> limit.matches("\\d{1,18}"))
            ? Long.valueOf(
                limits.stream()
                    .mapToLong(Long::parseLong)
                    .filter(limit -> limit > 0)
                    .min()
                    .orElse(0))
            : null;
      }
    }
    return null;
  }
}
