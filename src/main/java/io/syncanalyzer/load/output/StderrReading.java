package io.syncanalyzer.load.output;

import io.syncanalyzer.load.memtier.OneLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What memtier's stderr tells, line by line: progress (lines that end with a carriage return),
 * error replies, failed connections, and complaints.
 *
 * <p>Fed by one thread and read by another; every method locks.
 */
public final class StderrReading {
  private static final Pattern PROGRESS =
      Pattern.compile(
          "\\[RUN #(\\d+) \\d+%, +(\\d+) secs\\] +\\d+ threads(?: +\\d+ conns)?"
              + "(?: +(\\d+) conn errors)?: +(\\d+) ops, +(\\d+) \\(avg: +(\\d+)\\) ops/sec,"
              + " .*?, +(-?[0-9.nainf]+) \\(avg: +(-?[0-9.nainf]+)\\) msec latency.*");
  private static final Pattern ERROR_REPLY =
      Pattern.compile("handle error response: -?([A-Za-z_]{1,40})(.*)");
  private static final Pattern LOGIN =
      Pattern.compile("error: (?:authentication|HELLO) failed \\[-?(.*)\\]");
  private static final int TAIL = 12;
  private static final int MOST_KINDS = 50;
  private static final int MOST_SECONDS = 1_000_000;

  /**
   * A progress line.
   *
   * @param run which of memtier's own repetitions, from 1
   * @param secs whole seconds into that run
   * @param ops operations of that run so far
   * @param opsPerS in the last second
   * @param avgOpsPerS of that run so far
   * @param ms mean latency of the last second
   * @param avgMs mean latency of that run so far
   */
  public record Tick(
      int run, long secs, long ops, long opsPerS, long avgOpsPerS, double ms, double avgMs) {}

  private final Map<String, Long> errorReplies = new TreeMap<>();
  private final Map<String, String> firstOfKind = new TreeMap<>();
  private final Map<Integer, Long> opsByRun = new TreeMap<>();
  private final List<Tick> ticks = new ArrayList<>();
  private final Deque<String> tail = new ArrayDeque<>();
  private long failedConnections;
  private long reportedConnectionErrors;
  private String connectionError = "";
  private String loginError = "";
  private String complaint = "";

  /** Takes in a line without its end. */
  public synchronized void line(String line) {
    if (line.isBlank()) {
      return;
    }
    Matcher progress = PROGRESS.matcher(line);
    if (progress.matches()) {
      tick(progress);
      return;
    }
    Matcher reply = ERROR_REPLY.matcher(line);
    if (reply.find()) {
      String kind = reply.group(1);
      if (errorReplies.containsKey(kind) || errorReplies.size() < MOST_KINDS) {
        errorReplies.merge(kind, 1L, Long::sum);
        firstOfKind.putIfAbsent(kind, OneLine.of(kind + reply.group(2)));
      }
      return;
    }
    Matcher login = LOGIN.matcher(line);
    if (login.find()) {
      loginError = OneLine.of(login.group(1));
    } else if (line.contains("onnection error: ")) {
      failedConnections++;
      connectionError = OneLine.of(line.substring(line.indexOf("error: ") + 7));
    } else if (complaint.isEmpty()
        && (line.startsWith("error: ")
            || line.contains(": unrecognized option")
            || line.contains(": invalid option")
            || line.contains("requires an argument")
            || line.contains("resolve error")
            || line.contains("BUG REPORT"))) {
      complaint =
          OneLine.of(line.replaceFirst("^(?:\\S*/)?[^/: ]+: (?=unrecognized|invalid|option)", ""));
    }
    tail.addLast(OneLine.of(line));
    if (tail.size() > TAIL) {
      tail.removeFirst();
    }
  }

  private void tick(Matcher progress) {
    int run = Integer.parseInt(progress.group(1));
    if (progress.group(3) != null) {
      reportedConnectionErrors =
          Math.max(reportedConnectionErrors, Long.parseLong(progress.group(3)));
    }
    Tick tick =
        new Tick(
            run,
            Long.parseLong(progress.group(2)),
            Long.parseLong(progress.group(4)),
            Long.parseLong(progress.group(5)),
            Long.parseLong(progress.group(6)),
            MemtierNumber.of(progress.group(7)),
            MemtierNumber.of(progress.group(8)));
    opsByRun.merge(run, tick.ops(), Math::max);
    if (ticks.size() < MOST_SECONDS) {
      ticks.add(tick);
    }
  }

  /** Operations of all runs so far. */
  public synchronized long operations() {
    return opsByRun.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The operations of the last line, or empty where there was none. */
  synchronized OptionalLong lastOperations() {
    return opsByRun.isEmpty() ? OptionalLong.empty() : OptionalLong.of(operations());
  }

  /** Progress lines in order. */
  public synchronized List<Tick> ticks() {
    return List.copyOf(ticks);
  }

  /** Error replies by first word. */
  public synchronized Map<String, Long> errorReplies() {
    return Collections.unmodifiableMap(new TreeMap<>(errorReplies));
  }

  public synchronized long errorReplyCount() {
    return errorReplies.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The first reply of a kind in full, for a message. */
  synchronized String firstOf(String kind) {
    return firstOfKind.getOrDefault(kind, kind);
  }

  /** Connections that failed. */
  public synchronized long connectionErrors() {
    return Math.max(failedConnections, reportedConnectionErrors);
  }

  /** Why the last connection failed; empty = none did. */
  public synchronized String connectionError() {
    return connectionError;
  }

  /** What the source said to the login; empty = it did not refuse it. */
  public synchronized String loginError() {
    return loginError;
  }

  /** memtier's first complaint of its own; empty = none. */
  synchronized String complaint() {
    return complaint;
  }

  /** The last line that is no progress; empty = none. */
  public synchronized String lastLine() {
    return tail.isEmpty() ? "" : tail.getLast();
  }
}
