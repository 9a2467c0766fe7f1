package io.syncanalyzer.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where servers of ours may listen. That a port is free may have changed when a server comes to
 * bind it: whoever starts one tries another then.
 */
enum LoopbackPorts {
  /** Any port. */
  ANY {
    @Override
    boolean isFree(int port) {
      return bindable(port);
    }

    @Override
    int free() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new EmbeddedFailure("no free port on loopback: " + e.getMessage(), e);
      }
    }
  },

  /**
   * Those of a cluster's nodes, which talk with each other on a second port, their bus: 10,000
   * above the first. Free ones are taken below those that a system gives to connections that are
   * made.
   */
  WITH_BUS {
    @Override
    boolean isFree(int port) {
      return port <= HIGHEST - BUS && bindable(port) && bindable(port + BUS);
    }

    @Override
    int free() {
      for (int i = 0; i < TRIES; i++) {
        int port = ThreadLocalRandom.current().nextInt(FIRST_WITH_BUS, LAST_WITH_BUS + 1);
        if (isFree(port)) {
          return port;
        }
      }
      throw new EmbeddedFailure(
          "no two free ports that are " + BUS + " apart, as a node of a cluster needs, on loopback",
          null);
    }
  };

  /** How far a node's bus is above its port. */
  static final int BUS = 10_000;

  private static final int HIGHEST = 65535;
  private static final int FIRST_WITH_BUS = 10_500;
  private static final int LAST_WITH_BUS = 22_700;
  private static final int TRIES = 1000;

  /** Whether a server can listen there; 0 is no port. */
  abstract boolean isFree(int port);

  /**
   * One where a server can listen.
   *
   * @throws EmbeddedFailure if there is none
   */
  abstract int free();

  private static boolean bindable(int port) {
    if (port == 0) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
