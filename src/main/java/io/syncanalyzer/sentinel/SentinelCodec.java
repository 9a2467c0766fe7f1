package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys and contents of one lane's sentinels.
 *
 * <p>A key is {@code sa:<run>:<type>:<lane>:<sequence>}, where a lane of a cluster ends with the
 * hash tag of its slot, {@code <lane>{<tag>}}; the content, whatever the type that holds it, is
 * {@code <run> <lane> <sequence> <wall-clock label, ms since 1970> <ns since the schedule's
 * origin>}. The {@code encode…} methods allocate nothing; the buffer must have {@link
 * #maxKeyLength} or {@link #maxContentLength} bytes. Nothing is written that {@link #parseKey} and
 * {@link #isContentOf} do not know again. Immutable, so safe for use by several threads.
 */
public final class SentinelCodec {
  /** The lane of the one sentinel of each type that is written and removed before a run. */
  public static final String PREFLIGHT = "preflight";

  private static final int LONGEST_NUMBER = 19;
  private static final String LANE_FORM =
      "(?:[fb]?(?:0|[1-9]\\d{0,5})|" + PREFLIGHT + ")" + SlotTag.FORM;
  private static final Pattern LANE = Pattern.compile(LANE_FORM);
  private static final Pattern KEY =
      Pattern.compile(
          Pattern.quote(KeyPrefix.ALL)
              + "("
              + RunName.FORM
              + "):("
              + Arrays.stream(SentinelType.values())
                  .map(SentinelType::label)
                  .collect(Collectors.joining("|"))
              + "):("
              + LANE_FORM
              + "):(0|[1-9]\\d{0,17})");

  private final SentinelType type;
  private final String lane;
  private final byte[] keyPrefix;
  private final byte[] contentPrefix;

  /**
   * @param runId a name that a run may have
   * @param lane names the lane among those of its run and type: a number, after {@code f} or {@code
   *     b} for some, or {@link #PREFLIGHT}; with a {@link SlotTag} or without
   */
  public SentinelCodec(String runId, SentinelType type, String lane) {
    RunName.check(runId);
    if (!LANE.matcher(lane).matches() || !SlotTag.isOurs(lane)) {
      throw new IllegalArgumentException(
          "lane `"
              + lane
              + "` is neither a number, after f, b or nothing, nor "
              + PREFLIGHT
              + ", with a slot's tag or without");
    }
    this.type = type;
    this.lane = lane;
    this.keyPrefix = prefix(runId, type, lane).getBytes(StandardCharsets.UTF_8);
    this.contentPrefix = (runId + " " + lane + " ").getBytes(StandardCharsets.UTF_8);
  }

  /** The sentinel a key names. */
  public record Key(String runId, SentinelType type, String lane, long sequence) {}

  /** What a sentinel holds. */
  public record Content(
      String runId, String lane, long sequence, long intendedEpochMillis, long offsetNanos) {}

  /** The lane's type. */
  public SentinelType type() {
    return type;
  }

  /** The lane's name. */
  public String lane() {
    return lane;
  }

  /** All the lane's keys up to their sequence. */
  public String keyPrefix() {
    return new String(keyPrefix, StandardCharsets.UTF_8);
  }

  /** How long a key can be. */
  public int maxKeyLength() {
    return keyPrefix.length + LONGEST_NUMBER;
  }

  /** How long a content can be. */
  public int maxContentLength() {
    return contentPrefix.length + 3 * LONGEST_NUMBER + 2;
  }

  /** Writes a key to the begin of the buffer and returns its length. */
  public int encodeKey(long sequence, byte[] buffer) {
    System.arraycopy(keyPrefix, 0, buffer, 0, keyPrefix.length);
    return putNumber(sequence, buffer, keyPrefix.length);
  }

  /** Writes a content to the begin of the buffer and returns its length. */
  public int encodeContent(
      long sequence, long intendedEpochMillis, long offsetNanos, byte[] buffer) {
    System.arraycopy(contentPrefix, 0, buffer, 0, contentPrefix.length);
    int end = putNumber(sequence, buffer, contentPrefix.length);
    buffer[end++] = ' ';
    end = putNumber(intendedEpochMillis, buffer, end);
    buffer[end++] = ' ';
    return putNumber(offsetNanos, buffer, end);
  }

  /** A key in an array of its own. */
  public byte[] key(long sequence) {
    byte[] key = new byte[keyPrefix.length + digits(sequence)];
    encodeKey(sequence, key);
    return key;
  }

  /** The sequence of a key of this lane, or −1 for any other key. */
  public long sequenceOf(byte[] key) {
    int from = keyPrefix.length;
    return key.length > from
            && key.length <= from + LONGEST_NUMBER - 1
            && Arrays.equals(key, 0, from, keyPrefix, 0, from)
        ? number(key, from)
        : -1;
  }

  /** Takes a key apart; empty for any key that is no sentinel's. */
  public static Optional<Key> parseKey(Bytes key) {
    // What is not ASCII in it becomes no character that the pattern has.
    Matcher parts = KEY.matcher(key.asUtf8());
    if (!parts.matches() || RunName.isKept(parts.group(1)) || !SlotTag.isOurs(parts.group(3))) {
      return Optional.empty();
    }
    return Optional.of(
        new Key(
            parts.group(1),
            SentinelType.of(parts.group(2)),
            parts.group(3),
            Long.parseLong(parts.group(4))));
  }

  /** Whether a content is one that is written under that key. */
  static boolean isContentOf(Key key, Bytes content) {
    return parseContent(content)
        .filter(
            held ->
                held.runId().equals(key.runId())
                    && held.lane().equals(key.lane())
                    && held.sequence() == key.sequence())
        .isPresent();
  }

  /** Takes a content apart; empty if it is none. */
  public static Optional<Content> parseContent(Bytes content) {
    String[] words = content.asUtf8().split(" ", -1);
    int n = words.length;
    if (n < 5) {
      return Optional.empty();
    }
    for (int i = n - 3; i < n; i++) {
      if (!words[i].matches("\\d{1,18}")) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Content(
            String.join(" ", Arrays.asList(words).subList(0, n - 4)),
            words[n - 4],
            Long.parseLong(words[n - 3]),
            Long.parseLong(words[n - 2]),
            Long.parseLong(words[n - 1])));
  }

  private static String prefix(String runId, SentinelType type, String lane) {
    return KeyPrefix.ofRun(runId) + type.label() + ":" + lane + ":";
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private static int putNumber(long number, byte[] buffer, int from) {
    if (number < 0) {
      throw new IllegalArgumentException("a sentinel's number is negative: " + number);
    }
    int end = from + digits(number);
    long rest = number;
    for (int at = end - 1; at >= from; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }

  private static long number(byte[] text, int from) {
    long number = 0;
    for (int i = from; i < text.length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
