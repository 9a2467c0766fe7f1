package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --secrets-file}, wherever it is given, and what is said of a wrong one. */
class SecretsOptionTest {
  private static final String SECRETS =
      "ANALYZER_SOURCE_USER=ann\nANALYZER_SOURCE_PASSWORD=hunter2\nANALYZER_REPLICA_USER=bob\n";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"line", "environment", "config"})
  void itIsReadWhereverItIsGivenAndWinsOverTheEnvironment(String where) throws Exception {
    Path file = secrets(SECRETS, "rw-------");
    List<String> words = new ArrayList<>(List.of("verify", "--dry-run"));
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ANALYZER_SOURCE_USER", "shell");
    switch (where) {
      case "line" -> words.addAll(List.of("--secrets-file", file.toString()));
      case "environment" -> environment.put("ANALYZER_SECRETS_FILE", file.toString());
      default ->
          words.add(
              "--config="
                  + Files.writeString(folder.resolve("config"), "secrets-file=" + file + "\n"));
    }
    assertThat(run(words, environment)).describedAs(err()).isZero();
    assertThat(out()).contains("ann:***@127.0.0.1:1").contains("bob@127.0.0.1:2");
    assertThat(out() + err()).doesNotContain("hunter2").doesNotContain("shell");
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify",
        "load --load-engine jmh",
        "probe",
        "load-and-verify",
        "clean",
        "selftest"
      })
  void aWrongOneEndsEveryCommandWithOneLineBeforeAnyServerIsAsked(String command) throws Exception {
    Path file = secrets("# mine\nANALYZER_SOURCE_PASS=hunter2\n", "rw-------");
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of("--secrets-file", file.toString()));
    if (command.equals("selftest")) {
      words.add("--embedded");
    }
    assertThat(run(words, Map.of())).describedAs(err()).isEqualTo(2);
    assertThat(err())
        .startsWith("analyzer: --secrets-file: " + file + ", line 2: ")
        .doesNotContain("hunter2")
        .hasLineCount(1);
    assertThat(out()).isEmpty();
  }

  @Test
  void oneThatEveryoneMayReadIsWarnedOfOnce() throws Exception {
    Path file = secrets(SECRETS, "rw-r--r--");
    assertThat(run(List.of("verify", "--dry-run", "--quiet", "--secrets-file=" + file), Map.of()))
        .describedAs(err())
        .isZero();
    assertThat(err()).startsWith("warning: --secrets-file: ").hasLineCount(1);
  }

  private Path secrets(String text, String rights) throws Exception {
    Path file = Files.writeString(folder.resolve("secrets"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  /** Nothing listens at these servers. */
  private int run(List<String> words, Map<String, String> environment) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--source", "redis://127.0.0.1:1", "--replica", "redis://127.0.0.1:2"));
    return AnalyzerCli.run(
        all,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
