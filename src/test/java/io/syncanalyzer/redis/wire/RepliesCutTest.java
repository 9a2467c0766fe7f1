package io.syncanalyzer.redis.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where commands and replies end, in pieces cut at every byte. */
class RepliesCutTest {
  private static final String NEXT = "+NEXT\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK\r\n",
        "-ERR no\r\n",
        ":-12\r\n",
        "$0\r\n\r\n",
        "$-1\r\n",
        "$5\r\na\r\nbc\r\n",
        "*0\r\n",
        "*-1\r\n",
        "*2\r\n$1\r\na\r\n$-1\r\n",
        "*3\r\n*0\r\n*2\r\n:1\r\n+two\r\n*1\r\n*1\r\n$3\r\n*9\r\r\n",
      })
  void aReplyEndsWhereItEndsWhereverItIsCut(String reply) {
    byte[] bytes = (reply + NEXT).getBytes(ISO_8859_1);
    for (int cut = 1; cut < bytes.length; cut++) {
      ReplyEnd end = new ReplyEnd();
      end.begin();
      int first = end.take(bytes, 0, cut);
      int second = end.isOver() ? 0 : end.take(bytes, first, bytes.length);
      assertThat(first + second).as("cut at %d", cut).isEqualTo(reply.length());
      assertThat(end.isOver()).isTrue();
      assertThat(end.isError()).isEqualTo(reply.startsWith("-"));
    }
  }

  @Test
  void whatIsNoReplyHasNoEnd() {
    ReplyEnd end = new ReplyEnd();
    end.begin();
    byte[] bytes = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(end.take(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    assertThat(end.isOver()).isFalse();
  }

  @Test
  void aCommandEndsWhereItEndsWhereverItIsCut() {
    String first = "*3\r\n$4\r\nMGET\r\n$0\r\n\r\n$7\r\n*1\r\n$1\r\r\n";
    String second = "*1\r\n$4\r\nPING\r\n";
    byte[] bytes = (first + second).getBytes(ISO_8859_1);
    for (int step = 1; step < bytes.length; step++) {
      CommandEnd end = new CommandEnd();
      List<String> found = new ArrayList<>();
      int begun = 0;
      for (int at = 0; at < bytes.length; ) {
        at += end.take(bytes, at, Math.min(bytes.length, at + step));
        if (end.isOver()) {
          found.add(end.name() + " " + end.parts() + " " + (at - begun));
          begun = at;
        }
      }
      assertThat(found)
          .as("in pieces of %d", step)
          .containsExactly("MGET 3 " + first.length(), "PING 1 " + second.length());
    }
  }

  @Test
  void ofALongNameOnlyTheBeginIsKept() {
    String name = "x".repeat(100);
    byte[] bytes = ("*1\r\n$100\r\n" + name + "\r\n").getBytes(ISO_8859_1);
    CommandEnd end = new CommandEnd();
    assertThat(end.take(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    assertThat(end.isOver()).isTrue();
    assertThat(name).startsWith(end.name());
  }
}
