package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.nio.charset.StandardCharsets;

/** How many bytes commands and replies take on the wire (RESP2). */
public final class RespSize {
  private static final int TYPE_AND_END = 3;
  private static final int END = 2;
  private static final int NIL = 5;

  private RespSize() {}

  public static int of(Command command, byte[][] arguments) {
    int size = TYPE_AND_END + digits(arguments.length + 1) + bulk(command.name().length());
    for (byte[] argument : arguments) {
      size += bulk(argument.length);
    }
    return size;
  }

  public static int of(Reply reply) {
    if (reply instanceof Reply.Text text) {
      return bulk(text.bytes().length());
    }
    if (reply instanceof Reply.Int number) {
      return TYPE_AND_END + Long.toString(number.value()).length();
    }
    if (reply instanceof Reply.Failed failed) {
      return TYPE_AND_END + failed.message().getBytes(StandardCharsets.UTF_8).length;
    }
    if (reply instanceof Reply.Items items) {
      int size = TYPE_AND_END + digits(items.list().size());
      for (Reply item : items.list()) {
        size += of(item);
      }
      return size;
    }
    return NIL;
  }

  private static int bulk(int length) {
    return TYPE_AND_END + digits(length) + length + END;
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }
}
