package io.syncanalyzer.run.capacity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that never rest, on the one core that a server is bound to, so that it gets its share
 * of that core and no more. Needs {@code taskset} of util-linux.
 */
final class BusyNeighbours implements AutoCloseable {
  private static final String CORE = "1";

  private final List<Process> neighbours;

  private BusyNeighbours(List<Process> neighbours) {
    this.neighbours = neighbours;
  }

  /** Binds that process to a core, and starts so many beside it. */
  static BusyNeighbours on(long pid, int count) throws IOException, InterruptedException {
    int bound =
        new ProcessBuilder("taskset", "-a", "-c", "-p", CORE, Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (bound != 0) {
      throw new AssertionError("taskset ended with " + bound);
    }
    List<Process> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(
          new ProcessBuilder("taskset", "-c", CORE, "sh", "-c", "while :; do :; done").start());
    }
    return new BusyNeighbours(started);
  }

  /** How many of them are still at it. */
  long count() {
    return neighbours.stream().filter(Process::isAlive).count();
  }

  @Override
  public void close() {
    neighbours.forEach(Process::destroyForcibly);
  }
}
