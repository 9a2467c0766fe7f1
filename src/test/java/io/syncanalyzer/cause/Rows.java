package io.syncanalyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.Signs;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Seconds, what servers told in them, and who measured, for tests of episodes. */
final class Rows {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;
  static final Circumstances NEAR = new Circumstances(50_000, 50_000, 0, false, false, Map.of());

  private Rows() {}

  /** In the place of a lag: nothing was seen in that second. */
  static final int NOTHING = -1;

  /** A second for each of these largest lags, in milliseconds, {@link #NOTHING} among them. */
  static List<LagSecond> largest(int... millis) {
    List<LagSecond> rows = new ArrayList<>();
    for (int lag : millis) {
      rows.add(LagRows.second(rows.size(), lag == NOTHING ? null : lag * MILLI));
    }
    return rows;
  }

  /** Signs of which only these are told, by the names of the record's components. */
  static Signs signs(Map<String, Object> told) {
    RecordComponent[] parts = Signs.class.getRecordComponents();
    Object[] values = Stream.of(parts).map(part -> told.get(part.getName())).toArray();
    Class<?>[] types = Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    assertThat(parts).extracting(RecordComponent::getName).containsAll(told.keySet());
    try {
      return Signs.class.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Signs has another constructor", e);
    }
  }

  static Span spike(List<LagSecond> rows) {
    return EpisodeFinder.find(rows, new Band(20 * MILLI, 20 * MILLI, ""), 1).spans().get(0);
  }

  static Explanation explained(List<LagSecond> rows, Circumstances around) {
    return Explanation.of(spike(rows), rows, around);
  }
}
