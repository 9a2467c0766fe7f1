package io.syncanalyzer.report.screen;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a width. */
public final class Wrap {
  private Wrap() {}

  /** Breaks at spaces where it can, within words where it must; runs of spaces stay in a line. */
  public static List<String> at(String text, int width) {
    List<String> lines = new ArrayList<>();
    String left = text.replaceAll("\\p{Cntrl}+", " ");
    while (left.length() > width) {
      int space = left.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(left.substring(0, end).stripTrailing());
      left = left.substring(end).stripLeading();
    }
    lines.add(left);
    return lines;
  }
}
