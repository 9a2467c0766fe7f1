package io.syncanalyzer.report.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A file that an option names to be written. What is there is written into and stays what it is: a
 * file keeps its owner, its rights and its other names, a link stays a link, a pipe a pipe. So it
 * is never replaced by another, as the files of a run are.
 */
public final class NamedFile {
  /** Writing into a pipe ends only when someone reads it. */
  private static final Duration READER = Duration.ofSeconds(10);

  private static final Set<String> STANDARD_OUTPUT =
      Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");
  private static final Set<String> STANDARD_ERROR =
      Set.of("/dev/stderr", "/dev/fd/2", "/proc/self/fd/2");

  /** The descriptors of this process by their names, and nothing that only begins so. */
  private static final String DESCRIPTOR = "(/dev|/proc/self)/fd/\\d+";

  private NamedFile() {}

  /**
   * Looks whether the file can be written, before anything else is done; nothing is opened.
   *
   * @param option begins the message
   * @throws IllegalArgumentException if the path names nothing that could be written
   * @throws ReportFailure if it may not be written
   */
  static void check(String option, Path file) {
    check(option, file, Optional.empty());
  }

  /**
   * As above, where a folder will have been made by the time of writing, with all that lead to it.
   *
   * @param toCome that folder
   */
  public static void check(String option, Path file, Path toCome) {
    check(option, file, Optional.of(toCome.toAbsolutePath().normalize()));
  }

  private static void check(String option, Path file, Optional<Path> toCome) {
    if (isStandard(file)) {
      return;
    }
    if (isDescriptor(file)) {
      checkDescriptor(option, file);
      return;
    }
    switch (FileKind.of(file)) {
      case ABSENT -> checkPlace(option, file, toCome);
      case FOLDER -> throw wrong(option, file + " is a folder; name a file in it");
      case DEVICE, SOCKET ->
          throw wrong(
              option,
              file
                  + " is a "
                  + FileKind.of(file).words()
                  + ", which keeps nothing; name a file, or leave the option out");
      case REGULAR, PIPE -> checkRight(option, file);
    }
  }

  /** A file that is not there: it, or what a link that leads nowhere names, has to be made. */
  private static void checkPlace(String option, Path file, Optional<Path> toCome) {
    Path place = file.toAbsolutePath();
    try {
      for (int links = 0; links < 40 && Files.isSymbolicLink(place); links++) {
        place = place.resolveSibling(Files.readSymbolicLink(place));
      }
    } catch (IOException e) {
      throw new ReportFailure(option + ": cannot follow the link " + file, e);
    }
    place = place.normalize();
    Path folder = Optional.ofNullable(place.getParent()).orElse(place);
    if (toCome.isPresent() && toCome.get().startsWith(place)) {
      throw wrong(option, file + " will be a folder of the results; name a file in it");
    }
    if (toCome.isPresent()
        && toCome.get().startsWith(folder)
        && FileKind.of(folder) == FileKind.ABSENT) {
      return;
    }
    if (FileKind.of(folder) != FileKind.FOLDER) {
      throw wrong(option, "there is no folder " + folder + "; make it, or name another file");
    }
    checkRight(option, folder);
  }

  /**
   * A descriptor by its number has to be open for writing. One that nobody opened for us may be one
   * of the JVM's own, a jar for instance; those of them that are files are open for reading.
   */
  private static void checkDescriptor(String option, Path file) {
    boolean open =
        switch (FileKind.of(file)) {
          case ABSENT, SOCKET, FOLDER -> false;
          case REGULAR, DEVICE, PIPE -> isOpenForWriting(file);
        };
    if (!open) {
      throw wrong(
          option, file + " is not open for writing; open it (such as N>file), or name a file");
    }
  }

  private static boolean isOpenForWriting(Path file) {
    Path info = Path.of("/proc/self/fdinfo", file.normalize().getFileName().toString());
    try {
      // The last octal digit of its flags: 0 is for reading alone.
      return Files.readString(info).lines().anyMatch(line -> line.matches("flags:\\s*[0-7]*[12]"));
    } catch (IOException noneHere) {
      return FileKind.of(file) == FileKind.PIPE;
    }
  }

  private static void checkRight(String option, Path path) {
    if (!Files.isWritable(path)) {
      throw new ReportFailure(
          option + ": may not write to " + path + " (permission denied); name another file", null);
    }
  }

  private static IllegalArgumentException wrong(String option, String why) {
    return new IllegalArgumentException(option + ": " + why);
  }

  /**
   * Writes the content, as the whole of a file or into a pipe.
   *
   * @throws ReportFailure if it cannot all be written
   */
  public static void write(Path file, byte[] content) {
    try {
      check("cannot write", file);
      if (isNamed(file, STANDARD_OUTPUT)) {
        System.out.flush();
        writeOut(FileDescriptor.out, content);
      } else if (isNamed(file, STANDARD_ERROR)) {
        System.err.flush();
        writeOut(FileDescriptor.err, content);
      } else if (FileKind.of(file) == FileKind.PIPE) {
        toReader(file, content);
      } else if (isDescriptor(file)) {
        write(file, content, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      } else {
        write(
            file,
            content,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);
      }
    } catch (IOException e) {
      throw new ReportFailure("cannot write " + file + " (" + AtomicFile.reason(e) + ")", e);
    }
  }

  /** Why the disk refused, in few words. */
  public static String reason(IOException e) {
    return AtomicFile.reason(e);
  }

  /** Whether {@link #write} replaces what it wrote before: not in a pipe, nor at a descriptor. */
  public static boolean canBeWrittenAgain(Path file) {
    return !isStandard(file) && !isDescriptor(file) && FileKind.of(file) != FileKind.PIPE;
  }

  private static void write(Path file, byte[] content, OpenOption... how) throws IOException {
    try (OutputStream out = Files.newOutputStream(file, how)) {
      out.write(content);
    }
  }

  /** Where the descriptor is, not from the begin of its file; and it is not ours to close. */
  @SuppressWarnings("resource")
  private static void writeOut(FileDescriptor descriptor, byte[] content) throws IOException {
    new FileOutputStream(descriptor).write(content);
  }

  /** Opening a pipe that nobody reads never returns, and cannot be interrupted. */
  private static void toReader(Path pipe, byte[] content) throws IOException {
    FutureTask<Void> work =
        new FutureTask<>(
            () -> {
              write(pipe, content, StandardOpenOption.WRITE);
              return null;
            });
    Thread writer = new Thread(work, "to-pipe");
    writer.setDaemon(true);
    writer.start();
    try {
      work.get(READER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ReportFailure(
          "cannot write " + pipe + ": nobody has read the pipe for " + READER.toSeconds() + " s",
          e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException disk ? disk : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReportFailure("interrupted while " + pipe + " was written", e);
    }
  }

  private static boolean isStandard(Path file) {
    return isNamed(file, STANDARD_OUTPUT) || isNamed(file, STANDARD_ERROR);
  }

  private static boolean isDescriptor(Path file) {
    return file.normalize().toString().matches(DESCRIPTOR);
  }

  private static boolean isNamed(Path file, Set<String> names) {
    return names.contains(file.normalize().toString());
  }
}
