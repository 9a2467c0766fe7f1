package io.syncanalyzer.selftest;

import static io.syncanalyzer.selftest.SelftestType.FEW;
import static io.syncanalyzer.selftest.SelftestType.GROUP;
import static io.syncanalyzer.selftest.SelftestType.HASH;
import static io.syncanalyzer.selftest.SelftestType.IDLER;
import static io.syncanalyzer.selftest.SelftestType.LIST;
import static io.syncanalyzer.selftest.SelftestType.MANY;
import static io.syncanalyzer.selftest.SelftestType.READER;
import static io.syncanalyzer.selftest.SelftestType.SET;
import static io.syncanalyzer.selftest.SelftestType.STREAM;
import static io.syncanalyzer.selftest.SelftestType.STRING;
import static io.syncanalyzer.selftest.SelftestType.ZSET;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.selftest.SelftestCorruption.Kind;
import io.syncanalyzer.sentinel.SelftestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every corruption that the self test injects: each kind on each type that can have it. */
final class SelftestCatalogue {
  private static final long HOUR_MILLIS = 3_600_000;

  /** More than expiries may differ by and yet be called equal (1 s), and little beside an hour. */
  private static final long LATER_MILLIS = 5_000;

  private final List<SelftestCorruption> all = new ArrayList<>();
  private final String expiry;
  private final String laterExpiry;

  private SelftestCatalogue(long nowMillis) {
    this.expiry = Long.toString(nowMillis + HOUR_MILLIS);
    this.laterExpiry = Long.toString(nowMillis + HOUR_MILLIS + LATER_MILLIS);
  }

  /**
   * All of them, each with a key of its own.
   *
   * @param nowMillis wall clock, from which expiries are counted
   * @param fieldExpiry whether the servers let a hash's fields expire
   */
  static List<SelftestCorruption> all(long nowMillis, boolean fieldExpiry) {
    SelftestCatalogue catalogue = new SelftestCatalogue(nowMillis);
    for (SelftestType type : SelftestType.values()) {
      for (int elements : new int[] {FEW, MANY}) {
        catalogue.keys(type, elements);
        catalogue.values(type, elements);
      }
      catalogue.expiries(type);
    }
    catalogue.encodings();
    catalogue.streams();
    if (fieldExpiry) {
      catalogue.fieldExpiries();
    }
    return List.copyOf(catalogue.all);
  }

  private void keys(SelftestType type, int elements) {
    Bytes key = next();
    add(Kind.MISSING_KEY, type, "of " + elements, key, type.make(key, elements), write("DEL", key));
    key = next();
    all.add(
        new SelftestCorruption(
            Kind.EXTRA_KEY, type, "of " + elements, key, List.of(), type.make(key, elements)));
    key = next();
    List<SelftestWrite> remade = new ArrayList<>();
    remade.add(write("DEL", key));
    remade.addAll(type.other().make(key, FEW));
    String what = "of " + elements + ", now a " + type.other().label();
    all.add(new SelftestCorruption(Kind.TYPE, type, what, key, type.make(key, elements), remade));
  }

  private void expiries(SelftestType type) {
    Bytes key = next();
    List<SelftestWrite> expiring = new ArrayList<>(type.make(key, FEW));
    expiring.add(write("PEXPIREAT", key, expiry));
    add(Kind.EXPIRY_CHANGED, type, "", key, expiring, write("PEXPIREAT", key, laterExpiry));
    key = next();
    expiring = new ArrayList<>(type.make(key, FEW));
    expiring.add(write("PEXPIREAT", key, expiry));
    add(Kind.EXPIRY_REMOVED, type, "", key, expiring, write("PERSIST", key));
    key = next();
    SelftestWrite added = write("PEXPIREAT", key, expiry);
    add(Kind.EXPIRY_ADDED, type, "", key, type.make(key, FEW), added);
  }

  private void values(SelftestType type, int elements) {
    for (int i : new int[] {0, elements / 2, elements - 1}) {
      String at = "number " + (i + 1) + " of " + elements;
      Bytes key = next();
      all.add(
          new SelftestCorruption(
              Kind.VALUE,
              type,
              at,
              key,
              type.make(key, elements),
              changing(type, key, elements, i)));
      key = next();
      SelftestWrite removal = removing(type, key, elements, i);
      add(Kind.ELEMENT_MISSING, type, at, key, type.make(key, elements), removal);
    }
    Bytes key = next();
    add(
        Kind.ELEMENT_EXTRA,
        type,
        "after " + elements,
        key,
        type.make(key, elements),
        adding(type, key, elements));
    if (type == LIST) {
      orders(elements);
    }
    if (type == ZSET) {
      scores(elements);
    }
  }

  private static List<SelftestWrite> changing(SelftestType type, Bytes key, int elements, int i) {
    String value = SelftestType.value(i);
    String changed = SelftestType.changed(i);
    return switch (type) {
      case STRING ->
          List.of(write("SETRANGE", key, Integer.toString(SelftestType.lastByte(i)), "y"));
      case HASH -> List.of(write("HSET", key, SelftestType.field(i), changed));
      case LIST -> List.of(write("LSET", key, Integer.toString(i), changed));
      case SET -> List.of(write("SREM", key, value), write("SADD", key, changed));
      case ZSET ->
          List.of(
              write("ZREM", key, value),
              write("ZADD", key, Double.toString(SelftestType.score(i)), changed));
      case STREAM -> {
        // An entry is never changed in place, and none is added before another: made anew.
        List<SelftestWrite> remade = new ArrayList<>();
        remade.add(write("DEL", key));
        remade.addAll(STREAM.make(key, elements, i));
        yield remade;
      }
    };
  }

  private static SelftestWrite removing(SelftestType type, Bytes key, int elements, int i) {
    String value = SelftestType.value(i);
    return switch (type) {
      case STRING -> {
        String whole = SelftestType.text(elements);
        int last = SelftestType.lastByte(i);
        yield write("SET", key, whole.substring(0, last) + whole.substring(last + 1));
      }
      case HASH -> write("HDEL", key, SelftestType.field(i));
      case LIST -> write("LREM", key, "1", value);
      case SET -> write("SREM", key, value);
      case ZSET -> write("ZREM", key, value);
      case STREAM -> write("XDEL", key, SelftestType.id(i));
    };
  }

  private static SelftestWrite adding(SelftestType type, Bytes key, int i) {
    String value = SelftestType.value(i);
    return switch (type) {
      case STRING -> write("APPEND", key, "x");
      case HASH -> write("HSET", key, SelftestType.field(i), value);
      case LIST -> write("RPUSH", key, value);
      case SET -> write("SADD", key, value);
      case ZSET -> write("ZADD", key, Double.toString(SelftestType.score(i)), value);
      case STREAM -> write("XADD", key, SelftestType.id(i), "f", value);
    };
  }

  private void orders(int elements) {
    for (int other : new int[] {1, elements - 1}) {
      Bytes key = next();
      List<SelftestWrite> swap =
          List.of(
              write("LSET", key, "0", SelftestType.value(other)),
              write("LSET", key, Integer.toString(other), SelftestType.value(0)));
      String what = "1 and " + (other + 1) + " of " + elements + " swapped";
      all.add(new SelftestCorruption(Kind.ORDER, LIST, what, key, LIST.make(key, elements), swap));
    }
  }

  private void scores(int elements) {
    for (int i : new int[] {0, elements - 1}) {
      Bytes key = next();
      double next = Math.nextUp(SelftestType.score(i));
      add(
          Kind.SCORE,
          ZSET,
          "number " + (i + 1) + " of " + elements + " by the last bit",
          key,
          ZSET.make(key, elements),
          write("ZADD", key, Double.toString(next), SelftestType.value(i)));
    }
  }

  /** Values that are empty, end in a zero byte, or are held by the server in another way. */
  private void encodings() {
    Bytes key = next();
    add(Kind.VALUE, STRING, "empty", key, List.of(write("SET", key, "")), write("SET", key, "x"));
    key = next();
    SelftestWrite zero = write("SET", key, "a\0");
    add(Kind.VALUE, STRING, "a zero byte more", key, List.of(write("SET", key, "a")), zero);
    key = next();
    SelftestWrite number = write("SET", key, "12346");
    add(Kind.VALUE, STRING, "a number", key, List.of(write("SET", key, "12345")), number);
    key = next();
    SelftestWrite field = write("HSET", key, "", "x");
    add(Kind.VALUE, HASH, "empty field", key, List.of(write("HSET", key, "", "")), field);
    key = next();
    SelftestWrite element = write("LSET", key, "0", "x");
    add(Kind.VALUE, LIST, "empty element", key, List.of(write("RPUSH", key, "")), element);
    key = next();
    SelftestWrite member = write("SADD", key, "4");
    add(Kind.ELEMENT_EXTRA, SET, "of numbers", key, List.of(write("SADD", key, "1", "2")), member);
  }

  private void streams() {
    stream(Kind.LAST_ID, FEW, "", key -> write("XSETID", key, "999999-0"));
    stream(Kind.LAST_ID, MANY, "", key -> write("XSETID", key, "999999-0"));
    String first = SelftestType.id(0);
    for (int elements : new int[] {FEW, MANY}) {
      stream(
          Kind.GROUP_LAST_ID, elements, "", key -> SelftestType.group("SETID", key, GROUP, first));
      stream(Kind.GROUP, elements, "missing", key -> SelftestType.group("DESTROY", key, GROUP));
      stream(Kind.GROUP, elements, "extra", key -> SelftestType.group("CREATE", key, "new", "0"));
      stream(
          Kind.CONSUMER,
          elements,
          "missing",
          key -> SelftestType.group("DELCONSUMER", key, GROUP, IDLER));
      stream(
          Kind.CONSUMER,
          elements,
          "extra",
          key -> SelftestType.group("CREATECONSUMER", key, GROUP, "new"));
      stream(Kind.PENDING, elements, "acknowledged", key -> write("XACK", key, GROUP, first));
      stream(
          Kind.PENDING,
          elements,
          "another owner",
          key -> write("XCLAIM", key, GROUP, IDLER, "0", first, "JUSTID"));
      stream(
          Kind.PENDING,
          elements,
          "delivered more often",
          key -> write("XCLAIM", key, GROUP, READER, "0", first, "RETRYCOUNT", "7", "JUSTID"));
    }
  }

  private void fieldExpiries() {
    for (int elements : new int[] {FEW, MANY}) {
      String field = SelftestType.field(elements / 2);
      Bytes key = next();
      SelftestWrite added = write("HPEXPIREAT", key, expiry, "FIELDS", "1", field);
      add(Kind.FIELD_EXPIRY, HASH, "added, of " + elements, key, HASH.make(key, elements), added);
      key = next();
      List<SelftestWrite> expiring = new ArrayList<>(HASH.make(key, elements));
      expiring.add(write("HPEXPIREAT", key, expiry, "FIELDS", "1", field));
      SelftestWrite later = write("HPEXPIREAT", key, laterExpiry, "FIELDS", "1", field);
      add(Kind.FIELD_EXPIRY, HASH, "5 s later, of " + elements, key, expiring, later);
      key = next();
      expiring = new ArrayList<>(HASH.make(key, elements));
      expiring.add(write("HPEXPIREAT", key, expiry, "FIELDS", "1", field));
      SelftestWrite removed = write("HPERSIST", key, "FIELDS", "1", field);
      add(Kind.FIELD_EXPIRY, HASH, "removed, of " + elements, key, expiring, removed);
    }
  }

  /** How a key is corrupted. */
  private interface Change {
    SelftestWrite of(Bytes key);
  }

  private void stream(Kind kind, int elements, String what, Change change) {
    Bytes key = next();
    String words = (what.isEmpty() ? "" : what + ", ") + "of " + elements;
    add(kind, STREAM, words, key, STREAM.make(key, elements), change.of(key));
  }

  private void add(
      Kind kind,
      SelftestType type,
      String what,
      Bytes key,
      List<SelftestWrite> before,
      SelftestWrite change) {
    all.add(new SelftestCorruption(kind, type, what, key, before, List.of(change)));
  }

  private static SelftestWrite write(String command, Bytes key, String... more) {
    return SelftestWrite.of(command, key, more);
  }

  /** Every other key ends in bytes that are no text. */
  private Bytes next() {
    int number = all.size();
    return SelftestName.key(String.format(Locale.ROOT, "corrupted:%04d", number), number % 2 == 1);
  }
}
