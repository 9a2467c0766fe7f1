package io.syncanalyzer.verify.look;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.ReplyMemory;
import java.util.Arrays;
import java.util.Set;

/**
 * Which replies of the source may be compared with several replicas, one a little after the other:
 * those that tell a value, or a moment of expiry, as it was when they were given. Equal to what a
 * replica shows later, they prove the same as read at once: the replica shows what the source had.
 *
 * <p>Not those that run on by themselves, as a time to live does, nor windows of a large value,
 * which are only worth something as they stand to each other in time.
 */
public final class SharedReads implements ReplyMemory.Rule {
  private static final int ALL_OF_IT = 4;

  private static final Set<String> KEEPS =
      Set.of(
          "MGET",
          "GET",
          "DUMP",
          "SMEMBERS",
          "HGETALL",
          "TYPE",
          "MEMORY",
          "STRLEN",
          "HLEN",
          "LLEN",
          "SCARD",
          "ZCARD",
          "XLEN",
          "VCARD",
          "PEXPIRETIME",
          "HPEXPIRETIME");

  private static final Bytes WHOLE_LIST = ending("$1\r\n0\r\n$2\r\n-1\r\n");
  private static final Bytes WHOLE_ZSET = ending("$1\r\n0\r\n$2\r\n-1\r\n$10\r\nWITHSCORES\r\n");
  private static final Bytes WHOLE_STREAM = ending("$1\r\n-\r\n$1\r\n+\r\n");

  @Override
  public boolean keeps(String name, int parts, Bytes command) {
    return switch (name) {
      case "LRANGE" -> endsWith(command, WHOLE_LIST);
      case "ZRANGE" -> endsWith(command, WHOLE_ZSET);
      case "XRANGE" -> parts == ALL_OF_IT && endsWith(command, WHOLE_STREAM);
      default -> KEEPS.contains(name);
    };
  }

  private static Bytes ending(String words) {
    return Bytes.utf8(words);
  }

  private static boolean endsWith(Bytes command, Bytes end) {
    int from = command.length() - end.length();
    return from >= 0
        && Arrays.equals(command.array(), from, command.length(), end.array(), 0, end.length());
  }
}
