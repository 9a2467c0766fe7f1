package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.scripted.LoopbackServer;
import io.syncanalyzer.scripted.ScriptedRedis;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibrariesTest {
  @Test
  void thoseThatAreHiddenWithTheirNumberAreAReasonNotToBeComplete() {
    Libraries hidden = new Libraries(List.of(), Optional.of("NOPERM no right"), null);

    assertThat(hidden.untold("replica").orElseThrow())
        .startsWith("whether the replica holds libraries of functions is not known")
        .contains("(NOPERM no right)", "grant +function|list");
  }

  @Test
  void thoseThatCanBeCountedOrReadAreNone() {
    Optional<String> why = Optional.of("NOPERM no right");

    assertThat(new Libraries(List.of(), why, 2L).untold("source")).isEmpty();
    assertThat(new Libraries(List.of(), Optional.empty(), 0L).untold("source")).isEmpty();
  }

  private static final String LIST =
      "*2\r\n"
          + "*4\r\n$12\r\nlibrary_name\r\n$1\r\nb\r\n$6\r\nengine\r\n$3\r\nLUA\r\n"
          + "*4\r\n$6\r\nengine\r\n$3\r\nLUA\r\n$12\r\nlibrary_name\r\n$1\r\na\r\n";

  /** What FUNCTION LIST and then INFO answer, and what is known by it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "+OK~                        | ''                        | [] none 0",
        "*0~                         | ''                        | [] none 0",
        "*1~:1~                      | ''                        | [] none 0",
        "*1~*1~$12~library_name~     | ''                        | [] none 0",
        "*1~*2~$12~library_name~:1~  | ''                        | [] none 0",
        "*1~*2~:1~$1~a~              | ''                        | [] none 0",
        "-ERR unknown command `F`~   | number_of_libraries:7     | [] none 0",
        "-NOPERM no~                 | number_of_libraries:7     | [] NOPERM no 7",
        "-NOPERM no~                 | number_of_libraries:0     | [] none 0",
        "-NOPERM no~                 | used_memory:7             | [] NOPERM no none",
      })
  void whatAServerSaysOfItsLibraries(String reply, String info, String known) {
    try (ScriptedRedis server = new ScriptedRedis(Side.SOURCE);
        RawConnection connection = RawConnection.open(server.endpoint())) {
      server
          .answering("FUNCTION LIST", reply.replace("~", "\r\n"))
          .answering("INFO memory", LoopbackServer.bulk(info));
      Libraries found = Libraries.of(connection);
      String count = found.count() == null ? "none" : found.count().toString();
      assertThat(found.names() + " " + found.hidden().orElse("none") + " " + count)
          .isEqualTo(known);
    }
  }

  @Test
  void namesComeInOrderAndALibraryIsReadByItsOwn() {
    try (ScriptedRedis server = new ScriptedRedis(Side.SOURCE);
        RawConnection connection = RawConnection.open(server.endpoint())) {
      server
          .answering("FUNCTION LIST", LIST)
          .answering("FUNCTION LIST LIBRARYNAME none WITHCODE", "*0\r\n")
          .answering("FUNCTION LIST LIBRARYNAME odd WITHCODE", "*1\r\n:1\r\n")
          .answering("FUNCTION LIST LIBRARYNAME no WITHCODE", "+OK\r\n")
          .answering("FUNCTION LIST LIBRARYNAME bare WITHCODE", "*1\r\n*0\r\n")
          .answering(
              "FUNCTION LIST LIBRARYNAME a WITHCODE",
              "*1\r\n*6\r\n$6\r\nengine\r\n$3\r\nLUA\r\n$9\r\nfunctions\r\n*2\r\n:1\r\n:2\r\n"
                  + "$12\r\nlibrary_code\r\n$4\r\ncode\r\n");
      Libraries found = Libraries.of(connection);
      assertThat(found.names()).containsExactly("a", "b");
      assertThat(found.count()).isEqualTo(2);
      assertThat(Libraries.read(connection, "a"))
          .hasValue(new Library("LUA", 2, Bytes.utf8("code")));
      assertThat(Libraries.read(connection, "bare")).hasValue(new Library("", 0, Bytes.EMPTY));
      assertThat(Libraries.read(connection, "none")).isEmpty();
      assertThat(Libraries.read(connection, "odd")).isEmpty();
      assertThat(Libraries.read(connection, "no")).isEmpty();
      server.answering("FUNCTION LIST", "-LOADING data\r\n");
      assertThatThrownBy(() -> Libraries.of(connection)).isInstanceOf(RedisFailure.class);
    }
  }
}
