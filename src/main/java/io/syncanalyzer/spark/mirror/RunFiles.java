package io.syncanalyzer.spark.mirror;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run's local folder at one moment. Others write to it meanwhile, so what names
 * other files was read before these were listed, and the plans are still the same after it: what
 * they name is there, and nothing listed belongs to a later plan.
 *
 * <p>Paths are relative to the folder, with {@code /} between their parts.
 */
final class RunFiles {
  /** Everything asked, found and decided. */
  static final String RUN = "run.json";

  private static final String PLAN = "partitions.json";

  /** Each says of its folder that what lies there is done, or can be gone on with. */
  private static final Set<String> MARKS = Set.of("result.json", "verify-checkpoint.json");

  private static final int TRIES = 50;

  private final SortedMap<String, Stamp> files;
  private final Map<String, byte[]> heads;

  private RunFiles(SortedMap<String, Stamp> files, Map<String, byte[]> heads) {
    this.files = files;
    this.heads = heads;
  }

  /** Those there are now; empty where the plans change faster than they can be read. */
  static Optional<RunFiles> of(Path folder) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      SortedMap<String, Stamp> before = listed(folder);
      Map<String, byte[]> heads = read(folder, before);
      SortedMap<String, Stamp> now = listed(folder);
      if (heads != null && plans(before).equals(plans(now))) {
        Stamp run = before.get(RUN);
        if (run != null) {
          now.put(RUN, run); // As it was read: one that was written since is found changed.
        }
        return Optional.of(new RunFiles(now, heads));
      }
    }
    return Optional.empty();
  }

  /** The content of the plans and of the run itself; null where one is gone already. */
  private static @Nullable Map<String, byte[]> read(Path folder, Map<String, Stamp> listed)
      throws IOException {
    Map<String, byte[]> heads = new TreeMap<>();
    try {
      for (String path : listed.keySet()) {
        if (path.equals(RUN) || isPlan(path)) {
          heads.put(path, Files.readAllBytes(folder.resolve(path)));
        }
      }
    } catch (NoSuchFileException gone) {
      return null;
    }
    return heads;
  }

  private static Map<String, Stamp> plans(Map<String, Stamp> files) {
    Map<String, Stamp> plans = new TreeMap<>(files);
    plans.keySet().removeIf(path -> !isPlan(path));
    return plans;
  }

  private static SortedMap<String, Stamp> listed(Path folder) throws IOException {
    SortedMap<String, Stamp> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(folder, new Listing(folder, files));
    }
    return files;
  }

  /** Files and folders that go while it lists are not there. */
  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Map<String, Stamp> files;

    Listing(Path folder, Map<String, Stamp> files) {
      this.folder = folder;
      this.files = files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      if (attributes.isRegularFile() && !isUnfinished(name)) {
        files.put(
            folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/"),
            Stamp.of(attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
        throws IOException {
      return e == null ? FileVisitResult.CONTINUE : visitFileFailed(visited, e);
    }
  }

  /** Whether a file of that name is one that is to take another's place once it is whole. */
  static boolean isUnfinished(String path) {
    String name = name(path);
    return name.endsWith(".next") || (name.startsWith(".") && name.endsWith(".part"));
  }

  /** Whether it is the plan of a comparison, of all that lies in its folder. */
  static boolean isPlan(String path) {
    return name(path).equals(PLAN);
  }

  /** Whether it says what the other files of its folder are good for. */
  static boolean isMark(String path) {
    return MARKS.contains(name(path));
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path of its folder, with the {@code /} at its end; empty for the run's own. */
  static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  Stream<String> paths() {
    return files.keySet().stream();
  }

  @Nullable Stamp stamp(String path) {
    return files.get(path);
  }

  /** What stood in a plan, or in the run's own file; null for others. */
  byte @Nullable [] head(String path) {
    return heads.get(path);
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** What a file is now, for whoever copied it since; null where it is gone. */
  static @Nullable Stamp now(Path file) throws IOException {
    try {
      return Stamp.of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException gone) {
      return null;
    }
  }
}
