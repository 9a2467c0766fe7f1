package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;

/** Values as a test writes them. */
public final class Contents {
  private Contents() {}

  /** A value of parts {@code name=value}. */
  public static Content of(String... parts) {
    Content content = new Content();
    for (String part : parts) {
      String[] both = part.split("=", 2);
      content.part(Bytes.utf8(both[0]), Blob.of(Bytes.utf8(both[1])));
    }
    content.elements(parts.length);
    return content;
  }

  /** The same, with the time at which a part expires. */
  public static Content withDeadline(Content content, String part, long millis) {
    content.deadline(Bytes.utf8(part), millis);
    return content;
  }
}
