package io.syncanalyzer.report.files;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.result.RunReport;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A word that is the same of runs that were asked the same, so that a history is of one thing: the
 * command and what decides what it measures, in whichever words. What decides only for how long is
 * waited, which limits are held, where results go and how they are written is not in it.
 *
 * <p>It names what is in it, rather than what is not: an option that a later version has does not
 * end every history.
 */
final class AskedKey {
  private static final Set<String> COUNTS =
      Set.of(
          "source",
          "replica",
          "embedded",
          "shards",
          "source-topology",
          "replica-topology",
          "replica-role",
          "db",
          "match",
          "exclude",
          "types",
          "duration",
          "warmup",
          "sentinel-rate",
          "observer",
          "probe-budget",
          "ramp",
          "memtier-profile",
          "rate",
          "server-cpu",
          "scan-on",
          "ttl-tolerance",
          "settle-rounds",
          "max-mismatches",
          "at-least",
          "sample",
          "fence",
          "initial-verify",
          "settle-delay",
          "pause-writes",
          "scenarios",
          "wait-replicas",
          "from",
          "to",
          "precision",
          "trial",
          "trials",
          "recover-within");

  /** Named in whichever order, they are the same. */
  private static final Set<String> LISTS = Set.of("types", "load-types");

  private static final Set<String> URIS = Set.of("source", "replica");

  private static final String CAPACITY = "capacity";

  private static final int LETTERS = 12;

  private AskedKey() {}

  /** Twelve letters, so that no spreadsheet takes it for a number. */
  static String of(RunReport run) {
    Map<String, String> asked = new TreeMap<>();
    run.asked()
        .forEach(
            (name, value) -> {
              if (counts(run, name)) {
                asked.put(name, meant(name, value));
              }
            });
    String words = run.command() + asked + RunReport.toMemtier(run.argv());
    Bytes digest = Blob.of(Bytes.utf8(words)).digest();
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LETTERS; i++) {
      letters.append((char) ('a' + (digest.at(i) & 15)));
    }
    return letters.toString();
  }

  /** What is asked for, in whichever words. */
  private static String meant(String name, String value) {
    String text = value;
    if (URIS.contains(name)) {
      // A password may be in the URI, or in the environment.
      text = text.replace("://:***@", "://").replace(":***@", "@");
    }
    return LISTS.contains(name)
        ? Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .distinct()
            .sorted()
            .toList()
            .toString()
        : text;
  }

  private static boolean counts(RunReport run, String name) {
    return COUNTS.contains(name)
        || name.startsWith("load-")
        // What a search for capacity searches within.
        || (run.command().equals(CAPACITY) && name.startsWith("max-lag"));
  }
}
