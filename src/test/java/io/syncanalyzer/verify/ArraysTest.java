package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Arrays by the words of a server that has them, after the source of Redis 8.8: none was to be had
 * that could be asked itself.
 */
class ArraysTest {
  private static final String LAST_INDEX = "18446744073709551614";
  private static final int ARRAY = 28;

  @TempDir private Path folder;

  @Test
  void elementsAndTheNextInsertAreComparedHoweverEachSideKeepsThem() throws Exception {
    try (FakeServer source = new FakeServer("source");
        FakeServer replica = new FakeServer("replica")) {
      both(source, replica, "equal-payload", "0=a", "0=a", "", 7, 7);
      both(source, replica, "equal-kept-otherwise", "0=a 9=b", "0=a 9=b", "", 7, 8);
      both(source, replica, "element", "0=a 9=b", "0=a 9=c", "", 7, 8);
      both(source, replica, "lost", "0=a 9=b", "0=a", "", 7, 8);
      both(source, replica, "extra", "0=a", "0=a " + LAST_INDEX + "=z", "", 7, 8);
      both(source, replica, "moved", "0=a", "1=a", "", 7, 8);
      both(source, replica, "next-insert", "0=a", "0=a", "5", 7, 8);
      both(source, replica, "denied", "0=a", "0=a", "", 7, 8);
      replica.answering(all("denied"), "-NOPERM no permissions for 'arscan'\r\n");

      VerifySummary summary =
          verify(
              VerifyRequest.of(
                      source.endpoint(Side.SOURCE), replica.endpoint(Side.REPLICA), "it", folder)
                  .with(SettleSettings.DEFAULT.withFence(FenceMode.NONE)));

      Map<String, String> found = new TreeMap<>();
      mismatches(summary).forEach(m -> found.put(m.key().asUtf8(), m.verdict() + " " + m.field()));
      assertThat(found)
          .containsOnly(
              Map.entry("element", "VALUE_DIFFERS 9"),
              Map.entry("lost", "VALUE_DIFFERS 9"),
              Map.entry("extra", "VALUE_DIFFERS " + LAST_INDEX),
              Map.entry("moved", "VALUE_DIFFERS 0"),
              Map.entry("next-insert", "VALUE_DIFFERS next insert"),
              Map.entry("denied", "UNREADABLE null"));
      assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(2);
    }
  }

  /**
   * A key on either side.
   *
   * @param next where the replica would insert next; empty where it is as on the source
   * @param mineKept how the source keeps it
   * @param otherKept how the replica does
   */
  private static void both(
      FakeServer source,
      FakeServer replica,
      String key,
      String mine,
      String other,
      String next,
      int mineKept,
      int otherKept) {
    array(source, key, mine, "0", mineKept);
    array(replica, key, other, next.isEmpty() ? "0" : next, otherKept);
  }

  private static void array(FakeServer side, String key, String elements, String next, int kept) {
    String[] all = elements.split(" ", -1);
    StringBuilder listed = new StringBuilder("*" + all.length + "\r\n");
    for (String element : all) {
      String index = element.substring(0, element.indexOf('='));
      String value = element.substring(element.indexOf('=') + 1);
      listed
          .append("*2\r\n")
          .append(index.equals(LAST_INDEX) ? "$20\r\n" + index : ":" + index)
          .append("\r\n$" + value.length() + "\r\n" + value + "\r\n");
    }
    side.with(key, "array", FakeServer.payload(14, ARRAY, kept))
        .answering("ARCOUNT " + key, ":" + all.length + "\r\n")
        .answering("ARNEXT " + key, ":" + next + "\r\n")
        .answering(all(key), listed.toString());
  }

  private static String all(String key) {
    return "ARSCAN " + key + " 0 " + LAST_INDEX;
  }
}
