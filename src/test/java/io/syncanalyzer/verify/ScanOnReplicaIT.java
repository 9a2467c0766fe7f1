package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.resume.CannotResume;
import io.syncanalyzer.verify.server.WriteCount;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source is spared where the replica's names lead, and what is found all the same. */
class ScanOnReplicaIT {
  @TempDir private Path folder;
  private VerifiedPair pair;

  @BeforeEach
  void start() {
    pair = new VerifiedPair(TestServers.onPath(), folder).filled(500).leading(Side.REPLICA);
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  /** A server that has saved in this very second proves nothing by what it counts. */
  private void awaitCertainCounts() throws InterruptedException {
    for (RedisConnection server : List.of(pair.source(), pair.replica())) {
      while (!WriteCount.of(ServerInfo.read(server, true)).orElseThrow().certain()) {
        Thread.sleep(50);
      }
    }
  }

  private static Stream<String> commandsOf(RedisConnection server) {
    Reply.Text stats = (Reply.Text) server.expect("INFO", "commandstats");
    return stats.bytes().asUtf8().lines().map(line -> line.replaceFirst(":.*", "").strip());
  }

  @Test
  void theSourceIsAskedForValuesOnlyWhereNothingIsMissing() throws InterruptedException {
    awaitCertainCounts();
    pair.source().expect("CONFIG", "RESETSTAT");
    VerifySummary summary = verify(pair.request());
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(540);
    assertThat(commandsOf(pair.source()))
        .contains("cmdstat_mget")
        .doesNotContain("cmdstat_scan", "cmdstat_llen", "cmdstat_zcard", "cmdstat_type");
    assertThat(commandsOf(pair.replica())).contains("cmdstat_scan");
    assertThat(summary.notes())
        .anyMatch(
            note ->
                note.contains("every key of the replica was found on the source")
                    && note.contains("no missing key, the source was not scanned"));
  }

  @Test
  void whatIsMissingOrExtraOrDiffersIsFoundWhicheverSideLeads() {
    pair.source().expect("SET", "differs", "v");
    pair.source().expect("SET", "missing", "v");
    pair.sync();
    pair.replica().expect("SET", "differs", "w");
    pair.replica().expect("DEL", "missing");
    pair.replica().expect("SET", "extra", "v");
    VerifySummary byReplica = verify(pair.request());
    assertThat(mismatches(byReplica))
        .extracting(one -> one.key().asUtf8() + " " + one.verdict())
        .containsExactlyInAnyOrder(
            "differs VALUE_DIFFERS", "missing MISSING_ON_REPLICA", "extra EXTRA_ON_REPLICA");
    VerifySummary bySource = verify(pair.leading(Side.SOURCE).request());
    assertThat(byReplica.rows()).isEqualTo(bySource.rows());
    assertThat(byReplica.sourceKeys()).isEqualTo(bySource.sourceKeys()).isEqualTo(542);
    assertThat(byReplica.replicaKeys()).isEqualTo(bySource.replicaKeys()).isEqualTo(542);
  }

  @Test
  void aMissingKeyIsFoundThoughAnExtraOneEvensTheNumbers() {
    pair.replica().expect("RENAME", firstKey(), "extra");
    VerifySummary summary = verify(pair.request());
    assertThat(summary.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(1);
    assertThat(summary.keys(KeyVerdict.EXTRA_ON_REPLICA)).isEqualTo(1);
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(539);
  }

  @Test
  void aReplicaWithoutAnyKeyLacksThemAll() {
    pair.replica().expect("FLUSHALL");
    VerifySummary summary = verify(pair.request());
    assertThat(summary.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(540);
    assertThat(summary.keys(KeyVerdict.EQUAL)).isZero();
  }

  @Test
  void aSourceWithoutAnyKeyHasLeftThemAllToTheReplica() {
    pair.replica().expect("REPLICAOF", "NO", "ONE");
    pair.source().expect("FLUSHALL");
    VerifySummary summary =
        verify(pair.request().with(SettleSettings.DEFAULT.withFence(FenceMode.NONE)));
    assertThat(summary.keys(KeyVerdict.EXTRA_ON_REPLICA)).isEqualTo(540);
    assertThat(summary.keys(KeyVerdict.EQUAL)).isZero();
  }

  @Test
  void oneThatWasCutOffGoesOnOnlyByTheSameNames() {
    verify(pair.request().keeping());
    assertThatThrownBy(() -> verify(pair.leading(Side.SOURCE).request().resumed()))
        .isInstanceOf(CannotResume.class)
        .hasMessageContaining("asked for something else");
    assertThat(verify(pair.leading(Side.REPLICA).request().resumed()).keys(KeyVerdict.EQUAL))
        .isEqualTo(540);
  }

  @Test
  void theDefaultIsTheSource() {
    assertThat(VerifySettings.DEFAULT.scanOn()).isEqualTo(Side.SOURCE);
  }

  private String firstKey() {
    return ((Reply.Text) pair.replica().expect("RANDOMKEY")).bytes().asUtf8();
  }
}
