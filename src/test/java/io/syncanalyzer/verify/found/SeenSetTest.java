package io.syncanalyzer.verify.found;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.result.verify.KeyVerdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenSetTest {
  private static final int KEYS = 50_000;

  @TempDir private Path folder;

  private static boolean takes(SeenSet set, int database, String key) {
    byte[] bytes = Bytes.utf8(key).array();
    set.in(database, 0);
    return set.takes(bytes, 0, bytes.length);
  }

  private SeenKeys seen() {
    SeenKeys seen = new SeenKeys(folder.resolve("seen"), 0, List.of());
    SeenKeys.Recorder recorder = seen.new Recorder();
    for (int i = 0; i < KEYS; i++) {
      byte[] key = Bytes.utf8("key" + i).array();
      recorder.add(0, key, 0, key.length, "string", KeyVerdict.EQUAL, true, true, 1, 1);
    }
    recorder.flush();
    return seen;
  }

  @ParameterizedTest
  @ValueSource(longs = {100_000_000, 200_000, 100_000, 1})
  void whateverMemoryItMayTakeEachKeyIsKnownInItsPartAndOthersAreNot(long bytes) {
    try (SeenKeys seen = seen()) {
      SeenSet set = SeenSet.of(KEYS, bytes);
      int unseen = 0;
      int known = 0;
      for (int part = 0; part < set.parts(); part++) {
        seen.into(set, part);
        for (int i = 0; i < KEYS; i++) {
          known += takes(set, 0, "key" + i) ? 1 : 0;
        }
        for (int i = 0; i < 1000; i++) {
          unseen += takes(set, 0, "other" + i) ? 1 : 0;
          unseen += takes(set, 1, "key" + i) ? 1 : 0;
        }
      }
      assertThat(known).isZero();
      assertThat(unseen).isEqualTo(2000);
      assertThat(set.parts() > 1).isEqualTo(bytes < KEYS * 11L);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {100_000_000, 50_000, 1})
  void ofThoseWithSomeVerdictEachIsKnownInItsPartAndTheOthersAreTakenOnce(long bytes) {
    try (SeenKeys seen = new SeenKeys(folder.resolve("seen"), 0, List.of())) {
      SeenKeys.Recorder recorder = seen.new Recorder();
      for (int i = 0; i < KEYS; i++) {
        byte[] key = Bytes.utf8("key" + i).array();
        KeyVerdict verdict = i % 3 == 0 ? KeyVerdict.VALUE_DIFFERS : KeyVerdict.EQUAL;
        recorder.add(7, key, 0, key.length, "string", verdict, true, true, 1, 1);
      }
      recorder.flush();
      SeenSet set = SeenSet.of(KEYS, bytes);
      set.in(7, 0);
      int[] taken = new int[KEYS];
      for (int part = 0; part < set.parts(); part++) {
        seen.into(set, part, verdict -> verdict != KeyVerdict.EQUAL);
        for (int again = 0; again < 2; again++) {
          for (int i = 0; i < KEYS; i++) {
            byte[] key = Bytes.utf8("key" + i).array();
            taken[i] += set.takes(key, 0, key.length) ? 1 : 0;
          }
        }
      }
      for (int i = 0; i < KEYS; i++) {
        assertThat(taken[i]).isEqualTo(i % 3 == 0 ? 0 : 1);
      }
    }
  }

  @Test
  void aKeyIsTakenOnceAndTheEmptyOneIsAKeyToo() {
    SeenSet set = SeenSet.of(10, 1000);
    assertThat(takes(set, 0, "")).isTrue();
    assertThat(takes(set, 0, "")).isFalse();
    assertThat(takes(set, 3, "")).isTrue();
    set.begin(0);
    assertThat(takes(set, 0, "")).isTrue();
  }

  @Test
  void aHashOfZerosIsAHashAsAnyOther() {
    SeenSet set = SeenSet.of(10, 1000);
    assertThat(set.add(0, 0)).isTrue();
    assertThat(set.add(0, 0)).isFalse();
    assertThat(set.add(0, -1)).isTrue();
  }

  @Test
  void whereItIsFullEachKeyIsTakenAgainRatherThanMissed() {
    SeenSet set = SeenSet.of(10, 1);
    for (int i = 0; i < 100_000; i++) {
      assertThat(takes(set, 0, "key" + i)).isTrue();
    }
    assertThat(set.isFull()).isTrue();
    assertThat(takes(set, 0, "key99999")).isTrue();
    assertThat(takes(set, 0, "key0")).isFalse();
  }

  @Test
  void whatOneSideTookIsUnknownToTheOtherButWhatWasSeenIsKnownToBoth() {
    byte[] key = Bytes.utf8("key").array();
    byte[] seen = Bytes.utf8("seen").array();
    SeenSet set = SeenSet.of(10, 1000);
    set.in(0, 0);
    assertThat(set.takes(seen, 0, seen.length)).isTrue();
    for (int side = 1; side <= 2; side++) {
      set.in(0, side);
      assertThat(set.takes(key, 0, key.length)).isTrue();
      assertThat(set.takes(key, 0, key.length)).isFalse();
      assertThat(set.takes(seen, 0, seen.length)).isFalse();
    }
  }
}
