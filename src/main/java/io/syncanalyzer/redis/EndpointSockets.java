package io.syncanalyzer.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Makes the sockets of an endpoint: plain or TLS, with its timeouts, host name checked. */
final class EndpointSockets implements JedisSocketFactory {
  private final Endpoint endpoint;

  EndpointSockets(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Socket createSocket() {
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(endpoint.host());
      }
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(address, millis(endpoint.connectTimeout()));
      socket.setSoTimeout(millis(endpoint.timeout()));
      return endpoint.tls().isEmpty() ? socket : secured(socket, endpoint.tls().get());
    } catch (IOException | RuntimeException e) {
      try {
        socket.close();
      } catch (IOException alreadyGone) {
        e.addSuppressed(alreadyGone);
      }
      if (e instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new JedisConnectionException(e);
    }
  }

  private SSLSocket secured(Socket plain, TlsOptions tls) throws IOException {
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
