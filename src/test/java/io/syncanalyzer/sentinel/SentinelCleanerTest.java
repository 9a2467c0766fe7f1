package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.scripted.ScriptedKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is removed and what is left, on keys without a server. */
class SentinelCleanerTest {
  private static final String PREFIX = "sa:r:string:0:";

  private final ScriptedKeys keys;
  private final RedisConnection connection;
  private final List<Long> told = new ArrayList<>();
  private final SentinelCleaner cleaner;

  SentinelCleanerTest() throws IOException {
    keys = new ScriptedKeys();
    Duration patience = Duration.ofSeconds(1);
    connection = RedisConnection.open(keys.endpoint(Side.SOURCE).withTimeouts(patience, patience));
    cleaner = new SentinelCleaner(connection, told::add);
  }

  @AfterEach
  void closes() throws IOException {
    connection.close();
    keys.close();
  }

  @ParameterizedTest
  @EnumSource(SentinelType.class)
  void aSentinelOfEachTypeGoesAndWhatOnlyHasItsNameStays(SentinelType type) {
    String prefix = "sa:r:" + type.label() + ":0:";
    keys.with(prefix + 0, type.label(), holding(type, 0));
    keys.with(prefix + 1, type.label(), holding(type, 7));
    keys.with(prefix + 2, type == SentinelType.STRING ? "list" : "string", "theirs");

    KeyCensus removed = cleaner.remove(List.of(new SentinelRange(prefix, 0, 4)));

    assertThat(keys.names()).containsExactly(prefix + 1, prefix + 2);
    assertThat(removed.names(KeyKind.SENTINEL)).containsExactly(prefix + 0);
    assertThat(removed.foreignNames()).containsExactly(prefix + 1, prefix + 2);
    assertThat(removed.changing()).isZero();
  }

  /** A batch has 128; how many were looked at is told after each but the last. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"127 |", "128 | 128", "129 | 128", "256 | 128 256", "300 | 128 256"})
  void rangesGoInBatches(int there, String looked) {
    sentinels(there);
    assertThat(cleaner.remove(ranges(there)).ours()).isEqualTo(there);
    assertThat(keys.names()).isEmpty();
    assertThat(words(told)).isEqualTo(looked == null ? "" : looked);
  }

  @Test
  void anInterruptEndsItAfterTheBatchThatIsUnderWay() {
    sentinels(300);
    Thread.currentThread().interrupt();
    KeyCensus removed;
    try {
      removed = cleaner.remove(ranges(300));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(removed.ours()).isEqualTo(128);
    assertThat(keys.names()).hasSize(172);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // keys, a page | how many were looked at, as it is told
        "5   | 2    | 0 2 2 4 4 5 5 5",
        "5   | 5    | 0 5 5 5",
        "200 | 1000 | 0 200 200 200",
      })
  void aPrefixGoesPageByPage(int there, int page, String looked) {
    sentinels(there);
    keys.with("user:1", "string", "theirs").with("sa:users:1", "string", "theirs").inPagesOf(page);
    KeyCensus removed = cleaner.removePrefix("sa:r:");
    assertThat(removed.ours()).isEqualTo(there);
    assertThat(removed.foreign()).isZero();
    assertThat(keys.names()).containsExactly("sa:users:1", "user:1");
    assertThat(removed.names(KeyKind.SENTINEL)).hasSize(Math.min(10, there));
    assertThat(words(told)).isEqualTo(looked);
  }

  @Test
  void countingRemovesNothingAndLooksAtWhatIsWantedAlone() {
    sentinels(3);
    keys.with(PREFIX + 3, "string", "theirs").with("sa:x", "string", "theirs");
    KeyCensus counted = cleaner.count("sa:", key -> !key.asUtf8().endsWith("1"));
    assertThat(counted.ours()).isEqualTo(2);
    assertThat(counted.foreignNames()).containsExactlyInAnyOrder(PREFIX + 3, "sa:x");
    assertThat(keys.names()).hasSize(5);
    assertThat(keys.asked()).doesNotContain("UNLINK", "WATCH");
  }

  @Test
  void aSecondLookCountsAnewWhatStayed() {
    sentinels(2);
    keys.with(PREFIX + 2, "string", "theirs");
    KeyCensus census = new KeyCensus();
    cleaner.removePrefix("sa:r:", census);
    cleaner.removePrefix("sa:r:", census);
    cleaner.remove(ranges(3), census);
    assertThat(census.ours()).isEqualTo(2);
    assertThat(census.foreign()).isEqualTo(1);
  }

  @Test
  void aPrefixThatIsNotOursIsRefused() {
    assertThatThrownBy(() -> cleaner.removePrefix("user:"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sa:");
  }

  /** Between the look and the removal: of the batch all but that key go, in halves. */
  @Test
  void aKeyThatChangesHandsOnceIsLookedAtAgain() {
    sentinels(5);
    AtomicInteger times = new AtomicInteger();
    keys.before(
        "MULTI",
        () -> {
          if (times.getAndIncrement()
              == 1) { // The first is the question whether WATCH may be used.
            keys.with(PREFIX + 3, "string", "theirs");
          }
        });
    KeyCensus removed = cleaner.remove(ranges(5));
    assertThat(removed.ours()).isEqualTo(4);
    assertThat(removed.foreignNames()).containsExactly(PREFIX + 3);
    assertThat(keys.names()).containsExactly(PREFIX + 3);
  }

  @Test
  void aKeyThatChangesEachTimeIsLeftAndCountedAsThat() {
    sentinels(2);
    keys.before("MULTI", () -> keys.with(PREFIX + 1, "string", holding(SentinelType.STRING, 1)));
    KeyCensus removed = cleaner.remove(ranges(2));
    assertThat(removed.ours()).isEqualTo(1);
    assertThat(removed.changing()).isEqualTo(1);
    assertThat(keys.names()).containsExactly(PREFIX + 1);
    // The question, both, the first alone, and twenty times the other.
    assertThat(Collections.frequency(keys.asked(), "EXEC")).isEqualTo(1 + 1 + 1 + 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // refused | with                         | look and removal in one step
        "none      | ERR                          | true",
        "WATCH     | NOPERM no permissions        | false",
        "MULTI     | NOPERM no permissions        | false",
        "MULTI     | ERR unknown command 'multi'  | false",
        "EXEC      | NOPERM no permissions        | false",
        "EXEC      | EXECABORT discarded          | false",
      })
  void withoutWatchItLooksAndRemovesAllTheSame(String refused, String error, boolean atomic) {
    sentinels(3);
    keys.with(PREFIX + 3, "string", "theirs").refusing(refused, error);
    assertThat(cleaner.isAtomic()).isEqualTo(atomic);
    assertThat(cleaner.isAtomic()).isEqualTo(atomic);
    assertThat(Collections.frequency(keys.asked(), "WATCH")).isEqualTo(1);
    KeyCensus removed = cleaner.remove(ranges(4));
    assertThat(removed.ours()).isEqualTo(3);
    assertThat(removed.foreign()).isEqualTo(1);
    assertThat(keys.names()).containsExactly(PREFIX + 3);
    assertThat(keys.asked().contains("DISCARD")).isEqualTo(refused.equals("EXEC"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WATCH", "MULTI", "EXEC"})
  void anotherErrorThanARefusalIsAFailure(String command) {
    keys.refusing(command, "LOADING Redis is loading the dataset in memory");
    assertThatThrownBy(cleaner::isAtomic).isInstanceOf(RedisFailure.class);
  }

  @ParameterizedTest
  @CsvSource({"none, true", "WATCH, false"})
  void aServerThatDoesNotKnowUnlinkIsAskedToDel(String refused, boolean atomic) {
    sentinels(4);
    keys.refusing("UNLINK", "ERR unknown command 'UNLINK'").refusing(refused, "NOPERM no");
    assertThat(cleaner.isAtomic()).isEqualTo(atomic);
    assertThat(cleaner.remove(ranges(4)).ours()).isEqualTo(4);
    assertThat(keys.names()).isEmpty();
    assertThat(Collections.frequency(keys.asked(), "UNLINK")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "SCAN, none",
    "TYPE, none",
    "GETRANGE, none",
    "UNLINK, none",
    "UNLINK, WATCH",
    "DEL, UNLINK",
  })
  void whatIsRefusedIsNamed(String refused, String unknown) {
    sentinels(2);
    keys.refusing(refused, "NOPERM this user has no permissions");
    keys.refusing(
        unknown, unknown.equals("WATCH") ? "NOPERM no" : "ERR unknown command '" + unknown + "'");
    assertThatThrownBy(() -> cleaner.removePrefix("sa:r:"))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining(refused);
    assertThat(keys.names()).hasSize(2);
  }

  @Test
  void anExecThatFailsLaterIsNamedToo() {
    sentinels(2);
    assertThat(cleaner.isAtomic()).isTrue();
    keys.refusing("EXEC", "OOM command not allowed when used memory > 'maxmemory'");
    assertThatThrownBy(() -> cleaner.remove(ranges(2))).isInstanceOf(RedisFailure.class);
  }

  @Test
  void aWatchThatIsRefusedLaterIsNamedToo() {
    sentinels(2);
    assertThat(cleaner.isAtomic()).isTrue();
    keys.refusing("WATCH", "NOPERM this user has no permissions");
    assertThatThrownBy(() -> cleaner.remove(ranges(2)))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("WATCH");
  }

  @Test
  void whereNothingIsOursTheWatchIsEndedAllTheSame() {
    keys.with(PREFIX + 0, "string", "theirs");
    assertThat(cleaner.isAtomic()).isTrue();
    assertThat(cleaner.remove(ranges(1)).foreign()).isEqualTo(1);
    assertThat(keys.asked()).endsWith("WATCH", "TYPE", "GETRANGE", "MULTI", "EXEC");
  }

  @Test
  void theMarkOfASelfTestThatWasKilledIsFound() {
    assertThat(SelftestName.mark(connection)).isEmpty();
    keys.with(SelftestName.MARK, "string", "theirs");
    assertThat(SelftestName.mark(connection)).isEmpty();
    keys.with(SelftestName.MARK, "string", "yes");
    assertThat(SelftestName.mark(connection)).contains("yes");
  }

  private void sentinels(int count) {
    for (int i = 0; i < count; i++) {
      keys.with(PREFIX + i, "string", holding(SentinelType.STRING, i));
    }
  }

  private static List<SentinelRange> ranges(int end) {
    return List.of(new SentinelRange(PREFIX, 0, end));
  }

  /** What the sentinel of a sequence holds. */
  private static String[] holding(SentinelType type, long sequence) {
    String content = "r 0 " + sequence + " 1700000000000 5";
    return switch (type) {
      case STRING, LIST, SET -> new String[] {content};
      case HASH, STREAM -> new String[] {"sentinel", content};
      case ZSET -> new String[] {content, Long.toString(sequence)};
    };
  }

  private static String words(List<Long> numbers) {
    return String.join(" ", numbers.stream().map(String::valueOf).toList());
  }
}
