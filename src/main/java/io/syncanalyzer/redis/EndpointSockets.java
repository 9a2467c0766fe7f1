package io.syncanalyzer.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** Makes the sockets of an endpoint: plain or TLS, with its timeouts, host name checked. */
final class EndpointSockets {
  private EndpointSockets() {}

  /**
   * A connection that was made.
   *
   * @param patient the socket on the network, which keeps the time
   * @param socket what is read and written: the same, or TLS on top of it
   */
  record Made(PatientSocket patient, Socket socket) {}

  static Made connect(Endpoint endpoint) throws IOException {
    PatientSocket socket = new PatientSocket(millis(endpoint.timeout()));
    try {
      InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(endpoint.host());
      }
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(address, millis(endpoint.connectTimeout()));
      return new Made(
          socket,
          endpoint.tls().isEmpty() ? socket : secured(endpoint, socket, endpoint.tls().get()));
    } catch (IOException | RuntimeException e) {
      try {
        socket.close();
      } catch (IOException alreadyGone) {
        e.addSuppressed(alreadyGone);
      }
      throw e;
    }
  }

  private static SSLSocket secured(Endpoint endpoint, PatientSocket plain, TlsOptions tls)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TlsSockets.factory(endpoint, tls)
                .createSocket(plain, endpoint.host(), endpoint.port(), true);
    if (!tls.insecure()) {
      socket.setSSLParameters(TlsSockets.checkingHostName(socket));
    }
    socket.startHandshake();
    return socket;
  }

  static int millis(Duration timeout) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
  }
}
