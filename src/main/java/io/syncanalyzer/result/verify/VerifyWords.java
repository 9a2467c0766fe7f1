package io.syncanalyzer.result.verify;

import io.syncanalyzer.result.figure.Numbers;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a comparison found in words, the same on the console and in summaries. */
public final class VerifyWords {
  private VerifyWords() {}

  /** How many there were: {@code keys: source 12, replica 12, common 12 in 0.42 s}. */
  public static String keys(VerifyReport verify) {
    return "keys: "
        + Stream.of(
                keys("source ", verify.sourceKeys()),
                keys(verify.replicas().isEmpty() ? "replica " : "replicas ", verify.replicaKeys()),
                keys("common ", verify.commonKeys()))
            .filter(known -> !known.isEmpty())
            .collect(Collectors.joining(", "))
        + (verify.sourceKeys() == null && verify.replicaKeys() == null
            ? "how many is not known"
            : "")
        + (verify.elapsedSeconds() == null
            ? ""
            : "  in " + Numbers.seconds(verify.elapsedSeconds()));
  }

  /** Empty where it is not known. */
  private static String keys(String whose, @Nullable Long keys) {
    return keys == null ? "" : whose + Numbers.words(keys);
  }

  /** What its libraries of functions came to: {@code 2 libraries: 1 equal, 1 different}. */
  public static String functions(VerifyReport verify) {
    return Numbers.libraries(verify.functions())
        + ": "
        + Numbers.words(verify.functions(KeyVerdict.EQUAL))
        + " equal, "
        + Numbers.words(verify.mismatchedFunctions())
        + " different";
  }
}
