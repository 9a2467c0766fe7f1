package io.syncanalyzer.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server, as load balancers and firewalls do, and forgets connections over which
 * nothing has gone for a while: it closes them, or drops from then on what is sent over them.
 */
public final class IdleRelay implements AutoCloseable {
  /** What becomes of an idle connection. */
  public enum Way {
    CLOSES,
    SWALLOWS
  }

  private final ServerSocket listener;
  private final int serverPort;
  private final Way way;
  private final long idleNanos;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger forgotten = new AtomicInteger();

  private IdleRelay(ServerSocket listener, int serverPort, Way way, Duration idle) {
    this.listener = listener;
    this.serverPort = serverPort;
    this.way = way;
    this.idleNanos = idle.toNanos();
  }

  /** A relay to a server on this machine. */
  public static IdleRelay to(int serverPort, Way way, Duration idle) throws IOException {
    IdleRelay relay =
        new IdleRelay(
            new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), serverPort, way, idle);
    daemon(relay::accept);
    daemon(relay::forgetIdle);
    return relay;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections it has forgotten. */
  public int forgotten() {
    return forgotten.get();
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile long last = System.nanoTime();
    private volatile boolean dead;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pass(Socket from, Socket to) {
      byte[] buffer = new byte[64 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!dead) {
            last = System.nanoTime();
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException ended) {
        // One of them is gone, and so then is the other.
      }
      end();
    }

    void end() {
      links.remove(this);
      shut(client);
      shut(server);
    }

    void forget() {
      if (!dead) {
        dead = true;
        forgotten.incrementAndGet();
        if (way == Way.CLOSES) {
          end();
        }
      }
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Link link = new Link(client, server);
        links.add(link);
        daemon(() -> link.pass(client, server));
        daemon(() -> link.pass(server, client));
      } catch (IOException ended) {
        // Closed, or the server is gone.
      }
    }
  }

  private void forgetIdle() {
    while (!listener.isClosed()) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        return;
      }
      long now = System.nanoTime();
      links.stream().filter(link -> now - link.last > idleNanos).forEach(Link::forget);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "idle-relay");
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
