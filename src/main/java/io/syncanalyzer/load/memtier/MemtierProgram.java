package io.syncanalyzer.load.memtier;

import io.syncanalyzer.load.memtier.MemtierLocation.AtPath;
import io.syncanalyzer.load.memtier.MemtierLocation.InDocker;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A memtier_benchmark that can be started.
 *
 * @param program the file to execute, or the Docker client
 * @param image the image to run; empty = {@code program} is memtier itself
 * @param features what it can do
 */
public record MemtierProgram(String program, Optional<String> image, MemtierFeatures features) {
  public static final String NAME = "memtier_benchmark";

  private static final String DOCKER = "docker";
  private static final String FOLDER_INSIDE = "/results";
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration PULL = Duration.ofMinutes(5);
  private static final AtomicInteger CONTAINERS = new AtomicInteger();

  /**
   * Finds it and asks it what it can do.
   *
   * @param path the value of the environment's {@code PATH}
   * @throws LoadFailure with one line if it is missing, not executable, or not memtier_benchmark
   * @throws InterruptedException if interrupted while it answers
   */
  public static MemtierProgram find(MemtierLocation location, String path)
      throws InterruptedException {
    if (location instanceof InDocker docker) {
      return inDocker(docker.image(), path);
    }
    String file = location instanceof AtPath at ? checked(at.file()) : onPath(path);
    return probed(file, Optional.empty(), List.of(), ANSWER);
  }

  private static String onPath(String path) {
    return MemtierLocation.find(NAME, path)
        .map(Path::toString)
        .orElseThrow(
            () ->
                new LoadFailure(
                    "no memtier_benchmark is on PATH; "
                        + MemtierLocation.HOW_TO_GET
                        + ", or --load-engine jmh, which needs nothing"));
  }

  private static String checked(Path file) {
    if (!Files.exists(file)) {
      throw new LoadFailure(
          "--memtier: there is no file " + file + "; " + MemtierLocation.HOW_TO_GET);
    }
    if (!Files.isRegularFile(file)) {
      throw new LoadFailure("--memtier: " + file + " is no file; give the path of the program");
    }
    if (!Files.isExecutable(file)) {
      throw new LoadFailure(
          "--memtier: " + file + " is not executable; run chmod +x on it, or give another");
    }
    return file.toAbsolutePath().toString();
  }

  private static MemtierProgram inDocker(String image, String path) throws InterruptedException {
    String docker =
        MemtierLocation.find(DOCKER, path)
            .map(Path::toString)
            .orElseThrow(
                () ->
                    new LoadFailure(
                        "--memtier docker: there is no docker on PATH; install Docker, or give the"
                            + " path of a memtier_benchmark"));
    Answer engine =
        Answer.of(List.of(docker, "version", "--format", "{{.Server.Version}}"), ANSWER);
    if (engine.status() != 0) {
      throw new LoadFailure(
          "--memtier docker: no Docker engine answers ("
              + engine.lastLine()
              + "); start it, or give the path of a memtier_benchmark");
    }
    return probed(docker, Optional.of(image), List.of("run", "--rm", image), PULL);
  }

  private static MemtierProgram probed(
      String program, Optional<String> image, List<String> prefix, Duration timeout)
      throws InterruptedException {
    Answer version = ask(program, prefix, List.of("--version"), timeout);
    Answer help = ask(program, prefix, List.of("--help"), timeout);
    if (!MemtierFeatures.isMemtier(version.text(), help.text())) {
      throw new LoadFailure(
          image.map(name -> "--memtier docker:" + name).orElse(program)
              + " is not memtier_benchmark: asked for its version it "
              + (version.text().isBlank() ? "says nothing" : "says `" + version.lastLine() + "`")
              + "; give another with --memtier");
    }
    Answer refusal = ask(program, prefix, MemtierFeatures.JOINED_KEY_QUESTION, timeout);
    return new MemtierProgram(
        program, image, MemtierFeatures.read(version.text(), help.text(), refusal.text()));
  }

  /**
   * Has memtier read these arguments and nothing more: at {@code --version}, the last of them, it
   * ends, and what it refuses it refuses before.
   *
   * @throws IllegalArgumentException with memtier's own words
   */
  public void checkArguments(List<String> arguments) throws InterruptedException {
    List<String> all = new ArrayList<>(arguments);
    all.add("--version");
    List<String> prefix = image.map(name -> List.of("run", "--rm", name)).orElse(List.of());
    Answer answer = ask(program, prefix, all, image.isPresent() ? PULL : ANSWER);
    if (answer.status() != 0) {
      throw new IllegalArgumentException(
          "memtier_benchmark "
              + features.version()
              + " refuses its arguments (those of the profile, the options and after --): "
              + answer.firstLine().replaceFirst("^error: ", ""));
    }
  }

  private static Answer ask(
      String program, List<String> prefix, List<String> arguments, Duration timeout)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(prefix);
    command.addAll(arguments);
    return Answer.of(command, timeout);
  }

  /** A container name of our own, so that it can be removed whatever becomes of its client. */
  public Optional<String> newContainerName() {
    return image.map(
        name -> "sa-load-" + ProcessHandle.current().pid() + "-" + CONTAINERS.incrementAndGet());
  }

  /** How memtier is to name a file of the run folder. */
  public String inRunFolder(Path runFolder, String file) {
    return image.isPresent()
        ? FOLDER_INSIDE + "/" + file
        : runFolder.resolve(file).toAbsolutePath().toString();
  }

  /** What comes before memtier's own arguments. */
  public List<String> prefix(Endpoint source, Path runFolder, Optional<String> container) {
    if (image.isEmpty()) {
      return List.of(program);
    }
    List<String> prefix =
        new ArrayList<>(
            List.of(
                program,
                "run",
                "--rm",
                // Passes our signals on: a first process has no default reaction to them.
                "--init",
                "--name",
                container.orElseThrow(),
                "--network",
                "host",
                "--user",
                owner(runFolder),
                "--volume",
                runFolder.toAbsolutePath() + ":" + FOLDER_INSIDE));
    TlsOptions tls = source.tls().orElse(TlsOptions.DEFAULT);
    Stream.of(tls.ca(), tls.certificate(), tls.key())
        .flatMap(Optional::stream)
        .map(Path::toAbsolutePath)
        .distinct()
        .forEach(
            file -> {
              prefix.add("--volume");
              prefix.add(file + ":" + file + ":ro");
            });
    prefix.add(image.get());
    return prefix;
  }

  private static String owner(Path folder) {
    try {
      return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
    } catch (IOException | UnsupportedOperationException e) {
      throw new LoadFailure("cannot tell who owns " + folder + " (" + e.getMessage() + ")", e);
    }
  }
}
