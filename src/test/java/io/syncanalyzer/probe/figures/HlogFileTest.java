package io.syncanalyzer.probe.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlogFileTest {
  @Test
  void phasesAppendToOneLogThatHdrHistogramsOwnProcessorReads(@TempDir Path folder)
      throws Exception {
    Path path = folder.resolve("lag.hlog");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      try (HlogFile log = HlogFile.append(path, 1_700_000_000_000L)) {
        log.interval("floor-upper", 1_700_000_000_000L, 1_700_000_001_000L, of(150_000));
      }
      try (HlogFile log = HlogFile.append(path, 1_700_000_005_000L)) {
        log.interval("upper", 1_700_000_005_000L, 1_700_000_006_000L, of(200_000, 3_000_000));
        log.interval("upper", 1_700_000_006_000L, 1_700_000_007_000L, of());
        log.interval("lower", 1_700_000_005_000L, 1_700_000_006_000L, of(0, 0));
      }
    } finally {
      Locale.setDefault(before);
    }
    assertThat(Files.readString(path)).containsOnlyOnce("[StartTime");

    try (HistogramLogReader reader = new HistogramLogReader(path.toFile())) {
      EncodableHistogram floor = reader.nextIntervalHistogram();
      assertThat(floor.getTag()).isEqualTo("floor-upper");
      assertThat(floor.getStartTimeStamp()).isEqualTo(1_700_000_000_000L);
      Histogram upper = (Histogram) reader.nextIntervalHistogram();
      assertThat(upper.getTag()).isEqualTo("upper");
      assertThat(upper.getStartTimeStamp()).isEqualTo(1_700_000_005_000L);
      assertThat(upper.getTotalCount()).isEqualTo(2);
      assertThat(upper.valuesAreEquivalent(upper.getMaxValue(), 3_000_000)).isTrue();
    }

    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      HistogramLogProcessor processor =
          new HistogramLogProcessor(new String[] {"-i", path.toString(), "-tag", "upper", "-csv"});
      processor.start(); // It is a thread, and prints from it.
      processor.join();
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Value").contains("Percentile");
  }

  @Test
  void aFolderThatIsNotThereIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> HlogFile.append(folder.resolve("no/lag.hlog"), 0))
        .isInstanceOf(ProbeFailure.class)
        .hasMessageContaining("lag.hlog");
  }

  @Test
  void aFullDiskIsToldAtTheEnd() {
    HlogFile log = HlogFile.append(Path.of("/dev/full"), 0);
    log.interval("upper", 0, 1000, of(5));
    assertThatThrownBy(log::close)
        .isInstanceOf(ProbeFailure.class)
        .hasMessageContaining("is the disk full?");
  }

  private static Histogram of(long... values) {
    Histogram histogram = LagRecorder.histogram();
    for (long value : values) {
      histogram.recordValue(value);
    }
    return histogram;
  }
}
