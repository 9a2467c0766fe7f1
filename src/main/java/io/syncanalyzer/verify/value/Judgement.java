package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.result.verify.KeyVerdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What two looks at a key, one at each side, come to.
 *
 * @param verdict null where the key is on neither side; {@code UNSETTLED} where it changed while it
 *     was read, so that the looks prove nothing
 * @param difference the first part that differs; null where the key as a whole does, or nothing
 * @param detail in words; empty for an equal key
 * @param sourceOnly where all parts that are known to differ are elements that only the source has:
 *     their names, of the first few; else empty
 * @param fieldsEndInMillis where fields are hidden by the replica's clock alone: when the source's
 *     ends them; else null
 */
public record Judgement(
    @Nullable KeyVerdict verdict,
    Content.@Nullable Difference difference,
    String detail,
    List<Bytes> sourceOnly,
    @Nullable Long fieldsEndInMillis) {
  public static final Judgement EQUAL = new Judgement(KeyVerdict.EQUAL, null, "");
  public static final Judgement GONE = new Judgement(null, null, "");

  public Judgement {
    sourceOnly = List.copyOf(sourceOnly);
  }

  public Judgement(
      @Nullable KeyVerdict verdict, Content.@Nullable Difference difference, String detail) {
    this(verdict, difference, detail, List.of(), null);
  }

  public static Judgement unsettled(String detail) {
    return new Judgement(KeyVerdict.UNSETTLED, null, detail);
  }

  /** Judges two looks; of large values only what is known without their content. */
  public static Judgement of(KeyState source, KeyState replica, long toleranceMillis) {
    if (source.refusal() != null) {
      return new Judgement(KeyVerdict.UNREADABLE, null, "source: " + source.refusal());
    }
    if (replica.refusal() != null) {
      return new Judgement(KeyVerdict.UNREADABLE, null, "replica: " + replica.refusal());
    }
    if (source.torn() || replica.torn()) {
      return unsettled("it changed while it was read");
    }
    if (!source.isPresent() || !replica.isPresent()) {
      return ofPresence(source, replica, toleranceMillis);
    }
    if (!Objects.equals(source.type(), replica.type())) {
      return new Judgement(
          KeyVerdict.TYPE_DIFFERS, null, source.type() + " on the source, " + replica.type());
    }
    Content mine = source.content();
    Content other = replica.content();
    if (mine != null && other != null) {
      Content.Differences found = mine.against(other, toleranceMillis);
      if (!found.isEmpty()) {
        return differing(found, mine, other);
      }
    }
    return ofExpiry(source, replica, toleranceMillis);
  }

  /** Whether the other says the same of the same parts; times to live run on and do not count. */
  public boolean isLike(Judgement other) {
    return verdict == other.verdict && Objects.equals(difference, other.difference);
  }

  /** Judges two keys of one type and one value by their expiry. */
  public static Judgement ofExpiry(KeyState source, KeyState replica, long toleranceMillis) {
    return source.sameExpiry(replica, toleranceMillis)
        ? EQUAL
        : new Judgement(
            KeyVerdict.TTL_DIFFERS,
            null,
            "expires in " + ttl(source) + " on the source, in " + ttl(replica) + " on the replica");
  }

  /** The judgement of a value whose parts differ. */
  public static Judgement ofDifferences(Content.Differences found) {
    List<Content.Difference> first = found.first();
    boolean sourceOnly = first.stream().allMatch(Content.Difference::isElementOfSourceAlone);
    return new Judgement(
        KeyVerdict.VALUE_DIFFERS,
        DifferenceText.shown(first.get(0)),
        DifferenceText.detail(found),
        sourceOnly ? first.stream().map(Content.Difference::name).toList() : List.of(),
        null);
  }

  /**
   * The same, where the fields of a hash that only the source has have expired by the replica's
   * clock: those that it hides are not lost.
   *
   * @param leftMillis the time that fields have left on the source, -1 = all; of one that is gone
   *     there by now nothing
   * @param clock the replica's
   */
  public Judgement ofFields(Map<Bytes, Long> leftMillis, ClockSkew clock, long toleranceMillis) {
    long most = clock.mostAheadMillis() + toleranceMillis;
    long longest = 0;
    for (Bytes field : sourceOnly) {
      long left = leftMillis.getOrDefault(field, 0L);
      if (left < 0 || left > most) {
        return this;
      }
      longest = Math.max(longest, left);
    }
    return sourceOnly.isEmpty() || clock.aheadMicros() <= 0
        ? this
        : new Judgement(
            KeyVerdict.UNSETTLED,
            null,
            detail
                + "; "
                + Counted.words(sourceOnly.size(), "field")
                + " of these expired by the replica's clock, which is "
                + clock.words()
                + ", and live for another "
                + longest
                + " ms at most on the source: not lost, but the replica's readers miss them",
            List.of(),
            longest);
  }

  private static Judgement ofPresence(KeyState source, KeyState replica, long toleranceMillis) {
    if (!source.isPresent() && !replica.isPresent()) {
      return GONE;
    }
    KeyState present = source.isPresent() ? source : replica;
    Long left = present.expiry().leftMillis();
    if (left != null && left <= toleranceMillis) {
      return unsettled("it is about to expire");
    }
    ClockSkew clock = replica.expiry().clock();
    if (source.isPresent()
        && left != null
        && clock.aheadMicros() > 0
        && left <= clock.mostAheadMillis() + toleranceMillis) {
      return unsettled(
          "it has expired by the replica's clock, which is "
              + clock.words()
              + ", and lives for another "
              + left
              + " ms on the source: it is not lost, but the replica's readers miss it");
    }
    return source.isPresent()
        ? new Judgement(
            KeyVerdict.MISSING_ON_REPLICA, null, "a " + source.type() + " on the source")
        : new Judgement(
            KeyVerdict.EXTRA_ON_REPLICA, null, "a " + replica.type() + " on the replica");
  }

  private static Judgement differing(Content.Differences found, Content source, Content replica) {
    if (source.version() >= 0 && source.version() != replica.version()) {
      return new Judgement(
          KeyVerdict.UNREADABLE,
          null,
          "source and replica: their payloads differ, and so do their versions ("
              + source.version()
              + " and "
              + replica.version()
              + "), so that it cannot be told whether the values do");
    }
    // A payload alone has a version; a field of a hash may have the name of its part.
    boolean payloads = source.version() >= 0 && replica.version() >= 0;
    Blob mine = payloads ? source.parts().get(Payload.BODY) : null;
    Blob other = payloads ? replica.parts().get(Payload.BODY) : null;
    if (SerializedType.ofNoModule(mine) || SerializedType.ofNoModule(other)) {
      return new Judgement(
          KeyVerdict.UNREADABLE,
          null,
          "source and replica: their payloads differ, but this type is none that the analyzer"
              + " knows how to read: of equal values too they may differ in how these are kept");
    }
    if (SerializedType.otherModuleVersion(mine, other)) {
      return new Judgement(
          KeyVerdict.UNREADABLE,
          null,
          "source and replica: their payloads differ, and so do the versions of the module that"
              + " wrote them, so that it cannot be told whether the values do");
    }
    return ofDifferences(found);
  }

  private static String ttl(KeyState state) {
    Long left = state.expiry().leftMillis();
    return left == null ? "no time" : left + " ms";
  }
}
