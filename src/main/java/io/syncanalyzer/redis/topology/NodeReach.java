package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A node of a cluster that cannot be asked from here.
 *
 * @param node where it should be reached
 * @param announced where it says that it is
 * @param failure why it was not reached
 */
record NodeReach(Endpoint node, String announced, RedisFailure failure) {
  private static final int NAMED = 10;

  /** Whether nothing at that address took a connection of ours: it may be another one from here. */
  static boolean isUnreached(RedisFailure failure) {
    return switch (failure.kind()) {
      case UNKNOWN_HOST, REFUSED, CONNECT_TIMEOUT, DISCONNECTED -> true;
      default -> false;
    };
  }

  boolean isUnreached() {
    return isUnreached(failure);
  }

  /** One line for all of them, with what to do. */
  static String words(List<NodeReach> all) {
    return "no connection to "
        + (all.size() == 1 ? "a node" : all.size() + " nodes")
        + " of the "
        + all.get(0).node.side().label()
        + "'s cluster: "
        + all.stream().limit(NAMED).map(NodeReach::words).collect(Collectors.joining(", "))
        + (all.size() > NAMED ? ", …" : "")
        + "; start what is down, and where the addresses that it announces are not those from here"
        + " name for each the one that is: --node-map "
        + all.get(0).announced
        + "=HOST:PORT";
  }

  private String words() {
    String address = node.address();
    String why =
        switch (failure.kind()) {
          case UNKNOWN_HOST -> "no such host";
          case REFUSED -> "nothing listens there";
          case CONNECT_TIMEOUT -> "no answer";
          default -> "the connection was ended at once";
        };
    return address
        + " ("
        + (address.equals(announced) ? "" : "announced as " + announced + "; ")
        + why
        + ")";
  }
}
