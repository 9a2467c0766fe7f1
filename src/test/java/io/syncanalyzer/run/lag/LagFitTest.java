package io.syncanalyzer.run.lag;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.probe.LagMemory;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.Watching;
import io.syncanalyzer.probe.Writing;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LagFitTest {
  private static final long GIB = 1 << 30;

  private final LagSettings settings =
      new LagRequest(
              Writing.DEFAULT.withRate(100_000),
              Watching.DEFAULT.withTimeout(Duration.ofMinutes(10)),
              Duration.ZERO)
          .settings(
              ProbePhase.PROBE,
              "r",
              Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1"),
              List.of(Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:2")),
              Path.of(""),
              new Limits(Optional.empty(), Optional.empty(), OptionalLong.empty()));

  @Test
  void whatFitsIsNotRefused() {
    long needed = LagMemory.bytes(settings);
    assertThatCode(() -> LagFit.check(settings, "--sentinel-rate 100000", needed, "-"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> LagFit.check(settings, "--sentinel-rate 100000", needed - 1, "-"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRefusalSaysWhatIsTooMuchAndWhatWouldGo() {
    LagMemory.Excess excess = Objects.requireNonNull(LagMemory.excess(settings, GIB));
    assertThatThrownBy(() -> LagFit.check(settings, "--sentinel-rate 100000", GIB, "room of a GiB"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--sentinel-rate 100000 with --observe-timeout 600s keeps up to")
        .hasMessageContaining("MiB of memory are needed; room of a GiB; with that timeout")
        .hasMessageContaining("--sentinel-rate " + excess.rate() + " would go")
        .hasMessageContaining("--observe-timeout " + excess.timeoutSeconds() + "s would go");
  }

  @Test
  void idleIsMeasuredAtLeastAsLongAsItIsWarmedUpOrNotAtAll() {
    Duration warmup = Duration.ofMillis(500);
    assertThatCode(() -> LagFit.checkIdle("--floor", Duration.ZERO, warmup))
        .doesNotThrowAnyException();
    assertThatCode(() -> LagFit.checkIdle("--floor", warmup, warmup)).doesNotThrowAnyException();
    assertThatThrownBy(() -> LagFit.checkIdle("--floor", Duration.ofMillis(499), warmup))
        .hasMessage(
            "--floor: 499ms is shorter than the 500ms of warm-up before it; at least 500ms, or 0s"
                + " to leave it out");
  }
}
