package io.syncanalyzer.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A reader of RFC 4180 by hand, so that the writer is not believed by its own library. */
public final class CsvFiles {
  private CsvFiles() {}

  /** Every record; fails on anything that RFC 4180 does not allow. */
  public static List<List<String>> read(Path file) throws IOException {
    return read(file, ',');
  }

  /** As {@link #read(Path)} with another separator. */
  public static List<List<String>> read(Path file, char separator) throws IOException {
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
            .toString();
    List<List<String>> records = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      List<String> cells = new ArrayList<>();
      boolean more = true;
      while (more) {
        StringBuilder cell = new StringBuilder();
        at = cell(text, at, cell, separator);
        cells.add(cell.toString());
        more = text.charAt(at) == separator;
        at++;
      }
      if (text.charAt(at - 1) != '\r' || text.charAt(at) != '\n') {
        throw new IOException("no CRLF at character " + at);
      }
      at++;
      records.add(cells);
    }
    return records;
  }

  private static int cell(String text, int from, StringBuilder cell, char separator)
      throws IOException {
    int at = from;
    if (text.charAt(at) != '"') {
      while (text.charAt(at) != separator && "\r\n\"".indexOf(text.charAt(at)) < 0) {
        cell.append(text.charAt(at++));
      }
      return at;
    }
    at++;
    while (text.charAt(at) != '"' || text.charAt(at + 1) == '"') {
      at += text.charAt(at) == '"' ? 1 : 0;
      cell.append(text.charAt(at++));
    }
    at++;
    if (text.charAt(at) != separator && text.charAt(at) != '\r') {
      throw new IOException("text after a closing quote at character " + at);
    }
    return at;
  }
}
