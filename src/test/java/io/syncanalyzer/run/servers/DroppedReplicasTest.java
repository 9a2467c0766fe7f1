package io.syncanalyzer.run.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.run.servers.DroppedReplicas.Counts;
import org.junit.jupiter.api.Test;

class DroppedReplicasTest {
  private static final Endpoint SOURCE = Endpoint.parse(Side.SOURCE, "redis://h:1");

  private static Counts counts(String... lines) {
    return Counts.of(ServerInfo.parse(String.join("\n", lines)));
  }

  private static Counts counted(int drops, int full, int granted, int refused) {
    return counts(
        "client_output_buffer_limit_disconnections:" + drops,
        "sync_full:" + full,
        "sync_partial_ok:" + granted,
        "sync_partial_err:" + refused);
  }

  @Test
  void whereNothingHappenedNothingIsSaid() {
    assertThat(counted(4, 2, 1, 1).since(counted(4, 2, 1, 1), SOURCE)).isEmpty();
    assertThat(counts().since(counts(), SOURCE)).isEmpty();
    assertThat(counted(0, 0, 0, 0).since(counted(4, 2, 1, 1), SOURCE)).as("restarted").isEmpty();
    assertThat(counted(4, 2, 9, 1).since(counted(4, 2, 1, 1), SOURCE)).as("partial").isEmpty();
  }

  @Test
  void aReplicaThatWasDroppedAndCameBackIsSaidToHaveBeenDropped() {
    assertThat(counted(3, 2, 0, 2).since(counted(0, 1, 0, 0), SOURCE).orElseThrow())
        .startsWith("the source redis://h:1 dropped connections 3 times")
        .contains("output buffer was full, a replica's among them", "once with a full resync")
        .contains("client-output-buffer-limit replica");
    assertThat(counted(1, 1, 1, 0).since(counted(0, 1, 0, 0), SOURCE).orElseThrow())
        .contains("dropped connections once", "0 times with a full resync");
  }

  @Test
  void oneThatHasNotComeBackMayBeAnyClient() {
    assertThat(counted(1, 1, 0, 0).since(counted(0, 1, 0, 0), SOURCE).orElseThrow())
        .contains("if a replica stays away since");
  }

  @Test
  void aFullResyncAloneNamesWhatMayHaveBeenTooSmall() {
    assertThat(counted(0, 2, 0, 1).since(counted(0, 1, 0, 0), SOURCE).orElseThrow())
        .contains("everything again once", "dropped nobody", "repl-backlog-size");
    Counts older = counts("sync_full:1", "sync_partial_ok:0", "sync_partial_err:0");
    Counts later = counts("sync_full:2", "sync_partial_ok:0", "sync_partial_err:1");
    assertThat(later.since(older, SOURCE).orElseThrow())
        .contains("may have dropped it", "client-output-buffer-limit replica", "does not count");
  }
}
