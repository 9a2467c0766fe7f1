package io.syncanalyzer.probe.timeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one server process's slow log and latency monitor were seen to hold, so that only what came
 * since is told. It outlives the connections to that process: what held one of them up until it was
 * given up shows on the next. What another process holds when first asked is old. For one thread.
 */
final class SeenBefore {
  private Optional<String> process = Optional.empty();
  private boolean firstSlow = true;
  private long newestSlow = -1;
  private boolean firstEvents = true;
  private boolean anyEvent;
  private final Map<String, Event> events = new HashMap<>();

  private record Event(long atSeconds, long millis) {}

  /**
   * Whose answers follow.
   *
   * @param runId empty where the server hides it: then it is taken for the same one
   */
  void of(Optional<String> runId) {
    if (!process.equals(runId)) {
      process = runId;
      firstSlow = true;
      newestSlow = -1;
      firstEvents = true;
      anyEvent = false;
      events.clear();
    }
  }

  /**
   * Takes note of the newest entry of the slow log.
   *
   * @param id −1 = the log is empty
   * @return the entry after which all are new
   */
  long slow(long id) {
    // A restarted server counts from 0 again; one whose log was emptied goes on.
    long before = id >= 0 && id < newestSlow ? -1 : newestSlow;
    newestSlow = id >= 0 ? id : newestSlow;
    boolean first = firstSlow;
    firstSlow = false;
    return first ? id : before;
  }

  /** Whether the slow log ever held anything. */
  boolean anySlow() {
    return newestSlow >= 0;
  }

  /**
   * Takes note of the latest event of a kind, and says whether it is new. The monitor keeps the
   * longest of a second: a longer one in the same second is another.
   */
  boolean isNew(String kind, long atSeconds, long millis) {
    Event before = events.put(kind, new Event(atSeconds, millis));
    anyEvent = true;
    return !firstEvents
        && (before == null
            || atSeconds > before.atSeconds()
            || (atSeconds == before.atSeconds() && millis > before.millis()));
  }

  /** All kinds were noted once. */
  void eventsAreNoted() {
    firstEvents = false;
  }

  /** Whether the latency monitor ever held anything. */
  boolean anyEvent() {
    return anyEvent;
  }
}
