package io.syncanalyzer.cli;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.cli.words.Version;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code generate-completion}: picocli's script, which also offers the runs that are there. */
@Command(
    name = "generate-completion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints a script that completes commands, options, their values and the names of runs.",
      "For bash and zsh: source <(java -jar analyzer.jar generate-completion)"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class CompletionCommand implements Callable<Integer> {
  /** picocli writes words into its script; runs come and go, so the shell has to look for them. */
  private static final String RUNS =
      """

      # The names of the runs in --results, or where they are unless told otherwise.
      function _analyzer_runs() {
        local folder="${ANALYZER_RESULTS:-results}" i run
        for (( i = 1; i + 1 < ${#COMP_WORDS[@]}; i++ )); do
          if [[ "${COMP_WORDS[i]}" == --results ]]; then
            folder="${COMP_WORDS[i+1]}"
            if [[ "${folder}" == = ]]; then folder="${COMP_WORDS[i+2]}"; fi
          fi
        done
        folder="${folder/#\\~/${HOME}}"
        for run in "${folder}"/*/run.json; do
          if [[ -e "${run}" ]]; then basename "$(dirname "${run}")"; fi
        done
      }
      """;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    String script =
        AutoComplete.bash(spec.root().name(), spec.root().commandLine())
            .replace("(\"" + Candidates.Runs.PLACE + "\")", "($(_analyzer_runs))");
    spec.commandLine().getOut().print(script + RUNS);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
