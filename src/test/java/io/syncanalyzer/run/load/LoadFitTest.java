package io.syncanalyzer.run.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Data;
import io.syncanalyzer.insert.load.JmhLoadRequest.Writers;
import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.load.memtier.Ramp;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the built-in load's JVM needs, and what is refused for it before anything is touched. */
class LoadFitTest {
  private static final int MIB = 1 << 20;
  private static final Endpoint SOURCE = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");

  private static JmhLoadRequest load(int threads, int valueBytes) {
    return JmhLoadRequest.of(Topology.single(SOURCE), Path.of(""))
        .with(new Writers(threads, 16))
        .with(Data.DEFAULT.withValueBytes(valueBytes).withKeyRange(1000).withReadShare(0.5));
  }

  @Test
  void aLoadThatFitsExactlyIsTakenAndOneByteLessIsRefused() {
    JmhLoadRequest asked = load(64, 4 * MIB);
    assertThatCode(() -> LoadFit.checkMemory(asked, asked.heapBytes())).doesNotThrowAnyException();
    assertThatThrownBy(() -> LoadFit.checkMemory(asked, asked.heapBytes() - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "--load-threads 64 with values of 4,194,304 bytes needs "
                + String.format(Locale.ROOT, "%,d", asked.heapBytes() / MIB)
                + " MiB of memory")
        .hasMessageEndingWith("; --load-threads 63 would go");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|1|1|9|all-types|--load-clients: 0 is less than 1, which writes nothing",
        "1|0|1|9|all-types|--load-threads: 0 is less than 1, which writes nothing",
        "1|1|-1|9|all-types|--load-pipeline: -1 is less than 1, which writes nothing",
        "1|1|1|0|all-types|--load-rate: a rate of 0 writes nothing; leave it out for full speed,"
            + " or use --load-engine none",
        "1|1|1|9|' '|--memtier-profile: the value is empty; expected a file or one of strings,"
            + " all-types"
      })
  void whatMemtierDoesNotTakeIsRefusedByItsOption(
      int clients, int threads, int pipeline, long rate, String profile, String said) {
    LoadSettings settings =
        new LoadSettings(
            LoadEngine.MEMTIER,
            OptionalInt.of(threads),
            OptionalInt.of(pipeline),
            OptionalLong.of(rate),
            Optional.empty(),
            new LoadSettings.OfMemtier(
                new MemtierLocation.OnPath(),
                Optional.of(profile),
                OptionalInt.of(clients),
                List.of()),
            new LoadSettings.OfJmh(
                OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty(), List.of()));

    assertThatThrownBy(
            () -> LoadFit.memtier(settings, Topology.single(SOURCE), Path.of(""), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(said);
  }

  @Test
  void aRampAndARateExcludeEachOtherByTheirOptions() {
    LoadSettings settings =
        new LoadSettings(
            LoadEngine.MEMTIER,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalLong.of(9),
            Optional.of(Ramp.parse("1:2:1:5s")),
            new LoadSettings.OfMemtier(
                new MemtierLocation.OnPath(), Optional.empty(), OptionalInt.empty(), List.of()),
            new LoadSettings.OfJmh(
                OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty(), List.of()));

    assertThatThrownBy(
            () -> LoadFit.memtier(settings, Topology.single(SOURCE), Path.of(""), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--ramp and --load-rate exclude each other: give one");
  }

  @ParameterizedTest
  @CsvSource({"256, 16, 8192", "256, 1, 1500", "100, 16, 3000"})
  void whatIsSaidWouldGoGoesAndOneMoreDoesNot(int threads, int valueMib, long roomMib) {
    long room = roomMib * MIB;
    assertThatThrownBy(() -> LoadFit.checkMemory(load(threads, valueMib * MIB), room))
        .isInstanceOfSatisfying(
            IllegalArgumentException.class,
            e -> {
              String said = String.valueOf(e.getMessage());
              int most =
                  Integer.parseInt(said.replaceAll(".*--load-threads (\\d+) would go", "$1"));
              assertThat(most).isBetween(1, threads - 1);
              assertThatCode(() -> LoadFit.checkMemory(load(most, valueMib * MIB), room))
                  .doesNotThrowAnyException();
              assertThatThrownBy(() -> LoadFit.checkMemory(load(most + 1, valueMib * MIB), room))
                  .isInstanceOf(IllegalArgumentException.class);
            });
  }

  @Test
  void whereNotEvenOneThreadWouldGoNoneIsProposed() {
    assertThatThrownBy(() -> LoadFit.checkMemory(load(4, MIB), 100L * MIB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("would go");
  }

  @Test
  void moreThreadsAndLargerValuesNeedMore() {
    assertThat(load(256, MIB).heapBytes()).isGreaterThan(load(128, MIB).heapBytes());
    assertThat(load(128, 2 * MIB).heapBytes()).isGreaterThan(load(128, MIB).heapBytes());
    // However deep the pipeline, a writer holds one value of it.
    assertThat(load(128, MIB).with(new Writers(128, 10_000)).heapBytes())
        .isEqualTo(load(128, MIB).heapBytes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "AUTO    | -       | -",
        "AUTO    | strings | it cannot; the built-in engine can, but --memtier-profile does not go"
            + " with --load-engine jmh",
        "MEMTIER | -       | it cannot; use --load-engine jmh, or auto",
      })
  void whereMemtierCannotWriteToAClusterOnlyAutoTakesTheBuiltInEngine(
      LoadEngine engine, String profile, String said) {
    LoadSettings settings =
        new LoadSettings(
            engine,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            new LoadSettings.OfMemtier(
                new MemtierLocation.OnPath(),
                Optional.ofNullable(profile),
                OptionalInt.empty(),
                List.of()),
            new LoadSettings.OfJmh(
                OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty(), List.of()));
    Topology source = Topology.single(SOURCE);

    if (said == null) {
      EngineChoice choice = LoadFit.instead(settings, source, Optional.empty(), "it cannot");
      assertThat(choice.engine()).isEqualTo(LoadEngine.JMH);
      assertThat(choice.why()).startsWith("it cannot");
    } else {
      assertThatThrownBy(() -> LoadFit.instead(settings, source, Optional.empty(), "it cannot"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(said);
    }
  }
}
