package io.syncanalyzer.spark.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crash at whatever moment of a copy, of a run that writes on while it is copied. */
class RunCopyCrashTest {
  @TempDir Path results;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatIsThereAfterAnyChangeIsTrue(long seed) throws Exception {
    Random random = new Random(seed);
    ScriptedRun run = new ScriptedRun(results.resolve("run"), random);
    FakeRemote remote = new FakeRemote();
    // Each change is a moment at which the driver may be killed; after some the run goes on.
    remote.after =
        change -> {
          ScriptedRun.assertTrue(remote.files);
          for (int steps = random.nextInt(3) * random.nextInt(5); steps > 0; steps--) {
            run.step();
          }
        };
    // Some changes fail, before or without being made.
    remote.before =
        change -> {
          if (random.nextInt(20) == 0) {
            throw new IOException("no");
          }
        };
    RunCopy copy = new RunCopy(remote, results, "run");
    for (int i = 0; i < 60; i++) {
      for (int steps = random.nextInt(4); steps > 0; steps--) {
        run.step();
      }
      push(copy, false);
    }
    remote.before = change -> {};
    while (!push(copy, false)) {}
    assertThat(remote.changes).hasSizeGreaterThan(50);
    run.end();
    assertThat(push(copy, true)).isTrue();
    assertThat(remote.files).containsOnlyKeys("run/mismatches.csv", "run/run.json");
  }

  private static boolean push(RunCopy copy, boolean last) {
    try {
      return copy.push(last);
    } catch (IOException told) {
      return false;
    }
  }
}
