package io.syncanalyzer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final JsonFormat FORMAT =
      JsonFormat.builder()
          .columnNames()
          .jdkTypes()
          .text(Instant.class, Instant::toString, Instant::parse)
          .tree(Shade.class, Shade::tree, Shade::of)
          .build();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsWrittenIsReadBackAsItWas(long seed) {
    RandomJson random = new RandomJson(new Random(seed));
    for (int i = 0; i < 500; i++) {
      Json value = random.value();
      assertThat(Json.parse(value.text())).isEqualTo(value);
      assertThat(Json.parse(JsonText.of(value))).isEqualTo(value);
      assertThat(value.text()).doesNotContain("\n");
    }
  }

  @Test
  void aNumberKeepsItsDigits() {
    assertThat(Json.parse("[1.10,1e3,12345678901234567890]").text())
        .isEqualTo("[1.10,1e3,12345678901234567890]");
    assertThat(Json.of(0.1 + 0.2).text()).isEqualTo("0.30000000000000004");
    assertThat(Json.of(Long.MAX_VALUE).text()).isEqualTo("9223372036854775807");
  }

  @Test
  void aRowIsOneLineAndTheRestIsIndented() {
    Json row = new Json.Obj(Map.of("a", Json.of(1)));
    Json table =
        new Json.Obj(Map.of())
            .with("flat", row)
            .with("rows", new Json.Arr(List.of(row, row)))
            .with("names", new Json.Arr(List.of(Json.of("x"), new Json.Null())))
            .with("none", new Json.Obj(Map.of()));
    assertThat(JsonText.of(table))
        .isEqualTo(
            """
            {
              "flat": {
                "a": 1
              },
              "rows": [
                {"a":1},
                {"a":1}
              ],
              "names": ["x",null],
              "none": {}
            }
            """);
  }

  @Test
  void fieldsAreTakenAwayAndPutInTheirPlace() {
    Json.Obj object = Json.parse("{\"a\":1,\"b\":2}").asObject();
    assertThat(object.with("a", Json.of("x")).text()).isEqualTo("{\"a\":\"x\",\"b\":2}");
    assertThat(object.without("a").text()).isEqualTo("{\"b\":2}");
    assertThat(object.get("c")).isNull();
  }

  @Test
  void whatIsNoJsonIsAFailureThatSaysWhy() {
    assertThatThrownBy(() -> Json.parse("{\"a\":")).isInstanceOf(JsonFailure.class);
    assertThatThrownBy(() -> Json.parse("[1]").asObject())
        .isInstanceOf(JsonFailure.class)
        .hasMessage("Not a JSON Object: [1]");
    assertThatThrownBy(() -> FORMAT.read("[1]", Row.class)).isInstanceOf(JsonFailure.class);
    assertThat(FORMAT.read("", Row.class)).isNull();
  }

  @Test
  void aRecordIsItsComponentsByTheirColumnNames() {
    Row row =
        new Row(
            1.5,
            null,
            Duration.ofMillis(5),
            Path.of("a/b"),
            Optional.empty(),
            Instant.EPOCH,
            new Shade(7));
    assertThat(FORMAT.write(row))
        .isEqualTo(
            "{\"ops_per_s\":1.5,\"unknown\":null,\"took\":\"PT0.005S\",\"file\":\"a/b\","
                + "\"perhaps\":null,\"at\":\"1970-01-01T00:00:00Z\",\"shade\":[7]}");
    assertThat(FORMAT.read(FORMAT.write(row), Row.class)).isEqualTo(row);
    assertThat(FORMAT.read(FORMAT.tree(row), Row.class)).isEqualTo(row);
  }

  @Test
  void whatARecordRefusesIsNoneOfThatTypeAndIsToldWithoutItsComponents() {
    assertThatThrownBy(
            () -> JsonFormat.builder().build().read("{\"secret\":\"hush\"}", Strict.class))
        .isInstanceOf(JsonFailure.class)
        .hasMessage("not that");
    assertThatThrownBy(() -> FORMAT.read("{\"at\":\"noon\"}", Row.class))
        .isInstanceOf(JsonFailure.class);
  }

  @ParameterizedTest
  @CsvSource({"320, 320", "320.0, 320", "3.2e2, 320", "-1, -1"})
  void aWholeNumberIsReadHoweverItIsWritten(String digits, long number) {
    assertThat(new Json.Num(digits).asLong()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5", "9223372036854775808", "1e999999999"})
  void whatIsNoWholeNumberIsRefused(String digits) {
    assertThatThrownBy(() -> new Json.Num(digits).asLong())
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void withinHtmlNoTextCanEndTheElement() {
    String script = "</script>\u2028&";
    assertThat(JsonFormat.builder().withinHtml().build().write(script))
        .doesNotContain("<")
        .doesNotContain("&")
        .doesNotContain("\u2028");
    assertThat(JsonFormat.builder().build().write(script)).contains("</script>");
  }

  @Test
  void ofBrokenJsonWhatCameBeforeTheBreakCounts() throws IOException {
    BrokenJson broken =
        BrokenJson.read(new StringReader("{\"a\":{\"n\":-nan,\"n\":2,\"l\":[1]},\"b\":{\"c\":1"));
    assertThat(broken.truncated()).isTrue();
    assertThat(broken.root()).isEqualTo(Map.of("a", Map.of("n", "-nan"), "b", Map.of("c", "1")));
    assertThat(BrokenJson.read(new StringReader("{}")).truncated()).isFalse();
    assertThat(BrokenJson.read(new StringReader("")).truncated()).isTrue();
    assertThat(BrokenJson.read(new StringReader("[1]")).root()).isEmpty();
  }

  private record Row(
      double opsPerS,
      @Nullable Long unknown,
      Duration took,
      Path file,
      Optional<Integer> perhaps,
      Instant at,
      Shade shade) {}

  record Strict(String secret) {
    Strict {
      throw new IllegalArgumentException("not that");
    }
  }

  private record Shade(long grey) {
    static Json tree(Shade shade) {
      return new Json.Arr(List.of(Json.of(shade.grey())));
    }

    static Shade of(Json json) {
      return new Shade(((Json.Num) ((Json.Arr) json).items().get(0)).asLong());
    }
  }
}
