package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RawOutput;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to either side and what looks at keys through them, for settling. Not safe for use
 * by several threads.
 */
final class BothSides implements AutoCloseable {
  private final Connections connections;
  private final RawConnection source;
  private final RawConnection replica;
  private final KeyReader sourceReader;
  private final KeyReader replicaReader;
  private final LargeLook large;

  /** Opens both among others that are closed together. */
  BothSides(
      Connections connections,
      Endpoint source,
      Endpoint replica,
      Abilities abilities,
      long toleranceMillis,
      NanoClock clock) {
    this.connections = connections;
    this.source = connections.open(source);
    this.replica = connections.open(replica);
    this.sourceReader = new KeyReader(this.source, abilities, clock);
    this.replicaReader = new KeyReader(this.replica, abilities, clock);
    this.large = new LargeLook(this.source, this.replica, abilities, toleranceMillis);
  }

  RawConnection source() {
    return source;
  }

  RawConnection replica() {
    return replica;
  }

  KeyReader sourceReader() {
    return sourceReader;
  }

  KeyReader replicaReader() {
    return replicaReader;
  }

  LargeLook large() {
    return large;
  }

  /** Reads values from both sides where both have the key, as one type, and it is small. */
  void fetchWhereBothHaveIt(
      List<Bytes> keys, List<KeyState> mine, List<KeyState> others, int from, int to) {
    List<Bytes> wanted = new ArrayList<>();
    List<KeyState> wantedMine = new ArrayList<>();
    List<KeyState> wantedOthers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      KeyState state = mine.get(i);
      KeyState other = others.get(i);
      boolean sameType = state.type != null && state.type.equals(other.type);
      if (sameType && !state.isLarge() && !other.isLarge()) {
        wanted.add(keys.get(i));
        wantedMine.add(state);
        wantedOthers.add(other);
      }
    }
    sourceReader.fetch(wanted, wantedMine);
    replicaReader.fetch(wanted, wantedOthers);
  }

  /**
   * Begins to watch keys of the source; {@link #sourceStoodStill} ends it. False, and nothing is
   * watched, where one of the keys may not be.
   */
  boolean watch(List<Bytes> keys) {
    RawOutput out = source.out();
    out.begin(1 + keys.size());
    out.part("WATCH");
    keys.forEach(out::part);
    out.flush();
    if (source.in().reply() instanceof Reply.Failed failed) {
      if (failed.code().equals("NOPERM")) {
        return false;
      }
      throw source.refused("WATCH", failed);
    }
    return true;
  }

  /** Ends the watch; whether no watched key was touched since it began. */
  boolean sourceStoodStill() {
    source.out().command("MULTI");
    source.out().command("EXEC");
    source.out().flush();
    source.in().reply();
    return source.in().reply() instanceof Reply.Items;
  }

  @Override
  public void close() {
    connections.drop(source);
    connections.drop(replica);
  }
}
