package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierPlan.Launch;
import io.syncanalyzer.load.memtier.MemtierProgram;
import io.syncanalyzer.load.memtier.MemtierServer;
import io.syncanalyzer.load.process.Masking;
import io.syncanalyzer.load.process.MemtierProcess;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the memtier processes of one load and keeps what they were told and which files they
 * leave, without the password. For one thread.
 */
final class MemtierLauncher {
  private final LoadRequest request;
  private final MemtierProgram program;
  private final NanoClock clock;
  private final Masking masking;
  private final List<List<String>> commandLines = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  MemtierLauncher(LoadRequest request, MemtierProgram program, NanoClock clock) {
    this.request = request;
    this.program = program;
    this.clock = clock;
    this.masking = new Masking(MemtierServer.credentials(request.server()));
  }

  /** Whether a password stands in the process list while the load runs. */
  boolean showsPassword() {
    return masking.needed();
  }

  /** The command line of each process so far, the password masked. */
  List<List<String>> commandLines() {
    return commandLines;
  }

  /** The files that the processes so far were told to write, whether they did or not. */
  List<Path> files() {
    return files;
  }

  /**
   * Starts one process, whose files bear that name.
   *
   * @throws LoadFailure with one line if it cannot be started
   */
  MemtierProcess start(String name, Launch launch) {
    Path json = file(name, ".json");
    Path stderr = file(name, ".stderr");
    files.add(file(name, ".txt"));
    files.add(json);
    files.add(stderr);
    Optional<String> container = program.newContainerName();
    List<String> command =
        new ArrayList<>(program.prefix(request.server(), request.runFolder(), container));
    command.addAll(MemtierServer.arguments(request.source()));
    masking.secret().ifPresent(secret -> command.add("--authenticate=" + secret.reveal()));
    command.addAll(launch.options());
    command.add("--out-file=" + program.inRunFolder(request.runFolder(), name + ".txt"));
    // Its JSON repeats the password: then it passes through us on its way to the disk.
    command.add(
        "--json-out-file="
            + (masking.needed()
                ? "/dev/stdout"
                : program.inRunFolder(request.runFolder(), name + ".json")));
    commandLines.add(masking.shown(command));
    try {
      Files.deleteIfExists(json);
      Files.deleteIfExists(file(name, ".txt"));
    } catch (IOException e) {
      throw new LoadFailure("cannot write to " + request.runFolder() + " (" + e + ")", e);
    }
    return MemtierProcess.start(
        command,
        new MemtierProcess.Sinks(stderr, masking.needed() ? Optional.of(json) : Optional.empty()),
        masking,
        container.map(id -> List.of(program.program(), "kill", id)).orElse(List.of()),
        clock,
        request.limits().grace());
  }

  /** The file of a process, in the run's folder. */
  Path file(String name, String extension) {
    return request.runFolder().resolve(name + extension);
  }
}
