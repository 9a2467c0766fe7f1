package io.syncanalyzer.report.page;

import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.report.page.PageView.Text;
import io.syncanalyzer.result.EnvironmentReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.Sides;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How, where and with what the run was made. */
final class EnvironmentSection {
  private final RunReport run;
  private final List<List<String>> facts = new ArrayList<>();

  EnvironmentSection(RunReport run) {
    this.run = run;
  }

  Section section() {
    EnvironmentReport machine = run.environment();
    fact("started", run.startedAt().toString());
    fact("finished", run.finishedAt() == null ? null : run.finishedAt().toString());
    fact("took", run.elapsedSeconds() == null ? null : Numbers.seconds(run.elapsedSeconds()));
    fact("repeats of", run.group());
    fact("operating system", machine.os());
    fact("processors", String.valueOf(machine.cpus()));
    fact("memory", machine.memoryBytes() == null ? null : Numbers.bytes(machine.memoryBytes()));
    fact("Java", machine.java());
    fact("largest heap", Numbers.bytes(machine.heapBytes()));
    for (SideReport side : Sides.merged(run.sides())) {
      fact(side.side().label() + " server started", side.server());
      fact(
          side.side().label() + " can",
          side.capabilities().isEmpty() ? null : String.join(", ", side.capabilities()));
      fact(side.side().label() + " proofs", side.proofs());
    }
    return new Section(
        "environment",
        "Environment and exact commands",
        List.of(),
        List.of(),
        List.of(
            HtmlTable.of("Environment", false, List.of("what", "value"), facts),
            HtmlTable.of(
                "Options in effect",
                true,
                List.of("option", "value"),
                run.asked().entrySet().stream()
                    .map(entry -> List.of(entry.getKey(), entry.getValue()))
                    .toList())),
        commands());
  }

  private List<Text> commands() {
    List<Text> texts = new ArrayList<>();
    if (!run.argv().isEmpty()) {
      texts.add(new Text("Command", ShellWords.of(run.argv())));
    }
    if (run.load() != null) {
      for (List<String> line : run.load().commandLines()) {
        texts.add(new Text("Command of the load", ShellWords.of(line)));
      }
    }
    return texts;
  }

  private void fact(String name, @Nullable String value) {
    if (value != null) {
      facts.add(List.of(name, value));
    }
  }
}
