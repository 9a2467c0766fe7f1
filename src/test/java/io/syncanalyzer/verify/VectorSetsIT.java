package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Vector sets on each server that has them (Redis 8), replicated command by command and by a full
 * resynchronisation. On the others there is nothing to compare.
 */
public class VectorSetsIT {
  private static final int SMALL = 20;
  private static final int LARGE = 3000;
  private static final int DIMENSIONS = 8;

  @TempDir private Path folder;

  static List<ServerBinary> servers() {
    return TestServers.all().toList();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void replicatedOnesAreEqualAndEachSingleChangeIsFound(ServerBinary server) {
    try (VerifiedPair pair = new VerifiedPair(server, folder)) {
      if (!knowsVectorSets(pair.source())) {
        return;
      }
      Random random = new Random(7);
      List<String> keys = new ArrayList<>();
      for (int size : List.of(SMALL, LARGE)) {
        for (String kept : List.of("NOQUANT", "Q8", "BIN", "REDUCE")) {
          for (String change : List.of("element", "vector", "attribute", "extra", "none")) {
            String key = change + "-" + kept.toLowerCase(Locale.ROOT) + "-" + size;
            fill(pair.source(), key, kept, size, random);
            keys.add(key);
          }
        }
      }
      pair.sync();
      VerifySummary equal = verify(pair.request());
      assertThat(mismatches(equal)).isEmpty();
      assertThat(equal.keys(KeyVerdict.EQUAL)).isEqualTo(keys.size());

      resynchronise(pair);
      assertThat(mismatches(verify(pair.request()))).isEmpty();

      Map<String, String> wanted = new TreeMap<>();
      for (String key : keys) {
        String field = change(pair.replica(), key);
        if (field != null) {
          wanted.put(key, KeyVerdict.VALUE_DIFFERS + " " + field);
        }
      }
      Map<String, String> found = new TreeMap<>();
      mismatches(verify(pair.request()))
          .forEach(m -> found.put(m.key().asUtf8(), m.verdict() + " " + m.field()));
      assertThat(found).isEqualTo(wanted);
    }
  }

  private static boolean knowsVectorSets(RedisConnection server) {
    return server.expect("COMMAND", "INFO", "VADD") instanceof Reply.Items items
        && items.list().get(0) instanceof Reply.Items known
        && !known.list().isEmpty();
  }

  private static void fill(
      RedisConnection source, String key, String kept, int size, Random random) {
    for (int i = 0; i < size; i++) {
      List<String> values = new ArrayList<>();
      for (int d = 0; d < DIMENSIONS; d++) {
        values.add(Double.toString(random.nextDouble() - 0.5));
      }
      add(source, key, kept, values, "e" + i);
    }
    source.expect("VREM", key, "e5");
    source.expect("VSETATTR", key, "e4", "{\"year\":1984}");
  }

  private static void add(
      RedisConnection side, String key, String kept, List<String> values, String element) {
    List<String> command = new ArrayList<>(List.of(key));
    if (kept.equals("REDUCE")) {
      command.addAll(List.of("REDUCE", "4"));
    }
    command.addAll(List.of("VALUES", Integer.toString(DIMENSIONS)));
    command.addAll(values);
    command.add(element);
    if (!kept.equals("REDUCE")) {
      command.add(kept);
    }
    side.expect("VADD", command.toArray(String[]::new));
  }

  /** So that the replica has everything from a file, not by command. */
  private static void resynchronise(VerifiedPair pair) {
    Endpoint source = pair.servers().source();
    pair.replica().expect("REPLICAOF", "NO", "ONE");
    pair.replica().expect("FLUSHALL");
    pair.replica().expect("REPLICAOF", source.host(), Integer.toString(source.port()));
    assertThat(pair.source().expect("WAIT", "1", "20000")).isEqualTo(new Reply.Int(1));
    pair.sync();
  }

  /** Changes a set in one place, and says which element that is; null where it does not. */
  private static @Nullable String change(RedisConnection replica, String key) {
    String[] words = key.split("-", -1);
    List<String> other = List.of("1", "-1", "1", "-1", "1", "-1", "1", "-1");
    switch (words[0]) {
      case "element" -> {
        replica.expect("VREM", key, "e9");
        return "e9";
      }
      case "vector" -> {
        add(replica, key, words[1].toUpperCase(Locale.ROOT), other, "e9");
        return "e9";
      }
      case "extra" -> {
        add(replica, key, words[1].toUpperCase(Locale.ROOT), other, "x9");
        return "x9";
      }
      case "attribute" -> {
        replica.expect("VSETATTR", key, "e4", "{\"year\":1985}");
        return "e4";
      }
      default -> {
        return null;
      }
    }
  }
}
