package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.tls.TlsFiles;
import io.syncanalyzer.redis.tls.TlsSockets;
import io.syncanalyzer.redis.tls.TlsTalk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a port speaks the other way, TLS or plain, than it was spoken to: asked once more where
 * an attempt failed without a word, so that the user is told rather than left to guess.
 */
final class PortSpeech {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private PortSpeech() {}

  /** Whether it answers a plain PING as a Redis server does, be it with an error. */
  static boolean isPlain(Endpoint endpoint) {
    try (Socket socket = connected(endpoint)) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      int first = socket.getInputStream().read();
      return first == '+' || first == '-';
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it shows a certificate, whosever it is. */
  static boolean isTls(Endpoint endpoint) {
    TlsTalk talk = new TlsTalk(new TlsFiles(Optional.empty(), Optional.empty()));
    try (Socket socket = connected(endpoint);
        Socket secured = TlsSockets.over(socket, endpoint, true, talk)) {
      return secured.isConnected();
    } catch (IOException e) {
      return !talk.chain().isEmpty();
    }
  }

  private static Socket connected(Endpoint endpoint) throws IOException {
    Socket socket = new Socket();
    try {
      int millis = EndpointSockets.millis(PATIENCE);
      socket.setSoTimeout(millis);
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
