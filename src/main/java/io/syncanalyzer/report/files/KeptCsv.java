package io.syncanalyzer.report.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** A CSV file whose rows nobody holds any more, put into another form row by row. */
public final class KeptCsv {
  private KeptCsv() {}

  /**
   * Separates the file's cells as the form does; they stay as they are, words and whole numbers,
   * which every form writes alike.
   */
  public static void turn(Path file, CsvForm to) {
    try {
      CsvForm own;
      try (BufferedReader first = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        String header = first.readLine();
        own = header == null ? to : CsvForm.ofHeader(header);
      }
      if (own != to) {
        AtomicFile.replace(file, part -> copy(file, own, part, to));
      }
    } catch (IOException e) {
      throw new ReportFailure("cannot read " + file + " (" + AtomicFile.reason(e) + ")", e);
    }
  }

  private static void copy(Path from, CsvForm own, Path part, CsvForm to) throws IOException {
    try (CSVParser rows = CSVParser.parse(from, StandardCharsets.UTF_8, own.format());
        CSVPrinter printer =
            new CSVPrinter(Files.newBufferedWriter(part, StandardCharsets.UTF_8), to.format())) {
      for (CSVRecord row : rows) {
        printer.printRecord(row.toList());
      }
    }
  }
}
