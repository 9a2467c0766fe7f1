package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A type of key, and how the self test makes one. */
enum SelftestType {
  STRING,
  HASH,
  LIST,
  SET,
  ZSET,
  STREAM;

  /** Elements of a key that is compared whole. */
  static final int FEW = 5;

  /** Elements of a key that takes more memory than is read at once, so that windows are read. */
  static final int MANY = 3000;

  /** The group of every stream, its consumer that has entries pending, and the one without. */
  static final String GROUP = "g";

  static final String READER = "reader";
  static final String IDLER = "idler";

  /** Entries of every stream that are pending; the last of them is the group's last delivered. */
  static final int PENDING = 3;

  private static final int VALUE_LENGTH = 40;

  /** As {@code TYPE} prints it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type that a key is made by mistake of when its type is to be changed. */
  SelftestType other() {
    return switch (this) {
      case STRING -> HASH;
      case HASH -> LIST;
      case LIST -> SET;
      case SET -> ZSET;
      case ZSET -> STREAM;
      case STREAM -> STRING;
    };
  }

  /** The commands that make a key of so many elements. */
  List<SelftestWrite> make(Bytes key, int elements) {
    return make(key, elements, -1);
  }

  /**
   * The commands that make a key whose element at {@code changed} has another value of the same
   * length; −1 for none.
   */
  List<SelftestWrite> make(Bytes key, int elements, int changed) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      String value = i == changed ? changed(i) : value(i);
      switch (this) {
        case STRING, LIST, SET -> words.add(value);
        case HASH -> words.addAll(List.of(field(i), value));
        case ZSET -> words.addAll(List.of(Double.toString(score(i)), value));
        case STREAM -> words.addAll(List.of(id(i), "f", value));
      }
    }
    return switch (this) {
      case STRING -> List.of(SelftestWrite.of("SET", key, String.join("", words)));
      case HASH -> List.of(SelftestWrite.of("HSET", key).and(words));
      case LIST -> List.of(SelftestWrite.of("RPUSH", key).and(words));
      case SET -> List.of(SelftestWrite.of("SADD", key).and(words));
      case ZSET -> List.of(SelftestWrite.of("ZADD", key).and(words));
      case STREAM -> stream(key, words);
    };
  }

  private static List<SelftestWrite> stream(Bytes key, List<String> words) {
    List<SelftestWrite> writes = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 3) {
      writes.add(SelftestWrite.of("XADD", key).and(words.subList(i, i + 3)));
    }
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

  /** The value of the element at {@code i}, as long as every other. */
  static String value(int i) {
    return String.format(Locale.ROOT, "%05d-", i) + "x".repeat(VALUE_LENGTH - 6);
  }

  /** Another value of the same length, different in its last byte. */
  static String changed(int i) {
    return value(i).substring(0, VALUE_LENGTH - 1) + "y";
  }

  /** Where a string's part of that element ends, and so where it is changed. */
  static int lastByte(int i) {
    return i * VALUE_LENGTH + VALUE_LENGTH - 1;
  }

  /** A string of so many parts. */
  static String text(int elements) {
    return IntStream.range(0, elements).mapToObj(SelftestType::value).collect(Collectors.joining());
  }

  static String field(int i) {
    return String.format(Locale.ROOT, "f%05d", i);
  }

  static double score(int i) {
    return i + 0.5;
  }

  static String id(int i) {
    return (i + 1) + "-1";
  }
}
