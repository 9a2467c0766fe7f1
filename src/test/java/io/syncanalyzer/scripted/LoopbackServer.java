package io.syncanalyzer.scripted;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A port of this JVM that speaks Redis' protocol: it reads commands and writes what it is told to
 * answer. Bytes are characters of ISO 8859-1, on the way in and out. Each connection has a thread.
 */
public final class LoopbackServer implements AutoCloseable {
  /** Answers the commands of one connection, one after another. */
  public interface Client {
    /**
     * The reply as the wire has it.
     *
     * @throws UncheckedIOException to cut the connection off in place of an answer
     */
    String answer(List<String> command);
  }

  private final Thread accepting;
  private final ServerSocket listening;
  private final Supplier<Client> clients;

  /**
   * Listens from now on.
   *
   * @param clients makes who answers a connection, on that connection's thread
   */
  public LoopbackServer(Supplier<Client> clients) {
    this.clients = clients;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = daemon(this::accept);
  }

  public Endpoint endpoint(Side side) {
    return Endpoint.parse(side, "redis://127.0.0.1:" + listening.getLocalPort());
  }

  /** A string as the wire has it. */
  public static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  /** An array of strings as the wire has it. */
  public static String array(Collection<String> texts) {
    return texts.stream()
        .map(LoopbackServer::bulk)
        .collect(Collectors.joining("", "*" + texts.size() + "\r\n", ""));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "loopback-server");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        daemon(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
      socket.setTcpNoDelay(true);
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      Client client = clients.get();
      while (true) {
        List<String> command = new ArrayList<>();
        for (long parts = number(in, '*'); parts > 0; parts--) {
          byte[] part = new byte[(int) number(in, '$')];
          in.readFully(part);
          in.readFully(new byte[2]);
          command.add(new String(part, StandardCharsets.ISO_8859_1));
        }
        out.write(client.answer(command).getBytes(StandardCharsets.ISO_8859_1));
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (IOException | UncheckedIOException gone) {
      // The client has what it wanted, or was cut off.
    }
  }

  private static long number(DataInputStream in, char kind) throws IOException {
    if (in.readUnsignedByte() != kind) {
      throw new IOException("no " + kind);
    }
    StringBuilder digits = new StringBuilder();
    for (char c = (char) in.readUnsignedByte(); c != '\r'; c = (char) in.readUnsignedByte()) {
      digits.append(c);
    }
    in.readByte();
    return Long.parseLong(digits.toString());
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      accepting.join(); // Until it has noticed, the system still takes connections.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
