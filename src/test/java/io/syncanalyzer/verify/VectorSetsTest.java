package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.settle.SettleSettings;
import io.syncanalyzer.verify.value.VectorQuestions;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Vector sets by the words of a server that has them, for there is not one at hand everywhere;
 * {@link VectorSetsIT} asks real ones.
 */
class VectorSetsTest {
  private static final String VECTOR = "*4\r\n$4\r\nint8\r\n$2\r\n\u0001\u007f\r\n$3\r\n2.5\r\n";

  @TempDir private Path folder;

  @Test
  void vectorsAndAttributesAreComparedAndNeverThePayload() throws Exception {
    try (FakeServer source = new FakeServer("source");
        FakeServer replica = new FakeServer("replica")) {
      for (FakeServer side : new FakeServer[] {source, replica}) {
        set(side, "equal", "int8", "0.5", "$-1\r\n");
      }
      set(source, "attribute", "int8", "0.5", "$2\r\n{}\r\n");
      set(replica, "attribute", "int8", "0.5", "$-1\r\n");
      set(source, "kept-otherwise", "int8", "0.5", "$-1\r\n");
      set(replica, "kept-otherwise", "bin", "0.5", "$-1\r\n");
      set(source, "vector", "int8", "0.5", "$-1\r\n");
      set(replica, "vector", "int8", "0.25", "$-1\r\n");
      set(source, "denied", "int8", "0.5", "$-1\r\n");
      set(replica, "denied", "int8", "0.5", "$-1\r\n");
      replica.answering("VEMB denied a RAW", "-NOPERM no permissions for 'vemb'\r\n");

      VerifySummary summary =
          verify(
              VerifyRequest.of(
                      source.endpoint(Side.SOURCE), replica.endpoint(Side.REPLICA), "it", folder)
                  .with(SettleSettings.DEFAULT.withFence(FenceMode.NONE)));

      Map<String, String> found = new TreeMap<>();
      mismatches(summary).forEach(m -> found.put(m.key().asUtf8(), m.verdict() + " " + m.field()));
      assertThat(found)
          .containsOnly(
              Map.entry("attribute", "VALUE_DIFFERS a"),
              Map.entry("denied", "UNREADABLE null"),
              Map.entry("kept-otherwise", "VALUE_DIFFERS quant-type"),
              Map.entry("vector", "VALUE_DIFFERS a"));
      assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(1);
    }
  }

  /** A set of one element, as Redis 8.0.6 tells it. */
  private static void set(
      FakeServer side, String key, String kept, String range, String attributes) {
    side.with(key, VectorQuestions.TYPE, FakeServer.payload(12, 7, side.hashCode()))
        .answering("VCARD " + key, ":1\r\n")
        .answering("VRANDMEMBER " + key + " 2147483647", "*1\r\n$1\r\na\r\n")
        .answering(
            "VINFO " + key,
            "*6\r\n$10\r\nquant-type\r\n+"
                + kept
                + "\r\n$10\r\nvector-dim\r\n:2\r\n"
                + "$9\r\nmax-level\r\n:"
                + Math.floorMod(side.hashCode(), 9)
                + "\r\n")
        .answering(
            "VEMB " + key + " a RAW", VECTOR + "$" + range.length() + "\r\n" + range + "\r\n")
        .answering("VGETATTR " + key + " a", attributes);
  }
}
