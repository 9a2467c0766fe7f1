package io.syncanalyzer.redis.topology;

import java.util.Locale;
import java.util.stream.Stream;

/** What a side is taken for. */
public enum TopologyChoice {
  /** What the server says of itself. */
  AUTO,
  /** One server, whatever it belongs to: of a cluster's node its own slots alone. */
  SINGLE,
  /** A Redis Cluster; another server is refused. */
  CLUSTER;

  /** The word users type. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * That of a word.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TopologyChoice of(String word) {
    return Stream.of(values())
        .filter(value -> value.label().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("not " + word + " but auto, single or cluster"));
  }
}
