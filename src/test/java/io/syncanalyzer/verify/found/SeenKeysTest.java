package io.syncanalyzer.verify.found;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenKeysTest {
  @TempDir private Path folder;

  private static void add(
      SeenKeys.Recorder recorder, int database, String key, String type, KeyVerdict verdict) {
    byte[] bytes = Bytes.utf8(key).array();
    recorder.add(database, bytes, 0, bytes.length, type, verdict, true, true, 2, 10);
  }

  @Test
  void aKeySeenTwiceCountsOnceAndTheGraverVerdictStands() {
    try (SeenKeys seen = new SeenKeys(folder.resolve("seen"), 0, List.of())) {
      SeenKeys.Recorder recorder = seen.new Recorder();
      add(recorder, 0, "a", "string", KeyVerdict.EQUAL);
      add(recorder, 0, "b", "hash", KeyVerdict.EQUAL);
      add(recorder, 1, "a", "string", KeyVerdict.EQUAL);
      add(recorder, 0, "a", "string", KeyVerdict.VALUE_DIFFERS);
      add(recorder, 0, "a", "string", KeyVerdict.EQUAL);
      recorder.flush();
      SeenKeys.Counted counted = seen.count();
      assertThat(counted.repeats()).isEqualTo(2);
      assertThat(counted.repeatedMismatches()).isEmpty();
      assertThat(counted.tally().rows())
          .extracting(VerifyRow::type, VerifyRow::verdict, VerifyRow::keys)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("hash", KeyVerdict.EQUAL, 1L),
              org.assertj.core.groups.Tuple.tuple("string", KeyVerdict.EQUAL, 1L),
              org.assertj.core.groups.Tuple.tuple("string", KeyVerdict.VALUE_DIFFERS, 1L));
    }
  }

  @Test
  void ofSeveralRowsOfOneKeyTheVerdictThatStandsIsKnown() {
    try (SeenKeys seen = new SeenKeys(folder.resolve("seen"), 0, List.of())) {
      SeenKeys.Recorder recorder = seen.new Recorder();
      add(recorder, 0, "a", "string", KeyVerdict.UNSETTLED);
      add(recorder, 0, "a", "string", KeyVerdict.VALUE_DIFFERS);
      recorder.flush();
      assertThat(seen.count().repeatedMismatches().values())
          .containsExactly(KeyVerdict.VALUE_DIFFERS);
    }
  }

  @Test
  void moreThanFitsIntoOnePartIsCountedPartByPart() {
    int keys = 700_000;
    try (SeenKeys seen = new SeenKeys(folder.resolve("seen"), 0, List.of())) {
      SeenKeys.Recorder recorder = seen.new Recorder();
      for (int i = 0; i < keys; i++) {
        add(recorder, 0, "key" + i, "string", KeyVerdict.EQUAL);
        if (i % 1000 == 0) {
          add(recorder, 0, "key" + i / 2, "string", KeyVerdict.MISSING_ON_REPLICA);
        }
      }
      recorder.flush();
      SeenKeys.Counted counted = seen.count();
      assertThat(counted.repeats()).isEqualTo(keys / 1000);
      Tally tally = counted.tally();
      assertThat(tally.rows().stream().mapToLong(VerifyRow::keys).sum()).isEqualTo(keys);
      assertThat(tally.rows().get(1).verdict()).isEqualTo(KeyVerdict.MISSING_ON_REPLICA);
      assertThat(tally.rows().get(1).keys()).isEqualTo(keys / 1000);
      assertThat(tally.rows().get(0).bytes()).isEqualTo((keys - keys / 1000) * 10L);
    }
    assertThat(folder.toFile().list()).containsExactly("seen");
  }

  @Test
  void whatWasWrittenAfterACheckpointIsCutOffThoughItBeHalfARecord() {
    long size;
    List<String> types;
    try (SeenKeys seen = new SeenKeys(folder.resolve("seen"), 0, List.of())) {
      SeenKeys.Recorder recorder = seen.new Recorder();
      add(recorder, 0, "a", "string", KeyVerdict.EQUAL);
      add(recorder, 0, "b", "hash", KeyVerdict.EQUAL);
      recorder.flush();
      size = seen.size();
      types = seen.types();
      add(recorder, 0, "c", "list", KeyVerdict.EQUAL);
      recorder.flush();
    }
    try (SeenKeys seen = new SeenKeys(folder.resolve("seen"), size, types)) {
      assertThat(seen.records()).isEqualTo(2);
      SeenKeys.Recorder recorder = seen.new Recorder();
      add(recorder, 0, "d", "set", KeyVerdict.EQUAL);
      recorder.flush();
      assertThat(seen.count().tally().rows())
          .extracting(VerifyRow::type)
          .containsExactly("hash", "set", "string");
    }
  }

  @Test
  void typesBeyondTheLastNumberShareOneAndAreUnknown() {
    try (SeenKeys seen = new SeenKeys(folder.resolve("seen"), 0, List.of())) {
      SeenKeys.Recorder recorder = seen.new Recorder();
      for (int i = 0; i < 257; i++) {
        add(recorder, 0, "key" + i, "type" + i, KeyVerdict.EQUAL);
      }
      recorder.flush();
      assertThat(seen.types()).hasSize(255);
      assertThat(seen.count().tally().rows())
          .hasSize(256)
          .anySatisfy(
              row -> {
                assertThat(row.type()).isEqualTo("unknown");
                assertThat(row.keys()).isEqualTo(2);
              });
    }
  }
}
