package io.syncanalyzer.verify.scan;

import org.jspecify.annotations.Nullable;

/** The names of a side's keys, some at a time. Not safe for use by several threads. */
public interface Names {
  /**
   * Adds the next keys to the batch until some have been passed over or the batch is full; false
   * when there are no more, nothing added.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if a server refuses; a next call asks again
   */
  boolean next(KeyBatch batch);

  /** Where it could go on after all that {@link #next} has returned. */
  String cursor();

  /** How many keys of the side there were, of the slots asked for, the fence's own not counted. */
  long returned();

  /** How many keys the server has passed over, about. */
  long scanned();

  /** How many of those are out of scope, about: they are not to be looked at. */
  long leftOut();

  /**
   * Takes away keys that the other side alone has, as far as its names were listed beside.
   *
   * @param all whether the last few are taken too
   * @return null where there are none to take yet
   */
  default @Nullable KeyBatch others(boolean all) {
    return null;
  }

  /** Whether each name of both sides was listed, and just once. */
  default boolean hasListedBothOnce() {
    return false;
  }
}
