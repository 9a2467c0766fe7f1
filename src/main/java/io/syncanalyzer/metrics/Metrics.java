package io.syncanalyzer.metrics;

import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.verify.VerifyReport;

/** Told by a run how far it is. Any thread may tell. */
public interface Metrics {
  /** Nobody listens. */
  Metrics NONE = new Unheard();

  /** Whether anybody does: what is told is not worth making where nobody is there. */
  boolean isServed();

  /** A run begins; what was told of an earlier one is forgotten. */
  void begins();

  /** A part of the run begins; of parts of the same name there is one. */
  void phase(String name);

  /**
   * A second of the measured lag has ended; told for each replica of each shard.
   *
   * @param byShard whether there are several shards to tell apart
   */
  void second(FullSecond second, boolean byShard);

  /**
   * What became of all sentinels of the measured phase, once that is known for good; told for each
   * replica of each shard. A row that stands for several shards is left out: it is theirs already.
   *
   * @param replica its address, as in its seconds
   */
  void accounted(String replica, LagAccounting row);

  /** A comparison begins; what was told of an earlier one is forgotten. */
  void compares();

  /** How far the comparison has come. */
  void compared(KeysSoFar soFar);

  /** What the comparison came to. */
  void verified(VerifyReport report);

  /**
   * The run has come to its end.
   *
   * @param status the exit status of this run
   * @param complete whether every part of it ran to its end
   */
  void ended(int status, boolean complete);
}
