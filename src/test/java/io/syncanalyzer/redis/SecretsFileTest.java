package io.syncanalyzer.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsFileTest {
  private static final String USER = "ANALYZER_SOURCE_USER";
  private static final String PASSWORD = "ANALYZER_SOURCE_PASSWORD";

  @TempDir Path folder;

  @Test
  void aValueIsAllThatFollowsTheFirstEqualsAsItIs() throws Exception {
    String value = " p=ä€ \"q\" 'r' \\n #s $T %41\t";
    assertThat(values(PASSWORD + "=" + value + "\n")).containsOnly(Map.entry(PASSWORD, value));
  }

  @Test
  void everyNameOfCredentialsMayStandThere() throws Exception {
    StringBuilder text = new StringBuilder();
    Credentials.NAMES.forEach(name -> text.append(name).append("=v\n"));
    assertThat(values(text.toString())).containsOnlyKeys(Credentials.NAMES);
  }

  @Test
  void commentsAndEmptyLinesSayNothingAndTheLastLineNeedsNoEnd() throws Exception {
    assertThat(values("# " + USER + "=no\n\n  \n#\n" + USER + "=ann\n" + PASSWORD + "=b"))
        .containsOnly(Map.entry(USER, "ann"), Map.entry(PASSWORD, "b"));
  }

  @Test
  void linesOfWindowsAreReadAsTheOthers() throws Exception {
    assertThat(values("\ufeff" + USER + "=ann\r\n\r\n# x\r\n" + PASSWORD + "=a\rb\r\n"))
        .containsOnly(Map.entry(USER, "ann"), Map.entry(PASSWORD, "a\rb"));
  }

  @Test
  void ofANameThatStandsThereTwiceTheLastLineCounts() throws Exception {
    assertThat(values(USER + "=a\n" + USER + "=b\n")).containsEntry(USER, "b");
  }

  @Test
  void itWinsOverTheEnvironmentAndAnEmptyValueTakesAwayWhatThatGives() throws Exception {
    SecretsFile file = SecretsFile.read(written(USER + "=file\n" + PASSWORD + "=\n"));
    assertThat(file.over(Map.of(USER, "shell", PASSWORD, "shell", "PATH", "/bin")))
        .containsOnly(Map.entry(USER, "file"), Map.entry(PASSWORD, ""), Map.entry("PATH", "/bin"));
  }

  @Test
  void aFileWithoutNamesLeavesTheEnvironmentAsItIs() throws Exception {
    Map<String, String> environment = Map.of(USER, "shell");
    assertThat(SecretsFile.read(written("")).over(environment)).isEqualTo(environment);
  }

  @ParameterizedTest
  @CsvSource({
    "hunter2, has no '='",
    "export, has no '='",
    "ANALYZER_SOURCE_PASWORD=hunter2, is none of ANALYZER_SOURCE_USER",
    "analyzer_source_password=hunter2, is none of",
    "ANALYZER_SOURCE_PASSWORD =hunter2, is none of",
    "export ANALYZER_SOURCE_PASSWORD=hunter2, is none of",
    "hunter2=hunter2, is none of",
    "=hunter2, is none of",
    "ANALYZER_SECRETS_FILE=hunter2, is none of",
  })
  void aWrongLineIsNamedByItsNumberAndNotRepeated(String line, String why) throws Exception {
    Path file = written("# first\n" + USER + "=ann\n" + line + "\n");
    assertThatThrownBy(() -> SecretsFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--secrets-file: " + file + ", line 3: ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("hunter2")
        .message()
        .hasLineCount(1);
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedRatherThanGuessed() throws Exception {
    Path file = folder.resolve("latin1");
    Files.write(file, ("#\n" + PASSWORD + "=\u00e4\n").getBytes(ISO_8859_1));
    assertThatThrownBy(() -> SecretsFile.read(file))
        .hasMessage(
            "--secrets-file: %s, line 2: holds bytes that are no UTF-8; write it in UTF-8", file);
  }

  @Test
  void whatCannotBeReadIsOneLineThatNamesIt() throws Exception {
    refused(folder.resolve("absent"), "there is no such file; name a file of secrets");
    refused(folder, "it is a folder");
    Path tooLong = written(("#" + "x".repeat(99) + "\n").repeat(700));
    refused(tooLong, "holds more than 64 KiB");
  }

  @ParameterizedTest
  @CsvSource({"/dev/zero, holds more than 64 KiB", "/dev/null, gave nothing"})
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void whatHasNoEndAndWhatHoldsNothingIsRefused(Path file, String why) {
    assumeTrue(Files.exists(file));
    refused(file, why);
  }

  @ParameterizedTest
  @CsvSource({"rw-r--r--, true", "rw----r--, true", "rw-r-----, false", "rw-------, false"})
  void aFileThatEveryoneMayReadIsWarnedOf(String rights, boolean warned) throws Exception {
    Path file = written(USER + "=ann\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    SecretsFile read = SecretsFile.read(file);
    assertThat(read.warning().isPresent()).isEqualTo(warned);
    read.warning().ifPresent(text -> assertThat(text).contains(file.toString()).hasLineCount(1));
  }

  @Test
  void itPrintsTheNamesAlone() throws Exception {
    Path file = written(PASSWORD + "=hunter2\n");
    assertThat(SecretsFile.read(file)).hasToString("[" + PASSWORD + "]");
    assertThat(Credentials.of(Map.of(PASSWORD, "hunter2"))).hasToString("[" + PASSWORD + "]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theVariableNamesOneWhereNoOptionDoes(boolean option) throws Exception {
    Path named = Files.writeString(folder.resolve("named"), USER + "=named\n");
    Path given = Files.writeString(folder.resolve("given"), USER + "=given\n");
    Endpoint endpoint =
        Credentials.of(
                Map.of(SecretsFile.VARIABLE, named.toString(), USER, "shell"),
                option ? Optional.of(SecretsFile.read(given)) : Optional.empty())
            .apply(Endpoint.parse(Side.SOURCE, "redis://h"));
    assertThat(endpoint.user()).contains(option ? "given" : "named");
  }

  private void refused(Path file, String why) {
    assertThatThrownBy(() -> SecretsFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--secrets-file: ")
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why)
        .message()
        .hasLineCount(1);
  }

  private Map<String, String> values(String text) throws IOException {
    return SecretsFile.read(written(text)).over(Map.of());
  }

  private Path written(String text) throws IOException {
    return Files.write(folder.resolve("secrets"), text.getBytes(UTF_8));
  }
}
