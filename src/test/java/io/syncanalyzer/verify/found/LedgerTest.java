package io.syncanalyzer.verify.found;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.scan.KeyBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir private Path folder;

  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = opened(0, List.of(), 0);
  }

  private Ledger opened(long seenBytes, List<String> types, long rows) {
    return new Ledger(
        new MismatchLog.Writer(folder.resolve("mismatches"), rows),
        new SeenKeys(folder.resolve("seen"), seenBytes, types));
  }

  @AfterEach
  void close() {
    ledger.close();
    ledger.seen().close();
  }

  private static Suspect suspect(String key) {
    return new Suspect(0, Bytes.utf8(key), Side.SOURCE, 5);
  }

  private static KeyBatch batch(String... keys) {
    KeyBatch batch = new KeyBatch(0, keys.length);
    List.of(keys).forEach(key -> batch.add(Bytes.utf8(key)));
    return batch;
  }

  @Test
  void suspectsAreHeldUntilTheyAreTakenAndTheirMemoryIsKnown() {
    ledger.add(List.of(suspect("a"), suspect("bcd")));
    ledger.add(List.of(suspect("e")));

    assertThat(ledger.suspects()).isEqualTo(3);
    assertThat(ledger.suspectBytes())
        .isEqualTo(
            suspect("a").memoryBytes() + suspect("bcd").memoryBytes() + suspect("e").memoryBytes());
    assertThat(ledger.takeSuspects())
        .extracting(one -> one.key().asUtf8())
        .containsExactly("a", "bcd", "e");
    assertThat(ledger.suspects()).isZero();
    assertThat(ledger.suspectBytes()).isZero();
    assertThat(ledger.takeSuspects()).isEmpty();
  }

  @Test
  void whatAWorkerFindsIsInTheLedgerOnceItIsCountedIn() {
    CountedFindings found = new CountedFindings(Side.SOURCE, ledger, () -> 9);
    KeyBatch batch = batch("a", "b", "c", "d");

    found.equal(batch, 0, "string", 1, 3);
    found.equal(batch, 1, "string", 1, 4);
    found.suspect(batch, 2);
    found.gone(batch, 3);
    assertThat(ledger.suspects()).isZero();
    found.handOver();

    assertThat(found.goneKeys()).isEqualTo(1);
    assertThat(ledger.takeSuspects())
        .containsExactly(new Suspect(0, Bytes.utf8("c"), Side.SOURCE, 9));
    assertThat(ledger.tally().rows()).isEmpty();
    found.countIn();
    assertThat(ledger.tally().onSource()).isEqualTo(2);
    assertThat(ledger.tally().goneKeys()).isEqualTo(1);
    assertThat(ledger.seen().records()).isEqualTo(2);
  }

  @Test
  void whatWasKnownAtACheckpointIsGoneOnWith() {
    SeenKeys.Recorder recorder = ledger.seen().new Recorder();
    IntStream.range(0, 5)
        .mapToObj(i -> Bytes.utf8("key" + i).array())
        .forEach(
            key ->
                recorder.add(
                    0, key, 0, key.length, "set", KeyVerdict.VALUE_DIFFERS, true, true, 1, 1));
    recorder.flush();
    long size = ledger.seen().size();
    List<String> types = ledger.seen().types();
    close();

    ledger = opened(size, types, 0);
    ledger.goOn(11);

    assertThat(ledger.tally().goneKeys()).isEqualTo(11);
    assertThat(ledger.mismatched()).isEqualTo(5);
    assertThat(ledger.hasMismatched(5)).isTrue();
    assertThat(ledger.hasMismatched(6)).isFalse();
  }

  @Test
  void verificationsSideBySideStopByWhatAllOfThemFound() {
    SeenKeys.Recorder recorder = ledger.seen().new Recorder();
    for (int i = 0; i < 3; i++) {
      byte[] key = Bytes.utf8("key" + i).array();
      recorder.add(0, key, 0, key.length, "set", KeyVerdict.VALUE_DIFFERS, true, true, 1, 1);
    }
    recorder.flush();
    ledger.goOn(0);
    MismatchCount all = new MismatchCount();
    MismatchCount.Part mine = all.part();
    MismatchCount.Part other = all.part();

    other.ended(4);
    assertThat(mine.reaches(ledger, 8)).isFalse();
    assertThat(mine.reaches(ledger, 7)).isTrue();
    assertThat(all.all()).isEqualTo(7);
    other.withdraw();
    assertThat(mine.reaches(ledger, 7)).isFalse();
    assertThat(all.all()).isEqualTo(3);
  }
}
