package io.syncanalyzer.probe.timeline;

import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** What {@code client-output-buffer-limit} says: a class, its hard and soft limit, seconds. */
final class BufferLimit {
  private BufferLimit() {}

  /**
   * The hard limit of a replica's buffer, in bytes; 0 = there is none, null = not told. The soft
   * one ends no connection before it was exceeded for some time, so a buffer may hold more than
   * that.
   */
  static @Nullable Long ofReplica(String setting) {
    StringTokenizer words = new StringTokenizer(setting);
    while (words.countTokens() >= 4) {
      String whose = words.nextToken();
      String hard = words.nextToken();
      words.nextToken();
      words.nextToken();
      if (whose.equals("slave") || whose.equals("replica")) {
        return hard.matches("\\d{1,18}") ? Long.valueOf(hard) : null;
      }
    }
    return null;
  }
}
