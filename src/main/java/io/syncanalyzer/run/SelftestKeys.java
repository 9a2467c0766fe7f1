package io.syncanalyzer.run;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.sentinel.KeyPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The names of the self test's keys, and those of them that stay as they are. */
final class SelftestKeys {
  /** Names the self test wherever a run is named. */
  static final String RUN = "selftest";

  /** What all its keys begin with. */
  static final String PREFIX = KeyPrefix.ofRun(RUN);

  /**
   * On the source from before the first change until all is as before, with what {@code
   * replica-read-only} was: a self test that was killed is known by it, and can be undone.
   */
  static final String MARK = KeyPrefix.ALL + "selftest-replica-read-only";

  private static final byte[] BINARY = {0, (byte) 0xff, '\r', '\n', '"', '*', (byte) 0x80};
  private static final int PLAIN = 200;
  private static final int BIG_HASH = 5000;
  private static final long HOUR_MILLIS = 3_600_000;

  private SelftestKeys() {}

  /** A key of the self test; {@code binary} ones end in bytes that are no text. */
  static Bytes key(String name, boolean binary) {
    byte[] text = Bytes.utf8(PREFIX + name).array();
    if (!binary) {
      return Bytes.wrap(text);
    }
    byte[] both = Arrays.copyOf(text, text.length + BINARY.length);
    System.arraycopy(BINARY, 0, both, text.length, BINARY.length);
    return Bytes.wrap(both);
  }

  /**
   * Keys that nobody corrupts and that must be found equal whatever is done to others: of every
   * type, small, large, with and without expiry, empty, of odd content.
   *
   * @return for each key the commands that make it
   */
  static List<List<SelftestWrite>> untouched(long nowMillis) {
    String expiry = Long.toString(nowMillis + HOUR_MILLIS);
    List<List<SelftestWrite>> keys = new ArrayList<>();
    for (int i = 0; i < PLAIN; i++) {
      Bytes key = key("plain:" + i, i % 2 == 1);
      keys.add(List.of(SelftestWrite.of("SET", key, "v" + i)));
    }
    for (SelftestType type : SelftestType.values()) {
      keys.add(type.make(key("small:" + type.label(), false), SelftestType.FEW));
      keys.add(type.make(key("large:" + type.label(), false), SelftestType.MANY));
      Bytes key = key("expiring:" + type.label(), true);
      List<SelftestWrite> expiring = new ArrayList<>(type.make(key, SelftestType.FEW));
      expiring.add(SelftestWrite.of("PEXPIREAT", key, expiry));
      keys.add(expiring);
    }
    keys.add(SelftestType.HASH.make(key("big-hash", false), BIG_HASH));
    keys.add(one("SET", "empty:string", ""));
    keys.add(one("HSET", "empty:hash", "", "", "f", ""));
    keys.add(one("RPUSH", "empty:list", "", "", "a"));
    keys.add(one("SADD", "empty:set", "", "a"));
    keys.add(one("ZADD", "odd:zset", "-inf", "a", "inf", "b", "-0.0", "", "1e-300", "d"));
    keys.add(one("SADD", "numbers:set", "1", "2", "-9223372036854775808"));
    keys.add(one("PFADD", "hyperloglog", "a", "b", "c"));
    keys.add(one("SETBIT", "bits", "4000", "1"));
    Bytes stream = key("emptied:stream", false);
    keys.add(
        List.of(
            SelftestWrite.of("XADD", stream, "7-7", "f", "v"),
            SelftestWrite.of("XDEL", stream, "7-7")));
    return List.copyOf(keys);
  }

  private static List<SelftestWrite> one(String command, String name, String... more) {
    return List.of(SelftestWrite.of(command, key(name, false), more));
  }
}
