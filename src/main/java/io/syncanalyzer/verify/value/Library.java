package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Bytes;

/**
 * A library of functions on one side.
 *
 * @param engine such as {@code LUA}
 * @param functions how many it has
 * @param code as it was loaded
 */
public record Library(String engine, long functions, Bytes code) {
  /** What its rows in the files are called by, in the place of a key's type. */
  public static final String TYPE = "function";
}
