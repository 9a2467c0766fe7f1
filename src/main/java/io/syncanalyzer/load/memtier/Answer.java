package io.syncanalyzer.load.memtier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program said when asked something short.
 *
 * @param status its exit status
 * @param text its output and errors, at most {@value #MOST_BYTES} bytes
 */
record Answer(int status, String text) {
  private static final int MOST_BYTES = 1 << 20;

  /**
   * Runs a command to its end.
   *
   * @throws LoadFailure with one line if it cannot be started or does not end in time
   * @throws InterruptedException if interrupted; the program is ended
   */
  static Answer of(List<String> command, Duration timeout) throws InterruptedException {
    Process process = start(command);
    try {
      byte[][] read = {new byte[0]};
      Thread reader =
          new Thread(() -> read[0] = readSome(process.getInputStream()), "memtier-answer");
      reader.setDaemon(true);
      reader.start();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LoadFailure(
            command.get(0)
                + " did not answer within "
                + timeout.toSeconds()
                + " s; is it memtier_benchmark?");
      }
      reader.join(2000);
      return new Answer(process.exitValue(), new String(read[0], StandardCharsets.UTF_8));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
          .start();
    } catch (IOException e) {
      throw new LoadFailure(
          "cannot run " + command.get(0) + " (" + OneLine.of(e.getMessage()) + ")", e);
    }
  }

  private static byte[] readSome(InputStream in) {
    try {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException ended) {
      return new byte[0];
    }
  }

  /** Its first line that is not empty. */
  String firstLine() {
    return OneLine.of(
        text.lines().filter(line -> !line.isBlank()).findFirst().orElse("it said nothing"));
  }

  /** Its last line that is not empty, which mostly says what is wrong. */
  String lastLine() {
    return OneLine.of(
        text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("it said nothing"));
  }
}
