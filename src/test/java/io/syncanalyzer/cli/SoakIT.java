package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many runs in one JVM leave behind no file, no thread and no memory. */
class SoakIT {
  private static final long MOST_GROWTH_BYTES = 2 * 1024 * 1024;

  @TempDir Path folder;
  private int runs;

  /**
   * What one JVM holds.
   *
   * @param files what each open file descriptor of ours refers to, sockets and pipes without their
   *     numbers
   */
  private record Held(List<String> files, long threads, long heapBytes) {
    /** The JVM looks there by itself, at any time and for a moment, how much memory it may take. */
    private static final String JVMS_OWN = "/sys/fs/cgroup/";

    /** Each is opened once, whenever something in it is first looked for. */
    private static final Set<String> CLASS_PATH =
        Set.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));

    static Held now() throws IOException {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      return new Held(
          openFiles(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static List<String> openFiles() throws IOException {
      List<String> targets = new ArrayList<>();
      try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
        for (Path descriptor : descriptors.toList()) {
          try {
            targets.add(Files.readSymbolicLink(descriptor).toString());
          } catch (NoSuchFileException closed) {
            // It was open when the list was made, such as the list itself, and is no more.
          }
        }
      }
      return targets.stream()
          .filter(target -> !target.startsWith(JVMS_OWN))
          .filter(target -> !CLASS_PATH.contains(target))
          .map(target -> target.replaceFirst("^(socket|pipe):.*", "$1"))
          .sorted()
          .toList();
    }

    /** The files that this holds beyond those of the other. */
    List<String> filesBeyond(Held other) {
      List<String> more = new ArrayList<>(files);
      other.files.forEach(more::remove);
      return more;
    }
  }

  @Test
  void fifteenVerificationsAndThreeProbesLeaveNothingBehind() throws Exception {
    soak(5, 1, 15, 3);
  }

  @Tag("long")
  @Test
  void threeHundredVerificationsAndThirtyProbesLeaveNothingBehind() throws Exception {
    soak(20, 3, 300, 30);
  }

  private void soak(int warmVerifies, int warmProbes, int verifies, int probes) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      try (RedisConnection source = RedisConnection.open(pair.source());
          RedisConnection replica = RedisConnection.open(pair.replica())) {
        for (int i = 0; i < 2000; i++) {
          source.expect("HSET", "hash:" + i, "f", "v" + i);
        }
        source.expect("WAIT", "1", "10000");
        replica.expect("CONFIG", "SET", "replica-read-only", "no");
        replica.expect("DEL", "hash:7");
        replica.expect("SET", "extra", "v");
      }
      // What is loaded and cached once is not what is looked for.
      repeat(pair, warmVerifies, warmProbes);
      Held before = Held.now();
      repeat(pair, verifies, probes);
      Held after = Held.now();
      assertThat(after.filesBeyond(before)).describedAs("opened and not closed").isEmpty();
      assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
      assertThat(after.heapBytes() - before.heapBytes())
          .describedAs("from %s to %s", before, after)
          .isLessThan(MOST_GROWTH_BYTES);
    }
  }

  private void repeat(EmbeddedPair pair, int verifies, int probes) {
    for (int i = 0; i < verifies; i++) {
      assertThat(run(pair, "verify")).isEqualTo(1);
    }
    for (int i = 0; i < probes; i++) {
      assertThat(run(pair, "probe", "--duration", "1s", "--warmup", "0s")).isZero();
    }
  }

  private int run(EmbeddedPair pair, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--source", "redis://" + pair.source().address()));
    all.addAll(List.of("--replica", "redis://" + pair.replica().address()));
    all.addAll(List.of("--results", folder.toString(), "--run-id", "r" + ++runs, "--quiet"));
    return AnalyzerCli.run(all, System.out, System.err, Map.of());
  }
}
