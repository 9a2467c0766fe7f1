package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoadRequestTest {
  private static final Endpoint SOURCE = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:13300");

  @Test
  void unlessToldOtherwiseEveryTypeIsWritten() {
    LoadRequest request = LoadRequest.of(Topology.single(SOURCE), Path.of("run"));

    assertThat(request.profile()).isEqualTo("all-types");
    assertThat(request.memtier()).isEqualTo(new MemtierLocation.OnPath());
    assertThat(request.limits()).isEqualTo(LoadLimits.DEFAULT);
  }

  @Test
  void aRateOfZeroIsRefused() {
    assertThatThrownBy(
            () ->
                request(
                    OptionalInt.empty(), OptionalLong.of(0), Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a rate of 0 writes nothing");
  }

  @Test
  void noClientsAreRefused() {
    assertThatThrownBy(
            () ->
                request(
                    OptionalInt.of(0), OptionalLong.empty(), Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 is less than 1");
  }

  @Test
  void aRampExcludesARateAndADuration() {
    Optional<Ramp> ramp = Optional.of(Ramp.parse("1:2:1:5s"));

    assertThatThrownBy(
            () -> request(OptionalInt.empty(), OptionalLong.of(9), ramp, Optional.empty()))
        .hasMessageContaining("a ramp has rates of its own");
    assertThatThrownBy(
            () ->
                request(
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    ramp,
                    Optional.of(Duration.ofSeconds(3))))
        .hasMessageContaining("a ramp's steps say how long it lasts");
  }

  @Test
  void aDurationOfNothingIsRefused() {
    assertThatThrownBy(
            () ->
                request(
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ZERO)))
        .hasMessageContaining("a load of no time");
  }

  @Test
  void aWatchdogThatLeavesNoTimeIsRefused() {
    Duration some = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new LoadLimits(some, Duration.ZERO, some, some))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LoadRequest request(
      OptionalInt clients, OptionalLong rate, Optional<Ramp> ramp, Optional<Duration> duration) {
    return new LoadRequest(
        Topology.single(SOURCE),
        Path.of("run"),
        new MemtierLocation.OnPath(),
        "strings",
        duration,
        clients,
        OptionalInt.empty(),
        OptionalInt.empty(),
        rate,
        ramp,
        List.of(),
        LoadLimits.DEFAULT);
  }
}
