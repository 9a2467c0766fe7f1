package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of the self test's keys: how they are made, and known again. */
public final class SelftestName {
  /** Names the self test wherever a run is named. */
  public static final String RUN = "selftest";

  /** What all its keys begin with. */
  public static final String PREFIX = KeyPrefix.ALL + RUN + ":";

  /**
   * On the source from before the first change until all is as before, with what {@code
   * replica-read-only} was: a self test that was killed is known by it, and can be undone.
   */
  public static final String MARK = KeyPrefix.ALL + "selftest-replica-read-only";

  /** What the mark holds. */
  static final Set<String> MARKS = Set.of("yes", "no");

  private static final byte[] BINARY = {0, (byte) 0xff, '\r', '\n', '"', '*', (byte) 0x80};

  private static final Set<String> ANY =
      Arrays.stream(SentinelType.values()).map(SentinelType::label).collect(Collectors.toSet());

  /** Of these every other one ends in bytes that are no text: those of odd numbers. */
  private static final Pattern NUMBERED = Pattern.compile("plain:(\\d{1,3})|corrupted:(\\d{4})");

  private static final Pattern BY_TYPE = Pattern.compile("(?:small|large|expiring):([a-z]+)");

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("big-hash", "hash"),
          Map.entry("empty:string", "string"),
          Map.entry("empty:hash", "hash"),
          Map.entry("empty:list", "list"),
          Map.entry("empty:set", "set"),
          Map.entry("odd:zset", "zset"),
          Map.entry("numbers:set", "set"),
          Map.entry("hyperloglog", "string"),
          Map.entry("bits", "string"),
          Map.entry("emptied:stream", "stream"));

  private SelftestName() {}

  /** A key of the self test; {@code binary} ones end in bytes that are no text. */
  public static Bytes key(String name, boolean binary) {
    byte[] text = Bytes.utf8(PREFIX + name).array();
    if (!binary) {
      return Bytes.wrap(text);
    }
    byte[] both = Arrays.copyOf(text, text.length + BINARY.length);
    System.arraycopy(BINARY, 0, both, text.length, BINARY.length);
    return Bytes.wrap(both);
  }

  /**
   * What {@code replica-read-only} was before a self test that was killed; empty where there was
   * none.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if it cannot be asked
   */
  public static Optional<String> mark(RedisConnection source) {
    OurKey mark = OurKey.of(Bytes.utf8(MARK)).orElseThrow();
    mark.ask(source);
    source.flush();
    return mark.read(source) == OurKey.Finding.OURS
            && source.expect("GETRANGE", MARK, "0", "-1") instanceof Reply.Text value
        ? Optional.of(value.bytes().asUtf8())
        : Optional.empty();
  }

  /** The types that the key of that name may have; none where the self test has no such key. */
  static Set<String> typesOf(Bytes key) {
    int end = key.length() - BINARY.length;
    boolean binary = end > 0 && key.slice(end, key.length()).equals(Bytes.wrap(BINARY));
    String text = (binary ? key.slice(0, end) : key).asUtf8();
    if (!text.startsWith(PREFIX)) {
      return Set.of();
    }
    String name = text.substring(PREFIX.length());
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.matches()) {
      boolean plain = numbered.group(1) != null;
      int number = Integer.parseInt(plain ? numbered.group(1) : numbered.group(2));
      boolean same = !plain || name.equals("plain:" + number);
      return !same || binary != (number % 2 == 1) ? Set.of() : plain ? Set.of("string") : ANY;
    }
    Matcher byType = BY_TYPE.matcher(name);
    if (byType.matches()) {
      return ANY.contains(byType.group(1)) && binary == name.startsWith("expiring:")
          ? Set.of(byType.group(1))
          : Set.of();
    }
    String other = OTHERS.get(name);
    return other == null || binary ? Set.of() : Set.of(other);
  }
}
