package io.syncanalyzer.report;

public final class JUnitXml {
  private JUnitXml() {}

  public static void write(java.nio.file.Path file, RunReport run) {}
}
