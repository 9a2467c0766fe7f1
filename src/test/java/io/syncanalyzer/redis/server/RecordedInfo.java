package io.syncanalyzer.redis.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** INFO of servers that are none of Redis, shortened to what is read of it. */
public final class RecordedInfo {
  private RecordedInfo() {}

  /** That of a file of the resources' folder {@code info}, such as {@code kvrocks-source}. */
  public static ServerInfo of(String name) {
    try (InputStream in = RecordedInfo.class.getResourceAsStream("/info/" + name + ".txt")) {
      if (in == null) {
        throw new IllegalArgumentException("no recorded INFO " + name);
      }
      return ServerInfo.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
