package io.syncanalyzer.result.verify;

import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known not to have been looked at, though it was asked for. Nothing of it counts as equal.
 *
 * @param appeared keys that came while the comparison ran, and were there when it ended
 * @param moves calls (RENAME, COPY and such) that made keys of others while all was looked at for
 *     the last time
 * @param unselectable keys in databases that one side lets nobody select
 * @param functions libraries of functions that a side does not show
 * @param otherDatabases keys in other databases of a cluster (Valkey 9) than the one compared,
 *     where none was named
 */
public record NotLookedAt(
    long appeared, long moves, long unselectable, long functions, long otherDatabases) {
  /** All was looked at. */
  public static final NotLookedAt NOTHING = new NotLookedAt(0, 0, 0, 0, 0);

  public NotLookedAt {
    if (appeared < 0 || moves < 0 || unselectable < 0 || functions < 0 || otherDatabases < 0) {
      throw new IllegalArgumentException("less than none was not looked at");
    }
  }

  /** A sentence for each kind of which there is any. */
  public List<String> reasons() {
    List<String> all = new ArrayList<>();
    if (appeared > 0) {
      all.add(
          Numbers.count(appeared, "key")
              + " that came while it was compared "
              + (appeared == 1 ? "was" : "were")
              + " not looked at");
    }
    if (moves > 0) {
      all.add(
          "what "
              + Numbers.count(moves, "call")
              + " (RENAME, MOVE, COPY, ...STORE, LMOVE and such) moved to names that had been"
              + " looked at was not looked at; verify again when they rest");
    }
    if (unselectable > 0) {
      all.add(
          Numbers.count(unselectable, "key")
              + " in databases that one side does not let us select "
              + (unselectable == 1 ? "was" : "were")
              + " not looked at");
    }
    if (functions > 0) {
      all.add(
          Numbers.libraries(functions)
              + " "
              + (functions == 1 ? "was" : "were")
              + " not looked at");
    }
    if (otherDatabases > 0) {
      all.add(
          Numbers.count(otherDatabases, "key")
              + " in other databases of a cluster than 0 "
              + (otherDatabases == 1 ? "was" : "were")
              + " not looked at; compare each by --db N");
    }
    return all;
  }
}
