package io.syncanalyzer.spark.mirror;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A folder in memory that can fail, with a word before and after each change. */
final class FakeRemote implements RemoteFolder {
  final SortedMap<String, String> files = new TreeMap<>();

  /** Each change, as {@code put PATH} or {@code delete PATH}. */
  final List<String> changes = new ArrayList<>();

  /** Called with a change before it is made; what it throws is the failure of that change. */
  Step before = change -> {};

  /** Called when it was made. */
  Consumer<String> after = change -> {};

  boolean closed;

  /** May fail. */
  interface Step {
    void take(String change) throws IOException;
  }

  @Override
  public String display() {
    return "fake://host/results";
  }

  @Override
  public synchronized boolean exists(String path) throws IOException {
    before.take("exists " + path);
    return files.containsKey(path) || files.keySet().stream().anyMatch(in -> isIn(in, path));
  }

  @Override
  public synchronized List<RemoteFile> list(String folder) throws IOException {
    before.take("list " + folder);
    return files.entrySet().stream()
        .filter(file -> isIn(file.getKey(), folder))
        .map(file -> new RemoteFile(file.getKey(), file.getValue().length(), 0))
        .toList();
  }

  private static boolean isIn(String path, String folder) {
    return path.startsWith(folder + "/");
  }

  @Override
  public synchronized InputStream open(String path) throws IOException {
    String content = files.get(path);
    if (content == null) {
      throw new FileNotFoundException(path);
    }
    return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void put(String path, InputStream content) throws IOException {
    change(
        "put " + path,
        () -> files.put(path, new String(content.readAllBytes(), StandardCharsets.UTF_8)));
  }

  @Override
  public synchronized void delete(String path) throws IOException {
    change(
        "delete " + path, () -> files.keySet().removeIf(in -> in.equals(path) || isIn(in, path)));
  }

  private void change(String what, Making making) throws IOException {
    before.take(what);
    making.make();
    changes.add(what);
    after.accept(what);
  }

  private interface Making {
    void make() throws IOException;
  }

  @Override
  public void close() {
    closed = true;
  }
}
