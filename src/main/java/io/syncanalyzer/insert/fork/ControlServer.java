package io.syncanalyzer.insert.fork;

import io.syncanalyzer.insert.fork.ControlMessage.Down;
import io.syncanalyzer.insert.fork.ControlMessage.Up;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a fork finds its parent: a Unix domain socket in a folder that only this user may enter.
 *
 * <p>One fork is let in; after that the path is gone.
 */
final class ControlServer implements AutoCloseable {
  /**
   * A socket's path is limited to some 100 bytes (104 on macOS, 108 on Linux), its end included.
   */
  private static final int MAX_PATH_BYTES = 100;

  private final Path folder;
  private final Path path;
  private final ServerSocketChannel server;

  private ControlServer(Path folder, ServerSocketChannel server) {
    this.folder = folder;
    this.path = socketIn(folder);
    this.server = server;
  }

  /**
   * Listens.
   *
   * @throws InsertFailure if no temporary folder allows it
   */
  static ControlServer open() {
    try {
      Path folder = privateFolder(Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
      if (socketIn(folder).toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
        Files.delete(folder);
        folder = privateFolder(Path.of("/tmp"));
      }
      try {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socketIn(folder)));
        return new ControlServer(folder, server);
      } catch (IOException e) {
        Files.delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new InsertFailure(
          "no control channel for the JMH fork: cannot make a socket in the temporary folder ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  /** What the fork is told. */
  Path path() {
    return path;
  }

  /** Waits for the fork; fails when closed meanwhile. */
  ControlChannel<Up, Down> accept(NanoClock clock) throws IOException {
    ControlChannel<Up, Down> channel = new ControlChannel<>(server.accept(), Up.class, clock);
    close();
    return channel;
  }

  /** Lets nobody in any more and removes socket and folder; harmless when repeated. */
  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new InsertFailure("cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Path privateFolder(Path parent) throws IOException {
    return Files.createTempDirectory(
        parent,
        "sa-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static Path socketIn(Path folder) {
    return folder.resolve("control");
  }
}
