package io.syncanalyzer.verify.pass;

import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.resume.Checkpoint;
import io.syncanalyzer.verify.server.BothCounts;
import java.util.List;

/**
 * An attempt that is about to compare the source's keys.
 *
 * @param attempt what it holds
 * @param settling settles its suspects, on the attempt's own thread
 * @param known what it knows of each database, for that thread too
 * @param begin how both servers stood before any key was looked at
 * @param wanted the databases that it compares
 */
record Member(
    Attempt attempt,
    SuspectRounds settling,
    DatabasesSoFar known,
    BothCounts begin,
    List<Integer> wanted) {
  Member {
    wanted = List.copyOf(wanted);
  }

  /** Where SCAN begins in each database: members for whom that is the same can go together. */
  Object beginning() {
    return attempt
        .resumed()
        .map(
            checkpoint ->
                List.of(
                    checkpoint.at() == null
                        ? ""
                        : checkpoint.at().known().database() + " " + checkpoint.at().cursor(),
                    checkpoint.done().stream().map(Checkpoint.Known::database).sorted().toList()))
        .orElse(List.of());
  }
}
