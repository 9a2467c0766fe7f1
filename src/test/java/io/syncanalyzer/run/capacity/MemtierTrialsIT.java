package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.load.TestMemtier;
import io.syncanalyzer.result.capacity.CapacityEnding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials by a real memtier_benchmark. */
class MemtierTrialsIT {
  @TempDir Path results;

  @Test
  void eachTrialHasItsOwnProcessAtItsRateAndItsFilesAreKept() {
    TestMemtier.needed();
    String memtier = TestMemtier.first().toString();
    SearchedRun run =
        SearchedRun.ran(
            results,
            "memtier",
            List.of(
                "capacity",
                "--embedded",
                "--memtier",
                memtier,
                "--results",
                results.toString(),
                "--run-id",
                "memtier",
                "--at-least",
                "500",
                "--trials",
                "2",
                "--trial",
                "5s",
                "--warmup",
                "1s",
                "--max-lag-p99",
                "2s",
                "--baseline",
                "1s"));
    assertThat(run.exit()).describedAs(run.said()).isZero();
    assertThat(run.interval().ending()).isEqualTo(CapacityEnding.AT_LEAST_PROVEN);
    assertThat(run.capacity().question().engine()).isEqualTo("memtier");
    assertThat(run.folder().file("trial-1").resolve("memtier_benchmark.txt")).isNotEmptyFile();
    assertThat(run.trials().get(0).rate().achievedPerS()).isGreaterThan(400.0);
  }
}
