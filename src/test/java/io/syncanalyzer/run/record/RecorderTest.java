package io.syncanalyzer.run.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.metrics.MetricsServer;
import io.syncanalyzer.metrics.Scrape;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.ReportFailure;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.report.markdown.SummaryFiles;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.scripted.ScriptedClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:35:12Z");
  private static final String RUN = "r";

  @TempDir Path results;

  private final ScriptedClock clock = new ScriptedClock();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private SummaryFiles markdown = SummaryFiles.NONE;

  @AfterEach
  void nobodyIsInterruptedAnyMore() {
    // Asking for the flag clears it, for the tests that come after on this thread.
    Thread.interrupted();
  }

  @Test
  void aRunIsOnDiskFromItsBeginAndSaysThatItHasNotFinished() {
    begun();
    assertThat(kept().startedAt()).isEqualTo(NOW);
    assertThat(kept().finishedAt()).isNull();
    assertThat(kept().argv()).containsExactly("verify", "--quiet");
    assertThat(kept().asked()).containsEntry("--db", "all");
    assertThat(kept().verdict().complete()).isFalse();
  }

  @Test
  void aNameThatIsTakenIsRefusedAndItsRunLeftAlone() {
    begun().end(List.of());
    RunReport before = kept();
    assertThatThrownBy(this::begun).isInstanceOf(IllegalArgumentException.class);
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void aRunLastsAsLongAsTheMonotonicClockSays() {
    Recorder recorder = begun();
    clock.pass(1_234_567_891L);
    recorder.end(List.of());
    assertThat(kept().elapsedSeconds()).isEqualTo(1.234567891);
    assertThat(kept().finishedAt()).isEqualTo(NOW);
  }

  @Test
  void whatIsKnownWhenAPartBeginsOutlivesAKill() {
    Recorder recorder = begun();
    recorder.report().warning("known by then");
    recorder.phase("load");
    recorder.report().warning("known later");
    assertThat(kept().warnings()).containsExactly("known by then");
  }

  @Test
  void aRequestThatIsRefusedBeforeAnythingWasDoneLeavesNoFolder() {
    Recorder recorder = begun();
    IllegalArgumentException refused = new IllegalArgumentException("--db: there is none");
    assertThatThrownBy(() -> recorder.refused(refused)).isSameAs(refused);
    assertThat(results).isEmptyDirectory();
  }

  @Test
  void aRequestThatIsRefusedAfterSomethingWasWrittenIsARunThatFailed() {
    Recorder recorder = begun();
    recorder.begins();
    recorder.refused(new IllegalArgumentException("--db: there is none"));
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.COULD_NOT_RUN);
    assertThat(kept().failure()).isEqualTo("--db: there is none");
  }

  @Test
  void aFailureIsToldAsTheRunsOwn() {
    Recorder recorder = begun();
    recorder.failed(new ReportFailure("disk full", null));
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.COULD_NOT_RUN);
    assertThat(kept().failure()).isEqualTo("disk full");
  }

  @Test
  void anInterruptIsToldWithThePartThatItEnded() {
    Recorder recorder = begun();
    recorder.phase("drain");
    recorder.interrupted();
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(kept().interruptedIn()).isEqualTo("drain");
  }

  @Test
  void whatFailsAfterAnInterruptIsAPartOfItsEnd() {
    Recorder recorder = begun();
    recorder.phase("verify");
    Thread.currentThread().interrupt();
    recorder.failedUnlessInterrupted(new IllegalStateException("the connection is closed"));
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(kept().failure()).isNull();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void theStepsSummaryIsAddedOnceAndOfHowItEnded() throws Exception {
    Path step = Files.writeString(results.resolve("step.md"), "of the step before\n");
    markdown = new SummaryFiles(Optional.empty(), Optional.of(step));
    Recorder recorder = begun();
    recorder.phase("verify");
    recorder.interrupted();
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.INTERRUPTED);

    assertThat(step)
        .content()
        .startsWith("of the step before\n\n## Interrupted · exit status 130\n")
        .contains("Interrupted in verify")
        .containsOnlyOnce("## ");
  }

  @Test
  void aStepsSummaryThatCannotBeWrittenIsAWarningAndChangesNothing() {
    markdown = new SummaryFiles(Optional.empty(), Optional.of(results.resolve("no/step.md")));
    Recorder recorder = begun();
    recorder.failed(new ReportFailure("disk full", null));

    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.COULD_NOT_RUN);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("warning: GITHUB_STEP_SUMMARY: cannot add the summary to ")
        .contains("no/step.md: no such file or folder");
    assertThat(kept().failure()).isEqualTo("disk full");
  }

  @Test
  void theFilesOfAnInterruptedRunAreWholeAllTheSame() {
    Recorder recorder = begun();
    recorder.verified(SampleRuns.equal(3), null);
    Thread.currentThread().interrupt();
    recorder.end(List.of());
    assertThat(folder().path().resolve("verify.csv")).isNotEmptyFile();
    assertThat(folder().path().resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void anInterruptDuringAVerificationIsToldWithWhatItFound() {
    Recorder recorder = begun();
    recorder.phase("verify");
    Thread.currentThread().interrupt();
    recorder.verified(SampleRuns.equal(3), null);
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(kept().verify()).isEqualTo(SampleRuns.equal(3));
  }

  @Test
  void aVerificationThatBrokeOffIsAFailureThatKeepsWhatItFound() {
    Recorder recorder = begun();
    recorder.verified(SampleRuns.equal(3), "the replica is gone");
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.COULD_NOT_RUN);
    assertThat(kept().verify()).isEqualTo(SampleRuns.equal(3));
    assertThat(kept().failure()).isEqualTo("the replica is gone");
  }

  @Test
  void everythingEqualIsStatusZeroAndTheScreenOnStandardOutput() {
    Recorder recorder = begun();
    recorder.verified(SampleRuns.equal(3), null);
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("exit status 0");
  }

  @Test
  void aRunThatMeasuredNothingSaysOneLineAndNothingOnStandardOutput() {
    Recorder recorder = begun();
    recorder.failed(new IllegalArgumentException("nobody is there"));
    recorder.end(List.of());
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("error: ", "nobody is there");
  }

  @Test
  void theSummaryGoesToStandardOutputAsJsonWhereThatIsAsked() {
    Recorder recorder = Recorder.begin(context(print(out)), output(true), "verify");
    recorder.verified(SampleRuns.equal(3), null);
    recorder.end(List.of());
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{").contains("\"exit_status\": 0");
  }

  @Test
  void aResultThatNobodyGetsIsAFailureInEveryFile() throws IOException {
    PrintStream full =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    Recorder recorder = Recorder.begin(context(full), output(false), "verify");
    recorder.verified(SampleRuns.equal(3), null);
    assertThat(recorder.end(List.of())).isEqualTo(ExitStatus.COULD_NOT_RUN);
    assertThat(kept().failure()).contains("standard output");
    assertThat(Files.readString(folder().path().resolve("report.html")))
        .contains("standard output");
  }

  @Test
  void aRunThatGoesOnReplacesNothingBeforeItsComparisonHasGoneOn() throws IOException {
    begun().end(List.of());
    String before = Files.readString(folder().runJson());
    Recorder again = again();
    again.phase("verify");
    again.failed(new IllegalArgumentException("nobody is there"));
    assertThat(again.end(List.of())).isEqualTo(ExitStatus.COULD_NOT_RUN);
    assertThat(Files.readString(folder().runJson())).isEqualTo(before);
  }

  @Test
  void aRunThatGoesOnReplacesAllOnceItsComparisonHasGoneOn() {
    begun().end(List.of());
    Recorder again = again();
    again.verified(SampleRuns.equal(3), null);
    assertThat(again.end(List.of())).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(kept().verify()).isEqualTo(SampleRuns.equal(3));
  }

  @Test
  void aRunThatGoesOnAndIsRefusedKeepsItsFolder() {
    begun().end(List.of());
    RunReport before = kept();
    Recorder again = again();
    assertThatThrownBy(() -> again.refused(new IllegalArgumentException("other options")))
        .hasMessage("other options");
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void whoeverListensIsToldTheEndBeforeTheProcessIsGone() {
    List<String> told = new ArrayList<>();
    try (MetricsServer server = MetricsServer.open("127.0.0.1", 0)) {
      RunContext listened = context(print(out)).telling(server.metrics());
      Recorder recorder = Recorder.begin(listened, output(false), "verify");
      recorder.phase("verify");
      told.addAll(Scrape.of(server).lines());
      recorder.failed(new ReportFailure("disk full", null));
      recorder.end(List.of());
      assertThat(told)
          .contains("analyzer_run_phase{phase=\"verify\"} 1.0")
          .noneMatch(line -> line.contains("exit"));
      assertThat(Scrape.of(server).lines())
          .contains("analyzer_run_exit_status 5.0", "analyzer_run_complete 0.0");
    }
  }

  private Recorder begun() {
    return Recorder.begin(context(print(out)), output(false), "verify");
  }

  private Recorder again() {
    return Recorder.again(context(print(out)), output(false), folder(), "verify");
  }

  private RunReport kept() {
    return RunReader.read(folder());
  }

  private RunFolder folder() {
    return new RunFolder(results, RUN);
  }

  private RunContext context(PrintStream standardOut) {
    Console console =
        new Console(new Console.Setting(standardOut, print(err), false, false, true, clock));
    return new RunContext(console, "", clock, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private RunOutput output(boolean json) {
    return new RunOutput(
        results,
        Optional.of(RUN),
        Optional.empty(),
        json,
        Optional.empty(),
        markdown,
        Optional.empty(),
        "0.1.0",
        List.of("verify", "--quiet"),
        Map.of("--db", "all"));
  }

  private static PrintStream print(OutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
