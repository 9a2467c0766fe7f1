package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, fields and values that mean harm to whoever prints them, from the server to every file. */
class HostileKeysIT {
  private static final int MEGABYTE = 1024 * 1024;
  private static final int LONGEST_KEY = 4096;
  private static final List<Bytes> HOSTILE =
      List.of(
          text("<script>alert(1)</script>"),
          text("</script><!--"),
          text("\"'><img src=x onerror=alert(1)>&amp;"),
          text("]]><x xmlns='y'>"),
          text("{{{unescaped}}} ${jndi:x} %n %s"),
          text("\u001b[31mred\u001b[0m"),
          text("\u001b]8;;http://evil\u0007link\u001b]8;;\u0007"),
          text("\u009b1mC1"),
          text("line\r\nbreak\u0000nul\ttab\u007f"),
          text("\u202egnp.exe\u2066\u200b\ufeff"),
          text("\u2028\u2029\u0085"),
          text("=cmd|' /C calc'!A0"),
          text("+1+cmd|'x'!A0"),
          text("-2+3"),
          text("@SUM(A1)"),
          text("\t=1+1"),
          text("a,b;\"c\"\n=d"),
          text("\\x41 and \\ and \\\\"),
          Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc3, 0x28, (byte) 0xe2}),
          text("caf\u00e9 \u65e5\u672c \ud83d\ude00"),
          large("<b>key"));

  @TempDir Path folder;

  @Test
  void theyAreHarmlessInConsoleCsvXmlJsonAndPage() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(pair.source());
        RedisConnection replica = RedisConnection.open(pair.replica())) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      for (int i = 0; i < HOSTILE.size(); i++) {
        source.call(Command.of("SET"), HOSTILE.get(i).array(), HOSTILE.get(i).array());
        source.call(Command.of("HSET"), hash(i), HOSTILE.get(i).array(), HOSTILE.get(i).array());
      }
      source.call(Command.of("XADD"), bytes("stream"), bytes("1-1"), bytes("f"), bytes("v"));
      for (Bytes name : HOSTILE.subList(0, HOSTILE.size() - 1)) {
        source.call(
            Command.of("XGROUP"), bytes("CREATE"), bytes("stream"), name.array(), bytes("0"));
      }
      source.expect("WAIT", "1", "10000");
      for (int i = 0; i < HOSTILE.size(); i++) {
        // Every other one is missing, so that it is the key alone that is told of.
        if (i % 2 == 0) {
          replica.call(Command.of("DEL"), HOSTILE.get(i).array());
        } else {
          replica.call(Command.of("SET"), HOSTILE.get(i).array(), bytes("=other\u001b[7m"));
        }
        replica.call(Command.of("HSET"), hash(i), HOSTILE.get(i).array(), bytes("<i>other"));
      }
      replica.call(Command.of("XGROUP"), bytes("DESTROY"), bytes("stream"), HOSTILE.get(0).array());
      String said = verify(pair, "r", "--junit", folder.resolve("junit.xml").toString());
      said += verify(pair, "j", "--json", "--debug");
      said += run("report", folder.resolve("results/r").toString());
      harmless("console", said);
    }
    for (Path file : files()) {
      String text = decoded(file);
      harmless(file.toString(), text.replace("\r\n", "\n").replace("\t", " "));
      assertThat(Files.size(file)).describedAs(file.toString()).isLessThan(3 * MEGABYTE);
    }
    String page = Files.readString(folder.resolve("results/r/report.html"));
    assertThat(page).doesNotContain(raw()).contains("&lt;script&gt;alert(1)");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("junit.xml").toFile());
    csv(folder.resolve("results/r/mismatches.csv"));
  }

  private static String[] raw() {
    return new String[] {"<script>alert", "<!--", "<img src=x", "<b>key", "<i>other", "]]><x"};
  }

  private void csv(Path file) throws IOException {
    Set<Bytes> keys = new HashSet<>();
    Set<Bytes> fields = new HashSet<>();
    Set<Bytes> values = new HashSet<>();
    Bytes longest = HOSTILE.get(HOSTILE.size() - 1);
    String digest = MEGABYTE + " bytes, SHA-256 " + Blob.of(longest).digest().toHex();
    try (CSVParser parser =
        CSVParser.parse(
            file,
            StandardCharsets.UTF_8,
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      for (CSVRecord row : parser) {
        for (String cell : row) {
          assertThat(cell.length()).isLessThan(32_767);
          assertThat(cell).doesNotMatch("(?s)^[=+@\\t\\r-].*");
        }
        Bytes key = LosslessText.parse(row.get("key"));
        if (key.length() >= LONGEST_KEY) {
          assertThat(row.get("detail")).contains("key: " + digest);
          assertThat(key).isEqualTo(longest.slice(0, LONGEST_KEY));
          key = longest;
        }
        keys.add(key);
        if (row.get("detail").contains("field: " + digest)) {
          assertThat(longest.startsWith(LosslessText.parse(row.get("field")))).isTrue();
        } else {
          fields.add(LosslessText.parse(row.get("field")));
        }
        values.add(LosslessText.parse(row.get("source_value")));
      }
    }
    List<Bytes> whole = HOSTILE.subList(0, HOSTILE.size() - 1);
    assertThat(keys).containsAll(HOSTILE).hasSize(2 * HOSTILE.size() + 1);
    assertThat(fields).containsAll(whole);
    assertThat(values).containsAll(whole);
  }

  private String verify(EmbeddedPair pair, String id, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("verify", "--run-id", id));
    words.addAll(List.of("--source", "redis://" + pair.source().address()));
    words.addAll(List.of("--replica", "redis://" + pair.replica().address()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private String run(String... words) throws Exception {
    // The page of a run says what was found, so it ends like the run.
    try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), words)) {
      int status = jar.await(Duration.ofMinutes(1));
      assertThat(status).describedAs("%s%s", jar.out(), jar.err()).isIn(0, 1);
      assertThat(jar.err()).doesNotContain("\tat ", "internal error");
      return jar.out() + jar.err();
    }
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".hlog"))
          .toList();
    }
  }

  /** The file as text; fails where it is not UTF-8. */
  private static String decoded(Path file) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError(file + " is not UTF-8", e);
    }
  }

  private static void harmless(String where, String text) {
    text.codePoints()
        .filter(c -> c != '\n')
        .forEach(
            c ->
                assertThat(Character.getType(c))
                    .describedAs("%s holds U+%04X", where, c)
                    .isNotIn(
                        (int) Character.CONTROL,
                        (int) Character.FORMAT,
                        (int) Character.SURROGATE,
                        (int) Character.LINE_SEPARATOR,
                        (int) Character.PARAGRAPH_SEPARATOR));
  }

  private static byte[] hash(int i) {
    return bytes("hash" + i);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Bytes text(String text) {
    return Bytes.utf8(text);
  }

  private static Bytes large(String beginning) {
    return Bytes.utf8(beginning + "k".repeat(MEGABYTE - beginning.length()));
  }
}
