package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.SamplePartitions;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.verify.VerifyPartition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When partitions began, in the files and read again. */
class VerifyPartitionsTest {
  private static final List<VerifyPartition> TWO =
      List.of(
          SamplePartitions.of(1, "local", 1.234, 2.5), SamplePartitions.of(2, "local", null, 2.5));

  @TempDir Path results;
  private RunFolder folder;

  @BeforeEach
  void writeARun() throws Exception {
    folder = RunFolder.create(results, Optional.of("one"), Clock.systemUTC());
    RunReport run = SampleRuns.whole("one").verify(SamplePartitions.report(TWO)).build();
    SampleRuns.write(folder, run, SampleRuns.mismatches());
  }

  @Test
  void theStartHasNeverThreeDecimalsAndIsEmptyWhereUnknown() throws Exception {
    List<List<String>> rows = CsvFiles.read(folder.path().resolve("verify_partitions.csv"));
    assertThat(rows)
        .extracting(row -> row.get(row.size() - 1))
        .containsExactly("start_seconds", "1.2340", "");
  }

  @Test
  void whatIsReadAgainHasItToo() {
    assertThat(partitions()).isEqualTo(TWO);
  }

  @Test
  void aRunOfAnEarlierVersionHasNone() throws Exception {
    String document = Files.readString(folder.runJson());
    String earlier = document.replaceAll(",\\s*\"start_nanos\": ?\\d+", "");
    assertThat(earlier).isNotEqualTo(document).doesNotContain("start_nanos");
    Files.writeString(folder.runJson(), earlier);

    assertThat(partitions()).hasSize(2).extracting(VerifyPartition::startNanos).containsOnlyNulls();
  }

  private List<VerifyPartition> partitions() {
    return Objects.requireNonNull(RunReader.read(folder).verify()).partitions();
  }
}
