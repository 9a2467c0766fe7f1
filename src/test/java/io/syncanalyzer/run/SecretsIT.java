package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords given in a URI, given wrong, or of no use to those we start. */
class SecretsIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hunter2hunter2", "hunter2mistyped"})
  void aPasswordInTheUriIsFoundNowhereThoughItIsWrongAndDebugIsOn(String password)
      throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      for (var endpoint : List.of(pair.source(), pair.replica())) {
        try (RedisConnection admin = RedisConnection.open(endpoint)) {
          admin.expect("ACL", "SETUSER", "ann", "on", ">hunter2hunter2", "~*", "&*", "+@all");
        }
      }
      try (AnalyzerJar jar =
          AnalyzerJar.start(
              folder,
              Map.of(),
              "verify",
              "--debug",
              "--source",
              "redis://ann:" + password + "@" + pair.source().address(),
              "--replica",
              "redis://ann:" + password + "@" + pair.replica().address())) {
        boolean right = password.equals("hunter2hunter2");
        assertThat(jar.await(LONG)).describedAs(jar.err()).isEqualTo(right ? 0 : 5);
        assertThat(jar.out() + jar.err()).contains("ann:***@").doesNotContain("hunter2");
      }
    }
    assertNowhere("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "clean"})
  void aPasswordOfAFileOpensBothSidesAndIsFoundNowhereElse(String command) throws Exception {
    String login = "_USER=ann\nANALYZER_%s_PASSWORD=hunter2=hunter2 é\n";
    Path secrets =
        Files.writeString(
            folder.resolve("secrets"),
            "ANALYZER_SOURCE"
                + login.formatted("SOURCE")
                + "ANALYZER_REPLICA"
                + login.formatted("REPLICA"));
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      for (var endpoint : List.of(pair.source(), pair.replica())) {
        try (RedisConnection admin = RedisConnection.open(endpoint)) {
          admin.expect("ACL", "SETUSER", "ann", "on", ">hunter2=hunter2 é", "~*", "&*", "+@all");
          admin.expect("ACL", "SETUSER", "default", "off");
        }
      }
      try (AnalyzerJar jar =
          AnalyzerJar.start(
              folder,
              Map.of("ANALYZER_SOURCE_PASSWORD", "hunter2wrong"),
              command,
              "--debug",
              "--secrets-file",
              secrets.toString(),
              "--source",
              "redis://" + pair.source().address(),
              "--replica",
              "redis://" + pair.replica().address())) {
        assertThat(jar.await(LONG)).describedAs(jar.err()).isZero();
        assertThat(jar.out() + jar.err()).doesNotContain("hunter2");
      }
    }
    Files.delete(secrets);
    assertNowhere("hunter2");
  }

  @Test
  void theServersWeStartAreNotToldThePassword() throws Exception {
    try (AnalyzerJar jar =
        AnalyzerJar.start(
            folder,
            Map.of("ANALYZER_SOURCE_PASSWORD", "hunter2hunter2"),
            "probe",
            "--embedded",
            "--duration",
            "1s",
            "--warmup",
            "0s")) {
      jar.awaitSaid("probe: begins", LONG);
      List<ProcessHandle> children = jar.handle().descendants().toList();
      assertThat(children).hasSizeGreaterThanOrEqualTo(2);
      for (ProcessHandle child : children) {
        Path process = Path.of("/proc", Long.toString(child.pid()));
        for (String file : List.of("environ", "cmdline")) {
          assertThat(Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1))
              .isNotEmpty()
              .doesNotContain("hunter2");
        }
      }
      assertThat(jar.await(LONG)).describedAs("%s%s", jar.out(), jar.err()).isZero();
    }
  }

  private void assertNowhere(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .describedAs(file.toString())
            .doesNotContain(secret);
      }
    }
  }
}
