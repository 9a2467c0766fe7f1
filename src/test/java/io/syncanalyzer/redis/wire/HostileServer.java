package io.syncanalyzer.redis.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens where a Redis server should, and answers every command in a way that no server does. */
public final class HostileServer implements AutoCloseable {
  private static final byte[] BLOCK = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);

  /** What it does to whoever asks it something. */
  public enum Trick {
    BULK_WITHOUT_END("string of 9223372036854775807 bytes"),
    LENGTH_WITHOUT_END("number too large"),
    LARGE_BULK_THAT_COMES("MiB to be held"),
    LENGTH_OF_TWO_GIGABYTES("MiB to be held"),
    LENGTH_OF_A_TERABYTE("string of 999999999999 bytes"),
    LENGTH_BELOW_NIL("string of -7 bytes"),
    BILLION_ELEMENTS("MiB to be held"),
    TRILLION_ELEMENTS("array of 1000000000000 elements"),
    ARRAYS_IN_ARRAYS("nested deeper"),
    LINE_WITHOUT_END("line of more than"),
    GARBAGE("begins with byte 72"),
    TLS_ALERT("rediss://"),
    SHORTER_THAN_SAID("longer than its length"),
    DRIP("answers too slowly"),
    SILENCE("did not answer within"),
    CLOSES("the server closed it");

    private final String cause;

    Trick(String cause) {
      this.cause = cause;
    }

    /** What must be said of it. */
    public String cause() {
      return cause;
    }
  }

  private final ServerSocket listener;
  private final Trick trick;
  private final int polite;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private HostileServer(ServerSocket listener, Trick trick, int polite) {
    this.listener = listener;
    this.trick = trick;
    this.polite = polite;
  }

  /**
   * Starts on a free port of the loopback interface.
   *
   * @param polite how many commands of a connection it answers well first
   */
  public static HostileServer start(Trick trick, int polite) throws IOException {
    HostileServer server =
        new HostileServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), trick, polite);
    daemon(server::accept);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "hostile");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        if (!closed) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (int i = 0; i < polite && in.read(new byte[1024]) > 0; i++) {
        say(socket.getOutputStream(), "+PONG\r\n");
      }
      if (in.read(new byte[1024]) > 0) {
        play(socket.getOutputStream());
      }
    } catch (IOException | InterruptedException gone) {
      // The analyzer hung up, as it should.
    }
  }

  private void play(OutputStream out) throws IOException, InterruptedException {
    switch (trick) {
      case BULK_WITHOUT_END -> {
        say(out, "$9223372036854775807\r\n");
        forEver(out, BLOCK);
      }
      case LENGTH_WITHOUT_END -> {
        say(out, "$");
        forEver(out, "1".repeat(1000).getBytes(StandardCharsets.US_ASCII));
      }
      case LARGE_BULK_THAT_COMES -> {
        say(out, "$536870912\r\n");
        forEver(out, BLOCK);
      }
      case LENGTH_OF_TWO_GIGABYTES -> sayAndWait(out, "$2147483647\r\n");
      case LENGTH_OF_A_TERABYTE -> sayAndWait(out, "$999999999999\r\n");
      case LENGTH_BELOW_NIL -> sayAndWait(out, "$-7\r\n");
      case BILLION_ELEMENTS -> {
        say(out, "*1000000000\r\n");
        forEver(out, "$0\r\n\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
      }
      case TRILLION_ELEMENTS -> sayAndWait(out, "*1000000000000\r\n");
      case ARRAYS_IN_ARRAYS -> sayAndWait(out, "*1\r\n".repeat(100_000));
      case LINE_WITHOUT_END -> {
        say(out, "-ERR ");
        forEver(out, BLOCK);
      }
      case GARBAGE -> sayAndWait(out, "HTTP/1.1 400 Bad Request\r\n\r\n");
      case TLS_ALERT -> {
        out.write(new byte[] {21, 3, 1, 0, 2, 2, 10});
        out.flush();
      }
      case SHORTER_THAN_SAID -> sayAndWait(out, "$3\r\nlonger than three\r\n");
      case DRIP -> {
        say(out, "$1000000\r\n");
        while (!closed) {
          say(out, "x");
          Thread.sleep(250);
        }
      }
      case SILENCE -> sayAndWait(out, "");
      case CLOSES -> {
        // The socket is closed by the caller.
      }
    }
  }

  private void forEver(OutputStream out, byte[] block) throws IOException {
    while (!closed) {
      out.write(block);
    }
  }

  private void sayAndWait(OutputStream out, String text) throws IOException, InterruptedException {
    say(out, text);
    while (!closed) {
      Thread.sleep(50);
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
