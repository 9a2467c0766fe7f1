package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.server.KeyCounts;
import io.syncanalyzer.verify.server.KeysAtEnd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays the numbers of keys side by side when all were looked at: they show what went behind the
 * scan. For one thread.
 */
final class NumbersAtEnd {
  private final Attempt attempt;
  private final SuspectRounds settling;
  private final DatabasesSoFar known;

  NumbersAtEnd(Attempt attempt, SuspectRounds settling, DatabasesSoFar known) {
    this.attempt = attempt;
    this.settling = settling;
    this.known = known;
  }

  /**
   * Says what the replica lost meanwhile, a line each; takes a note of what vanished on the source.
   *
   * @param wanted the databases that were compared
   * @param proved those of which counting has proved that nothing went
   */
  List<String> lost(List<Integer> wanted, Collection<Integer> proved) {
    List<String> lost = new ArrayList<>();
    List<Integer> left =
        wanted.stream()
            .filter(one -> !proved.contains(one) && known.keysAtBegin(one).isPresent())
            .toList();
    if (attempt.scope().leavesOut() || left.isEmpty()) {
      return lost;
    }
    Map<Integer, KeysAtEnd> numbers = attempt.run().retries().insist(() -> numbers(left));
    numbers.forEach(
        (database, of) -> {
          if (!known.wasDone(database)) {
            of.vanished(database).ifPresent(attempt.run().notes());
          }
          of.lost(database, settling.absentOn(Side.REPLICA, database)).ifPresent(lost::add);
        });
    return lost;
  }

  private Map<Integer, KeysAtEnd> numbers(List<Integer> some) {
    KeyCounts before = attempt.keys(attempt.source());
    attempt.pass();
    KeyCounts there = attempt.keys(attempt.replica());
    KeyCounts after = attempt.keys(attempt.source());
    Map<Integer, KeysAtEnd> found = new LinkedHashMap<>();
    for (int one : some) {
      if (before.keys(one).isPresent()
          && there.keys(one).isPresent()
          && after.keys(one).isPresent()) {
        found.put(
            one,
            new KeysAtEnd(
                known.keysAtBegin(one).orElse(0),
                before.keys(one).orElse(0),
                there.keys(one).orElse(0),
                after.keys(one).orElse(0),
                known.known(one).isEmpty() ? 0 : after.expiring(one)));
      }
    }
    return found;
  }
}
