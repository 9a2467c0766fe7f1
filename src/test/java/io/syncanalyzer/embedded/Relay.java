package io.syncanalyzer.embedded;

import io.syncanalyzer.embedded.RelayRule.Fate;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server and does with every piece that goes through what its rule says. */
public final class Relay implements AutoCloseable {
  private static final int LOOKS_EVERY_MILLIS = 20;

  private final ServerSocket listener;
  private final int serverPort;
  private final RelayRule rule;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket listener, int serverPort, RelayRule rule) {
    this.listener = listener;
    this.serverPort = serverPort;
    this.rule = rule;
  }

  /** A relay to a server on this machine. */
  public static Relay to(int serverPort, RelayRule rule) throws IOException {
    Relay relay =
        new Relay(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), serverPort, rule);
    daemon(relay::accept);
    daemon(relay::look);
    return relay;
  }

  /** Where it listens, on the loopback. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The server as it is reached through the relay. */
  public Endpoint endpoint(Side side) {
    return Endpoint.parse(side, "redis://127.0.0.1:" + listener.getLocalPort());
  }

  /** A connection through the relay. */
  public final class Link {
    private final Socket client;
    private final Socket server;
    private volatile long last = System.nanoTime();

    private Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /** For how long nothing has gone over it. */
    long idleNanos() {
      return System.nanoTime() - last;
    }

    private void pass(Socket from, Socket to) {
      byte[] buffer = new byte[rule.mostBytes()];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        Fate fate = Fate.PASSES;
        while (fate != Fate.IS_THE_LAST) {
          int read = in.read(buffer);
          if (read < 0) {
            break;
          }
          fate = rule.of(this, from == server, read);
          if (fate != Fate.IS_DROPPED) {
            last = System.nanoTime();
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException | InterruptedException ended) {
        // One of them is gone, and so then is the other.
      }
      end();
    }

    /** Ends both its halves. */
    void end() {
      links.remove(this);
      shut(client);
      shut(server);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = serverFor(client);
        Link link = new Link(client, server);
        links.add(link);
        daemon(() -> link.pass(client, server));
        daemon(() -> link.pass(server, client));
      } catch (IOException ended) {
        // Closed, or the server is gone.
      }
    }
  }

  private Socket serverFor(Socket client) throws IOException {
    try {
      client.setTcpNoDelay(true);
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      server.setTcpNoDelay(true);
      return server;
    } catch (IOException gone) {
      client.close();
      throw gone;
    }
  }

  private void look() {
    while (!listener.isClosed()) {
      try {
        Thread.sleep(LOOKS_EVERY_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      links.forEach(rule::look);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
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
    links.forEach(Link::end);
  }
}
