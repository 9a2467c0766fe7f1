package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.Watch;
import io.syncanalyzer.verify.value.KeyReader;
import io.syncanalyzer.verify.value.LargeLook;
import java.util.List;
import java.util.Optional;

/**
 * A connection to either side and what looks at keys through them, for settling. Not safe for use
 * by several threads.
 */
public final class BothSides implements AutoCloseable {
  private final Connections connections;
  private final RawConnection source;
  private final RawConnection replica;
  private final KeyReader sourceReader;
  private final KeyReader replicaReader;
  private final LargeLook large;
  private Optional<Watch> watch = Optional.empty();

  /** Opens both among others that are closed together. */
  public BothSides(
      Connections connections,
      Endpoint source,
      Endpoint replica,
      Abilities abilities,
      long toleranceMillis,
      NanoClock clock) {
    this.connections = connections;
    this.source = connections.open(source);
    try {
      this.replica = connections.open(replica);
    } catch (RuntimeException e) {
      connections.drop(this.source); // Nobody else would: this is not made.
      throw e;
    }
    this.sourceReader = new KeyReader(this.source, abilities, clock);
    this.replicaReader = new KeyReader(this.replica, abilities, clock, abilities.clocks());
    this.large = new LargeLook(this.source, this.replica, abilities, toleranceMillis);
  }

  /** Goes to a database on both. */
  void select(int database) {
    source.select(database);
    replica.select(database);
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

  /**
   * Begins to watch keys of the source: see {@link Watch#begin}. Who else is to be asked before it
   * ends is made sure of first, as a watch may not outlive a long wait for another connection.
   */
  boolean watch(List<Bytes> keys, CountedFence fence) {
    fence.keepAwake();
    replica.keepAwake();
    watch = Watch.begin(source, keys);
    return watch.isPresent();
  }

  /** To be called now and then while a watch goes on and the source is asked nothing. */
  void keepAwake() {
    source.keepAwake();
  }

  /** Ends the watch; whether it is certain that no watched key was touched since it began. */
  boolean sourceStoodStill() {
    return watch.orElseThrow().stoodStill();
  }

  @Override
  public void close() {
    connections.drop(source);
    connections.drop(replica);
  }
}
