package io.syncanalyzer.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * What a command needs beside its options.
 *
 * @param out where results go
 * @param err where diagnostics go
 * @param environment the process's environment
 * @param arguments the whole command line, for run.json
 * @param afterDashes what followed {@code --}, for memtier
 */
record CliContext(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    List<String> arguments,
    List<String> afterDashes) {
  CliContext {
    environment = Map.copyOf(environment);
    arguments = List.copyOf(arguments);
    afterDashes = List.copyOf(afterDashes);
  }
}
