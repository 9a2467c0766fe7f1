package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value, or a window of one, as named parts: of a hash its fields, of a list its indexes, of a
 * set its members, of a sorted set members with scores, of a stream entries and what it knows of
 * its readers. Two are equal if their parts are, in whatever order they came.
 *
 * <p>Memory is bounded: once {@link #BUDGET} bytes are held, further long values are digested. How
 * many parts there may be is up to the questions; a reply that was not taken to its end says so
 * ({@link #cutAfter}).
 *
 * <p>Answers to {@link Question}s fill it, for one thread; outside this room it is only read.
 */
public final class Content {
  /** Bytes held before values are digested. */
  static final int BUDGET = 256 * 1024;

  private static final int KEEP = 64 * 1024;
  private static final int KEEP_LATE = 128;

  final Map<Bytes, Blob> parts = new LinkedHashMap<>();
  final Map<Blob, Blob> longNamed = new LinkedHashMap<>();
  final Map<Bytes, Blob> properties = new LinkedHashMap<>();
  final Map<Bytes, Blob> sums = new LinkedHashMap<>();
  final Map<Bytes, Long> deadlines = new LinkedHashMap<>();
  final Map<Bytes, Blob> facts = new LinkedHashMap<>();
  private long held;
  private long bytes;
  private long elements;
  private int version = -1;
  long textFrom = -1;
  private @Nullable Bytes last;
  private Comparator<Bytes> order = Comparator.naturalOrder();

  /** How many bytes of the next value may be held whole. */
  int keep() {
    return held > BUDGET ? KEEP_LATE : KEEP;
  }

  /** Adds a part that both sides must have. */
  void part(Bytes name, Blob value) {
    Blob kept = shortened(value);
    parts.put(name, kept);
    held += name.length() + kept.head().length();
    bytes += name.length() + value.length();
  }

  /** Adds a string, or what is in it from a byte on. */
  void text(long from, Blob value) {
    textFrom = from;
    part(from == 0 ? Bytes.EMPTY : textName(from), value);
  }

  /** The name of what is in a string from a byte on. */
  static Bytes textName(long from) {
    return Bytes.utf8("bytes from " + from);
  }

  private Blob shortened(Blob value) {
    return held <= BUDGET || !value.isWhole() || value.length() <= KEEP_LATE
        ? value
        : new Blob(value.length(), value.head().slice(0, KEEP_LATE), Optional.of(value.digest()));
  }

  /** Adds a part whose name may be so long that only its digest is held. */
  void part(Blob name, Blob value) {
    if (name.isWhole()) {
      part(name.head(), value);
      return;
    }
    longNamed.put(name, value);
    held += name.head().length() + value.head().length();
    bytes += name.length() + value.length();
  }

  /** Whether it has no parts at all. */
  boolean isEmpty() {
    return parts.isEmpty() && longNamed.isEmpty() && properties.isEmpty();
  }

  /** Adds what is no element, that both sides must have. */
  void property(Bytes name, Blob value) {
    properties.put(name, value);
    held += name.length() + value.head().length();
  }

  /** Adds a count that follows from the parts, which tells only where they do not. */
  void sum(String name, Blob value) {
    sums.put(Bytes.utf8(name), value);
  }

  /** Says that parts and properties that come after one are not in it, though there may be such. */
  void cutAfter(Bytes name, Comparator<Bytes> inOrder) {
    last = name;
    order = inOrder;
  }

  /** Says that what was cut off comes now. */
  void continued() {
    last = null;
  }

  /** Whether it would have a part of that name if there were one. */
  boolean shows(Bytes name) {
    return last == null || order.compare(name, last) <= 0;
  }

  /** About how many bytes of names and values are held. */
  long held() {
    return held;
  }

  /** Adds the time at which a part expires, -1 for never; less where there is no such part. */
  void deadline(Bytes name, long millis) {
    if (millis >= -1) {
      deadlines.put(name, millis);
    }
  }

  /** Adds what is compared only if both servers show it. */
  void fact(String name, Blob value) {
    facts.put(Bytes.utf8(name), value);
  }

  /** Says in which version a payload is serialized. */
  void version(int number) {
    version = number;
  }

  /** The version of a payload; -1 where there is none. */
  int version() {
    return version;
  }

  /** The same without its parts: only the sums. */
  Content sumsOnly() {
    Content sums = new Content();
    sums.elements = elements;
    sums.bytes = bytes;
    return sums;
  }

  /** Counts fields, members or entries. */
  void elements(long count) {
    elements += count;
  }

  /** How many fields, members or entries there are. */
  public long elements() {
    return elements;
  }

  /** Bytes of names and values. */
  public long bytes() {
    return bytes;
  }

  /** Its parts by name, those with names too long to be held left out. */
  public Map<Bytes, Blob> parts() {
    return Collections.unmodifiableMap(parts);
  }

  /** When parts expire, in milliseconds; -1 = never. */
  public Map<Bytes, Long> deadlines() {
    return Collections.unmodifiableMap(deadlines);
  }

  /** What a part is to the value. */
  enum Kind {
    /** One of those that the type's own command counts. */
    ELEMENT,
    /** A stretch of a string. */
    TEXT,
    /** Something else that it consists of. */
    PROPERTY,
    /** A count that follows from the others. */
    SUM
  }

  /**
   * A part that is not the same on both sides.
   *
   * @param from the byte of a string that the values begin at; 0 for other kinds
   * @param note more to say of it; the same as long as the difference is
   */
  public record Difference(
      Kind kind,
      Bytes name,
      @Nullable Blob source,
      @Nullable Blob replica,
      long from,
      Optional<String> note) {
    boolean isElementOfSourceAlone() {
      return kind == Kind.ELEMENT && source != null && replica == null;
    }
  }

  /** Differences of a value: all are counted, the first few kept; sums only beside nothing else. */
  public static final class Differences {
    static final int KEPT = 10;
    private final List<Difference> first = new ArrayList<>();
    private final List<Difference> sums = new ArrayList<>();
    private long count;
    private boolean elements;
    private boolean more;

    public void add(Difference difference) {
      if (difference.kind() == Kind.SUM) {
        keep(sums, difference);
        return;
      }
      count++;
      elements |= difference.kind() != Kind.PROPERTY;
      keep(first, difference);
    }

    void addAll(Differences others) {
      others.first.forEach(difference -> keep(first, difference));
      others.sums.forEach(difference -> keep(sums, difference));
      count += others.count;
      elements |= others.elements;
      more |= others.more;
    }

    private static void keep(List<Difference> kept, Difference difference) {
      if (kept.size() < KEPT) {
        kept.add(difference);
      }
    }

    /** Says that not all of the value was looked at. */
    void more() {
      more = true;
    }

    /** Whether there may be more than are counted. */
    boolean mayBeMore() {
      return more;
    }

    public List<Difference> first() {
      return first.isEmpty() ? sums : first;
    }

    public long count() {
      return first.isEmpty() ? sums.size() : count;
    }

    public boolean isEmpty() {
      return first.isEmpty() && sums.isEmpty();
    }

    /** Whether a count differs but no element that would be a reason. */
    boolean lackElements() {
      return !sums.isEmpty() && !elements;
    }
  }

  /**
   * What differs between this (the source's) and the replica's, deadlines to a tolerance in
   * milliseconds.
   */
  public Differences against(Content replica, long toleranceMillis) {
    Differences found = new Differences();
    against(replica, toleranceMillis, found::add);
    if (parts.keySet().stream().anyMatch(name -> !replica.shows(name))
        || properties.keySet().stream().anyMatch(name -> !replica.shows(name))) {
      found.more();
    }
    return found;
  }

  /** As the other, each difference handed over. */
  public void against(Content replica, long toleranceMillis, Consumer<Difference> found) {
    new ContentComparison(this, replica, toleranceMillis, found).run();
  }
}
