package io.syncanalyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a locale that is not UTF-8 takes from words, variables and the console. */
class GivenTextTest {
  private static final String PASSWORD = "ANALYZER_SOURCE_PASSWORD";

  @TempDir Path process;

  @Test
  void whatTheLocaleLostIsReadFromTheSystemsOwnBytes() throws Exception {
    keep("cmdline", "java\0-jar\0a.jar\0verify\0--match\0k\u00f6*\0");
    keep("environ", "A=1\0" + PASSWORD + "=p\u00e4\u20ac\0Z=\u00e9\0");

    GivenText given =
        GivenText.of(
            List.of("verify", "--match", "k\ufffd\ufffd*"),
            Map.of(PASSWORD, "p\ufffd\ufffd\ufffd\ufffd\ufffd", "Z", "\ufffd\ufffd"),
            process);

    assertThat(given.arguments()).containsExactly("verify", "--match", "k\u00f6*");
    assertThat(given.environment())
        .containsEntry(PASSWORD, "p\u00e4\u20ac")
        .containsEntry("Z", "\ufffd\ufffd");
  }

  @Test
  void bytesThatAreUtf8AreThatWhateverTheLocaleMadeOfThem() throws Exception {
    keep("environ", PASSWORD + "=\u00e4\0");
    assertThat(given("\u00c3\u00a4").environment()).containsEntry(PASSWORD, "\u00e4");
  }

  @Test
  void bytesThatAreNotStayAsTheLocaleReadThem() throws Exception {
    Files.write(
        process.resolve("environ"), (PASSWORD + "=\u00e4\0").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(given("\u00e4").environment()).containsEntry(PASSWORD, "\u00e4");
    assertThatThrownBy(() -> given("\ufffd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(PASSWORD)
        .hasMessageContaining("no UTF-8");
  }

  @Test
  void whereTheBytesAreNowhereToBeHadThatIsSaidWithoutThem() {
    assertThatThrownBy(() -> given("s3cret\ufffd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(PASSWORD)
        .hasMessageContaining("LC_ALL=C.UTF-8")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(
            () -> GivenText.of(List.of("verify", "x\ufffd"), Map.of("LANG", "C"), process))
        .hasMessageContaining("argument 2")
        .hasMessageContaining("LANG=C");
    assertThat(given("\u00e4").environment()).containsEntry(PASSWORD, "\u00e4");
  }

  @Test
  void whatIsAnotherProcesssIsNotTaken() throws Exception {
    keep("cmdline", "other\0\u00f6\u00f6\0");
    assertThatThrownBy(() -> GivenText.of(List.of("k\ufffd\ufffd"), Map.of(), process))
        .hasMessageContaining("argument 1");
  }

  @ParameterizedTest
  @CsvSource({
    "US-ASCII, k\u00f6\u20ac, k\\xC3\\xB6\\xE2\\x82\\xAC",
    "US-ASCII, \ud83d\ude00!, \\xF0\\x9F\\x98\\x80!",
    "ISO-8859-1, k\u00f6\u20ac, k\u00f6\\xE2\\x82\\xAC",
    "UTF-8, k\u00f6\u20ac, k\u00f6\u20ac",
    "US-ASCII, plain, plain"
  })
  void aConsoleEscapesTheCharactersItsCharsetLacks(String charset, String text, String shown) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Charset console = Charset.forName(charset);
    PrintStream out = EscapingOutput.on(new PrintStream(bytes, true, console), console);
    out.print(text);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (!console.equals(StandardCharsets.UTF_8)) {
        out.write(b);
      }
    }
    out.flush();
    assertThat(bytes.toString(console))
        .isEqualTo(console.equals(StandardCharsets.UTF_8) ? shown : shown + shown);
  }

  private GivenText given(String password) {
    return GivenText.of(List.of(), Map.of(PASSWORD, password), process);
  }

  private void keep(String file, String text) throws Exception {
    Files.writeString(process.resolve(file), text);
  }
}
