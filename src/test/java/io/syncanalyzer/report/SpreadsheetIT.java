package io.syncanalyzer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syncanalyzer.redis.LosslessText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every CSV file opened in LibreOffice, made a spreadsheet and written out again: the cells are the
 * same. Where the machine has no LibreOffice this says so and is skipped.
 */
class SpreadsheetIT {
  private static final int DEADLINE_SECONDS = 120;

  /** Comma, double quote, UTF-8, from line 1; formulas are not to be taken from text. */
  private static final String IMPORT = "CSV:44,34,76,1";

  @TempDir Path scratch;

  @Test
  void everyCellArrivesInASpreadsheetAsItWasWritten() throws Exception {
    Optional<String> office = Programs.onPath("soffice", "libreoffice");
    assumeTrue(office.isPresent(), "no libreoffice on PATH");
    RunFolder folder =
        RunFolder.create(scratch.resolve("results"), Optional.of("run"), Clock.systemUTC());
    RunReport run =
        SampleRuns.whole("run")
            .lag(SampleRuns.lag(1, 3))
            .limits(List.of())
            .verify(SampleRuns.different())
            .build();
    SampleRuns.write(folder, run, SampleRuns.mismatches());
    Files.copy(folder.runsCsv(), folder.file("runs.csv"));
    List<Path> written = csv(folder.path());

    convert(office.orElseThrow(), "ods", scratch.resolve("sheets"), written);
    List<Path> sheets = new ArrayList<>();
    for (Path file : written) {
      sheets.add(
          scratch.resolve("sheets").resolve(file.getFileName().toString().replace(".csv", ".ods")));
    }
    convert(
        office.orElseThrow(),
        // Comma, quote, UTF-8, line 1, every text quoted, the cell's content rather than its look.
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1",
        scratch.resolve("back"),
        sheets);

    for (Path file : written) {
      String name = file.getFileName().toString().replace(".csv", "");
      Path back;
      try (Stream<Path> files = Files.list(scratch.resolve("back"))) {
        back =
            files
                .filter(f -> f.getFileName().toString().matches(name + "-\\w+\\.csv"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sheet of " + name));
      }
      assertThat(normal(BackCsv.read(back)))
          .as(name)
          .containsExactlyElementsOf(normal(CsvFiles.read(file)));
    }
    assertThat(
            BackCsv.read(scratch.resolve("back").resolve("mismatches-mismatches.csv")).stream()
                .skip(1)
                .map(row -> LosslessText.parse(row.get(1))))
        .containsExactlyElementsOf(SampleRuns.NASTY_KEYS);
  }

  /** Numbers compare as numbers and booleans as booleans; all else as text. */
  private static List<List<String>> normal(List<List<String>> rows) {
    return rows.stream().map(row -> row.stream().map(SpreadsheetIT::normal).toList()).toList();
  }

  private static String normal(String cell) {
    if (cell.matches("-?\\d+(\\.\\d+)?")) {
      return String.valueOf(Double.parseDouble(cell));
    }
    return cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false")
        ? cell.toLowerCase(Locale.ROOT)
        : cell;
  }

  private static List<Path> csv(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }

  private void convert(String office, String to, Path into, List<Path> files) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                office,
                "--headless",
                "--norestore",
                "-env:UserInstallation=" + scratch.resolve("profile").toUri(),
                "--convert-to",
                to,
                "--outdir",
                into.toString()));
    if (to.equals("ods")) {
      command.add("--infilter=" + IMPORT);
    }
    files.forEach(file -> command.add(file.toString()));
    Path log = scratch.resolve("office.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
          .as("libreoffice ended in time")
          .isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  /** LibreOffice ends lines with LF; else it is the same format. */
  private static final class BackCsv {
    static List<List<String>> read(Path file) throws Exception {
      Path crlf = Files.createTempFile(file.getParent(), "crlf", ".txt");
      Files.writeString(crlf, Files.readString(file).replace("\r\n", "\n").replace("\n", "\r\n"));
      return CsvFiles.read(crlf);
    }
  }
}
