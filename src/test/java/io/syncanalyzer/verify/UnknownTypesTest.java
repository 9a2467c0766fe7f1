package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.FakeServer.payload;
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

/** Types of modules, and any that we do not know, are compared by their serialized payload. */
class UnknownTypesTest {
  private static final int MODULE = 7;
  private static final int ID = 0x81;

  @TempDir private Path folder;

  @Test
  void payloadsWithoutTheirFooterDecideAndWhatTheyCannotTellIsUnreadable() throws Exception {
    try (FakeServer source = new FakeServer("source");
        FakeServer replica = new FakeServer("replica")) {
      both(source, replica, "equal", module(10, 0, 'a'), module(10, 0, 'a'));
      byte[] otherChecksum = module(10, 0, 'a');
      otherChecksum[otherChecksum.length - 1] = 42;
      both(source, replica, "equal-other-checksum", module(10, 0, 'a'), otherChecksum);
      both(source, replica, "equal-other-format", module(10, 0, 'a'), module(11, 0, 'a'));
      both(source, replica, "value", module(10, 0, 'a'), module(10, 0, 'b'));
      both(source, replica, "longer", module(10, 0, 'a'), module(10, 0, 'a', 'a'));
      both(source, replica, "format", module(10, 0, 'a'), module(11, 0, 'b'));
      both(source, replica, "module-version", module(10, 0, 'a'), module(10, 1, 'a'));
      both(source, replica, "no-dump", "ERR this type cannot be dumped", module(10, 0, 'a'));
      both(source, replica, "no-dump-there", module(10, 0, 'a'), "ERR this type cannot be dumped");
      both(source, replica, "no-dump-at-all", "ERR no", "ERR no");
      source.with("future", "vectors", payload(12, 99, 1, 2, 3));
      replica.with("future", "vectors", payload(12, 99, 1, 2, 3));
      source.with("future-other", "vectors", payload(12, 99, 1, 2, 3));
      replica.with("future-other", "vectors", payload(12, 98, 3, 2, 1));
      source.with("type", "vectors", payload(12, 99, 1));
      replica.with("type", "ReJSON-RL", module(12, 0, 'a'));
      source.with("missing", "ReJSON-RL", module(10, 0, 'a'));
      replica.with("extra", "ReJSON-RL", module(10, 0, 'a'));

      VerifySummary summary =
          verify(
              VerifyRequest.of(
                      source.endpoint(Side.SOURCE), replica.endpoint(Side.REPLICA), "it", folder)
                  .with(SettleSettings.DEFAULT.withFence(FenceMode.NONE)));

      assertThat(summary.incomplete()).isNull();
      Map<String, String> found = new TreeMap<>();
      mismatches(summary)
          .forEach(m -> found.put(m.key().asUtf8(), m.verdict() + ": " + m.detail()));
      assertThat(found.keySet())
          .containsExactly(
              "extra",
              "format",
              "future-other",
              "longer",
              "missing",
              "module-version",
              "no-dump",
              "no-dump-at-all",
              "no-dump-there",
              "type",
              "value");
      assertThat(found.get("value"))
          .startsWith("VALUE_DIFFERS: 1 part differs: serialized payload");
      assertThat(found.get("longer")).startsWith("VALUE_DIFFERS");
      assertThat(found.get("format"))
          .startsWith("UNREADABLE: source and replica: their payloads differ")
          .contains("(10 and 11)");
      assertThat(found.get("future-other"))
          .startsWith("UNREADABLE: source and replica: their payloads differ")
          .contains("none that the analyzer knows");
      assertThat(found.get("module-version"))
          .startsWith("UNREADABLE: source and replica: their payloads differ")
          .contains("versions of the module");
      assertThat(found.get("no-dump"))
          .isEqualTo("UNREADABLE: source: ERR this type cannot be dumped");
      assertThat(found.get("no-dump-there"))
          .isEqualTo("UNREADABLE: replica: ERR this type cannot be dumped");
      assertThat(found.get("no-dump-at-all")).startsWith("UNREADABLE: source: ERR no");
      assertThat(found.get("type")).isEqualTo("TYPE_DIFFERS: vectors on the source, ReJSON-RL");
      assertThat(summary.rows())
          .anySatisfy(
              row -> {
                assertThat(row.type()).isEqualTo("ReJSON-RL");
                assertThat(row.verdict()).isEqualTo(KeyVerdict.EQUAL);
                assertThat(row.keys()).isEqualTo(3);
                assertThat(row.elements()).isNull();
              });
    }
  }

  private static void both(
      FakeServer source, FakeServer replica, String key, Object mine, Object other) {
    source.with(key, "ReJSON-RL", mine);
    replica.with(key, "ReJSON-RL", other);
  }

  /** As modules serialize: a mark, the module's id with its version in the last bits, a body. */
  private static byte[] module(int format, int moduleVersion, int... body) {
    int[] all = new int[10 + body.length];
    all[0] = MODULE;
    all[1] = ID;
    all[9] = moduleVersion;
    System.arraycopy(body, 0, all, 10, body.length);
    return payload(format, all);
  }
}
