package io.syncanalyzer.insert.load;

import io.syncanalyzer.result.load.LoadRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a load in their order: the one that it is, those that lanes are still at, and the
 * rows of those that are done. For whoever holds the {@link LoadRecorder}'s lock, except {@link
 * #current}.
 */
final class LoadSteps {
  /** Of how many steps it is still known when they were: more than fit into a second. */
  private static final int MARKS = 64;

  private final Map<Integer, LoadStep> open = new TreeMap<>();
  private final Map<Integer, List<LoadRow>> rows = new TreeMap<>();
  private final Map<Integer, JmhLoadSummary.Pace> paces = new TreeMap<>();
  private final Deque<LoadStep> latest = new ArrayDeque<>();
  private volatile LoadStep current;
  private int begun;

  LoadSteps(LoadStep first) {
    this.current = first;
    add(first);
  }

  private void add(LoadStep step) {
    open.put(begun++, step);
    latest.addFirst(step);
    if (latest.size() > MARKS) {
      latest.removeLast();
    }
  }

  /** Any thread may ask. */
  LoadStep current() {
    return current;
  }

  /** Another step begins where the one that it is ends. */
  void begin(LoadStep next) {
    current.end(next.began());
    add(next);
    current = next;
    fold();
  }

  /** Makes rows of those of which nothing can come any more. */
  void fold() {
    for (Iterator<Map.Entry<Integer, LoadStep>> it = open.entrySet().iterator(); it.hasNext(); ) {
      Map.Entry<Integer, LoadStep> entry = it.next();
      LoadStep step = entry.getValue();
      JmhLoadSummary.Pace pace = step.isDone() ? step.pace() : null;
      if (pace != null) {
        rows.put(entry.getKey(), step.rows(pace.nanos()));
        paces.put(entry.getKey(), pace);
      }
      if (step.isDone() && (step.schedule() != null || step != current)) {
        it.remove();
      }
    }
  }

  /** All rows, of a load without a pace those of its one step, which lasted so long. */
  List<LoadRow> rows(long unpacedNanos) {
    return rows.isEmpty()
        ? current.rows(unpacedNanos)
        : rows.values().stream().flatMap(List::stream).toList();
  }

  List<JmhLoadSummary.Pace> paces() {
    return new ArrayList<>(paces.values());
  }

  /** The number of the step at a time; null = of none. */
  @Nullable Integer at(long nanoTime) {
    for (LoadStep step : latest) {
      if (nanoTime - step.began() >= 0) {
        return step.number() > 0 && nanoTime - step.began() <= step.nanos(nanoTime)
            ? Integer.valueOf(step.number())
            : null;
      }
    }
    return null;
  }
}
