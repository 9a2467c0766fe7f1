package io.syncanalyzer.load.output;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One line that says why a load is not what was asked for. */
public final class Cause {
  private static final int SIGNAL_BASE = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(2, "SIGINT", 6, "SIGABRT", 9, "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  private static final Map<String, String> ADVICE =
      Map.of(
          "READONLY", "it is a read-only replica; point --source at its source",
          "NOAUTH", "give the password in ANALYZER_SOURCE_PASSWORD or the --source URI",
          "WRONGPASS", "check ANALYZER_SOURCE_USER/_PASSWORD or the --source URI",
          "NOPERM", "grant the user these commands on keys sa:load:* with ACL SETUSER",
          "OOM", "the source is at its maxmemory; raise it or load less",
          "MISCONF", "the source cannot save to its disk; look into its log",
          "NOREPLICAS", "the source has fewer good replicas than min-replicas-to-write",
          "WRONGTYPE",
              "keys sa:load:* that are not ours came there meanwhile; rename or remove them");

  /** What only a node of a cluster answers, and memtier counts as an operation that was done. */
  public static final Set<String> OF_CLUSTERS =
      Set.of("MOVED", "ASK", "TRYAGAIN", "CROSSSLOT", "CLUSTERDOWN");

  private Cause() {}

  /**
   * Why the load was none, where the source answered as a node of a cluster does: memtier's own
   * writes were turned away, whatever its exit status and its table say.
   *
   * @param errors the source's new error replies by first word
   */
  public static Optional<String> ofCluster(Map<String, Long> errors) {
    String turnedAway =
        errors.entrySet().stream()
            .filter(error -> OF_CLUSTERS.contains(error.getKey()))
            .map(error -> error.getValue() + " " + error.getKey())
            .collect(Collectors.joining(", "));
    return turnedAway.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the source is a node of a Redis Cluster and turned memtier_benchmark's commands away ("
                + turnedAway
                + "); let --source-topology be auto or cluster, and all its nodes are written to");
  }

  /** What the source refused; empty if it refused nothing. */
  public static Optional<String> ofReplies(StderrReading stderr) {
    if (!stderr.loginError().isEmpty()) {
      String code = stderr.loginError().split(" ", 2)[0];
      return Optional.of(
          "the source refused memtier_benchmark's login: "
              + stderr.loginError()
              + advice(code, "check ANALYZER_SOURCE_USER/_PASSWORD or the --source URI"));
    }
    Map<String, Long> replies = stderr.errorReplies();
    if (replies.isEmpty()) {
      return Optional.empty();
    }
    String kinds =
        replies.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    String most =
        replies.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return Optional.of(
        "the source answered with errors: "
            + kinds
            + " (`"
            + stderr.firstOf(most)
            + "`)"
            + advice(most, ""));
  }

  private static String advice(String code, String otherwise) {
    String advice = ADVICE.getOrDefault(code, otherwise);
    return advice.isEmpty() ? "" : "; " + advice;
  }

  /** Why a process ended with a status other than 0. */
  public static String ofEnd(int status, StderrReading stderr) {
    if (status > SIGNAL_BASE) {
      int signal = status - SIGNAL_BASE;
      return "memtier_benchmark was ended by "
          + SIGNALS.getOrDefault(signal, "signal " + signal)
          + (stderr.complaint().isEmpty() ? "" : " (" + stderr.complaint() + ")");
    }
    if (!stderr.complaint().isEmpty()) {
      return "memtier_benchmark refused its options: " + stderr.complaint();
    }
    if (!stderr.connectionError().isEmpty()) {
      return "memtier_benchmark could not stay connected: " + stderr.connectionError();
    }
    String last = stderr.lastLine();
    return "memtier_benchmark ended with status "
        + status
        + (last.isEmpty() ? "" : ", its last words `" + last + "`");
  }

  /** Why a process that ended by itself did not do its work; empty if it did. */
  public static Optional<String> ofResult(int status, StderrReading stderr, MemtierOutput output) {
    Optional<String> refused = ofReplies(stderr);
    if (refused.isPresent()) {
      return refused;
    }
    if (status != 0) {
      return Optional.of(ofEnd(status, stderr));
    }
    if (output.totals().isEmpty()) {
      return Optional.of(
          "memtier_benchmark ended with status 0 but left no results"
              + (stderr.lastLine().isEmpty()
                  ? ""
                  : ", its last words `" + stderr.lastLine() + "`"));
    }
    MemtierOutput.Part totals = output.totals().get();
    if (totals.count().orElse(totals.opsPerS() > 0 ? 1 : 0) == 0) {
      return Optional.of(
          "memtier_benchmark did no operation at all"
              + (stderr.connectionError().isEmpty() ? "" : ": " + stderr.connectionError()));
    }
    if (output.interrupted()) {
      return Optional.of("memtier_benchmark was interrupted from outside");
    }
    if (output.truncated()) {
      return Optional.of("memtier_benchmark's JSON ends before its time; what came before is kept");
    }
    return Optional.empty();
  }
}
