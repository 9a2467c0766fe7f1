package io.syncanalyzer.verify.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.LoopbackServer;
import io.syncanalyzer.scripted.ScriptedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CpuMeterTest {
  private static final long SECOND = 1_000_000_000L;

  private final ScriptedClock clock = new ScriptedClock();
  private final AtomicBoolean gone = new AtomicBoolean();
  private final AtomicInteger connections = new AtomicInteger();

  @Test
  void aServerThatHasGoneIsLeftAloneForLongerEachTimeUntilItIsBack() {
    try (LoopbackServer server = new LoopbackServer(this::client)) {
      CpuMeter meter = new CpuMeter(server.endpoint(Side.SOURCE), clock);
      assertThat(meter.seconds()).hasValue(3);
      gone.set(true);
      assertThat(meter.seconds()).isEmpty();
      int before = connections.get();
      clock.pass(SECOND - 1);
      assertThat(meter.seconds()).isEmpty();
      assertThat(connections).hasValue(before);
      clock.pass(1);
      assertThat(meter.seconds()).isEmpty();
      gone.set(false);
      clock.pass(2 * SECOND - 1);
      assertThat(meter.seconds()).isEmpty();
      clock.pass(1);
      assertThat(meter.seconds()).hasValue(3);
      meter.close();
    }
  }

  private LoopbackServer.Client client() {
    connections.incrementAndGet();
    return this::answer;
  }

  private String answer(List<String> command) {
    if (gone.get()) {
      throw new UncheckedIOException(new IOException("gone"));
    }
    return command.get(0).equals("INFO")
        ? LoopbackServer.bulk("used_cpu_sys:1\r\nused_cpu_user:2\r\n")
        : "+OK\r\n";
  }
}
