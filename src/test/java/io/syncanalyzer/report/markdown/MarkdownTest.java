package io.syncanalyzer.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.report.SampleRuns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownTest {
  /** Keys that hurt in Markdown, beside those that hurt anywhere. */
  static Stream<Bytes> keys() {
    return Stream.concat(
        SampleRuns.NASTY_KEYS.stream().filter(key -> key.length() > 0),
        Stream.of(
                "a|b",
                "|",
                "\\|",
                "\\\\|",
                "a\\",
                "`",
                "``",
                "`a",
                "a`",
                "a`b``c",
                " `",
                " ",
                "  ",
                "a` | `b",
                "| --- |",
                "</details>",
                "<!--",
                "&amp;",
                "@user",
                "[a](http://b)",
                "![](x)",
                "**b**",
                "# h",
                "$a$",
                "a\n\nb",
                "\t",
                "~~a~~",
                "1. a",
                "- a",
                "\u2028")
            .map(Bytes::utf8));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyIsOneCodeSpanInOneCellOnOneLineAndLosesNothing(Bytes key) {
    String table =
        Markdown.table(List.of("key", "n"), true, List.of(List.of(Markdown.key(key), "1")));

    assertThat(table.lines()).hasSize(4);
    List<String> cells = GfmRow.cells(table.lines().skip(2).findFirst().orElseThrow());
    assertThat(cells).hasSize(2).endsWith("1");
    // Blanks at the edge of a key of blanks alone are the table's own to take.
    if (!LosslessText.of(key).isBlank()) {
      assertThat(GfmRow.code(cells.get(0))).isEqualTo(LosslessText.of(key));
    }
  }

  @Test
  void soIsAnyKeyOfAnyBytes() {
    Random random = new Random(7);
    byte[] alphabet = "`|\\ <&*_[]()!#-\n\r".getBytes(StandardCharsets.US_ASCII);
    for (int turn = 0; turn < 5_000; turn++) {
      byte[] bytes = new byte[1 + random.nextInt(12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      bytes[random.nextInt(bytes.length)] = 'k';
      aKeyIsOneCodeSpanInOneCellOnOneLineAndLosesNothing(Bytes.wrap(bytes));
    }
  }

  @Test
  void theEmptyKeyIsSaidInWordsAndALongOneIsCutWithItsLength() {
    assertThat(Markdown.key(Bytes.EMPTY)).isEqualTo("the empty key");
    assertThat(Markdown.key(Bytes.utf8("k".repeat(128)))).isEqualTo("`" + "k".repeat(128) + "`");
    assertThat(Markdown.key(Bytes.utf8("k".repeat(129))))
        .isEqualTo("`" + "k".repeat(128) + "` … 129 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "p99 <= 50 ms,p99 &#60;= 50 ms",
        "</td><img src=x>,&#60;/td&#62;&#60;img src=x&#62;",
        "a|b,a&#124;b",
        "`code`,&#96;code&#96;",
        "a_b*c*,a\\_b\\*c\\*",
        "[x](http://y),\\[x\\](http://y)",
        "![x],\\!\\[x\\]",
        "C:\\dir,C:&#92;dir",
        "@user #12 $x$,&#64;user \\#12 &#36;x&#36;",
        "- item,\\- item",
        "1. item,1\\. item",
        "= rule,\\= rule",
        "a & b,a &#38; b",
        "~~x~~,\\~\\~x\\~\\~",
        ">= 0.18,&#62;= 0.18",
      })
  void wordsStayWords(String words, String markdown) {
    assertThat(Markdown.text(words)).isEqualTo(markdown);
  }

  @Test
  void wordsAreOneLineAndNotEndless() {
    assertThat(Markdown.text(" a\r\n\n b\tc\u0000 ")).isEqualTo("a b c");
    assertThat(Markdown.text("x".repeat(1_000))).hasSize(1_000);
    assertThat(Markdown.text("x".repeat(999) + "\ud83d\ude00y")).isEqualTo("x".repeat(999) + "…");
  }

  @Test
  void aPipeIsEscapedInATableAlone() {
    assertThat(Markdown.code("a|b")).isEqualTo("`a|b`");
    assertThat(Markdown.cell("a|b")).isEqualTo("`a\\|b`");
  }
}
