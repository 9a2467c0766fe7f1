package io.syncanalyzer.cli;

import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.run.clean.CleanRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Asks a person at the process's own terminal. */
final class TerminalAsking implements CleanRequest.Asking {
  private final PrintStream out;

  private TerminalAsking(PrintStream out) {
    this.out = out;
  }

  /** One who can be asked, where a person sits there. */
  static Optional<CleanRequest.Asking> where(CliContext context) {
    boolean own = System.out.equals(context.out());
    return own && Console.Setting.ofProcess(true).terminal()
        ? Optional.of(new TerminalAsking(context.out()))
        : Optional.empty();
  }

  /** Reads on a thread of its own, as only so Ctrl-C ends the wait. */
  @Override
  public boolean isYes(String question) throws InterruptedException {
    out.print(question);
    out.flush();
    BlockingQueue<String> answer = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> answer.add(line()), "answer");
    reader.setDaemon(true);
    reader.start();
    String said = answer.take().strip().toLowerCase(Locale.ROOT);
    return said.equals("y") || said.equals("yes");
  }

  /** A line from standard input; empty at its end. */
  private static String line() {
    try {
      // Nothing else reads it, so that what is buffered beyond the line is missed by nobody.
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }
}
