package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.result.lag.Signs;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a server told between two readings of its INFO. Counts of one that was restarted meanwhile,
 * or that it does not show, are unknown.
 *
 * @param before null = this is the first
 * @param cpuShare as in {@link Signs}
 */
record SignsRead(@Nullable ServerInfo before, ServerInfo now, @Nullable Double cpuShare) {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * The signs.
   *
   * @param answer of which {@code now} is the INFO
   * @param bufferLimitBytes what a replica's output buffer may hold; 0 = no limit, null = not told
   */
  Signs signs(ServerQuestions.Answer answer, @Nullable Long bufferLimitBytes) {
    Long backlog = number("repl_backlog_size");
    Long fork = fork();
    Boolean saving = any("rdb_bgsave_in_progress", "aof_rewrite_in_progress");
    ServerQuestions.Lasted slow = answer.slow();
    ServerQuestions.Lasted event = answer.event();
    Long expiryMillis = more("expire_cycle_cpu_milliseconds");
    return new Signs(
        cpuShare,
        fork,
        saving,
        copied(saving),
        more("evicted_keys"),
        more("expired_keys"),
        expiryMillis == null ? null : Long.valueOf(expiryMillis * NANOS_PER_MILLI),
        more("expired_time_cap_reached_count"),
        more("sync_full"),
        more("sync_partial_ok"),
        more("sync_partial_err"),
        number("connected_slaves"),
        any("loading", "async_loading", "master_sync_in_progress"),
        waiting(),
        limit(bufferLimitBytes, backlog),
        more("client_output_buffer_limit_disconnections"),
        backlog,
        slow == null ? null : Long.valueOf(slow.nanos()),
        slow == null ? null : slow.name(),
        event == null ? null : Long.valueOf(event.nanos()),
        event == null ? null : event.name(),
        number("used_memory"),
        number("used_memory_rss"));
  }

  /** CPU used between two readings of one process; 1 = one core, null where not shown. */
  static @Nullable Double cpuShare(ServerInfo earlier, ServerInfo now, long nanos) {
    OptionalDouble main = used(earlier.mainThreadCpuSeconds(), now.mainThreadCpuSeconds());
    OptionalDouble used = main.isPresent() ? main : used(earlier.cpuSeconds(), now.cpuSeconds());
    return used.isPresent() ? Double.valueOf(used.getAsDouble() * 1e9 / nanos) : null;
  }

  private static OptionalDouble used(OptionalDouble before, OptionalDouble after) {
    return before.isPresent() && after.isPresent() && after.getAsDouble() >= before.getAsDouble()
        ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
        : OptionalDouble.empty();
  }

  /** How long the last fork took where there was one since; servers before 6.2 count none. */
  private @Nullable Long fork() {
    ServerInfo earlier = earlier();
    Long micros = number("latest_fork_usec");
    if (earlier == null || micros == null) {
      return null;
    }
    Long forks = more("total_forks");
    boolean forked =
        forks == null ? earlier.number("latest_fork_usec").orElse(micros) != micros : forks > 0;
    return forked ? micros * NANOS_PER_MICRO : 0L;
  }

  private @Nullable Long copied(@Nullable Boolean saving) {
    if (Boolean.TRUE.equals(saving)) {
      return number("current_cow_size");
    }
    ServerInfo earlier = earlier();
    Long last = number("rdb_last_cow_size");
    return last == null
            || earlier == null
            || earlier.number("rdb_last_cow_size").orElse(last) == last
        ? null
        : last;
  }

  /**
   * What the replica furthest behind has not acknowledged, or what a replica's output buffer holds
   * on average if that is more.
   */
  private @Nullable Long waiting() {
    Long buffers = number("mem_clients_slaves");
    OptionalLong offset = now.number("master_repl_offset");
    OptionalLong behind =
        offset.isEmpty()
            ? OptionalLong.empty()
            : now.connectedReplicas().stream()
                .filter(replica -> replica.state().equals("online"))
                .mapToLong(replica -> Math.max(0, offset.getAsLong() - replica.offset()))
                .max();
    if (buffers == null) {
      return behind.isPresent() ? Long.valueOf(behind.getAsLong()) : null;
    }
    // Told of all replicas' buffers together: each has its part at least on average.
    long each = buffers / Math.max(1, now.number("connected_slaves").orElse(1));
    return Math.max(each, behind.orElse(0));
  }

  /** Since 7.0 buffers and backlog share memory, and no limit below the backlog's size holds. */
  private @Nullable Long limit(@Nullable Long told, @Nullable Long backlog) {
    boolean shared = now.number("mem_total_replication_buffers").isPresent();
    return told == null || told == 0 || backlog == null || !shared
        ? told
        : Long.valueOf(Math.max(told, backlog));
  }

  private @Nullable Boolean any(String... flags) {
    Boolean any = null;
    for (String flag : flags) {
      Long value = number(flag);
      if (value != null) {
        any = Boolean.valueOf(value != 0 || Boolean.TRUE.equals(any));
      }
    }
    return any;
  }

  private @Nullable Long more(String counter) {
    ServerInfo earlier = earlier();
    Long after = number(counter);
    if (earlier == null || after == null) {
      return null;
    }
    OptionalLong counted = earlier.number(counter);
    return counted.isEmpty() || counted.getAsLong() > after
        ? null
        : Long.valueOf(after - counted.getAsLong());
  }

  private @Nullable Long number(String name) {
    OptionalLong shown = now.number(name);
    return shown.isPresent() ? Long.valueOf(shown.getAsLong()) : null;
  }

  /** The earlier reading, of the same process. */
  private @Nullable ServerInfo earlier() {
    return before == null || !before.runId().equals(now.runId()) ? null : before;
  }
}
