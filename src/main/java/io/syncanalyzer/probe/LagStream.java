package io.syncanalyzer.probe;

import io.syncanalyzer.sentinel.SentinelType;
import java.util.ArrayList;
import java.util.List;

/**
 * The sentinels of a type and a pair: a turn of the schedule each, so that the rates of all add up
 * to the one that was asked for, and no two fire at once.
 *
 * @param pair its index among the settings' pairs
 * @param type what its sentinels are
 */
public record LagStream(int pair, SentinelType type) {
  /**
   * More would be threads for their own sake: with more pairs than this holds of every type, each
   * pair has some of the types only, and all of them together every type.
   */
  static final int MOST = 192;

  /** In the order of their turns: one of each pair, then the next type. */
  static List<LagStream> of(int pairs, List<SentinelType> types) {
    int each = pairs == 1 ? types.size() : Math.max(1, Math.min(types.size(), MOST / pairs));
    List<LagStream> streams = new ArrayList<>();
    for (int turn = 0; turn < each; turn++) {
      for (int pair = 0; pair < pairs; pair++) {
        streams.add(new LagStream(pair, types.get((pair * each + turn) % types.size())));
      }
    }
    return List.copyOf(streams);
  }
}
