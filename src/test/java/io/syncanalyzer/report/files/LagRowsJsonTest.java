package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the lag in run.json: microseconds there, nanoseconds here, and none gets lost. */
class LagRowsJsonTest {
  private static final JsonFormat FORMAT =
      LagRowsJson.in(JsonFormat.builder()).columnNames().build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // upper, lower, intended: nanoseconds, open or few | what is written of them
        "353279 | 0    | 9000000000001 | \"upper\":353.279,\"lower\":0.0,\"intended\":9.000000000001E9,",
        "open   | 1234 | open          | \"lower\":1.234,",
        "few    | few  | few           | ''",
        "7      | few  | few           | \"upper\":0.007,",
      })
  void aPercentileComesBackAsItWas(String upper, String lower, String intended, String written) {
    LagPercentile row =
        new LagPercentile(
            "load", "99.9", value(upper), value(lower), value(intended), 12_345, null, 3);
    String json = FORMAT.write(row);
    assertThat(json)
        .isEqualTo(
            "{\"phase\":\"load\",\"percentile\":\"99.9\","
                + written
                + "\"samples\":12345,\"step\":3}");
    assertThat(FORMAT.read(json, LagPercentile.class)).isEqualTo(row);
  }

  @Test
  void aSecondComesBackAsItWas() {
    LagSecond row =
        new LagSecond(
            1,
            "load",
            2,
            3,
            4L,
            null,
            5L,
            6_001L,
            7L,
            8.5,
            "h:1",
            1,
            1_700_000_000_123L,
            9L,
            10L,
            11L,
            true,
            12L,
            13L,
            14L,
            false,
            15L,
            2,
            16.25);
    String json = FORMAT.write(row);
    assertThat(json)
        .contains("\"max_upper_us\":6.001", "\"epoch_ms\":1700000000123", "\"span_s\":1")
        .doesNotContain("nanos", "p50");
    assertThat(FORMAT.read(json, LagSecond.class)).isEqualTo(row);
  }

  @Test
  void whatAnEarlierVersionDidNotTellIsUnknown() {
    LagSecond row =
        Objects.requireNonNull(
            FORMAT.read(
                "{\"second\":3,\"phase\":\"load\",\"sent\":1,\"observed\":1}", LagSecond.class));
    assertThat(row.outstanding()).isNull();
    assertThat(row.observing()).isNull();
    assertThat(row.span()).isEqualTo(1);
  }

  @Test
  void aRoundTripComesBackAsItWas() {
    LagReport.RoundTrip row = new LagReport.RoundTrip("load", 41_031, 38_176, null);
    String json = FORMAT.write(row);
    assertThat(json).isEqualTo("{\"phase\":\"load\",\"source_us\":41.031,\"replica_us\":38.176}");
    assertThat(FORMAT.read(json, LagReport.RoundTrip.class)).isEqualTo(row);
  }

  private static LagValue value(String text) {
    return switch (text) {
      case "open" -> new LagValue.Open();
      case "few" -> new LagValue.TooFew();
      default -> new LagValue.Known(Long.parseLong(text));
    };
  }
}
