package io.syncanalyzer.report;

/** Placeholder. */
final class Page {
  private Page() {}

  static void write(RunFolder folder, RunReport run) {}
}
