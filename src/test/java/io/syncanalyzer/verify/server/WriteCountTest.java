package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.server.ServerInfo;
import org.junit.jupiter.api.Test;

class WriteCountTest {
  private static WriteCount count(long changes, long savedAt, long saves, long now, int saving) {
    return WriteCount.of(
            ServerInfo.parse(
                "rdb_changes_since_last_save:"
                    + changes
                    + "\r\nrdb_last_save_time:"
                    + savedAt
                    + "\r\nrdb_saves:"
                    + saves
                    + "\r\nrdb_bgsave_in_progress:"
                    + saving
                    + "\r\nserver_time_usec:"
                    + now * 1_000_000
                    + "\r\n"))
        .orElseThrow();
  }

  @Test
  void theDifferenceIsTheNumberOfWritesBetween() {
    WriteCount before = count(7, 100, 1, 200, 0);
    assertThat(before.isFollowedBy(count(7, 100, 1, 201, 0), 0)).isTrue();
    assertThat(before.isFollowedBy(count(8, 100, 1, 201, 0), 0)).isFalse();
    assertThat(before.isFollowedBy(count(8, 100, 1, 201, 0), 1)).isTrue();
  }

  @Test
  void aSaveBetweenProvesNothingThoughTheCountsAgree() {
    WriteCount before = count(0, 100, 1, 200, 0);
    assertThat(before.isFollowedBy(count(0, 200, 1, 201, 0), 0)).isFalse();
    assertThat(before.isFollowedBy(count(0, 100, 2, 201, 0), 0)).isFalse();
  }

  @Test
  void whereASaveCouldStillEndUnseenNothingIsProved() {
    assertThat(count(0, 100, 0, 100, 0).isFollowedBy(count(0, 100, 0, 101, 0), 0)).isFalse();
    assertThat(count(5, 100, 0, 200, 1).isFollowedBy(count(5, 100, 0, 201, 0), 0)).isFalse();
    assertThat(count(5, 100, 0, 200, 0).isFollowedBy(count(5, 100, 0, 201, 1), 0)).isFalse();
  }

  @Test
  void aServerThatHidesItsCountHasNone() {
    assertThat(WriteCount.of(ServerInfo.parse("redis_version:7.0.15\r\n"))).isEmpty();
  }
}
