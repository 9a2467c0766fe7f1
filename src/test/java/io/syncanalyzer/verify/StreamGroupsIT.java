package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams with more groups, consumers and pending entries than are held at once. */
class StreamGroupsIT {
  private static final int MANY = 10_000;

  @TempDir private Path folder;

  @Test
  void oneOfManyGroupsConsumersOrPendingEntriesIsFoundAndCountedAsOne() {
    try (VerifiedPair pair = new VerifiedPair(TestServers.onPath(), folder)) {
      for (String change : new String[] {"none", "gone", "more", "other"}) {
        groups(pair.source(), "groups-" + change);
        consumers(pair.source(), "consumers-" + change);
        pending(pair.source(), "pending-" + change);
        pending(pair.source(), "entries-" + change);
      }
      pair.sync();
      assertThat(mismatches(verify(pair.request()))).isEmpty();

      RedisConnection replica = pair.replica();
      replica.expect("XGROUP", "DESTROY", "groups-gone", "g5555");
      replica.expect("XGROUP", "CREATE", "groups-more", "g5555x", "0");
      replica.expect("XGROUP", "SETID", "groups-other", "g5555", "2-1");
      replica.expect("XGROUP", "DELCONSUMER", "consumers-gone", "g", "c5555");
      replica.expect("XGROUP", "CREATECONSUMER", "consumers-more", "g", "c5555x");
      replica.expect("XGROUP", "DELCONSUMER", "consumers-other", "g", "c9999");
      replica.expect("XGROUP", "CREATECONSUMER", "consumers-other", "g", "c9998x");
      replica.expect("XACK", "pending-gone", "g", "100-1");
      claim(replica, "pending-more", "200000-1", "c", 1);
      claim(replica, "pending-other", "5555-1", "c", 7);
      replica.expect("XDEL", "entries-gone", "100-1");
      replica.expect("XADD", "entries-more", "200000-2", "f", "v");

      Map<String, String> found = new TreeMap<>();
      mismatches(verify(pair.request())).forEach(m -> found.put(m.key().asUtf8(), m.detail()));
      assertThat(found)
          .hasSize(11)
          .containsEntry("groups-gone", "1 part differs: group \"g5555\" (only on the source)")
          .containsEntry(
              "groups-more", "at least 1 part differs: group \"g5555x\" (only on the replica)")
          .containsEntry("groups-other", "1 part differs: group \"g5555\"")
          .containsEntry(
              "consumers-gone",
              "1 part differs: group \"g\" consumer \"c5555\" (only on the source)")
          .containsEntry(
              "consumers-more",
              "at least 1 part differs: group \"g\" consumer \"c5555x\" (only on the replica)")
          .containsEntry(
              "consumers-other",
              "2 parts differ: group \"g\" consumer \"c9999\" (only on the source),"
                  + " group \"g\" consumer \"c9998x\" (only on the replica)")
          .containsEntry(
              "pending-gone", "1 part differs: group \"g\" pending 100-1 (only on the source)")
          .containsEntry(
              "pending-more", "1 part differs: group \"g\" pending 200000-1 (only on the replica)")
          .containsEntry("pending-other", "1 part differs: group \"g\" pending 5555-1");
      assertThat(found.get("entries-gone")).contains(": 100-1 (only on the source)");
      assertThat(found.get("entries-more")).contains("200000-2 (only on the replica)");
    }
  }

  @Test
  void partsOfGroupsThatAreCalledLikePartsAreNotTakenForOneAnother() {
    try (VerifiedPair pair = new VerifiedPair(TestServers.onPath(), folder)) {
      RedisConnection source = pair.source();
      source.expect("XADD", "s", "1-1", "f", "v");
      for (String group :
          new String[] {"g", "g consumer c", "g\" consumer \"c", "g\"\" consumer \"\"c"}) {
        source.expect("XGROUP", "CREATE", "s", group, "0");
      }
      for (String consumer :
          new String[] {"c pending", "c", "c\" last-delivered-id", "c last-delivered-id"}) {
        source.expect("XGROUP", "CREATECONSUMER", "s", "g", consumer);
      }
      pair.sync();
      assertThat(mismatches(verify(pair.request()))).isEmpty();
      pair.replica().expect("XGROUP", "DELCONSUMER", "s", "g", "c pending");
      assertThat(mismatches(verify(pair.request())))
          .singleElement()
          .satisfies(m -> assertThat(m.field()).isEqualTo("group \"g\" consumer \"c pending\""));
    }
  }

  private static void groups(RedisConnection source, String key) {
    source.expect("XADD", key, "1-1", "f", "v");
    source.expect("XADD", key, "2-1", "f", "v");
    source.expect(
        "EVAL",
        "for i = 1, ARGV[1] do redis.call('XGROUP', 'CREATE', KEYS[1], 'g' .. i, '1-1') end",
        "1",
        key,
        Integer.toString(MANY));
  }

  private static void consumers(RedisConnection source, String key) {
    source.expect("XGROUP", "CREATE", key, "g", "$", "MKSTREAM");
    source.expect(
        "EVAL",
        "for i = 1, ARGV[1] do"
            + " redis.call('XGROUP', 'CREATECONSUMER', KEYS[1], 'g', 'c' .. i) end",
        "1",
        key,
        Integer.toString(MANY));
  }

  /** All entries but the last are pending. */
  private static void pending(RedisConnection source, String key) {
    source.expect(
        "EVAL",
        "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], i .. '-1', 'f', 'v') end",
        "1",
        key,
        Integer.toString(MANY));
    source.expect("XADD", key, "200000-1", "f", "v");
    source.expect("XGROUP", "CREATE", key, "g", "0");
    source.expect(
        "XREADGROUP", "GROUP", "g", "c", "COUNT", Integer.toString(MANY), "STREAMS", key, ">");
  }

  private static void claim(
      RedisConnection replica, String key, String id, String owner, int deliveries) {
    replica.expect(
        "XCLAIM",
        key,
        "g",
        owner,
        "0",
        id,
        "RETRYCOUNT",
        Integer.toString(deliveries),
        "FORCE",
        "JUSTID");
  }
}
