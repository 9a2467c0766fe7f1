package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.cli.words.Asked;
import io.syncanalyzer.load.FakeMemtier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzerCliTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load-and-verify",
        "load",
        "probe",
        "verify",
        "report",
        "compare",
        "clean",
        "selftest",
        "generate-completion"
      })
  void everyCommandHelps(String command) {
    assertThat(run(Map.of(), command, "--help")).isZero();
    assertThat(out()).contains("Usage:").contains(command);
    assertThat(out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(err()).isEmpty();
  }

  @Test
  void theTopHelpNamesEveryCommandAndEveryExitStatus() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out())
        .contains("load-and-verify", "probe", "verify", "report", "compare", "clean", "selftest")
        .contains("0 all equal", "1 mismatches", "2 wrong usage", "130 interrupted");
  }

  @Test
  void completionKnowsTheOptionsOfEveryCommand() {
    assertThat(run(Map.of(), "generate-completion")).isZero();
    assertThat(out()).contains("--sentinel-rate", "--max-mismatches", "--fail-if-worse");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheOneThatWasMeant() {
    assertThat(run(Map.of(), "verfy")).isEqualTo(2);
    assertThat(err()).contains("verfy").contains("verify");
  }

  @Test
  void theVersionIsShown() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out()).contains("analyzer").contains("Java 1");
  }

  @Test
  void noCommandIsWrongUsageWithAHint() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(err()).contains("load-and-verify --embedded");
  }

  @ParameterizedTest
  @CsvSource({
    "--duration,20,500ms",
    "--duration,-5s,500ms",
    "--duration,1e3s,500ms",
    "--warmup,soon,500ms",
    "--observe-timeout,0s,--observe-timeout",
    "--source,http://h,redis://",
    "--replica,redis://h:99999,65535",
    "--source-topology,ring,auto; single or cluster",
    "--replica-topology,Cluster,auto; single or cluster",
    "--replica-role,slave,auto; primary or replica",
    "--node-map,10.0.0.1:6379,ANNOUNCED=REACHABLE",
    "--node-map,10.0.0.1=127.0.0.1:7000,host:port",
    "--node-map,10.0.0.1:6379=127.0.0.1:70000,65535",
    "--node-map,::1:6379=127.0.0.1:7000,host:port",
    "--replica,redis://127.0.0.1:1/3,database",
    "--sentinel-rate,0,--sentinel-rate",
    "--sentinel-rate,many,--sentinel-rate",
    "--sentinel-rate,100000000,lower it",
    "--types,string;json,--types",
    "--observer,telescope,--observer",
    "--fence,wall,--fence",
    "--initial-verify,maybe,--initial-verify",
    "--load-engine,steam,--load-engine",
    "--load-rate,0,--load-rate",
    "--ramp,5:5:1:1s,--ramp",
    "--max-lost,-1,--max-lost",
    "--settle-rounds,0,--settle-rounds",
    "--connect-timeout,0s,--connect-timeout",
    "--run-id,../evil,--run-id",
    "--csv-locale,german,--csv-locale",
    "--redis-server,/bin/true,--embedded",
    "--no-such-option,1,--no-such-option",
  })
  void aNonsenseValueIsOneLineThatNamesTheOptionAndExitsWithTwo(
      String option, String value, String says) {
    assertThat(
            run(
                Map.of("PATH", ""),
                "load-and-verify",
                "--results",
                folder.resolve("r").toString(),
                "--load-engine",
                "none",
                option,
                value.replace(';', ',')))
        .describedAs(err())
        .isEqualTo(2);
    assertThat(err()).contains(says.replace(';', ',')).doesNotContain("\tat ");
    assertThat(err().lines().count()).isBetween(1L, 2L);
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "string,,hash", "string hash"})
  void aTypeThatNoServerPrintsIsOneLineAndExitsWithTwo(String types) {
    String results = folder.resolve("r").toString();
    assertThat(run(Map.of(), "verify", "--results", results, "--types", types)).isEqualTo(2);
    assertThat(err()).contains("--types").doesNotContain("\tat ");
    assertThat(err().lines()).hasSize(1);
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @Test
  void aDurationShorterThanTheWarmUpIsRefused() {
    assertThat(run(Map.of(), "probe", "--results", results(), "--duration", "1s", "--warmup", "2s"))
        .isEqualTo(2);
    assertThat(err()).contains("--duration").contains("--warmup");
  }

  @Test
  void nothingListeningIsOneLineWithTheEndpointAndTheWayOut() {
    int status =
        run(
            Map.of("PATH", ""),
            "load-and-verify",
            "--results",
            results(),
            "--run-id",
            "r1",
            "--source",
            "redis://127.0.0.1:1",
            "--load-engine",
            "none",
            "--quiet");
    assertThat(status).isEqualTo(5);
    assertThat(err()).contains("127.0.0.1:1").contains("--embedded");
    assertThat(err().lines().count()).isEqualTo(1);
    assertThat(folder.resolve("r1/run.json")).content().contains("\"complete\": false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"load-and-verify", "load", "probe"})
  void aDryRunNamesTheServersAndTheKeysAndLeavesNothing(String command) {
    assertThat(
            run(
                Map.of("PATH", ""),
                command,
                "--dry-run",
                "--results",
                folder.resolve("none").toString(),
                "--source",
                "redis://:s3cret@127.0.0.1:1"))
        .isZero();
    assertThat(out())
        .contains("redis://:***@127.0.0.1:1")
        .contains("sa:")
        .contains("Nothing of this was done")
        .doesNotContain("s3cret");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void anExistingRunIsRefusedAndLeftAsItIs() throws Exception {
    Files.createDirectory(folder.resolve("mine"));
    Files.writeString(folder.resolve("mine/run.json"), "precious");
    assertThat(
            run(Map.of(), "verify", "--results", results(), "--run-id", "mine", "--fence", "none"))
        .isEqualTo(2);
    assertThat(err()).contains("mine already");
    assertThat(folder.resolve("mine/run.json")).hasContent("precious");
  }

  @Test
  void aResultsFolderThatCannotBeWrittenIsExitFive() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run(Map.of(), "verify", "--results", file.toString())).isEqualTo(5);
    assertThat(err()).contains("--results");
  }

  @Test
  void optionsComeFromTheEnvironmentAndFromAFileTheEnvironmentFirst() throws Exception {
    Path config = folder.resolve("c.properties");
    Files.writeString(config, "source=redis://from-file.invalid:1\nconnect-timeout=2s\n");
    assertThat(run(Map.of(), "clean", "--config", config.toString())).isEqualTo(5);
    assertThat(err()).contains("from-file.invalid");
    assertThat(
            run(
                Map.of("ANALYZER_SOURCE", "redis://from-env.invalid:1"),
                "clean",
                "--config=" + config))
        .isEqualTo(5);
    assertThat(err()).contains("from-env.invalid");
    assertThat(
            run(
                Map.of("ANALYZER_SOURCE", "redis://from-env.invalid:1"),
                "clean",
                "--source",
                "redis://from-words.invalid:1"))
        .isEqualTo(5);
    assertThat(err()).contains("from-words.invalid");
  }

  @Test
  void anUnknownNameInTheFileIsWrongUsage() throws Exception {
    Path config = folder.resolve("c.properties");
    Files.writeString(config, "sentinal-rate=5\n");
    assertThat(run(Map.of(), "probe", "--config", config.toString())).isEqualTo(2);
    assertThat(err()).contains("sentinal-rate");
    assertThat(run(Map.of(), "probe", "--config", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err()).contains("--config: cannot read");
  }

  @Test
  void aVariableThatIsNearlyAnOptionIsToldAndItsValueIsNot() {
    assertThat(run(Map.of("ANALYZER_SOURCE_PASSWRD", "s3cret"), "clean")).isEqualTo(2);
    assertThat(err())
        .contains("ANALYZER_SOURCE_PASSWRD", "ANALYZER_SOURCE_PASSWORD")
        .doesNotContain("s3cret");
    assertThat(err().lines()).hasSize(1);
    // One of another command's options is somebody's, one of nobody's is not ours.
    assertThat(run(Map.of("ANALYZER_MAX_LAG", "1s", "ANALYZER_HOME", "/x"), "clean", "--help"))
        .isZero();
  }

  @Test
  void aValueThatIsRefusedNamesTheVariableOrTheFileItComesFrom() throws Exception {
    assertThat(run(Map.of("ANALYZER_TIMEOUT", "5"), "clean")).isEqualTo(2);
    assertThat(err()).contains("--timeout", "`5`", "it comes from ANALYZER_TIMEOUT");
    Path config = Files.writeString(folder.resolve("c.properties"), "timeout=6\n");
    assertThat(run(Map.of(), "clean", "--config", config.toString())).isEqualTo(2);
    assertThat(err()).contains("--timeout", "`6`", "it comes from the --config file");
    assertThat(run(Map.of("ANALYZER_TIMEOUT", "5s"), "clean", "--timeout", "7")).isEqualTo(2);
    assertThat(err()).contains("`7`").doesNotContain("comes from");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "verify --help", "generate-completion"})
  void whatStandardOutputDoesNotTakeIsExitFive(String words) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    err.reset();
    int status =
        AnalyzerCli.run(
            List.of(words.split(" ")),
            new PrintStream(full, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of());
    assertThat(status).isEqualTo(5);
    assertThat(err()).contains("could not be written to standard output");
    assertThat(err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"verify,/dev/full", "probe,/dev/null", "load,/", "load-and-verify,/none/x.xml"})
  void aJUnitFileThatCannotBeOneIsRefusedBeforeAnythingIsDone(String command, String file) {
    String results = folder.resolve("none").toString();
    assertThat(run(Map.of("PATH", ""), command, "--results", results, "--junit", file))
        .isEqualTo(2);
    assertThat(err()).contains("--junit");
    assertThat(err().lines()).hasSize(1);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"junit.xml,2", "out/junit.xml,0", "out/one/junit.xml,0", "out/two/junit.xml,2"})
  void aJUnitFileMayLieInTheResultsThatTheRunMakes(String file, int status) {
    String results = folder.resolve("out").toString();
    String junit = (file.startsWith("out") ? folder : folder.resolve("none")).resolve(file) + "";
    assertThat(
            run(
                Map.of(),
                "verify",
                "--dry-run",
                "--embedded",
                "--results=" + results,
                "--run-id=one",
                "--junit=" + junit))
        .as(err())
        .isEqualTo(status);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void anInterruptWhileMemtierIsAskedEndsAsInterrupted() {
    try {
      Thread.currentThread().interrupt();
      assertThat(
              run(
                  Map.of(),
                  "load",
                  "--results=" + folder.resolve("none"),
                  "--source=redis://127.0.0.1:1",
                  "--memtier=" + FakeMemtier.in(folder, "exit 0")))
          .isEqualTo(130);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(err()).hasLineCount(1).contains("interrupted");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void memtierReadsTheArgumentsOfARampOnce() throws Exception {
    Path asked = folder.resolve("asked");
    Path fake = FakeMemtier.in(folder, "exit 0");
    Path counting = folder.resolve("counting");
    Files.writeString(
        counting, "#!/bin/sh\necho \"$*\" >> " + asked + "\nexec " + fake + " \"$@\"\n");
    assertThat(counting.toFile().setExecutable(true)).isTrue();
    assertThat(
            run(
                Map.of(),
                "load",
                "--dry-run",
                "--source=redis://127.0.0.1:1",
                "--ramp=1000:100000:1000:1s",
                "--memtier=" + counting))
        .as(err())
        .isZero();
    assertThat(Files.readAllLines(asked))
        .filteredOn(line -> line.endsWith("--version") && line.contains("--rate-limiting"))
        .hasSize(1);
  }

  @Test
  void anArgumentFileThatCannotBeReadIsOneLine() throws Exception {
    assertThat(run(Map.of(), "verify", "@" + folder)).isEqualTo(2);
    assertThat(err()).contains("@" + folder, "is a folder");
    assertThat(run(Map.of(), "verify", "@/dev/zero")).isEqualTo(2);
    assertThat(err()).contains("@/dev/zero", "device");
    assertThat(run(Map.of(), "verify", "@" + folder.resolve("none"))).isEqualTo(2);
    assertThat(err()).contains("there is no file", "none");
    assertThat(err().lines()).hasSize(1);
    assertThat(run(Map.of(), "verify", "--config", "/dev/zero")).isEqualTo(2);
    assertThat(err()).contains("--config", "device");
    assertThat(run(Map.of(), "load", "--memtier-profile", "/dev/zero")).isEqualTo(2);
    assertThat(err()).contains("--memtier-profile", "device");
    assertThat(run(Map.of(), "verify", "--tls-ca", "/dev/zero")).isEqualTo(2);
    assertThat(err()).contains("--tls-ca", "device");
  }

  @ParameterizedTest
  @CsvSource({
    "-n 1000,--duration",
    "--test-time=5,--duration",
    "-p 7162,--source",
    "--por=7162,--por",
    "-c 0,clients must be",
    "nonsense,nonsense",
  })
  void whatMemtierWouldNotTakeOrTakeElsewhereIsRefusedBeforeAnythingIsDone(
      String words, String says) {
    // Nothing listens there: whoever connected would get another status.
    List<String> line =
        new ArrayList<>(
            List.of(
                "load-and-verify",
                "--results",
                folder.resolve("none").toString(),
                "--source=redis://127.0.0.1:1",
                "--memtier",
                FakeMemtier.in(folder, "").toString()));
    List<String> dry = new ArrayList<>(line);
    dry.add("--dry-run");
    for (List<String> one : List.of(line, dry)) {
      one.add("--");
      one.addAll(List.of(words.split(" ")));
      assertThat(run(Map.of("PATH", ""), one.toArray(String[]::new)))
          .describedAs(err())
          .isEqualTo(2);
      assertThat(err()).contains(says);
      assertThat(err().lines()).hasSize(1);
      assertThat(out()).isEmpty();
      assertThat(folder.resolve("none")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "load-and-verify,--rate 0,--rate",
    "load-and-verify,--sentinel-rate 100000000,lower it",
    "load-and-verify,--sentinel-rate 100000 --observe-timeout 9h,--sentinel-rate 1",
    "load-and-verify,--sentinel-rate 100000 --observe-timeout 9h,s would go",
    "probe,--sentinel-rate 100000 --observe-timeout 9h,s would go",
    "load-and-verify,--replica redis://127.0.0.1:2 --replica redis://127.0.0.1:3,one replica",
    "load-and-verify,--run-id load,--run-id",
    "load-and-verify,--run-id taken,taken already",
    "load,--load-engine none,nothing to do",
    "load,--memtier-profile none --load-engine memtier,--memtier-profile",
    "load,--ramp 1:2:1:1s --duration 5s --load-engine memtier,--ramp",
    "probe,--max-lost -1,--max-lost",
    "probe,--duration 1s --warmup 2s,--warmup",
    "probe,--prometheus x,--prometheus",
    "probe,--listen 127.0.0.1:x,--listen",
    "verify,--listen x,--listen",
    "load-and-verify,--listen 70000,--listen",
    "load-and-verify,--prometheus x,--prometheus",
    "verify,--sample 0,--sample",
    "verify,--max-mismatches 0,--max-mismatches",
    "verify,--resume none,no run.json",
    "verify,--replica redis://127.0.0.1:2 --replica redis://127.0.0.1:2,twice",
  })
  void aDryRunRefusesWhatTheRunWould(String command, String words, String says) throws Exception {
    Files.createDirectories(folder.resolve("taken"));
    for (String dry : List.of("--quiet", "--dry-run")) {
      List<String> line = new ArrayList<>(List.of(command, "--results", results(), dry));
      line.add("--source=redis://127.0.0.1:1");
      line.addAll(List.of(words.split(" ")));
      assertThat(run(Map.of("PATH", ""), line.toArray(String[]::new)))
          .describedAs(err())
          .isEqualTo(2);
      assertThat(err()).contains(says);
      assertThat(err().lines()).hasSize(1);
      assertThat(out()).isEmpty();
    }
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"load-and-verify", "probe", "verify"})
  void aPortInUseIsOneLineAndNothingIsDone(String command) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String to = folder.resolve("r").toString();
      for (String option : List.of("--listen", "--prometheus")) {
        assertThat(run(Map.of("PATH", ""), command, "--results", to, option, port)).isEqualTo(5);
        assertThat(err())
            .contains("cannot listen on 127.0.0.1 port " + port, "pick another port")
            .hasLineCount(1);
        assertThat(folder.resolve("r")).doesNotExist();
      }
    }
  }

  @Test
  void aDryRunSaysWhereItCouldNotWrite() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    for (String results : List.of(file.toString(), file + "/deeper/r")) {
      assertThat(run(Map.of(), "verify", "--dry-run", "--results", results)).isEqualTo(5);
      assertThat(err()).contains("--results");
    }
  }

  @Test
  void wordsForMemtierAreRefusedWhereNoMemtierRuns() {
    assertThat(run(Map.of(), "verify", "--results", results(), "--", "--ratio=1:0")).isEqualTo(2);
    assertThat(err()).contains("memtier_benchmark");
    assertThat(
            run(
                Map.of("PATH", ""),
                "load",
                "--results",
                results(),
                "--load-engine",
                "jmh",
                "--",
                "--ratio=1:0"))
        .isEqualTo(2);
  }

  @Test
  void noPasswordIsInWhatIsWrittenDown() {
    assertThat(
            Asked.words(
                List.of(
                    "load",
                    "--source",
                    "redis://bob:s3cret@h:1",
                    "--replica=rediss://:s3cret@h:2/1",
                    "--",
                    "-a",
                    "s3cret",
                    "--authenticate=s3cret",
                    "-as3cret",
                    "--uri=redis://default:s3cret@h")))
        .noneMatch(word -> word.contains("s3cret"))
        .contains("redis://bob:***@h:1", "--replica=rediss://:***@h:2/1");
  }

  @Test
  void aMistypedOptionDoesNotShowThePasswordAfterIt() {
    assertThat(run(Map.of(), "verify", "--souce", "redis://bob:s3cret@h:1")).isEqualTo(2);
    assertThat(err()).contains("--souce").doesNotContain("s3cret");
    assertThat(run(Map.of(), "verify", "--embedded=redis://bob:s3cret@h:1")).isEqualTo(2);
    assertThat(err()).contains("--embedded").doesNotContain("s3cret");
  }

  private String results() {
    return folder.toString();
  }

  private int run(Map<String, String> environment, String... arguments) {
    out.reset();
    err.reset();
    return AnalyzerCli.run(
        List.of(arguments),
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
