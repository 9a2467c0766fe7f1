package io.syncanalyzer.probe.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.result.lag.Signs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignsReadTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String BEFORE =
      """
      run_id:a
      used_cpu_sys:100.0
      used_cpu_user:200.0
      used_cpu_sys_main_thread:1.0
      used_cpu_user_main_thread:2.0
      total_forks:3
      latest_fork_usec:900
      evicted_keys:10
      expired_keys:20
      expire_cycle_cpu_milliseconds:5
      sync_full:1
      sync_partial_ok:0
      sync_partial_err:0
      """;
  private static final String AFTER =
      """
      run_id:a
      used_cpu_sys:109.0
      used_cpu_user:209.0
      used_cpu_sys_main_thread:1.2
      used_cpu_user_main_thread:2.3
      total_forks:4
      latest_fork_usec:1500
      rdb_bgsave_in_progress:1
      aof_rewrite_in_progress:0
      current_cow_size:4096
      evicted_keys:15
      expired_keys:20
      expire_cycle_cpu_milliseconds:7
      sync_full:2
      sync_partial_ok:1
      sync_partial_err:1
      connected_slaves:2
      slave0:ip=a,port=1,state=online,offset=900,lag=0
      slave1:ip=b,port=2,state=online,offset=400,lag=1
      master_repl_offset:1000
      mem_clients_slaves:50
      repl_backlog_size:8192
      loading:0
      used_memory:7
      used_memory_rss:9
      """;

  @Test
  void countsAreThoseOfTheTimeBetweenTwoReadings() {
    Signs signs = signs(BEFORE, AFTER);
    assertThat(signs.cpuShare()).isEqualTo(0.5, offset(1e-9));
    assertThat(signs.evicted()).isEqualTo(5);
    assertThat(signs.expired()).isZero();
    assertThat(signs.expiryNanos()).isEqualTo(2_000_000);
    assertThat(signs.fullSyncs()).isEqualTo(1);
    assertThat(signs.partialGranted()).isEqualTo(1);
    assertThat(signs.partialRefused()).isEqualTo(1);
    assertThat(signs.forkNanos()).isEqualTo(1_500_000);
    assertThat(signs.saving()).isTrue();
    assertThat(signs.copiedBytes()).isEqualTo(4096);
    assertThat(signs.loading()).isFalse();
    assertThat(signs.replicas()).isEqualTo(2);
    // Of the one furthest behind.
    assertThat(signs.waitingBytes()).isEqualTo(600);
  }

  @Test
  void whatIsNotShownIsUnknownAndNeverZero() {
    assertThat(signs(BEFORE, "run_id:a\n").remarkable()).isNull();
    assertThat(signs(BEFORE, "run_id:a\n").evicted()).isNull();
    assertThat(signs(BEFORE, "run_id:a\n").saving()).isNull();
    assertThat(signs(BEFORE, AFTER).bufferClosed()).isNull();
    assertThat(signs(BEFORE, AFTER).expiryCut()).isNull();
  }

  @Test
  void theFirstReadingCountsNothing() {
    Signs first = signs(null, AFTER);
    assertThat(first.evicted()).isNull();
    assertThat(first.cpuShare()).isNull();
    assertThat(first.forkNanos()).isNull();
    assertThat(first.saving()).isTrue();
  }

  @Test
  void aServerThatWasRestartedCountsNothingAsItBeginsAnew() {
    assertThat(signs(BEFORE, AFTER.replace("run_id:a", "run_id:b")).evicted()).isNull();
    assertThat(signs(AFTER, BEFORE).evicted()).isNull();
  }

  @Test
  void withoutACountOfForksANewLengthIsANewFork() {
    String before = BEFORE.replace("total_forks:3\n", "");
    String after = AFTER.replace("total_forks:4\n", "");
    assertThat(signs(before, after).forkNanos()).isEqualTo(1_500_000);
    assertThat(signs(after, after).forkNanos()).isZero();
  }

  @Test
  void sinceBuffersAndBacklogShareMemoryNoLimitBelowTheBacklogHolds() {
    assertThat(signs(BEFORE, AFTER).bufferLimitBytes()).isEqualTo(100);
    assertThat(signs(BEFORE, AFTER + "mem_total_replication_buffers:1\n").bufferLimitBytes())
        .isEqualTo(8192);
  }

  @Test
  void whatTheBuffersOfAllReplicasHoldIsDividedByThem() {
    String full = AFTER.replace("mem_clients_slaves:50", "mem_clients_slaves:3000");
    assertThat(signs(BEFORE, full).waitingBytes()).isEqualTo(1500);
  }

  @Test
  void theLimitOfAReplicasBufferIsTheHardOne() {
    String normal = "normal 0 0 0 ";
    assertThat(BufferLimit.ofReplica(normal + "slave 268435456 67108864 60 pubsub 1 1 1"))
        .isEqualTo(268_435_456);
    assertThat(BufferLimit.ofReplica(normal + "replica 200 0 0")).isEqualTo(200);
    assertThat(BufferLimit.ofReplica(normal + "slave 0 0 0")).isZero();
    assertThat(BufferLimit.ofReplica(normal + "slave much 0 0")).isNull();
    assertThat(BufferLimit.ofReplica(normal)).isNull();
  }

  private static Signs signs(@Nullable String before, String after) {
    ServerInfo now = ServerInfo.parse(after);
    ServerInfo earlier = before == null ? null : ServerInfo.parse(before);
    Double share = earlier == null ? null : SignsRead.cpuShare(earlier, now, SECOND);
    return new SignsRead(earlier, now, share)
        .signs(new ServerQuestions.Answer(now, null, null), 100L);
  }
}
