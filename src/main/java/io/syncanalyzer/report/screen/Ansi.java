package io.syncanalyzer.report.screen;

/** Colours of a terminal. */
public enum Ansi {
  RED(31),
  GREEN(32),
  YELLOW(33);

  private final int code;

  Ansi(int code) {
    this.code = code;
  }

  /** The text in this colour. */
  public String paint(String text) {
    return "\u001b[1;" + code + "m" + text + "\u001b[0m";
  }
}
