package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.TlsOptions;
import io.syncanalyzer.redis.tls.TlsCauses;
import io.syncanalyzer.redis.tls.TlsSockets;
import io.syncanalyzer.redis.tls.TlsTalk;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** Makes the sockets of an endpoint: plain or TLS, with its timeouts, host name checked. */
final class EndpointSockets {
  private EndpointSockets() {}

  /**
   * A connection that was made.
   *
   * @param patient the socket on the network, which keeps the time
   * @param socket what is read and written: the same, or TLS on top of it
   * @param talk what was said while TLS was made; empty for plain TCP
   */
  record Made(PatientSocket patient, Socket socket, Optional<TlsTalk> talk) {}

  static Made connect(Endpoint endpoint, NanoClock clock) throws IOException {
    PatientSocket socket = new PatientSocket(clock, millis(endpoint.timeout()));
    try {
      InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(endpoint.host());
      }
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(address, millis(endpoint.connectTimeout()));
      return endpoint.tls().isEmpty()
          ? new Made(socket, socket, Optional.empty())
          : secured(endpoint, socket, endpoint.tls().get());
    } catch (IOException | RuntimeException e) {
      try {
        socket.close();
      } catch (IOException alreadyGone) {
        e.addSuppressed(alreadyGone);
      }
      throw e;
    }
  }

  private static Made secured(Endpoint endpoint, PatientSocket plain, TlsOptions tls)
      throws IOException {
    TlsTalk talk = new TlsTalk(TlsSockets.files(endpoint, tls));
    try {
      SSLSocket socket = TlsSockets.over(plain, endpoint, tls.insecure(), talk);
      return new Made(plain, socket, Optional.of(talk));
    } catch (IOException e) {
      Optional<String> line = TlsCauses.line(endpoint, talk, e, WallClock.SYSTEM.instant());
      if (line.isEmpty() && talk.chain().isEmpty() && PortSpeech.isPlain(endpoint)) {
        line = Optional.of(FailureCauses.speaksNoTls(endpoint));
      }
      if (line.isEmpty()) {
        throw e;
      }
      // A plain server waits for the end of what it takes for a line, and only time tells.
      RedisFailure.Kind kind =
          e instanceof SocketTimeoutException
              ? RedisFailure.Kind.CONNECT_TIMEOUT
              : RedisFailure.Kind.TLS;
      throw new RedisFailure(kind, endpoint, line.get(), e);
    }
  }

  static int millis(Duration timeout) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
  }
}
