package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.sentinel.SelftestName;
import java.util.ArrayList;
import java.util.List;

/** The keys of the self test that stay as they are. */
final class SelftestKeys {
  private static final int PLAIN = 200;
  private static final int BIG_HASH = 5000;
  private static final long HOUR_MILLIS = 3_600_000;

  private SelftestKeys() {}

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
      Bytes key = SelftestName.key("plain:" + i, i % 2 == 1);
      keys.add(List.of(SelftestWrite.of("SET", key, "v" + i)));
    }
    for (SelftestType type : SelftestType.values()) {
      SelftestContent few = SelftestContent.of(type, SelftestContent.FEW);
      SelftestContent many = SelftestContent.of(type, SelftestContent.MANY);
      keys.add(few.make(SelftestName.key("small:" + type.label(), false)));
      keys.add(many.make(SelftestName.key("large:" + type.label(), false)));
      Bytes key = SelftestName.key("expiring:" + type.label(), true);
      List<SelftestWrite> expiring = new ArrayList<>(few.make(key));
      expiring.add(SelftestWrite.of("PEXPIREAT", key, expiry));
      keys.add(expiring);
    }
    SelftestContent big = SelftestContent.of(SelftestType.HASH, BIG_HASH);
    keys.add(big.make(SelftestName.key("big-hash", false)));
    keys.add(one("SET", "empty:string", ""));
    keys.add(one("HSET", "empty:hash", "", "", "f", ""));
    keys.add(one("RPUSH", "empty:list", "", "", "a"));
    keys.add(one("SADD", "empty:set", "", "a"));
    keys.add(one("ZADD", "odd:zset", "-inf", "a", "inf", "b", "-0.0", "", "1e-300", "d"));
    keys.add(one("SADD", "numbers:set", "1", "2", "-9223372036854775808"));
    keys.add(one("PFADD", "hyperloglog", "a", "b", "c"));
    keys.add(one("SETBIT", "bits", "4000", "1"));
    Bytes stream = SelftestName.key("emptied:stream", false);
    keys.add(
        List.of(
            SelftestWrite.of("XADD", stream, "7-7", "f", "v"),
            SelftestWrite.of("XDEL", stream, "7-7")));
    return List.copyOf(keys);
  }

  private static List<SelftestWrite> one(String command, String name, String... more) {
    return List.of(SelftestWrite.of(command, SelftestName.key(name, false), more));
  }
}
