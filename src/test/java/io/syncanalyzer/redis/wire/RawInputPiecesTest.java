package io.syncanalyzer.redis.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link RawInput} reads is the same in whatever pieces it comes. */
class RawInputPiecesTest {
  private static final String LONG_LINE = "x".repeat(40);

  private static RawInput read(String replies, int piece) {
    InputStream pieces =
        new ByteArrayInputStream(replies.getBytes(ISO_8859_1)) {
          @Override
          public synchronized int read(byte[] target, int from, int length) {
            return super.read(target, from, Math.min(piece, length));
          }
        };
    return new RawInput(
        Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1"),
        new Exchange(NanoClock.SYSTEM),
        new PatientSocket(NanoClock.SYSTEM, 1000),
        pieces,
        false);
  }

  @Test
  void linesOneAfterTheOtherKeepTheirTexts() {
    List<String> lines =
        List.of(
            "set",
            "hash",
            "set",
            "string",
            "set",
            "",
            "s",
            "stream",
            "hash",
            LONG_LINE,
            "set",
            "",
            "zset",
            "a\rb",
            "zset",
            LONG_LINE + "y",
            "-",
            "hash ",
            "hash");
    StringBuilder wire = new StringBuilder();
    lines.forEach(line -> wire.append('+').append(line).append("\r\n"));
    for (int piece = 1; piece <= wire.length(); piece++) {
      RawInput in = read(wire.toString(), piece);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        assertThat(in.next()).isEqualTo(RawInput.STATUS);
        texts.add(in.text());
      }
      assertThat(texts)
          .as("in pieces of %d", piece)
          .isEqualTo(lines.stream().map(line -> line.replace('\r', ' ').stripTrailing()).toList());
    }
  }

  @Test
  void numbersOneAfterTheOtherKeepTheirValues() {
    List<Long> numbers =
        List.of(
            0L,
            7L,
            -1L,
            -12L,
            1234567890L,
            99_999_999_999_999_999L,
            999_999_999_999_999_999L,
            Long.MAX_VALUE,
            -Long.MAX_VALUE,
            10L);
    StringBuilder wire = new StringBuilder();
    numbers.forEach(number -> wire.append(':').append(number).append("\r\n"));
    for (int piece = 1; piece <= wire.length(); piece++) {
      RawInput in = read(wire.toString(), piece);
      List<Long> values = new ArrayList<>();
      for (int i = 0; i < numbers.size(); i++) {
        assertThat(in.next()).isEqualTo(RawInput.INTEGER);
        values.add(in.number());
      }
      assertThat(values).as("in pieces of %d", piece).isEqualTo(numbers);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":\r\n",
        ":1\n1",
        ":1\r1\n",
        ":1a\r\n",
        ":-\r\n",
        ":1-\r\n",
        ":99999999999999999999\r\n"
      })
  void whatIsNoNumberIsNone(String reply) {
    for (int piece = 1; piece <= reply.length(); piece++) {
      RawInput in = read(reply, piece);
      assertThatThrownBy(in::next)
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("protocol");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$1\r\nab\r\n", "$1\r\na\r\r", "$1\r\na\n\n"})
  void aStringThatEndsElsewhereThanItsLengthSaysIsNone(String reply) {
    for (int piece = 1; piece <= reply.length(); piece++) {
      RawInput in = read(reply, piece);
      assertThat(in.expectBulk()).isEqualTo(1);
      assertThatThrownBy(() -> in.skip(1))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("longer than its length");
    }
  }
}
