package io.syncanalyzer.insert.load;

import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The arguments of the load's commands: keys under {@code sa:load:}, values cut from one block of
 * random bytes. The same seed gives the same data. One lane's own; the block is shared.
 *
 * <p>Hashes, sets and sorted sets hold at most {@value #ELEMENTS} elements, lists and streams about
 * as many, so that a load without end stays within the memory that its key range implies.
 */
public final class LoadData {
  static final int ELEMENTS = 100;

  private static final int BLOCK_BYTES = 1 << 20;
  private static final int LIST_WRITES_PER_TRIM = 8;
  private static final byte[] ZERO = ascii("0");
  private static final byte[] LAST = ascii(Integer.toString(ELEMENTS - 1));
  private static final byte[] NEWEST = ascii("+");
  private static final byte[] OLDEST = ascii("-");
  private static final byte[] COUNT = ascii("COUNT");
  private static final byte[] ONE = ascii("1");
  private static final byte[] MAXLEN = ascii("MAXLEN");
  private static final byte[] ABOUT = ascii("~");
  private static final byte[] LIMIT = ascii(Integer.toString(ELEMENTS));
  private static final byte[] ANY_ID = ascii("*");
  private static final byte[] FIELD = ascii("v");

  private final byte[] block;
  private final int valueBytes;
  private final long keyRange;
  private final SplittableRandom random;

  public LoadData(byte[] block, JmhLoadRequest request, int lane) {
    this.block = block;
    this.valueBytes = request.valueBytes();
    this.keyRange = request.keyRange();
    // Far apart and never the same for two lanes of one seed.
    this.random = new SplittableRandom(request.seed() * 1_000_003L + lane);
  }

  /** The random bytes that all lanes cut their values from. */
  public static byte[] block(JmhLoadRequest request) {
    byte[] block = new byte[Math.max(BLOCK_BYTES, 2 * request.valueBytes())];
    new SplittableRandom(request.seed()).nextBytes(block);
    return block;
  }

  /** The next command of a type. */
  public LoadCommand command(SentinelType type, double readShare) {
    if (readShare > 0 && random.nextDouble() < readShare) {
      return LoadCommand.reading(type);
    }
    if (type == SentinelType.LIST && random.nextInt(LIST_WRITES_PER_TRIM) == 0) {
      return LoadCommand.LTRIM;
    }
    return LoadCommand.writing(type);
  }

  /** The number of the next key. */
  long number() {
    return random.nextLong(keyRange);
  }

  /** The key of that number. */
  static byte[] key(SentinelType type, long number) {
    return ascii(KeyPrefix.LOAD + type.label() + ":" + number);
  }

  /** What goes with that command. */
  public byte[][] arguments(SentinelType type, LoadCommand command) {
    return arguments(command, key(type, number()));
  }

  /** What goes with that command on that key. */
  byte[][] arguments(LoadCommand command, byte[] key) {
    return switch (command) {
      case SET -> new byte[][] {key, value()};
      case GET -> new byte[][] {key};
      case HSET -> new byte[][] {key, field(), value()};
      case HGET -> new byte[][] {key, field()};
      case LPUSH -> new byte[][] {key, value()};
      case LTRIM -> new byte[][] {key, ZERO, LAST};
      case LRANGE -> new byte[][] {key, ZERO, ZERO};
      case SADD, SISMEMBER, ZSCORE -> new byte[][] {key, member()};
      case ZADD -> new byte[][] {key, ascii(Integer.toString(random.nextInt(1 << 20))), member()};
      case XADD -> new byte[][] {key, MAXLEN, ABOUT, LIMIT, ANY_ID, FIELD, value()};
      case XREVRANGE -> new byte[][] {key, NEWEST, OLDEST, COUNT, ONE};
    };
  }

  private byte[] value() {
    return cut(random.nextInt(block.length - valueBytes));
  }

  private byte[] member() {
    // One of a hundred: the same ones for every key.
    return cut(random.nextInt(ELEMENTS) * ((block.length - valueBytes) / ELEMENTS));
  }

  private byte[] field() {
    return ascii("f" + random.nextInt(ELEMENTS));
  }

  private byte[] cut(int from) {
    return Arrays.copyOfRange(block, from, from + valueBytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
