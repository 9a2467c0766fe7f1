package io.syncanalyzer.cli.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ArgumentFileTest {
  @TempDir Path folder;

  /** FOLDER stands for the folder, which holds {@code other} and {@code loop}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n\t\r\n",
        "# a comment alone",
        "--source redis://h:1",
        "\n--source=redis://h:1\r\n--db  2\t--quiet\n",
        "--a 'b c' \"d 'e' f\" 'g \"h\"' \"\"",
        "--a b#c d\n#e f\n g",
        "--a 'b#c'",
        "--a 'open\n--b",
        "--a=\"b c\" d'e'f",
        "'\\t\\n\\101\\q\\\\' \\t a\\b",
        "--a -- -c 7",
        "@ @@x '@@y' @none",
        "--a @FOLDER/other --b @FOLDER/other",
        "@FOLDER/loop --b",
        "'@FOLDER/other' \"@FOLDER/none\"",
        "k\u00f6 \u20ac\u0085\u00a0x \ud83d\ude00 '\u4e2d \u6587'",
      })
  void theWordsAreThoseThatPicocliReads(String text) throws Exception {
    Files.writeString(folder.resolve("other"), "--o 1");
    Files.writeString(folder.resolve("loop"), "--l @" + folder.resolve("loop") + " 2");
    Path file = Files.writeString(folder.resolve("f"), text.replace("FOLDER", folder.toString()));
    String word = "@" + file;
    List<String> picoclis =
        new CommandLine(CommandSpec.create())
            .setUnmatchedArgumentsAllowed(true)
            .parseArgs(word)
            .expandedArgs();
    // Picocli reads in this JVM's charset; LocaleIT shows that this does not.
    assertThat(Charset.defaultCharset().name()).isEqualTo("UTF-8");
    assertThat(ArgumentFile.expanded(word)).isEqualTo(picoclis);
  }

  @Test
  void anyOtherWordIsItself() {
    for (String word : List.of("", "@", "a@b", "--x=@y", "@" + folder.resolve("none"))) {
      assertThat(ArgumentFile.expanded(word)).containsExactly(word);
    }
    assertThat(ArgumentFile.expanded("@@" + folder)).containsExactly("@" + folder);
  }

  @Test
  void whatAFileNamesIsLookedAtBeforeItIsOpenedToo() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "--a @/dev/zero");
    refused("@" + file, "@/dev/zero", "device");
    Files.writeString(file, "--a @" + folder);
    refused("@" + file, "@" + folder, "is a folder");
  }

  @Test
  void whatIsNoTextOfOptionsIsRefused() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[] {'-', 'k', (byte) 0xe4});
    refused("@" + file, "@" + file, "no UTF-8");
    Files.writeString(file, "x".repeat(1 << 20));
    assertThat(ArgumentFile.expanded("@" + file)).hasSize(1);
    Files.writeString(file, "x".repeat((1 << 20) + 1));
    refused("@" + file, "@" + file, "more than 1 MiB");
  }

  private static void refused(String word, String begin, String what) {
    assertThatThrownBy(() -> ArgumentFile.expanded(word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(begin + ": ")
        .hasMessageContaining(what);
  }
}
