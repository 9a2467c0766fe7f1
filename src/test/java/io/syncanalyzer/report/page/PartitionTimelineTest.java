package io.syncanalyzer.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SamplePartitions;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.page.Charts.Band;
import io.syncanalyzer.report.page.Charts.Lanes;
import io.syncanalyzer.report.page.Charts.Look;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.result.verify.VerifyPartition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Partitions over time by executor: what is drawn of them, and what is said to who sees nothing.
 */
class PartitionTimelineTest {
  private static final List<VerifyPartition> THREE =
      List.of(
          SamplePartitions.of(1, "w/10", 4.0, 6.0, 0, 3),
          SamplePartitions.of(2, "w/9", 0.0, 5.0, 7, 0),
          SamplePartitions.of(3, "w/10", 3.0, 2.5));

  private static PartitionTimeline timeline(List<VerifyPartition> partitions) {
    return Objects.requireNonNull(PartitionTimeline.of(partitions));
  }

  private static Section section(List<VerifyPartition> partitions) {
    return Page.view(
            SampleRuns.bare("r", "verify").verify(SamplePartitions.report(partitions)).build(),
            Distributions.read(Path.of("no-such-file")))
        .sections()
        .stream()
        .filter(section -> section.id().equals("verification"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBarIsAPartitionAndABandAnExecutorWithSoManyLanesAsRanAtOnce() {
    Lanes lanes = timeline(THREE).drawing();
    assertThat(lanes.bands()).containsExactly(new Band("w/9", 1), new Band("w/10", 2));
    assertThat(lanes.end()).isEqualTo(10);
    assertThat(lanes.from()).containsExactly(0.0, 3.0, 4.0);
    assertThat(lanes.length()).containsExactly(5.0, 2.5, 6.0);
    assertThat(lanes.lane()).containsExactly(0, 1, 2);
    assertThat(lanes.looks())
        .extracting(Look::label)
        .containsExactly("equal (1)", "unsettled, unreadable or not done (1)", "mismatched (1)");
    assertThat(lanes.look()).containsExactly(2, 0, 1);
  }

  @Test
  void aBarTellsItsSlotsNodesKeysTimeAndAttempts() {
    assertThat(timeline(THREE).drawing().words())
        .first()
        .isEqualTo(
            "Partition 2, slots 8-15 of 10.0.0.1:7000 and 10.0.1.1:7000, by w/9: 1,000 keys,"
                + " 7 mismatched, 5.00 s from 0.00 s on, 1 attempt");
  }

  @Test
  void aBarOfOneOfSeveralReplicasTellsWhich() {
    List<VerifyPartition> both =
        List.of(THREE.get(0).of("h:1 replica 1", 0), THREE.get(0).of("h:1 replica 2", 7));
    assertThat(timeline(both).drawing().words())
        .allMatch(words -> words.startsWith("Partition 1 of h:1 replica "));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, offset, EQUAL",
    "1, 0, 0, offset, MISMATCHED",
    "1, 1, 1, offset, MISMATCHED",
    "0, 1, 0, offset, UNDECIDED",
    "0, 0, 1, offset, UNDECIDED",
    "0, 0, 0, '', UNDECIDED",
  })
  void theWorstThatWasFoundOfAPartitionIsItsOutcome(
      long mismatched, long unsettled, long unreadable, String fence, PartitionOutcome outcome) {
    assertThat(
            PartitionOutcome.of(
                new VerifyPartition(
                    1,
                    "s",
                    "r",
                    0,
                    9,
                    5,
                    5,
                    2,
                    mismatched,
                    unsettled,
                    unreadable,
                    5L,
                    1,
                    1,
                    fence,
                    "local",
                    null,
                    0L)))
        .isEqualTo(outcome);
  }

  @Test
  void wordsSayWhatThePictureShows() {
    assertThat(timeline(THREE).words().all())
        .contains("3 partitions in 10.0 s on 2 executors, 1.35 at once on average.")
        .contains("Busiest was w/10 with 70 % of that time, least busy w/9 with 50 %.")
        .endsWith("Longest was partition 1 with 6.00 s on w/10.");
  }

  @Test
  void ofOneExecutorThereIsNoneToCompareItWith() {
    PartitionTimeline alone = timeline(SamplePartitions.many(5, 1, 2));
    assertThat(alone.words().all()).contains("on 1 executor").contains("It was busy 99 % of");
    assertThat(alone.words().table()).isNull();
  }

  @Test
  void aTableHasTheExecutorsTheBusiestFirst() {
    HtmlTable table = Objects.requireNonNull(timeline(THREE).words().table());
    assertThat(table.folded()).isFalse();
    assertThat(table.rows())
        .extracting(row -> row.cells().stream().map(PageView.HtmlCell::text).toList())
        .containsExactly(
            List.of("w/10", "2", "70", "2", "8.5", "10", "6", "1"),
            List.of("w/9", "1", "50", "1", "5", "5", "5", "2"));
  }

  @Test
  void whatBeganAtAnUnknownTimeIsToldAndNotDrawn() {
    List<VerifyPartition> some = new ArrayList<>(THREE);
    some.add(SamplePartitions.of(4, "w/9", null, 3.0));
    PartitionTimeline timeline = timeline(some);
    assertThat(timeline.drawing().from()).hasSize(3);
    assertThat(timeline.words().all())
        .endsWith("Not drawn: 1 partition of which it is not known when it began.");
  }

  @Test
  void ofTooManyExecutorsThoseThatEndedLastAreDrawnAndSaidHowMany() {
    List<VerifyPartition> all = new ArrayList<>();
    for (int number = 1; number <= 60; number++) {
      all.add(SamplePartitions.of(number, "w/" + number, 0.0, 100.0 - number));
    }
    PartitionTimeline timeline = timeline(all);
    assertThat(timeline.drawing().bands())
        .hasSize(PartitionTimeline.MOST_EXECUTORS)
        .contains(new Band("w/1", 1), new Band("w/40", 1))
        .doesNotContain(new Band("w/41", 1));
    assertThat(timeline.words().all())
        .contains("60 partitions")
        .contains("least busy w/60")
        .endsWith(
            "Drawn are only 40 of the executors, those that ended last;"
                + " verify_partitions.csv has all.");
  }

  @Test
  void executorsThatTakeTooManyLanesAreLeftOutAndOneIsAlwaysDrawn() {
    List<VerifyPartition> all = new ArrayList<>();
    for (int number = 1; number <= 600; number++) {
      all.add(SamplePartitions.of(number, number <= 300 ? "wide" : "other", 0.0, 700.0 - number));
    }
    assertThat(timeline(all).drawing().bands()).containsExactly(new Band("wide", 300));
  }

  @Test
  void thePageHasThePictureWhereTwoPartitionsHaveAStart() {
    assertThat(section(THREE).charts())
        .filteredOn(chart -> chart.id().equals("verify-partitions"))
        .singleElement()
        .satisfies(chart -> assertThat(chart.words()).contains("Busiest was w/10"));
    assertThat(section(THREE).tables())
        .extracting(HtmlTable::caption)
        .anyMatch(caption -> caption.startsWith("Executors"));
  }

  @Test
  void thePageHasNoneWhereFewerHaveOne() {
    Section section = section(List.of(THREE.get(0), SamplePartitions.of(4, "w/9", null, 3.0)));
    assertThat(section.charts()).noneMatch(chart -> chart.id().equals("verify-partitions"));
    assertThat(section.tables())
        .extracting(HtmlTable::caption)
        .noneMatch(caption -> caption.startsWith("Executors"))
        .anyMatch(caption -> caption.startsWith("Partitions"));
  }
}
