package io.syncanalyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.report.compare.Comparison;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.Table;
import io.syncanalyzer.result.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Every CSV file opened in LibreOffice under several locales, as a double click does, special
 * numbers looked for: what becomes a number is the number that was written, and all else stays the
 * text it was. Where the machine has no LibreOffice this says so and is skipped.
 */
class SpreadsheetIT {
  private static final int DEADLINE_SECONDS = 120;

  private static final String FIGURE = "-?\\d+([.,]\\d+)?";

  @TempDir Path scratch;

  /** A cell of a sheet as LibreOffice took it. */
  private record SheetCell(String type, String value) {}

  @ParameterizedTest
  @CsvSource({
    "1033, POINT, every figure is a number",
    "1031, POINT, whole figures are",
    "1036, POINT, whole figures are",
    "1031, COMMA, every figure is a number",
    "1036, COMMA, every figure is a number"
  })
  void underEnglishGermanAndFrenchNoCellBecomesAnotherNumber(
      int language, CsvForm form, String numbers) throws Exception {
    List<Path> written = written(form);
    // Separator, quote, UTF-8, from line 1, all columns as they come, language, special numbers.
    List<Path> sheets =
        convert(
            (form == CsvForm.POINT ? "44" : "59") + ",34,76,1,," + language + ",false,true",
            written);

    boolean allAreNumbers = numbers.startsWith("every");
    for (int f = 0; f < written.size(); f++) {
      List<List<String>> rows = CsvFiles.read(written.get(f), form == CsvForm.POINT ? ',' : ';');
      List<List<SheetCell>> sheet = sheet(sheets.get(f));
      List<String> header = rows.get(0);
      assertThat(sheet).as("rows of %s", written.get(f)).hasSameSizeAs(rows);
      for (int r = 1; r < rows.size(); r++) {
        for (int c = 0; c < header.size(); c++) {
          String cell = rows.get(r).get(c);
          SheetCell got = c < sheet.get(r).size() ? sheet.get(r).get(c) : new SheetCell("", "");
          String where = written.get(f).getFileName() + " row " + r + " " + header.get(c);
          if (cell.matches(FIGURE) && (allAreNumbers || cell.matches("-?\\d+"))) {
            assertThat(got.type()).as(where + ": " + cell).isEqualTo("float");
            assertThat(Double.parseDouble(got.value()))
                .as(where)
                .isEqualTo(Double.parseDouble(cell.replace(',', '.')));
          } else if (got.type().equals("boolean")) {
            assertThat(got.value()).as(where).isEqualTo(cell);
          } else {
            assertThat(got.type() + " " + got.value())
                .as(where)
                .isEqualTo(cell.isEmpty() ? " " : "string " + cell);
          }
        }
      }
    }
  }

  @Test
  void keysThatLookLikeNumbersAndDatesStayAsTheyAreInColumnsImportedAsText() throws Exception {
    List<String> keys = List.of("2024-01-02", "1,5", "1.234.567", "007", "1e5", "2.3.1", "1/2");
    Path file = scratch.resolve("keys.csv");
    StringBuilder text = new StringBuilder(Table.line(List.of("db", "key"), CsvForm.POINT));
    keys.forEach(key -> text.append(Table.line(List.of("0", key), CsvForm.POINT)));
    Files.writeString(file, text);

    // The columns' formats: the second as text, which is what results/README.md says to choose.
    Path sheet = convert("44,34,76,1,1/1/2/2,1031,false,true", List.of(file)).get(0);

    assertThat(sheet(sheet).stream().skip(1).map(row -> row.get(1)))
        .containsExactlyElementsOf(keys.stream().map(key -> new SheetCell("string", key)).toList());
  }

  /** Every CSV file of a run and beside it; with the nasty keys, which must stay text. */
  private List<Path> written(CsvForm form) throws Exception {
    RunFolder folder =
        RunFolder.create(scratch.resolve("results"), Optional.of("run"), Clock.systemUTC());
    RunReport run =
        SampleRuns.whole("run")
            .lag(SampleRuns.lag(1.0075, 3))
            .limits(List.of())
            .verify(SampleRuns.different())
            .capacity(SampleCapacity.report(List.of(), SampleCapacity.trials(null, 1)))
            .finished(SampleRuns.START, 48.125)
            .build();
    RunWriter writer = new RunWriter(folder, Optional.of(form));
    writer.files(run, SampleRuns.mismatches());
    writer.row(run);
    writer.save(run);
    Comparison.of(List.of("a", "b"), List.of(List.of(run), List.of(SampleRuns.whole("b").build())))
        .write(folder.path(), OptionalDouble.empty(), form);
    Files.copy(folder.runsCsv(), folder.file("runs.csv"));
    assertThat(
            CsvFiles.read(folder.mismatchesCsv(), form == CsvForm.POINT ? ',' : ';').stream()
                .skip(1)
                .map(row -> LosslessText.parse(row.get(1))))
        .containsExactlyElementsOf(SampleRuns.NASTY_KEYS);
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }

  /** The cells of a flat XML sheet; repeated ones written out, empty ones at the ends left out. */
  private static List<List<SheetCell>> sheet(Path file) throws Exception {
    List<List<SheetCell>> rows = new ArrayList<>();
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getElementsByTagName("table:table-row");
    for (int r = 0; r < found.getLength(); r++) {
      List<SheetCell> row = new ArrayList<>();
      NodeList cells = ((Element) found.item(r)).getElementsByTagName("table:table-cell");
      for (int c = 0; c < cells.getLength(); c++) {
        Element cell = (Element) cells.item(c);
        String repeated = cell.getAttribute("table:number-columns-repeated");
        int times = repeated.isEmpty() ? 1 : Math.min(100, Integer.parseInt(repeated));
        for (int t = 0; t < times; t++) {
          row.add(cell(cell));
        }
      }
      if (row.stream().anyMatch(cell -> !cell.type().isEmpty())) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static SheetCell cell(Element cell) {
    String type = cell.getAttribute("office:value-type");
    return new SheetCell(
        type,
        switch (type) {
          case "float", "percentage", "currency" -> cell.getAttribute("office:value");
          case "boolean" -> cell.getAttribute("office:boolean-value");
          case "date" -> cell.getAttribute("office:date-value");
          default -> text(cell);
        });
  }

  /** The text with its spaces and line ends, which the format has as elements of their own. */
  private static String text(Element cell) {
    StringBuilder text = new StringBuilder();
    NodeList paragraphs = cell.getElementsByTagName("text:p");
    for (int p = 0; p < paragraphs.getLength(); p++) {
      text.append(p == 0 ? "" : "\n");
      NodeList parts = paragraphs.item(p).getChildNodes();
      for (int i = 0; i < parts.getLength(); i++) {
        if (parts.item(i) instanceof Element element) {
          String count = element.getAttribute("text:c");
          text.append(
              element.getTagName().equals("text:s")
                  ? " ".repeat(count.isEmpty() ? 1 : Integer.parseInt(count))
                  : element.getTextContent());
        } else {
          text.append(parts.item(i).getTextContent());
        }
      }
    }
    return text.toString();
  }

  private List<Path> convert(String filter, List<Path> files) throws Exception {
    Optional<String> office = Programs.onPath("soffice", "libreoffice");
    Assumptions.assumeTrue(office.isPresent(), "no libreoffice on PATH");
    List<String> command =
        new ArrayList<>(
            List.of(
                office.orElseThrow(),
                "--headless",
                "--norestore",
                "-env:UserInstallation=" + scratch.resolve("profile").toUri(),
                "--infilter=CSV:" + filter,
                "--convert-to",
                "fods",
                "--outdir",
                scratch.resolve("sheets").toString()));
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
    return files.stream()
        .map(
            file ->
                scratch
                    .resolve("sheets")
                    .resolve(file.getFileName().toString().replace(".csv", ".fods")))
        .toList();
  }
}
