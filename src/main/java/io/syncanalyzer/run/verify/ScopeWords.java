package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was asked to be compared and what that came to, in words. */
final class ScopeWords {
  private static final int MOST_NAMED = 8;

  private ScopeWords() {}

  /** The keys that were compared, for the page. */
  static String compared(VerifyScope asked, List<Integer> databases) {
    return databases(databases) + asked.whichKeys();
  }

  /** {@code database 0}, {@code databases 0, 3}, or how many there are. */
  static String databases(List<Integer> databases) {
    if (databases.size() == 1) {
      return "database " + databases.get(0);
    }
    return databases.size() <= MOST_NAMED
        ? "databases " + databases.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.format(
            Locale.ROOT,
            "%,d databases, %d to %d",
            databases.size(),
            databases.get(0),
            databases.get(databases.size() - 1));
  }

  /**
   * Why a comparison that ended well compared no key, though not simply all there is was asked for;
   * null where it did, or where there just is nothing. Libraries of functions belong to no database
   * and pass no pattern: that they are equal says nothing of the keys that were asked for.
   */
  static @Nullable String nothing(VerifyScope asked, VerifySummary summary) {
    if (summary.keys() > 0 || summary.incomplete() != null || summary.stoppedEarly()) {
      return null;
    }
    List<String> why = new ArrayList<>();
    Bytes match = asked.match();
    if (match != null) {
      why.add("--match " + match.asUtf8());
    }
    Bytes exclude = asked.exclude();
    if (exclude != null) {
      why.add("--exclude " + exclude.asUtf8());
    }
    if (!asked.types().isEmpty()) {
      why.add("--types " + String.join(",", asked.types()));
    }
    if (asked.samplePercent() < 100) {
      why.add("--sample " + asked.plainPercent());
    }
    String gone =
        summary.goneKeys() == 0
            ? ""
            : "; " + Counted.words(summary.goneKeys(), "key") + " vanished before that";
    if (why.isEmpty()) {
      return asked.database() == null
          ? null
          : "neither side holds a key in database " + asked.database() + gone;
    }
    return "no key of "
        + databases(summary.databases())
        + " passes "
        + String.join(" and ", why)
        + ", on either side"
        + gone;
  }
}
