package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.load.FakeMemtier;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be known from the arguments, because it changed since. */
class LateRefusalIT {
  @TempDir Path folder;

  @Test
  void whatIsFoundLateRemovesItsSentinelsAndLeavesTheRunFolder() throws Exception {
    Path memtier = thatLosesAnOption();
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of());
        AnalyzerJar jar =
            AnalyzerJar.start(
                folder,
                Map.of(),
                "load-and-verify",
                "--source=" + pair.source().display(),
                "--replica=" + pair.replica().display(),
                "--memtier=" + memtier,
                "--duration=2s",
                "--warmup=1s",
                "--baseline=1s",
                "--run-id=late",
                "--",
                "--new-option=1")) {
      assertThat(jar.await(Duration.ofSeconds(90))).describedAs(jar.err()).isEqualTo(5);
      assertThat(jar.out() + jar.err()).contains("--new-option").doesNotContain("\tat ");
      assertThat(Files.readString(folder.resolve("results/late/run.json")))
          .contains("\"complete\": false", "\"exit_status\": 5", "--new-option");
      try (RedisConnection source = RedisConnection.open(pair.source())) {
        assertThat(source.expect("DBSIZE")).isEqualTo(new Reply.Int(0));
      }
    }
  }

  /** A memtier whose help names an option the first time only. */
  private Path thatLosesAnOption() throws Exception {
    Path known = FakeMemtier.in(folder, "");
    Path script =
        Files.writeString(
            folder.resolve("memtier"),
            String.join(
                "\n",
                "#!/bin/sh",
                "if [ \"$1\" = --help ] && mkdir '"
                    + folder.resolve("asked")
                    + "' 2>/dev/null; then",
                "  echo '      --new-option=N   new'",
                "fi",
                "exec '" + known + "' \"$@\"",
                ""));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
