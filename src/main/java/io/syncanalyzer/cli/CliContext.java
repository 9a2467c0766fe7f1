package io.syncanalyzer.cli;

import io.syncanalyzer.redis.Credentials;
import io.syncanalyzer.redis.SecretsFile;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.spark.Job;
import io.syncanalyzer.time.NanoClock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command needs beside its options.
 *
 * @param out where results go
 * @param err where diagnostics go
 * @param environment the process's environment
 * @param arguments the whole command line, for run.json
 * @param afterDashes what followed {@code --}, for memtier
 * @param job what carries out the command as a job; empty = this process does it
 */
record CliContext(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    List<String> arguments,
    List<String> afterDashes,
    Optional<Job> job) {
  CliContext {
    environment = Map.copyOf(environment);
    arguments = List.copyOf(arguments);
    afterDashes = List.copyOf(afterDashes);
  }

  /** Of a command that this process carries out. */
  CliContext(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      List<String> arguments,
      List<String> afterDashes) {
    this(out, err, environment, arguments, afterDashes, Optional.empty());
  }

  /**
   * Users and passwords: the environment's, and those of the file where one is given. It warns of a
   * file that others may read.
   *
   * @throws IllegalArgumentException with one line if the file cannot be read
   */
  Credentials credentials(@Nullable Path secretsFile) {
    Optional<SecretsFile> secrets = Optional.ofNullable(secretsFile).map(SecretsFile::read);
    secrets.flatMap(SecretsFile::warning).ifPresent(console(true)::warn);
    return Credentials.of(environment, secrets);
  }

  /** A console on these streams; a terminal only where they are the process's own. */
  Console console(boolean quiet) {
    Console.Setting process = Console.Setting.ofProcess(quiet);
    boolean own = System.out.equals(out) && System.err.equals(err);
    return new Console(
        new Console.Setting(
            out, err, own && process.terminal(), own && process.colour(), quiet, NanoClock.SYSTEM));
  }
}
