package io.syncanalyzer.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and, where told to, passes what it answers on late, and ends the
 * connection right after it: whoever was answered finds it gone with the next command.
 */
public final class LateRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final int serverPort;
  private final Duration late;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger left = new AtomicInteger();
  private volatile Runnable meanwhile = () -> {};

  private LateRelay(ServerSocket listener, int serverPort, Duration late) {
    this.listener = listener;
    this.serverPort = serverPort;
    this.late = late;
  }

  /** A relay to a server on this machine, which delays nothing so far. */
  public static LateRelay to(int serverPort, Duration late) throws IOException {
    LateRelay relay =
        new LateRelay(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), serverPort, late);
    daemon(relay::accept);
    return relay;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /**
   * So many of the next answers are late, and the last that their connections bring.
   *
   * @param meanwhile what happens once the server has answered
   */
  public void hold(int answers, Runnable meanwhile) {
    this.meanwhile = meanwhile;
    left.set(answers);
  }

  /** How many answers it has not held yet. */
  public int left() {
    return left.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.addAll(List.of(client, server));
        daemon(() -> ask(client, server));
        daemon(() -> answer(client, server));
      } catch (IOException ended) {
        // Closed, or the server is gone.
      }
    }
  }

  private static void ask(Socket client, Socket server) {
    try {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException ended) {
      // One of them is gone, and so then is the other.
    }
    shut(client);
    shut(server);
  }

  private void answer(Socket client, Socket server) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        boolean last = left.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
        if (last) {
          meanwhile.run();
          Thread.sleep(late.toMillis());
        }
        out.write(buffer, 0, read);
        if (last) {
          break;
        }
      }
    } catch (IOException | InterruptedException ended) {
      // As above.
    }
    shut(client);
    shut(server);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "late-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(LateRelay::shut);
  }
}
