package io.syncanalyzer.bench;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Runs a program on a pair of servers that is there for it alone, filled by {@link KeyspaceMix}:
 * how {@code bin/analyzer} gets a verification to make its class archive of, without a server of
 * anybody's.
 */
public final class OnPair {
  private static final String USAGE =
      "give the number of strings, of each other type, a string's bytes, and a program with its"
          + " arguments, in which {source} and {replica} are the servers' URIs";

  private OnPair() {}

  /**
   * From the shell.
   *
   * @throws IllegalStateException if the program ended with another status than 0
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length < 4) {
      throw new IllegalStateException(USAGE);
    }
    int status;
    try (Scratch scratch = Scratch.open();
        EmbeddedPair pair = EmbeddedPair.start(scratch.redisServer())) {
      KeyspaceMix.write(
          pair.source(),
          Integer.parseInt(arguments[0]),
          Integer.parseInt(arguments[1]),
          Integer.parseInt(arguments[2]),
          42);
      try (Fence fence =
          Fences.choose(
              FenceMode.OFFSET, pair.source(), pair.replica(), "bench", NanoClock.SYSTEM)) {
        fence.pass(Duration.ofMinutes(1));
      }
      status = run(List.of(arguments).subList(3, arguments.length), pair);
    }
    if (status != 0) {
      throw new IllegalStateException("the program ended with " + status);
    }
  }

  private static int run(List<String> program, EmbeddedPair pair)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.stream()
                    .map(
                        word ->
                            word.replace("{source}", pair.source().named())
                                .replace("{replica}", pair.replica().display()))
                    .toList())
            .inheritIO()
            .start();
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }
}
