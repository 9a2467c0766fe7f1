package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.selftest.SelftestContent.Element;
import io.syncanalyzer.selftest.SelftestCorruption.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Keys of random content, and what befalls some of them on the replica: each way of corrupting each
 * type once, then at random.
 */
final class CorruptionPlan {
  static final int KEYS = 6000;
  static final int CORRUPTIONS = 1200;

  private static final List<SelftestType> TYPES = List.of(SelftestType.values());

  private static final long HOUR_MILLIS = 3_600_000;

  private final Random random;
  private final long nowMillis;
  private final boolean fieldExpiry;
  private final List<SelftestContent> contents;
  private final Map<Integer, SelftestCorruption> corruptions = new LinkedHashMap<>();

  CorruptionPlan(Random random, long nowMillis, boolean fieldExpiry) {
    this.random = random;
    this.nowMillis = nowMillis;
    this.fieldExpiry = fieldExpiry;
    this.contents = IntStream.range(0, KEYS).mapToObj(this::content).toList();
    Set<Way> missing = new LinkedHashSet<>(ways(fieldExpiry));
    for (int i = 0; i < KEYS && !missing.isEmpty(); i++) {
      for (SelftestCorruption one : all(i)) {
        if (missing.remove(Way.of(one))) {
          corruptions.put(i, one);
          break;
        }
      }
    }
    while (corruptions.size() < CORRUPTIONS) {
      int i = random.nextInt(KEYS);
      if (!corruptions.containsKey(i)) {
        List<SelftestCorruption> all = all(i);
        corruptions.put(i, all.get(random.nextInt(all.size())));
      }
    }
  }

  /** A way of corrupting a type, wherever in the key. */
  record Way(Kind kind, SelftestType type, String what) {
    static Way of(SelftestCorruption one) {
      return new Way(one.kind(), one.type(), one.what().replaceAll("\\d+", "n"));
    }
  }

  /** All ways that there are. */
  static Set<Way> ways(boolean fieldExpiry) {
    Set<Way> ways = new LinkedHashSet<>();
    for (SelftestType type : SelftestType.values()) {
      SelftestContent few = SelftestContent.of(type, SelftestContent.FEW);
      any(few, key(0), 0, fieldExpiry).map(Way::of).forEach(ways::add);
    }
    return ways;
  }

  private static Stream<SelftestCorruption> any(
      SelftestContent content, Bytes key, long nowMillis, boolean fieldExpiry) {
    return Stream.concat(
        SelftestCatalogue.of(content, key, nowMillis, fieldExpiry).stream(),
        MoreCorruptions.of(content, key).stream());
  }

  /** The commands that make each key on the source; none of a key that only the replica has. */
  List<List<SelftestWrite>> before() {
    return IntStream.range(0, KEYS).mapToObj(this::before).toList();
  }

  /** What befalls the replica. */
  List<SelftestCorruption> corruptions() {
    return List.copyOf(corruptions.values());
  }

  private List<SelftestWrite> before(int i) {
    SelftestCorruption one = corruptions.get(i);
    List<SelftestWrite> writes =
        new ArrayList<>(one == null ? contents.get(i).make(key(i)) : one.before());
    if (expires(i) && !writes.isEmpty()) {
      writes.add(SelftestWrite.of("PEXPIREAT", key(i), Long.toString(nowMillis + HOUR_MILLIS)));
    }
    return writes;
  }

  /** Those that the key can suffer. */
  private List<SelftestCorruption> all(int i) {
    return any(contents.get(i), key(i), nowMillis, fieldExpiry)
        .filter(
            one ->
                switch (one.kind()) {
                  case EXPIRY_ADDED -> !expires(i);
                  case EXPIRY_CHANGED, EXPIRY_REMOVED -> expires(i);
                  default -> true;
                })
        .toList();
  }

  private static Bytes key(int i) {
    return Bytes.utf8("k" + i);
  }

  private static boolean expires(int i) {
    return i % 7 == 0;
  }

  private SelftestContent content(int i) {
    SelftestType type = TYPES.get(i % TYPES.size());
    int size = 1 + random.nextInt(random.nextInt(20) == 0 ? 1500 : 20);
    List<Element> elements = new ArrayList<>();
    switch (type) {
      case STRING -> elements.add(new Element("", "v".repeat(size) + random.nextInt()));
      case STREAM -> {
        for (int e = 1; e <= 1 + size % 40; e++) {
          elements.add(new Element(e + "-1", "v" + random.nextInt()));
        }
      }
      default -> {
        for (int e = 0; e < size; e++) {
          elements.add(
              switch (type) {
                case HASH -> new Element("f" + e, "v" + random.nextInt());
                case SET -> new Element("", i % 12 == 3 ? Integer.toString(e) : "m" + e);
                case ZSET -> new Element(Double.toString(random.nextGaussian()), "m" + e);
                default -> new Element("", "v" + random.nextInt());
              });
        }
      }
    }
    return new SelftestContent(type, elements);
  }
}
