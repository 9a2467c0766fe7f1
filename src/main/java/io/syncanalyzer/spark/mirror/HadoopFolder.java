package io.syncanalyzer.spark.mirror;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A folder on any file system that Hadoop knows: {@code hdfs://}, {@code s3a://} where its classes
 * are on the class path, {@code file:///}.
 */
public final class HadoopFolder implements RemoteFolder {
  private static final Pattern LOCATION = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  /** A file is there when it is closed, and moving one copies it. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3", "s3n", "s3a", "gs", "oss", "cosn", "obs");

  /** Of others like them, which say so themselves. */
  private static final String WHOLE_AT_CLOSE = "fs.capability.outputstream.abortable";

  private final HadoopCalls hadoop;
  private final String display;
  private final Object system;
  private final Object root;
  private final String rootPath;
  private final boolean wholeAtClose;

  private HadoopFolder(
      HadoopCalls hadoop, String display, Object system, Object root, boolean wholeAtClose)
      throws IOException {
    this.hadoop = hadoop;
    this.display = display;
    this.system = system;
    this.root = root;
    this.rootPath = hadoop.uri(root).getPath();
    this.wholeAtClose = wholeAtClose;
  }

  /** Whether a text that names a folder names one of Hadoop's, by its scheme. */
  public static boolean isMeant(String location) {
    return LOCATION.matcher(location).matches();
  }

  /**
   * Opens it; that it can be reached is not known before it is used.
   *
   * @param configuration {@code JavaSparkContext.hadoopConfiguration()}; it stays as it is
   * @param location such as {@code hdfs://host:8020/results}
   * @throws IOException with one line if there is no such file system
   */
  public static HadoopFolder open(Object configuration, String location) throws IOException {
    HadoopCalls hadoop = new HadoopCalls(configuration);
    Object path = hadoop.path(location);
    Object system = hadoop.fileSystem(path);
    Object root = hadoop.qualified(system, path);
    String scheme = Objects.toString(hadoop.uri(root).getScheme(), "");
    boolean wholeAtClose =
        OBJECT_STORES.contains(scheme.toLowerCase(Locale.ROOT))
            || hadoop.can(system, root, WHOLE_AT_CLOSE);
    return new HadoopFolder(hadoop, location, system, root, wholeAtClose);
  }

  /** The same, written to as an object store is. */
  HadoopFolder asObjectStore() throws IOException {
    return new HadoopFolder(hadoop, display, system, root, true);
  }

  @Override
  public String display() {
    return display;
  }

  @Override
  public boolean exists(String path) throws IOException {
    return hadoop.exists(system, at(path));
  }

  @Override
  public List<RemoteFile> list(String folder) throws IOException {
    List<RemoteFile> found = new ArrayList<>();
    String begin = rootPath.endsWith("/") ? rootPath : rootPath + "/";
    try {
      Object files = hadoop.files(system, at(folder));
      while (hadoop.hasNext(files)) {
        Object file = hadoop.next(files);
        String path = hadoop.uri(hadoop.pathOf(file)).getPath();
        if (!path.startsWith(begin)) {
          throw new IOException(path + " is listed in " + rootPath + ", and is not in it");
        }
        found.add(
            new RemoteFile(
                path.substring(begin.length()), hadoop.length(file), hadoop.modified(file)));
      }
    } catch (FileNotFoundException noSuchFolder) {
      if (!found.isEmpty()) {
        throw new IOException(folder + " is deleted by somebody", noSuchFolder);
      }
    }
    return found;
  }

  @Override
  public InputStream open(String path) throws IOException {
    return hadoop.open(system, at(path));
  }

  @Override
  public void put(String path, InputStream content) throws IOException {
    if (wholeAtClose) {
      write(at(path), content);
      return;
    }
    int name = path.lastIndexOf('/') + 1;
    Object part = at(path.substring(0, name) + "." + path.substring(name) + ".part");
    write(part, content);
    hadoop.renameOver(system, part, at(path));
  }

  private void write(Object path, InputStream content) throws IOException {
    OutputStream out = hadoop.create(system, path);
    try {
      content.transferTo(out);
    } catch (IOException | RuntimeException e) {
      giveUp(path, out, e);
      throw e;
    }
    try {
      out.close();
    } catch (IOException e) {
      throw new IOException(HadoopCalls.oneLine(e), e);
    }
  }

  /** What was written by then must not be taken for a file. */
  private void giveUp(Object path, OutputStream out, Exception because) {
    try {
      hadoop.abort(out);
      return;
    } catch (IOException cannotAbort) {
      because.addSuppressed(cannotAbort);
    }
    try {
      out.close();
      hadoop.delete(system, path);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void delete(String path) throws IOException {
    hadoop.delete(system, at(path));
  }

  private Object at(String path) throws IOException {
    return hadoop.path(root, path);
  }

  @Override
  public void close() throws IOException {
    hadoop.close(system);
  }
}
