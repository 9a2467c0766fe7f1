package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of run.json: as their columns are, and back to the same row. */
class RowJsonTest {
  private static final List<CommandKind> KINDS = List.of(CommandKind.values());
  private static final JsonFormat FORMAT = RowJson.in(JsonFormat.builder()).build();

  @Test
  void aFieldIsAColumnInItsUnitAndWhatIsUnknownIsLeftOut() {
    LoadRow row =
        new LoadRow(
            "memtier",
            "SET",
            CommandKind.WRITE,
            new LoadRow.Asked(2, null),
            new LoadRow.Done(7L, 3.5),
            Latency.ofLongest(519_000.0),
            2048.0,
            new LoadRow.Errors(null, 1L));
    assertThat(FORMAT.write(row))
        .isEqualTo(
            "{\"engine\":\"memtier\",\"command\":\"SET\",\"count\":7,\"ops_per_s\":3.5,"
                + "\"max_ms\":0.519,\"kb_per_s\":2.0,\"error_replies\":1,\"step\":2,"
                + "\"kind\":\"write\"}");
  }

  @Test
  void aRowThatAnEarlierVersionWroteIsRead() {
    assertThat(
            FORMAT.read(
                "{\"engine\":\"jmh\",\"command\":\"GET\",\"count\":5,\"avg_ms\":0.25,\"p50_ms\":0.1}",
                LoadRow.class))
        .isEqualTo(
            new LoadRow(
                "jmh",
                "GET",
                null,
                LoadRow.Asked.NOTHING,
                new LoadRow.Done(5L, null),
                new Latency(250_000.0, 100_000.0, null, null, null, null),
                null,
                new LoadRow.Errors(null, null)));
  }

  @Test
  void aWordOfALaterVersionAndANumberWithAFractionOfNothingAreRead() {
    assertThat(
            FORMAT.read(
                "{\"engine\":\"jmh\",\"command\":\"GET\",\"count\":320.0,\"kind\":\"peek\"}",
                LoadRow.class))
        .isEqualTo(
            new LoadRow(
                "jmh",
                "GET",
                null,
                LoadRow.Asked.NOTHING,
                new LoadRow.Done(320L, null),
                new Latency(null, null, null, null, null, null),
                null,
                new LoadRow.Errors(null, null)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRowIsReadBackAsItWas(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      LoadRow row =
          new LoadRow(
              "memtier",
              "SET",
              perhaps(random, () -> KINDS.get(random.nextInt(KINDS.size()))),
              new LoadRow.Asked(
                  perhaps(random, () -> random.nextInt(9)), perhaps(random, random::nextLong)),
              new LoadRow.Done(commands(random), commands(random), commands(random)),
              latency(random),
              perhaps(random, () -> random.nextDouble() * 1e9),
              new LoadRow.Errors(
                  perhaps(random, random::nextLong), perhaps(random, random::nextLong)),
              perhaps(random, () -> "127.0.0.1:7001"),
              new LoadRow.Intended(nanos(random), nanos(random)));
      assertThat(FORMAT.read(FORMAT.write(row), LoadRow.class)).isEqualTo(row);
      LoadSecond second =
          new LoadSecond(
              random.nextInt(1000),
              perhaps(random, random::nextDouble),
              nanos(random),
              nanos(random),
              random.nextBoolean(),
              perhaps(random, () -> random.nextInt(9)),
              perhaps(random, random::nextDouble),
              perhaps(random, random::nextDouble));
      assertThat(FORMAT.read(FORMAT.write(second), LoadSecond.class)).isEqualTo(second);
      InsertRow insert =
          new InsertRow(
              "hash",
              perhaps(random, () -> random.nextInt(9)),
              perhaps(random, random::nextLong),
              perhaps(random, random::nextLong),
              perhaps(random, random::nextDouble),
              latency(random),
              nanos(random),
              nanos(random));
      assertThat(FORMAT.read(FORMAT.write(insert), InsertRow.class)).isEqualTo(insert);
    }
  }

  /** A mean is no whole number of nanoseconds: printed again, it is the same. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsReadIsPrintedAsItWas(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      double mean = random.nextDouble() * Math.pow(10, 3 + random.nextInt(8));
      Double millis = Units.millis(mean);
      assertThat(Units.millis(Units.ofMillis(millis))).isEqualTo(millis);
      Double micros = Units.micros(mean);
      assertThat(Units.micros(Units.ofMicros(micros))).isEqualTo(micros);
      assertThat(Units.ofKib(Units.kib(mean))).isEqualTo(mean);
    }
  }

  private static LoadRow.Commands commands(Random random) {
    return new LoadRow.Commands(
        perhaps(random, random::nextLong), perhaps(random, random::nextDouble));
  }

  private static Latency latency(Random random) {
    return new Latency(
        nanos(random), nanos(random), nanos(random), nanos(random), nanos(random), nanos(random));
  }

  private static @Nullable Double nanos(Random random) {
    return perhaps(random, () -> (double) (random.nextLong() >>> (20 + random.nextInt(40))));
  }

  private static <T> @Nullable T perhaps(Random random, Supplier<T> value) {
    return random.nextInt(4) == 0 ? null : value.get();
  }
}
