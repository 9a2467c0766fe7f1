package io.syncanalyzer.bench;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import java.util.Random;

/**
 * Writes the keyspace that verification is measured on: strings, and some of each other type. Its
 * keys have names as a user's have, not ours: for servers that are thrown away.
 */
public final class KeyspaceMix {
  private static final int PIPELINE = 1000;
  private static final int ELEMENTS = 10;

  private KeyspaceMix() {}

  /** From the shell: URI, number of strings, number of each other type, bytes of a string. */
  public static void main(String[] arguments) {
    if (arguments.length != 4) {
      System.err.println("give a URI, the number of strings, of each other type, a string's bytes");
      return;
    }
    write(
        Endpoint.parse(Side.SOURCE, arguments[0]),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]),
        42);
  }

  /** Writes them, random values by the seed. */
  public static void write(Endpoint endpoint, int strings, int ofEach, int valueBytes, long seed) {
    Random random = new Random(seed);
    byte[] value = new byte[valueBytes];
    try (RawConnection connection = RawConnection.open(endpoint)) {
      RawOutput out = connection.out();
      int sent = 0;
      for (int i = 0; i < strings; i++) {
        random.nextBytes(value);
        out.begin(3);
        out.part("SET");
        out.part("string:" + i);
        out.part(value, 0, value.length);
        sent = drain(connection, sent + 1, PIPELINE);
      }
      for (int i = 0; i < ofEach; i++) {
        collection(out, random, "HSET", "hash:" + i, true);
        collection(out, random, "RPUSH", "list:" + i, false);
        collection(out, random, "SADD", "set:" + i, false);
        out.begin(2 + 2 * ELEMENTS);
        out.part("ZADD");
        out.part("zset:" + i);
        for (int e = 0; e < ELEMENTS; e++) {
          out.part(Double.toString(random.nextInt(100_000) / 8.0));
          out.part("member" + random.nextInt());
        }
        sent = drain(connection, sent + 4, PIPELINE);
      }
      drain(connection, sent, 0);
    }
  }

  private static void collection(
      RawOutput out, Random random, String command, String key, boolean pairs) {
    out.begin(2 + (pairs ? 2 : 1) * ELEMENTS);
    out.part(command);
    out.part(key);
    for (int e = 0; e < ELEMENTS; e++) {
      if (pairs) {
        out.part("field" + e);
      }
      out.part("value" + random.nextInt());
    }
  }

  private static int drain(RawConnection connection, int sent, int most) {
    if (sent <= most) {
      return sent;
    }
    connection.out().flush();
    for (int i = 0; i < sent; i++) {
      if (connection.in().next() == RawInput.ERROR) {
        throw new IllegalStateException(connection.in().text());
      }
      connection.in().skipRest();
    }
    return 0;
  }
}
