package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.verify.value.Content.Difference;
import io.syncanalyzer.verify.value.Content.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Differences between two values in words. */
public final class DifferenceText {
  /** How many bytes of a value are shown. */
  public static final int LONGEST_VALUE = 128;

  private static final int LONGEST_NAME = 64;
  private static final int NAMES = 5;

  private DifferenceText() {}

  /** How many parts differ, which, on which side they are, and the sizes of the first. */
  static String detail(Content.Differences found) {
    Difference first = found.first().get(0);
    StringBuilder detail = new StringBuilder();
    if (first.kind() != Kind.SUM) {
      detail.append(found.mayBeMore() ? "at least " : "").append(found.count());
      detail.append(found.count() == 1 ? " part differs: " : " parts differ: ");
    }
    detail.append(
        found.first().stream()
            .limit(NAMES)
            .map(DifferenceText::named)
            .collect(Collectors.joining(", ")));
    detail.append(found.count() > NAMES ? ", …" : "");
    detail.append(first.kind() == Kind.SUM ? " differs" : "");
    size(detail, "field", Blob.of(first.name()));
    String window = first.from() > 0 ? " from byte " + first.from() : "";
    size(detail, "source" + window, first.source());
    size(detail, "replica" + window, first.replica());
    if (first.kind() != Kind.TEXT && sameUntil(first) >= LONGEST_VALUE) {
      detail.append("; the values differ from byte ").append(sameUntil(first)).append(" on");
    }
    return detail.toString();
  }

  /**
   * The difference with values that show it: those of a long string begin where it differs. The
   * same as long as the difference is.
   */
  static Difference shown(Difference difference) {
    Blob source = difference.source();
    Blob replica = difference.replica();
    int same = sameUntil(difference);
    if (difference.kind() != Kind.TEXT || source == null || replica == null || same < 0) {
      return difference;
    }
    boolean isShort =
        difference.from() == 0 && Math.max(source.length(), replica.length()) <= LONGEST_VALUE;
    return isShort
        ? difference
        : new Difference(
            difference.kind(),
            Content.textName(difference.from() + same),
            after(source, same),
            after(replica, same),
            difference.from() + same,
            difference.note());
  }

  private static String named(Difference difference) {
    List<String> more = new ArrayList<>();
    if (difference.source() == null && difference.replica() != null) {
      more.add("only on the replica");
    } else if (difference.replica() == null && difference.source() != null) {
      more.add("only on the source");
    }
    difference.note().ifPresent(more::add);
    return name(difference) + (more.isEmpty() ? "" : " (" + String.join("; ", more) + ")");
  }

  private static String name(Difference difference) {
    Bytes name = difference.name();
    if (difference.kind() == Kind.TEXT) {
      int same = Math.max(0, sameUntil(difference));
      return "the string from byte " + (difference.from() + same) + " on";
    }
    if (name.length() == 0) {
      return "the one with the empty name";
    }
    return name.length() <= LONGEST_NAME
        ? LosslessText.of(name)
        : LosslessText.of(name.slice(0, LONGEST_NAME)) + "…";
  }

  /** The index of the first byte that differs; -1 where a side has none, or not all is held. */
  private static int sameUntil(Difference difference) {
    Blob source = difference.source();
    Blob replica = difference.replica();
    return source == null || replica == null || !source.isWhole() || !replica.isWhole()
        ? -1
        : Arrays.mismatch(source.head().array(), replica.head().array());
  }

  private static Blob after(Blob value, int from) {
    return Blob.of(value.head().slice(from, value.head().length()));
  }

  private static void size(StringBuilder detail, String side, @Nullable Blob value) {
    if (value != null && value.length() > LONGEST_VALUE) {
      detail.append("; ").append(side).append(": ").append(value.length());
      detail.append(" bytes, SHA-256 ").append(value.digest().toHex());
    }
  }
}
