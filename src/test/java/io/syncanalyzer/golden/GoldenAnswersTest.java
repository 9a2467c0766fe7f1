package io.syncanalyzer.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.syncanalyzer.cli.AnalyzerCli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered before any server is asked: wrong usage, and what would be done. */
class GoldenAnswersTest {
  @TempDir Path folder;

  @Test
  void wrongUsageIsAnsweredWithTheSameWords() {
    Map<String, String> seen = new TreeMap<>();
    seen.put("no-command.txt", run());
    seen.put("no-such-command.txt", run("verfy"));
    seen.put("no-such-option.txt", run("verify", "--surce", "redis://h"));
    seen.put("value-missing.txt", run("verify", "--source"));
    seen.put("endpoint.txt", run("verify", "--source", "http://h"));
    seen.put("duration.txt", run("probe", "--duration", "20"));
    seen.put("number.txt", run("probe", "--sentinel-rate", "many"));
    seen.put("choice.txt", run("verify", "--fence", "wall"));
    seen.put("type.txt", run("probe", "--types", "string,json"));
    seen.put(
        "same-server.txt", run("verify", "--embedded", "--replica", "redis://127.0.0.1:13300"));
    seen.put("run-id.txt", run("probe", "--run-id", "../evil"));
    seen.put("warmup.txt", run("probe", "--duration", "1s", "--warmup", "2s"));
    seen.put("engine.txt", run("load", "--load-engine", "jmh", "--load-clients", "5"));
    seen.put("no-run.txt", run("report", "nothing", "--results", "nowhere"));
    seen.put("one-run.txt", run("compare", "nothing"));
    seen.put("argument-file.txt", run("verify", "@nowhere"));
    seen.put("config.txt", run("verify", "--config", "nowhere"));
    Golden.compare("answers/wrong-usage", seen);
  }

  @Test
  void whatWouldBeDoneIsAnsweredWithTheSameWords() {
    Map<String, String> seen = new TreeMap<>();
    seen.put("verify.txt", dryRun("verify", "--db", "all", "--match", "a*", "--pause-writes"));
    seen.put("probe.txt", dryRun("probe", "--max-lost", "0", "--prometheus", "9121"));
    seen.put("load.txt", dryRun("load", "--load-engine", "jmh"));
    seen.put("load-and-verify.txt", dryRun("load-and-verify", "--load-engine", "jmh"));
    seen.put("load-and-verify-none.txt", dryRun("load-and-verify", "--load-engine", "none"));
    seen.put("embedded.txt", dryRun("load-and-verify", "--embedded", "--load-engine", "none"));
    Golden.compare("answers/dry-run", seen);
  }

  private String dryRun(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--dry-run", "--run-id", "r", "--results", folder.toString()));
    return run(all.toArray(String[]::new));
  }

  private String run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        AnalyzerCli.run(
            List.of(words),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            // A memtier_benchmark on PATH would be told.
            Map.of("PATH", ""));
    String all = "exit status " + status + "\nstdout:\n" + out.toString(UTF_8);
    return (all + "stderr:\n" + err.toString(UTF_8)).replace(folder.toString(), "<results>");
  }
}
