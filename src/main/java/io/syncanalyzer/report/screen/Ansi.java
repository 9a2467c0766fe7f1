package io.syncanalyzer.report.screen;

/** Colours of a terminal. */
enum Ansi {
  RED(31),
  GREEN(32),
  YELLOW(33);

  private final int code;

  Ansi(int code) {
    this.code = code;
  }

  String paint(String text) {
    return "\u001b[1;" + code + "m" + text + "\u001b[0m";
  }
}
