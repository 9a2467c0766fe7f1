package io.syncanalyzer.spark.mirror;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The folder of all runs, where that is not on this machine. Paths are relative to it, with {@code
 * /} between their parts. Every method throws an {@link IOException} with one line where the file
 * system does not let it. For one thread.
 */
public interface RemoteFolder extends Closeable {
  /** What the user called it. */
  String display();

  /** Whether there is a file or folder of that path. */
  boolean exists(String path) throws IOException;

  /** Every file below a folder, at any depth, in no order; none where there is no such folder. */
  List<RemoteFile> list(String folder) throws IOException;

  /** The content of a file; close it. */
  InputStream open(String path) throws IOException;

  /**
   * Puts content in the place of what the file of that path holds, with its folders where there are
   * none. Whoever reads it, also after a failure or a crash, finds the one or the other whole, as
   * far as the file system can do that.
   */
  void put(String path, InputStream content) throws IOException;

  /** Deletes a file, or a folder with all that is in it; where there is none that is well. */
  void delete(String path) throws IOException;
}
