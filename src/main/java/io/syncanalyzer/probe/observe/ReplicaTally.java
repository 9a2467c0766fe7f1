package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.write.Count;

/**
 * What one observer has counted. Written by the observer; any thread may read a number, which is
 * then recent, and exact once the observer has ended. All but the polls, the losses, {@code
 * outstanding} and {@code awaited} are of measured sentinels.
 */
public final class ReplicaTally {
  public final Count observed = new Count();
  public final Count censored = new Count();
  public final Count unknownSeen = new Count();
  public final Count outOfOrder = new Count();

  /** Of the observed, those that came while the probe's own connection was lost. */
  public final Count seenAfterOutage = new Count();

  /** Of the censored, those given up in a silence that was not known to be the replica's. */
  public final Count givenUpUnwatched = new Count();

  /** Questions that the replica would not answer to the probe, whatever it had. */
  public final Count refusals = new Count();

  /** Connections lost, for whatever reason. */
  public final Count losses = new Count();

  /** Losses that were the connection's alone: the replica was there all the time. */
  public final Count outages = new Count();

  public final Count outageNanos = new Count();

  /** Losses in which the replica itself was gone, or gave no answer. */
  public final Count replicaOutages = new Count();

  public final Count replicaOutageNanos = new Count();
  public final Count polls = new Count();
  public final Count pollCommands = new Count();

  public final Count longestGapNanos = new Count();
  public final Count longestStalenessNanos = new Count();

  /**
   * Rounds of the loop, so that a reader can tell a number of now from one of before: each tells
   * what it took over.
   */
  public final Count cycles = new Count();

  /** Sentinels sent and not settled, the warm-up's too. */
  final Count outstanding = new Count();

  /** The measured ones among them. */
  final Count outstandingMeasured = new Count();

  /** Those among them that an end must wait for. */
  public final Count awaited = new Count();

  /** When the last one was seen; 0 = none yet. */
  public final Count lastSeenNanos = new Count();

  /** When the write of the oldest one outstanding was acknowledged; 0 = none is outstanding. */
  final Count oldestAckNanos = new Count();

  /** When that one was last asked for in vain. */
  final Count oldestMissedNanos = new Count();
}
