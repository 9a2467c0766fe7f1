package io.syncanalyzer.verify.found;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.verify.scan.KeyHash;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MismatchLogTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("mismatches");
  }

  private static Mismatch mismatch(@Nullable Integer database, Bytes key, KeyVerdict verdict) {
    return new Mismatch(
        database, key, verdict, "string", null, "0", "a\n\"", null, 7L, null, 3, "d", "f", 12L);
  }

  private static Mismatch mismatch(int database, String key, KeyVerdict verdict) {
    return mismatch(database, Bytes.utf8(key), verdict);
  }

  private long write(long keep, Mismatch... all) {
    try (MismatchLog.Writer writer = new MismatchLog.Writer(file(), keep)) {
      List.of(all).forEach(writer::add);
      return writer.count();
    }
  }

  private List<Mismatch> read(long count, Map<Long, KeyVerdict> repeated) {
    List<Mismatch> found = new ArrayList<>();
    new MismatchLog(file(), count, repeated).forEach(found::add);
    return found;
  }

  @Test
  void whatIsWrittenIsReadAgainWhateverBytesAKeyHas() {
    Random random = new Random(3);
    Mismatch[] all = new Mismatch[300];
    for (int i = 0; i < all.length; i++) {
      byte[] key = new byte[random.nextInt(40)];
      random.nextBytes(key);
      all[i] = mismatch(i % 7 == 0 ? null : i, Bytes.wrap(key), KeyVerdict.VALUE_DIFFERS);
    }

    assertThat(write(0, all)).isEqualTo(300);

    assertThat(read(300, Map.of())).containsExactly(all);
    assertThat(read(300, Map.of())).as("once more").hasSize(300);
  }

  @Test
  void aKeyTooLongForACellIsWholeInTheFileAndCutWhereItIsRead() throws IOException {
    Bytes key = Bytes.utf8("k".repeat(Mismatch.LONGEST_KEY + 100));
    Mismatch one = mismatch(0, key, KeyVerdict.VALUE_DIFFERS);

    write(0, one);

    assertThat(Files.readString(file())).contains(key.asUtf8());
    assertThat(read(1, Map.of())).containsExactly(one.shown());
    assertThat(read(1, Map.of()).get(0).key().length()).isEqualTo(Mismatch.LONGEST_KEY);
  }

  @Test
  void whatWasWrittenAfterACheckpointIsCutOffThoughItBeHalfALine() throws IOException {
    Mismatch first = mismatch(0, "a", KeyVerdict.VALUE_DIFFERS);
    Mismatch second = mismatch(0, "b", KeyVerdict.VALUE_DIFFERS);
    Mismatch third = mismatch(0, "c", KeyVerdict.VALUE_DIFFERS);
    write(0, first, second, third);
    Files.writeString(file(), "{\"db\":0,\"ke", StandardOpenOption.APPEND);

    assertThat(write(2, third)).isEqualTo(3);

    assertThat(read(3, Map.of())).containsExactly(first, second, third);
  }

  @Test
  void anEarlierFileIsEmptiedWhereNothingOfItIsKept() {
    write(0, mismatch(0, "a", KeyVerdict.VALUE_DIFFERS));
    Mismatch other = mismatch(0, "b", KeyVerdict.VALUE_DIFFERS);

    assertThat(write(0, other)).isEqualTo(1);

    assertThat(read(1, Map.of())).containsExactly(other);
  }

  @Test
  void aFileWithFewerLinesThanTheCheckpointSaysIsAFaultOfTheDisk() {
    write(0, mismatch(0, "a", KeyVerdict.VALUE_DIFFERS));

    assertThatThrownBy(() -> new MismatchLog.Writer(file(), 2))
        .isInstanceOfSatisfying(
            VerifyFailure.class, e -> assertThat(e.kind()).isEqualTo(VerifyFailure.Kind.DISK))
        .hasMessageContaining("it has fewer than 2 lines");
  }

  @Test
  void ofAKeyWithSeveralLinesTheFirstWithTheVerdictThatStandsIsRead() {
    Mismatch stands = mismatch(1, "a", KeyVerdict.VALUE_DIFFERS);
    Mismatch other = mismatch(1, "b", KeyVerdict.UNSETTLED);
    write(
        0,
        mismatch(1, "a", KeyVerdict.UNSETTLED),
        stands,
        other,
        mismatch(1, "a", KeyVerdict.VALUE_DIFFERS));

    assertThat(read(4, Map.of(low(1, "a"), KeyVerdict.VALUE_DIFFERS)))
        .containsExactly(stands, other);
  }

  private static long low(int database, String key) {
    KeyHash hash = new KeyHash();
    byte[] bytes = Bytes.utf8(key).array();
    hash.of(database, bytes, 0, bytes.length);
    return hash.low();
  }

  @Test
  void whereThereAreNoneTheFileMayBeAbsent() {
    assertThat(read(0, Map.of())).isEmpty();
    assertThat(new MismatchLog(file(), 0, Map.of()).isEmpty()).isTrue();
  }
}
