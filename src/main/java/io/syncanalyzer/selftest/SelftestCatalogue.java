package io.syncanalyzer.selftest;

import static io.syncanalyzer.selftest.SelftestContent.FEW;
import static io.syncanalyzer.selftest.SelftestContent.GROUP;
import static io.syncanalyzer.selftest.SelftestContent.IDLER;
import static io.syncanalyzer.selftest.SelftestContent.MANY;
import static io.syncanalyzer.selftest.SelftestContent.READER;
import static io.syncanalyzer.selftest.SelftestType.HASH;
import static io.syncanalyzer.selftest.SelftestType.LIST;
import static io.syncanalyzer.selftest.SelftestType.SET;
import static io.syncanalyzer.selftest.SelftestType.STREAM;
import static io.syncanalyzer.selftest.SelftestType.STRING;
import static io.syncanalyzer.selftest.SelftestType.ZSET;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.selftest.SelftestContent.Element;
import io.syncanalyzer.selftest.SelftestCorruption.Kind;
import io.syncanalyzer.sentinel.SelftestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Every corruption that there is: each kind on each type that can have it. The self test injects
 * them into keys of its own, and the tests into keys of any content.
 */
final class SelftestCatalogue {
  private static final long HOUR_MILLIS = 3_600_000;

  /** More than expiries may differ by and yet be called equal (1 s), and little beside an hour. */
  private static final long LATER_MILLIS = 5_000;

  private final List<SelftestCorruption> all = new ArrayList<>();
  private final IntFunction<Bytes> keys;
  private final String expiry;
  private final String laterExpiry;

  private SelftestCatalogue(IntFunction<Bytes> keys, long nowMillis) {
    this.keys = keys;
    this.expiry = Long.toString(nowMillis + HOUR_MILLIS);
    this.laterExpiry = Long.toString(nowMillis + HOUR_MILLIS + LATER_MILLIS);
  }

  /**
   * All that the self test injects, each into a key of its own.
   *
   * @param nowMillis wall clock, from which expiries are counted
   * @param fieldExpiry whether the servers let a hash's fields expire
   */
  static List<SelftestCorruption> all(long nowMillis, boolean fieldExpiry) {
    SelftestCatalogue catalogue = new SelftestCatalogue(SelftestCatalogue::numbered, nowMillis);
    for (SelftestType type : SelftestType.values()) {
      for (int elements : new int[] {FEW, MANY}) {
        SelftestContent content = SelftestContent.of(type, elements);
        catalogue.keys(content);
        catalogue.values(content);
      }
      catalogue.expiries(SelftestContent.of(type, FEW));
    }
    catalogue.encodings();
    SelftestContent few = SelftestContent.of(STREAM, FEW);
    SelftestContent many = SelftestContent.of(STREAM, MANY);
    catalogue.lastId(few);
    catalogue.lastId(many);
    catalogue.groups(few);
    catalogue.groups(many);
    if (fieldExpiry) {
      catalogue.fieldExpiries(SelftestContent.of(HASH, FEW));
      catalogue.fieldExpiries(SelftestContent.of(HASH, MANY));
    }
    return List.copyOf(catalogue.all);
  }

  /**
   * All that can befall one key: these are to choose from, for they share it.
   *
   * @param content what it holds; at least one element
   * @param nowMillis wall clock, from which expiries are counted
   * @param fieldExpiry whether the servers let a hash's fields expire
   */
  static List<SelftestCorruption> of(
      SelftestContent content, Bytes key, long nowMillis, boolean fieldExpiry) {
    SelftestCatalogue catalogue = new SelftestCatalogue(number -> key, nowMillis);
    catalogue.keys(content);
    catalogue.values(content);
    catalogue.expiries(content);
    if (content.type() == STREAM) {
      catalogue.lastId(content);
      catalogue.groups(content);
    }
    if (content.type() == HASH && fieldExpiry) {
      catalogue.fieldExpiries(content);
    }
    return List.copyOf(catalogue.all);
  }

  private void keys(SelftestContent content) {
    String of = "of " + content.size();
    add(Kind.MISSING_KEY, of, content, key -> write("DEL", key));
    Bytes extra = next();
    all.add(
        new SelftestCorruption(
            Kind.EXTRA_KEY, content.type(), of, extra, List.of(), content.make(extra)));
    SelftestType other = content.type().other();
    Bytes key = next();
    List<SelftestWrite> remade = new ArrayList<>();
    remade.add(write("DEL", key));
    remade.addAll(SelftestContent.of(other, FEW).make(key));
    String what = of + ", now a " + other.label();
    all.add(
        new SelftestCorruption(Kind.TYPE, content.type(), what, key, content.make(key), remade));
  }

  private void expiries(SelftestContent content) {
    SelftestType type = content.type();
    Bytes key = next();
    SelftestWrite later = write("PEXPIREAT", key, laterExpiry);
    add(Kind.EXPIRY_CHANGED, type, "", key, expiring(content, key), later);
    key = next();
    add(Kind.EXPIRY_REMOVED, type, "", key, expiring(content, key), write("PERSIST", key));
    add(Kind.EXPIRY_ADDED, "", content, added -> write("PEXPIREAT", added, expiry));
  }

  private List<SelftestWrite> expiring(SelftestContent content, Bytes key) {
    List<SelftestWrite> expiring = new ArrayList<>(content.make(key));
    expiring.add(write("PEXPIREAT", key, expiry));
    return expiring;
  }

  private void values(SelftestContent content) {
    int size = content.size();
    for (int i : distinct(0, size / 2, size - 1)) {
      String at = "number " + (i + 1) + " of " + size;
      Bytes key = next();
      List<SelftestWrite> change = SelftestElements.changing(content, key, i);
      all.add(
          new SelftestCorruption(Kind.VALUE, content.type(), at, key, content.make(key), change));
      // Without its last element a key of most types is not there, which is another kind.
      if (size > 1 || content.type().canBeEmpty()) {
        add(Kind.ELEMENT_MISSING, at, content, one -> SelftestElements.removing(content, one, i));
      }
    }
    add(Kind.ELEMENT_EXTRA, "after " + size, content, key -> SelftestElements.adding(content, key));
    if (content.type() == LIST && size > 1) {
      orders(content);
    }
    if (content.type() == ZSET) {
      scores(content);
    }
  }

  private static int[] distinct(int... numbers) {
    return IntStream.of(numbers).distinct().toArray();
  }

  private void orders(SelftestContent content) {
    for (int other : distinct(1, content.size() - 1)) {
      Bytes key = next();
      List<SelftestWrite> swap =
          List.of(
              write("LSET", key, "0", content.get(other).value()),
              write("LSET", key, Integer.toString(other), content.get(0).value()));
      String what = "1 and " + (other + 1) + " of " + content.size() + " swapped";
      all.add(new SelftestCorruption(Kind.ORDER, LIST, what, key, content.make(key), swap));
    }
  }

  private void scores(SelftestContent content) {
    for (int i : distinct(0, content.size() - 1)) {
      Element element = content.get(i);
      String next = Double.toString(Math.nextUp(element.score()));
      String what = "number " + (i + 1) + " of " + content.size() + " by the last bit";
      add(Kind.SCORE, what, content, key -> write("ZADD", key, next, element.value()));
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

  private void lastId(SelftestContent stream) {
    add(Kind.LAST_ID, "of " + stream.size(), stream, key -> write("XSETID", key, "999999-0"));
  }

  private void groups(SelftestContent stream) {
    String of = "of " + stream.size();
    String first = stream.get(0).at();
    // Of one entry the first is the last that was delivered.
    if (stream.size() > 1) {
      add(Kind.GROUP_LAST_ID, of, stream, key -> group("SETID", key, GROUP, first));
    }
    add(Kind.GROUP, "missing, " + of, stream, key -> group("DESTROY", key, GROUP));
    add(Kind.GROUP, "extra, " + of, stream, key -> group("CREATE", key, "new", "0"));
    add(Kind.CONSUMER, "missing, " + of, stream, key -> group("DELCONSUMER", key, GROUP, IDLER));
    add(Kind.CONSUMER, "extra, " + of, stream, key -> group("CREATECONSUMER", key, GROUP, "new"));
    add(Kind.PENDING, "acknowledged, " + of, stream, key -> write("XACK", key, GROUP, first));
    add(
        Kind.PENDING,
        "another owner, " + of,
        stream,
        key -> write("XCLAIM", key, GROUP, IDLER, "0", first, "JUSTID"));
    add(
        Kind.PENDING,
        "delivered more often, " + of,
        stream,
        key -> write("XCLAIM", key, GROUP, READER, "0", first, "RETRYCOUNT", "7", "JUSTID"));
  }

  private void fieldExpiries(SelftestContent hash) {
    String of = "of " + hash.size();
    String field = hash.get(hash.size() / 2).at();
    add(
        Kind.FIELD_EXPIRY,
        "added, " + of,
        hash,
        key -> write("HPEXPIREAT", key, expiry, "FIELDS", "1", field));
    Bytes key = next();
    SelftestWrite later = write("HPEXPIREAT", key, laterExpiry, "FIELDS", "1", field);
    add(Kind.FIELD_EXPIRY, HASH, "5 s later, " + of, key, fieldExpiring(hash, key, field), later);
    key = next();
    SelftestWrite removed = write("HPERSIST", key, "FIELDS", "1", field);
    add(Kind.FIELD_EXPIRY, HASH, "removed, " + of, key, fieldExpiring(hash, key, field), removed);
  }

  private List<SelftestWrite> fieldExpiring(SelftestContent hash, Bytes key, String field) {
    List<SelftestWrite> expiring = new ArrayList<>(hash.make(key));
    expiring.add(write("HPEXPIREAT", key, expiry, "FIELDS", "1", field));
    return expiring;
  }

  /** How a key is corrupted. */
  private interface Change {
    SelftestWrite of(Bytes key);
  }

  private void add(Kind kind, String what, SelftestContent content, Change change) {
    Bytes key = next();
    add(kind, content.type(), what, key, content.make(key), change.of(key));
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

  private static SelftestWrite group(String what, Bytes key, String... more) {
    return SelftestContent.group(what, key, more);
  }

  private Bytes next() {
    return keys.apply(all.size());
  }

  /** Every other key ends in bytes that are no text. */
  private static Bytes numbered(int number) {
    return SelftestName.key(String.format(Locale.ROOT, "corrupted:%04d", number), number % 2 == 1);
  }
}
