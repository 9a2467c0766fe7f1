package io.syncanalyzer.probe;

/**
 * What one observer has counted. Written by the observer; any thread may read a number, which is
 * then recent, and exact once the observer has ended. All but {@code pollCommands}, the losses,
 * {@code outstanding} and {@code awaited} are of measured sentinels.
 */
final class ReplicaTally {
  final Count observed = new Count();
  final Count censored = new Count();
  final Count unknownSeen = new Count();
  final Count outOfOrder = new Count();

  /** Of the observed, those that came while the probe's own connection was lost. */
  final Count seenAfterOutage = new Count();

  /** Of the censored, those given up in a silence that was not known to be the replica's. */
  final Count givenUpUnwatched = new Count();

  /** Questions that the replica would not answer to the probe, whatever it had. */
  final Count refusals = new Count();

  /** Connections lost, for whatever reason. */
  final Count losses = new Count();

  /** Losses that were the connection's alone: the replica was there all the time. */
  final Count outages = new Count();

  final Count outageNanos = new Count();

  /** Losses in which the replica itself was gone, or gave no answer. */
  final Count replicaOutages = new Count();

  final Count replicaOutageNanos = new Count();
  final Count pollCommands = new Count();
  final Count longestGapNanos = new Count();
  final Count longestStalenessNanos = new Count();

  /** Rounds of the loop, so that a reader can tell a number of now from one of before. */
  final Count cycles = new Count();

  /** Sentinels sent and not settled, the warm-up's too. */
  final Count outstanding = new Count();

  /** The measured ones among them. */
  final Count outstandingMeasured = new Count();

  /** Those among them that an end must wait for. */
  final Count awaited = new Count();

  /** When the last one was seen; 0 = none yet. */
  final Count lastSeenNanos = new Count();

  /** When the write of the oldest one outstanding was acknowledged; 0 = none is outstanding. */
  final Count oldestAckNanos = new Count();

  /** When that one was last asked for in vain. */
  final Count oldestMissedNanos = new Count();
}
