package io.syncanalyzer.redis.topology;

import java.util.Locale;
import java.util.stream.Stream;

/** Which nodes of a cluster stand in the replica's place. */
public enum ReplicaRole {
  /** The replicas where source and replica are one cluster, else the primaries. */
  AUTO,
  /** The primaries. */
  PRIMARY,
  /** The replicas. */
  REPLICA;

  /** The word users type. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * That of a word.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ReplicaRole of(String word) {
    return Stream.of(values())
        .filter(value -> value.label().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("not " + word + " but auto, primary or replica"));
  }
}
