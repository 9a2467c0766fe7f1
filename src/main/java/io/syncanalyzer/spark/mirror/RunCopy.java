package io.syncanalyzer.spark.mirror;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The copy of a run's local folder, brought up to date whenever asked. Whenever that breaks off,
 * what is there can be gone on with: it is what the local folder was at some moment, or less.
 *
 * <p>The order is the one in which the local files came to be. What a mark says of its folder holds
 * no longer once a file there is another: it goes first. Then come the plans, then what the
 * partitions found, then the marks, and at last the run's own file, after what it names. A plan
 * that is newer than the marks costs comparing again; a mark that is newer than its plan might be
 * taken for one of other slots. For one thread.
 */
final class RunCopy {
  /** What a run that has begun has there before it has anything else. */
  private static final String BEGUN = "begun";

  private final RemoteFolder remote;
  private final Path folder;
  private final String run;
  private final SortedMap<String, Stamp> there = new TreeMap<>();

  /**
   * @param results the local folder of all runs
   * @param run the run's name, here and there
   */
  RunCopy(RemoteFolder remote, Path results, String run) {
    this.remote = Objects.requireNonNull(remote, "remote is null");
    this.run = Objects.requireNonNull(run, "run is null");
    this.folder = results.resolve(run);
  }

  /** Whether there is a folder of the run's name, whatever is in it. */
  boolean isThere() throws IOException {
    return remote.exists(run);
  }

  /**
   * The first copy, of a run that may have nothing yet: something is written all the same, so that
   * a folder which takes nothing is known now. Where it cannot be made nothing of it is left there,
   * if that can be done.
   */
  void begin() throws IOException {
    try {
      push(false);
      if (there.isEmpty()) {
        remote.put(run + "/" + BEGUN, InputStream.nullInputStream());
        // Gone with the last copy, for it is not in the local folder.
        there.put(BEGUN, Stamp.UNKNOWN);
      }
    } catch (IOException | RuntimeException e) {
      try {
        discard();
      } catch (IOException alsoNot) {
        e.addSuppressed(alsoNot);
      }
      throw e;
    }
  }

  /**
   * Brings all that is there to the local folder.
   *
   * @return whether there is a run
   */
  boolean pull() throws IOException {
    List<RemoteFile> files = remote.list(run);
    for (RemoteFile file : files) {
      String path = file.path().substring(run.length() + 1);
      there.put(path, Stamp.UNKNOWN);
      if (RunFiles.isUnfinished(path)) {
        continue;
      }
      Path local = folder.resolve(path);
      Files.createDirectories(Objects.requireNonNull(local.getParent()));
      try (InputStream in = remote.open(file.path())) {
        Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
      }
      there.put(path, Objects.requireNonNull(RunFiles.now(local)));
    }
    return there.containsKey(RunFiles.RUN);
  }

  /**
   * Brings the copy up to date.
   *
   * @param last whether the run is over, so that what is not here any more goes there too
   * @return whether it is now as the local folder was; else this is to be done again, for files
   *     changed meanwhile
   */
  boolean push(boolean last) throws IOException {
    Optional<RunFiles> found = RunFiles.of(folder);
    if (found.isEmpty()) {
      return false;
    }
    RunFiles now = found.get();
    List<String> ended = endedPlans(now);
    removeMarks(now, ended);
    for (String path : now.paths().filter(RunFiles::isPlan).toList()) {
      putHead(path, now);
    }
    boolean whole = true;
    for (List<String> ofFolder : changed(now, ended).values()) {
      whole &= putFolder(ofFolder, now);
    }
    putHead(RunFiles.RUN, now);
    if (last && now.stamp(RunFiles.RUN) != null) {
      removeVanished(now);
    }
    return whole;
  }

  /**
   * The plans that are there and not here: those comparisons are over. Until the run's own file
   * says so too, they can be gone on with.
   */
  private List<String> endedPlans(RunFiles now) {
    return there.keySet().stream()
        .filter(path -> RunFiles.isPlan(path) && now.stamp(path) == null)
        .toList();
  }

  private boolean isAnother(String path, RunFiles now) {
    return !Objects.equals(there.get(path), now.stamp(path));
  }

  /** What is to be copied but the heads, by its folders. */
  private SortedMap<String, List<String>> changed(RunFiles now, List<String> ended) {
    SortedMap<String, List<String>> changed = new TreeMap<>();
    now.paths()
        .filter(path -> now.head(path) == null && isAnother(path, now) && !isOf(ended, path))
        .forEach(
            path ->
                changed
                    .computeIfAbsent(RunFiles.folder(path), folder -> new ArrayList<>())
                    .add(path));
    return changed;
  }

  private static boolean isOf(List<String> plans, String path) {
    return plans.stream().anyMatch(plan -> path.startsWith(RunFiles.folder(plan)));
  }

  /** Removes the marks that are others by now, or of what is another. */
  private void removeMarks(RunFiles now, List<String> ended) throws IOException {
    SortedMap<String, List<String>> changed = changed(now, ended);
    for (String path : List.copyOf(there.keySet())) {
      if (RunFiles.isMark(path)
          && !isOf(ended, path)
          && (isAnother(path, now) || changed.containsKey(RunFiles.folder(path)))) {
        remove(path);
      }
    }
  }

  /** Puts what was found there, and then the marks that still say the same of it. */
  private boolean putFolder(List<String> paths, RunFiles now) throws IOException {
    for (String path : paths) {
      if (!RunFiles.isMark(path)) {
        try (InputStream in = Files.newInputStream(folder.resolve(path))) {
          put(path, in, Objects.requireNonNull(now.stamp(path)));
        } catch (NoSuchFileException gone) {
          return false;
        }
      }
    }
    boolean whole = true;
    for (String path : paths) {
      if (RunFiles.isMark(path)) {
        whole &= putMark(path, now);
      }
    }
    return whole;
  }

  private boolean putMark(String path, RunFiles now) throws IOException {
    Stamp listed = Objects.requireNonNull(now.stamp(path));
    byte[] content;
    try {
      content = Files.readAllBytes(folder.resolve(path));
    } catch (NoSuchFileException gone) {
      return false;
    }
    if (!listed.equals(RunFiles.now(folder.resolve(path)))) {
      return false;
    }
    put(path, new ByteArrayInputStream(content), listed);
    return true;
  }

  private void putHead(String path, RunFiles now) throws IOException {
    byte[] content = now.head(path);
    if (content != null && isAnother(path, now)) {
      put(path, new ByteArrayInputStream(content), Objects.requireNonNull(now.stamp(path)));
    }
  }

  private void put(String path, InputStream content, Stamp stamp) throws IOException {
    there.put(path, Stamp.UNKNOWN);
    remote.put(run + "/" + path, content);
    there.put(path, stamp);
  }

  private void remove(String path) throws IOException {
    there.put(path, Stamp.UNKNOWN);
    remote.delete(run + "/" + path);
    there.remove(path);
  }

  /** Plans first: what is left of a comparison without its plan is gone on with by nobody. */
  private void removeVanished(RunFiles now) throws IOException {
    for (String plan : endedPlans(now)) {
      remove(plan);
    }
    for (String path : List.copyOf(there.keySet())) {
      if (there.containsKey(path) && now.stamp(path) == null) {
        removeWithFolders(path);
      }
    }
  }

  /** A file, or the outermost of its folders that is not here any more. */
  private void removeWithFolders(String path) throws IOException {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      String outer = path.substring(0, end);
      if (!Files.isDirectory(folder.resolve(outer))) {
        remote.delete(run + "/" + outer);
        there.keySet().removeIf(inside -> inside.startsWith(outer + "/"));
        return;
      }
    }
    remove(path);
  }

  /** The run was taken back before it did anything: there is to be no folder of it. */
  void discard() throws IOException {
    remote.delete(run);
    there.clear();
  }
}
