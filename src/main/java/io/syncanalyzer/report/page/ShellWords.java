package io.syncanalyzer.report.page;

import java.util.List;
import java.util.stream.Collectors;

/** A command line as a POSIX shell takes it. */
final class ShellWords {
  private ShellWords() {}

  static String of(List<String> argv) {
    return argv.stream()
        .map(
            word ->
                word.matches("[A-Za-z0-9_./:=@%+,-]+")
                    ? word
                    : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
