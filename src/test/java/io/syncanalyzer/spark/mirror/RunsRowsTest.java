package io.syncanalyzer.spark.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsRowsTest {
  private static final String HEADER = "run_id,started_at\r\n";

  @TempDir Path results;

  private final FakeRemote remote = new FakeRemote();

  @Test
  void aFirstRunMakesTheFile() throws Exception {
    RunsRows rows = new RunsRows(remote, results);
    rows.pull();
    write(HEADER + "a,1\r\n");
    assertThat(rows.push()).isEmpty();
    assertThat(remote.files).containsEntry("runs.csv", HEADER + "a,1\r\n");
    assertThat(rows.push()).isEmpty();
    assertThat(remote.changes).hasSize(1);
  }

  @Test
  void aRowIsAddedToThoseThatAreThere() throws Exception {
    remote.files.put("runs.csv", HEADER + "a,1\r\n");
    RunsRows rows = new RunsRows(remote, results);
    rows.pull();
    assertThat(results.resolve("runs.csv")).content().isEqualTo(HEADER + "a,1\r\n");
    write(HEADER + "a,1\r\nb,2\r\n");
    assertThat(rows.push()).isEmpty();
    assertThat(remote.files).containsEntry("runs.csv", HEADER + "a,1\r\nb,2\r\n");
  }

  @Test
  void rowsThatOthersPutThereMeanwhileAreKept() throws Exception {
    remote.files.put("runs.csv", HEADER + "a,1\r\n");
    RunsRows rows = new RunsRows(remote, results);
    rows.pull();
    write(HEADER + "a,1\r\nb,2\r\n");
    remote.files.put("runs.csv", HEADER + "a,1\r\nc,3");
    assertThat(rows.push()).isEmpty();
    assertThat(remote.files).containsEntry("runs.csv", HEADER + "a,1\r\nc,3\r\nb,2\r\n");
  }

  @Test
  void thatAnotherRunMadeTheFileMeanwhileIsNoMatter() throws Exception {
    RunsRows rows = new RunsRows(remote, results);
    rows.pull();
    write(HEADER + "b,2\r\n");
    remote.files.put("runs.csv", HEADER + "a,1\r\n");
    assertThat(rows.push()).isEmpty();
    assertThat(remote.files).containsEntry("runs.csv", HEADER + "a,1\r\nb,2\r\n");
  }

  @Test
  void whereColumnsWereChangedMeanwhileTheFileIsLeftAndThatIsTold() throws Exception {
    remote.files.put("runs.csv", HEADER + "a,1\r\n");
    RunsRows rows = new RunsRows(remote, results);
    rows.pull();
    write(HEADER + "a,1\r\nb,2\r\n");
    String others = "run_id;started_at\r\na;1\r\n";
    remote.files.put("runs.csv", others);
    assertThat(rows.push().orElseThrow())
        .contains("runs.csv in fake://host/results", results.resolve("runs.csv").toString())
        .hasLineCount(1);
    assertThat(remote.files).containsEntry("runs.csv", others);
  }

  @Test
  void aFileThatThisRunWroteAnewTakesTheOthersPlace() throws Exception {
    remote.files.put("runs.csv", HEADER + "a,1\r\n");
    RunsRows rows = new RunsRows(remote, results);
    rows.pull();
    String anew = "run_id,started_at,more\r\na,1,\r\nb,2,3\r\n";
    write(anew);
    assertThat(rows.push()).isEmpty();
    assertThat(remote.files).containsEntry("runs.csv", anew);
  }

  private void write(String text) throws Exception {
    Files.writeString(results.resolve("runs.csv"), text);
  }
}
