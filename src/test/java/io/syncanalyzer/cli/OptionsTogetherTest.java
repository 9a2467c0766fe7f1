package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and times that do not fit each other are refused before any server is asked. */
class OptionsTogetherTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Nothing listens at these servers: what were asked of them would end with 5. */
  @ParameterizedTest
  @CsvSource({
    "load-and-verify --load-engine none --baseline 500ms,--baseline: 500ms is shorter",
    "load-and-verify --load-engine none --baseline 999ms --duration 1m,--baseline: 999ms",
    "load-and-verify --load-engine none --baseline 1ms --initial-verify off,--baseline: 1ms",
    "load-and-verify --load-engine none --baseline 87601h,'--baseline'': `87601h` is longer'",
    "probe --floor 499ms,--floor: 499ms is shorter than the 500ms",
    "probe --floor 1ms --until-interrupted,--floor: 1ms",
    "probe --duration 2s,--duration (2s) is shorter than --warmup (3s where it is not given)",
    "probe --warmup 21s,--duration (20s where it is not given) is shorter than --warmup (21s)",
    "probe --warmup 0s --duration 0s,--duration: 0s",
    "load-and-verify --load-engine none --warmup 30s,--duration (20s where it is not given)",
    "load-and-verify --load-engine none --duration 500ms,--duration (500ms)",
    "load-and-verify --ramp 10:20:10:1s,--ramp (2s in all) is shorter than --warmup (3s",
    "load-and-verify --ramp 10:20:10:25h,--ramp: EVERY is at most 24h",
    "load-and-verify --load-engine jmh --load-threads 257,--load-threads: 257 is not in 1..256",
    "load-and-verify --load-engine jmh --load-pipeline 10001,--load-pipeline: 10001",
    "load-and-verify --load-engine jmh --load-value-size 0,--load-value-size: 0",
    "load-and-verify --load-engine jmh --load-keys 0,--load-keys: 0",
    "load --load-engine jmh --load-keys -1,--load-keys: -1",
    "load --load-engine jmh --duration 0s,--duration: a load of no time",
    "load --load-engine jmh --duration 87601h,longer than ten years",
    "load-and-verify --load-engine none --fence-timeout 0s,--fence-timeout: 0",
    "verify --fence-timeout 0s,--fence-timeout: 0",
    "verify --ttl-tolerance 999999999h,longer than ten years",
    "load-and-verify --load-engine none --drain-timeout 0s,--drain-timeout must be above 0",
    "probe --sentinel-rate 100000 --observe-timeout 10h,--sentinel-rate 100000 with",
    "probe --sentinel-rate 1000 --timeout 999h,--observe-timeout 30s and --timeout 3596400s",
    "load-and-verify --load-engine none --sentinel-rate 40 --observe-timeout 87600h,with --observe",
  })
  void whatDoesNotFitIsOneLineThatNamesItAndNothingIsDone(String line, String says) {
    for (String dryRun : new String[] {"", " --dry-run"}) {
      err.reset();
      assertThat(run(line + dryRun)).describedAs(err()).isEqualTo(2);
      assertThat(err()).contains(says).doesNotContain("\tat ");
      assertThat(err().lines()).hasSize(1);
      assertThat(folder.resolve("r")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "load-and-verify --load-engine none --baseline 1s",
    "load-and-verify --load-engine none --baseline 0s",
    "load-and-verify --load-engine none --warmup 20s",
    "load-and-verify --load-engine jmh --load-threads 256 --load-pipeline 10000",
    "probe --floor 500ms",
    "probe --floor 0s --duration 1ms --warmup 0s",
    "probe --until-interrupted --warmup 30s",
    "probe --max-lag-p99 5ms --sentinel-rate 49",
    "probe --max-lag-p99 5ms --sentinel-rate 1 --until-interrupted",
    "probe --max-lag 5ms --sentinel-rate 1",
    "verify --fence-timeout 1ms --ttl-tolerance 87600h",
  })
  void whatJustFitsIsTaken(String line) {
    assertThat(run(line + " --dry-run")).describedAs(err()).isZero();
  }

  private int run(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of("--results", folder.resolve("r").toString(), "--source"));
    words.addAll(List.of("redis://127.0.0.1:1", "--replica", "redis://127.0.0.1:2"));
    return AnalyzerCli.run(
        words,
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("PATH", ""));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
