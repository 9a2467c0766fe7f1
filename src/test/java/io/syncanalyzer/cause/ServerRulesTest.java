package io.syncanalyzer.cause;

import static io.syncanalyzer.cause.Rows.MILLI;
import static io.syncanalyzer.cause.Rows.NEAR;
import static io.syncanalyzer.cause.Rows.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.Signs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers tell of themselves, and what of that explains a lag of one second. */
class ServerRulesTest {
  private static final long SPIKE = SECOND;

  private record Case(
      String what, Map<String, Object> signs, @Nullable LagCause cause, Certainty certainty) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        fits(
            "a command as long as the lag",
            Map.of("slowNanos", SPIKE, "slowCommand", "EVAL"),
            LagCause.SOURCE_SLOW_COMMAND,
            Certainty.CERTAIN),
        fits(
            "one of half of it",
            Map.of("slowNanos", SPIKE / 2, "slowCommand", "EVAL"),
            LagCause.SOURCE_SLOW_COMMAND,
            Certainty.LIKELY),
        nothing("a short one", Map.of("slowNanos", 20 * MILLI, "slowCommand", "EVAL")),
        fits(
            "an event",
            Map.of("latencyNanos", SPIKE / 2, "latencyEvent", "aof-fsync-always"),
            LagCause.SOURCE_LATENCY_EVENT,
            Certainty.LIKELY),
        fits("a long fork", Map.of("forkNanos", SPIKE), LagCause.SOURCE_FORK, Certainty.CERTAIN),
        fits(
            "keys that expire faster than the cycles manage",
            Map.of("expired", 50L, "expiryCut", 3L),
            LagCause.SOURCE_EXPIRY,
            Certainty.LIKELY),
        nothing("a few keys that expire", Map.of("expired", 50L, "expiryCut", 0L)),
        fits(
            "many keys evicted",
            Map.of("evicted", 9_000L),
            LagCause.SOURCE_EVICTION,
            Certainty.LIKELY),
        nothing("none evicted", Map.of("evicted", 0L)),
        fits("all of a core", Map.of("cpuShare", 0.97), LagCause.SOURCE_CPU, Certainty.LIKELY),
        nothing("half a core", Map.of("cpuShare", 0.5)),
        fits(
            "a buffer that ended its connection",
            Map.of(
                "bufferClosed",
                1L,
                "fullSyncs",
                1L,
                "waitingBytes",
                7L << 20,
                "bufferLimitBytes",
                8L << 20),
            LagCause.OUTPUT_BUFFER,
            Certainty.CERTAIN),
        fits(
            "one of some client, perhaps not the replica's",
            Map.of("bufferClosed", 1L, "fullSyncs", 1L),
            LagCause.OUTPUT_BUFFER,
            Certainty.LIKELY),
        fits(
            "more waiting than may, and the link broke",
            Map.of("waitingBytes", 9L << 20, "bufferLimitBytes", 8L << 20, "partialGranted", 1L),
            LagCause.OUTPUT_BUFFER,
            Certainty.LIKELY),
        fits(
            "no limit",
            Map.of("waitingBytes", 9L << 20, "bufferLimitBytes", 0L, "partialGranted", 1L),
            LagCause.LINK_LOST,
            Certainty.CERTAIN),
        fits(
            "a partial resync refused, by a backlog smaller than the gap",
            Map.of("partialRefused", 1L, "backlogBytes", 400L, "fullSyncs", 1L),
            LagCause.BACKLOG_OVERRUN,
            Certainty.CERTAIN),
        fits(
            "refused by one that held it all: of another history",
            Map.of("partialRefused", 1L, "backlogBytes", 4_000L, "fullSyncs", 1L),
            LagCause.FULL_RESYNC,
            Certainty.CERTAIN));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aSignOfTheSourceIsACauseAsFarAsItReaches(Case one) {
    Explanation found = explained(Rows.signs(one.signs()), null);
    assertThat(found.cause()).isEqualTo(one.cause() == null ? LagCause.LINK_OR_APPLY : one.cause());
    assertThat(found.certainty()).isEqualTo(one.certainty());
  }

  @Test
  void theSameOfTheReplicaIsLaidAtTheReplica() {
    assertThat(explained(null, Rows.signs(Map.of("slowNanos", SPIKE, "slowCommand", "KEYS"))))
        .extracting(Explanation::cause)
        .isEqualTo(LagCause.REPLICA_SLOW_COMMAND);
    assertThat(explained(null, Rows.signs(Map.of("cpuShare", 1.0))))
        .extracting(Explanation::cause)
        .isEqualTo(LagCause.REPLICA_CPU);
    assertThat(explained(null, Rows.signs(Map.of("loading", true))))
        .extracting(Explanation::cause)
        .isEqualTo(LagCause.FULL_RESYNC);
  }

  /** A tenth of every second is no second, however many there are of them. */
  @Test
  void whatExpiryTakesIsHeldAgainstTheLagByTheSecond() {
    Signs second = Rows.signs(Map.of("expired", 50L, "expiryNanos", 100 * MILLI));
    Signs ten = Stream.generate(() -> second).limit(10).reduce(Signs.NONE, Signs::and);
    assertThat(explained(ten, null).cause()).isEqualTo(LagCause.LINK_OR_APPLY);
    Signs busy = Rows.signs(Map.of("expired", 50L, "expiryNanos", 600 * MILLI));
    assertThat(explained(ten.and(busy), null).cause()).isEqualTo(LagCause.SOURCE_EXPIRY);
  }

  /** As INFO had it on a machine that swapped: used_memory 8 GiB, used_memory_rss 5 GiB. */
  @Test
  void memoryThatIsNotInRamIsPossiblySwappedAndNoMore() {
    Signs swapped = Rows.signs(Map.of("usedBytes", 8L << 30, "residentBytes", 5L << 30));
    Explanation found = explained(swapped, null);
    assertThat(found.evidence())
        .contains("swap on source (possible): 8.0 GiB in use, 5.0 GiB of the process in RAM");
    Signs small = Rows.signs(Map.of("usedBytes", 2L << 20, "residentBytes", 1L << 20));
    assertThat(explained(small, null).evidence()).doesNotContain("swap");
    Signs growing =
        swapped.and(Rows.signs(Map.of("usedBytes", 9L << 30, "residentBytes", 9L << 30)));
    assertThat(growing.usedBytes()).isEqualTo(8L << 30);
  }

  @Test
  void aSaveThatRunsIsPossibleForWhatItCopies() {
    Explanation found =
        explained(Rows.signs(Map.of("saving", true, "copiedBytes", 5L << 20)), null);
    assertThat(found.evidence())
        .contains("fork on source (possible): a save was running, begun before, 5.0 MiB copied");
  }

  @Test
  void whatNobodyTellsIsNeitherForNorAgainst() {
    Explanation found = explained(null, null);
    assertThat(found.against())
        .contains("not told: ")
        .contains("slow command on source: SLOWLOG")
        .contains("eviction on replica: evicted keys")
        .contains("output buffer of the replica at its limit: its limit, or what waits in it");
    assertThat(explained(Rows.signs(Map.of("slowNanos", 0L)), null).against())
        .contains("slow command on source: none in its SLOWLOG");
  }

  private static Case fits(
      String what, Map<String, Object> signs, LagCause cause, Certainty certainty) {
    return new Case(what, signs, cause, certainty);
  }

  private static Case nothing(String what, Map<String, Object> signs) {
    return new Case(what, signs, null, Certainty.LIKELY);
  }

  /** The link stood, both sides answered, and the replica was 500 bytes behind. */
  private static Explanation explained(@Nullable Signs source, @Nullable Signs replica) {
    List<LagSecond> rows =
        List.of(
            LagRows.second(0, 5L),
            LagRows.second(1, null, 500L, 0, 0, 0, true, 0, true).telling(source, replica),
            LagRows.second(2, SPIKE),
            LagRows.second(3, 5L));
    return Rows.explained(rows, NEAR);
  }
}
