package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;

/**
 * Where the nodes are that a cluster tells of.
 *
 * @param asked the node that tells of them
 * @param map where announced addresses are reached
 */
record NodeAddresses(Endpoint asked, NodeMap map) {
  /** What a node with no host name is called where host names are announced. */
  private static final String NO_NAME = "?";

  /** As a node announces itself. */
  String announced(String host, int port) {
    return asked.at(host, port).address();
  }

  /**
   * The host that a node announces.
   *
   * @param preferred what clients are to use; empty where that is the host they asked
   * @param ip its address; empty where it is not told
   */
  String host(String preferred, String ip) {
    if (!preferred.isEmpty() && !preferred.equals(NO_NAME)) {
      return preferred;
    }
    return preferred.equals(NO_NAME) && !ip.isEmpty() ? ip : asked.host();
  }

  /** The node at an announced address, with all else as the one that was asked. */
  Endpoint endpoint(String announced) {
    return at(asked, map.of(announced));
  }

  /** An endpoint as seen at {@code host:port}, an IPv6 address in brackets. */
  static Endpoint at(Endpoint like, String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return like.at(host, Integer.parseInt(address.substring(colon + 1)));
  }
}
