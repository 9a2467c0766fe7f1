package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a key holds: enough to make it, and to corrupt each of its elements.
 *
 * @param type what kind of key
 * @param elements in order; of a string, its parts
 */
record SelftestContent(SelftestType type, List<Element> elements) {
  /** Elements of a key that is compared whole. */
  static final int FEW = 5;

  /** Elements of a key that takes more memory than is read at once, so that windows are read. */
  static final int MANY = 3000;

  /** The group of every stream, its consumer that has entries pending, and the one without. */
  static final String GROUP = "g";

  static final String READER = "reader";
  static final String IDLER = "idler";

  /** Entries of every stream that are pending; the last of them is the group's last delivered. */
  private static final int PENDING = 3;

  private static final int VALUE_LENGTH = 40;

  /**
   * An element of a key.
   *
   * @param at where it stands: a hash's field, a sorted set's score, a stream's id; else empty
   * @param value of characters of one byte, and not empty
   */
  record Element(String at, String value) {
    /** One with another value of the same length, different in its last byte. */
    Element changed() {
      int last = value.length() - 1;
      return new Element(at, value.substring(0, last) + (value.charAt(last) == 'y' ? 'z' : 'y'));
    }

    double score() {
      return Double.parseDouble(at);
    }
  }

  SelftestContent {
    elements = List.copyOf(elements);
  }

  /** The self test's own: so many elements, all values of one length. */
  static SelftestContent of(SelftestType type, int elements) {
    return new SelftestContent(
        type, IntStream.range(0, elements).mapToObj(i -> element(type, i)).toList());
  }

  private static Element element(SelftestType type, int i) {
    String at =
        switch (type) {
          case STRING, LIST, SET -> "";
          case HASH -> String.format(Locale.ROOT, "f%05d", i);
          case ZSET -> Double.toString(i + 0.5);
          case STREAM -> (i + 1) + "-1";
        };
    return new Element(at, String.format(Locale.ROOT, "%05d-", i) + "x".repeat(VALUE_LENGTH - 6));
  }

  int size() {
    return elements.size();
  }

  Element get(int i) {
    return elements.get(i);
  }

  /** An element that it does not have, to come after its last. */
  Element next() {
    return element(type, size());
  }

  /** The same with another element in the place of one. */
  SelftestContent with(int i, Element other) {
    List<Element> all = new ArrayList<>(elements);
    all.set(i, other);
    return new SelftestContent(type, all);
  }

  /** A string's value. */
  String text() {
    return values().collect(Collectors.joining());
  }

  /** Where a string's part of that element ends. */
  int lastByte(int i) {
    return elements.subList(0, i + 1).stream().mapToInt(one -> one.value().length()).sum() - 1;
  }

  private Stream<String> values() {
    return elements.stream().map(Element::value);
  }

  /** The commands that make a key of it. */
  List<SelftestWrite> make(Bytes key) {
    return switch (type) {
      case STRING -> List.of(SelftestWrite.of("SET", key, text()));
      case HASH -> List.of(SelftestWrite.of("HSET", key).and(pairs()));
      case LIST -> List.of(SelftestWrite.of("RPUSH", key).and(values().toList()));
      case SET -> List.of(SelftestWrite.of("SADD", key).and(values().toList()));
      case ZSET -> List.of(SelftestWrite.of("ZADD", key).and(pairs()));
      case STREAM -> stream(key);
    };
  }

  private List<String> pairs() {
    return elements.stream().flatMap(one -> Stream.of(one.at(), one.value())).toList();
  }

  private List<SelftestWrite> stream(Bytes key) {
    List<SelftestWrite> writes = new ArrayList<>();
    elements.forEach(one -> writes.add(SelftestWrite.of("XADD", key, one.at(), "f", one.value())));
    writes.add(group("CREATE", key, GROUP, "0"));
    List<Bytes> read = new ArrayList<>();
    for (String word :
        List.of("GROUP", GROUP, READER, "COUNT", Integer.toString(PENDING), "STREAMS")) {
      read.add(Bytes.utf8(word));
    }
    read.addAll(List.of(key, Bytes.utf8(">")));
    writes.add(new SelftestWrite("XREADGROUP", read));
    writes.add(group("CREATECONSUMER", key, GROUP, IDLER));
    return writes;
  }

  /** {@code XGROUP}, which has its key second. */
  static SelftestWrite group(String what, Bytes key, String... more) {
    return new SelftestWrite("XGROUP", List.of(Bytes.utf8(what), key)).and(List.of(more));
  }
}
