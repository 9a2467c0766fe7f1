package io.syncanalyzer.verify.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.scripted.LoopbackServer;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.scripted.ScriptedRedis;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.ServerRetries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The looks that settling makes, on servers of the tests that change in the midst of them. */
class SettlerTest {
  private static final int ROUNDS = 3;

  private final ScriptedClock clock = new ScriptedClock();
  private final ScriptedRedis source = new ScriptedRedis(Side.SOURCE);
  private final ScriptedRedis replica = new ScriptedRedis(Side.REPLICA);
  private final Connections connections = new Connections();
  private final List<String> told = new ArrayList<>();
  private final List<Settled> results = new ArrayList<>();
  private FenceMode fence = FenceMode.NONE;
  private Abilities abilities =
      new Abilities(false, false, false, false, true, true, ClockSkew.NONE);
  private int together = 512;
  private boolean stopping;
  private int opened;

  @AfterEach
  void close() {
    connections.close();
    source.close();
    replica.close();
    assertThat(Thread.interrupted()).isFalse();
  }

  private void withoutWatch() {
    abilities = abilities.withWatch(false);
  }

  private static SettleSettings settling() {
    return new SettleSettings(
        FenceMode.NONE, Duration.ofSeconds(10), ROUNDS, Duration.ofSeconds(1), Optional.empty());
  }

  private BothSides sides() {
    opened++;
    return new BothSides(
        connections, source.endpoint(), replica.endpoint(), abilities, 1000, clock);
  }

  private Settler settler() {
    CountedFence counted =
        new CountedFence(
            Fences.choose(fence, source.endpoint(), replica.endpoint(), "it", clock),
            0,
            clock,
            waits -> {});
    return new Settler(
        this::sides,
        abilities,
        counted,
        settling(),
        new ServerRetries(told::add, clock, () -> stopping),
        clock,
        together,
        results::add);
  }

  private static List<Suspect> suspects(String... keys) {
    return Arrays.stream(keys).map(key -> new Suspect(0, Bytes.utf8(key), Side.SOURCE, 0)).toList();
  }

  /** What each key came to, in words: its verdict, its rounds. */
  private List<String> settle(String... keys) {
    try (Settler settler = settler()) {
      List<Settled> open = settler.settle(suspects(keys));
      return words(open);
    }
  }

  private List<String> words(List<Settled> open) {
    List<String> all = new ArrayList<>();
    results.forEach(settled -> all.add(word(settled)));
    open.forEach(settled -> all.add(word(settled) + " open"));
    return all;
  }

  private static String word(Settled settled) {
    KeyVerdict verdict = settled.judgement().verdict();
    return settled.suspect().key().asUtf8()
        + " "
        + (verdict == null ? "gone" : verdict)
        + " "
        + settled.rounds();
  }

  @Test
  void whatStandsStillIsSettledInOneRoundUnderOneWatch() {
    source.string("a", "1").string("b", "1").string("d", "1").hash("e", "f=1");
    replica.string("a", "1").string("b", "2").string("c", "1").string("e", "1");
    assertThat(settle("a", "b", "c", "d", "e", "f"))
        .containsExactly(
            "a EQUAL 1",
            "b VALUE_DIFFERS 1",
            "c EXTRA_ON_REPLICA 1",
            "d MISSING_ON_REPLICA 1",
            "e TYPE_DIFFERS 1",
            "f gone 1");
    assertThat(source.asked()).filteredOn("EXEC"::equals).hasSize(1);
    assertThat(source.asked()).contains("WATCH a b c d e f").doesNotContain("GET d", "HGETALL e");
    assertThat(clock.parked()).isEmpty();
    assertThat(results.get(1).fence()).isEqualTo("no fence, taken to be at rest");
    assertThat(results.get(1).source().content()).isNotNull();
    assertThat(Objects.requireNonNull(results.get(1).source().content()).parts()).isEmpty();
    assertThat(Objects.requireNonNull(results.get(1).replica().content()).parts()).isEmpty();
    assertThat(results.get(1).nanos()).isEqualTo(clock.nanoTime());
  }

  @Test
  void aReplicaThatWasOnlyBehindIsEqualWhicheverValueItShows() {
    source.string("before", "1").string("after", "1").string("other", "1");
    replica.string("before", "1").string("after", "2").string("other", "1");
    source.before("EXEC", 1, () -> source.touch("other"));
    // Between the two looks at the source both get another value.
    source.before("TYPE before", 3, () -> source.string("before", "2").string("after", "2"));
    assertThat(settle("before", "after", "other"))
        .containsExactly("before EQUAL 1", "after EQUAL 1", "other EQUAL 1");
  }

  @Test
  void whatDiffersInAGroupThatWasTouchedIsWatchedByItself() {
    source.string("a", "1").string("b", "1");
    replica.string("a", "2").string("b", "1");
    source.before("EXEC", 1, () -> source.touch("b"));
    assertThat(settle("a", "b")).containsExactly("b EQUAL 1", "a VALUE_DIFFERS 1");
    assertThat(source.asked()).containsSubsequence("WATCH a b", "EXEC", "WATCH a", "EXEC");
    assertThat(results).extracting(Settled::fence).containsOnly("no fence, taken to be at rest");
  }

  @Test
  void aLargeGroupOfWhichAKeyWasTouchedIsSettledInParts() {
    together = 4096;
    String[] keys = new String[1100];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "k" + i;
      source.string(keys[i], "1");
      replica.string(keys[i], "2");
    }
    source.before("EXEC", 1, () -> source.touch("k7"));
    assertThat(settle(keys)).hasSize(1100).allMatch(word -> word.endsWith(" VALUE_DIFFERS 1"));
    assertThat(source.asked()).filteredOn("EXEC"::equals).hasSize(4);
    assertThat(source.asked()).doesNotContain("WATCH k7");
  }

  @Test
  void whatIsTouchedAgainAndAgainIsUnsettledAfterTheLastRound() {
    source.string("a", "1");
    replica.string("a", "2");
    for (int exec = 1; exec <= 2 * ROUNDS; exec++) {
      source.before("EXEC", exec, () -> source.touch("a"));
    }
    assertThat(settle("a")).containsExactly("a UNSETTLED 3 open");
    long waited = clock.parked().stream().mapToLong(Long::longValue).sum();
    assertThat(waited).isEqualTo((20_000_000L << 2) + (20_000_000L << 3));
  }

  @Test
  void aKeyThatComesToRestIsSettledInALaterRound() {
    source.string("a", "1");
    replica.string("a", "2");
    source.before("EXEC", 1, () -> source.touch("a"));
    source.before("EXEC", 2, () -> source.touch("a"));
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 2");
    assertThat(clock.parked().stream().mapToLong(Long::longValue).sum()).isEqualTo(80_000_000);
  }

  @Test
  void whatChangesBetweenTwoLooksGetsAnotherRound() {
    source.string("a", "1");
    replica.string("a", "9");
    source.before("EXEC", 1, () -> source.touch("a"));
    source.before("TYPE a", 3, () -> source.string("a", "2"));
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 2");
  }

  @Test
  void whereAKeyMayNotBeWatchedTheOthersAre() {
    source.string("a", "1").string("b", "1").answering("WATCH a b", "-NOPERM no\r\n");
    replica.string("a", "2").string("b", "1");
    assertThat(settle("a", "b")).containsExactly("b EQUAL 1", "a VALUE_DIFFERS 1");
    assertThat(source.asked()).contains("WATCH a");
    assertThat(clock.parked()).isEmpty();
  }

  @Test
  void whatMayNotBeWatchedByItselfEitherMustDifferTenTimes() {
    source.string("a", "1").answering("WATCH a", "-NOPERM no\r\n");
    replica.string("a", "2");
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 1");
    assertThat(source.asked()).filteredOn("GET a"::equals).hasSize(2 * SettlingRule.LOOKS);
    assertThat(clock.parked()).hasSize(SettlingRule.LOOKS - 1).allMatch(nanos -> nanos < 3_000_000);
  }

  @Test
  void withoutWatchASourceThatCountedNoWriteStoodStill() {
    withoutWatch();
    source.string("a", "1").string("b", "1").answering("INFO", info(5), info(5));
    replica.string("a", "2").string("b", "1");
    assertThat(settle("a", "b")).containsExactly("b EQUAL 1", "a VALUE_DIFFERS 1");
    assertThat(source.asked()).doesNotContain("MULTI");
    assertThat(source.asked()).filteredOn("GET a"::equals).hasSize(2);
  }

  @Test
  void withoutWatchASourceThatCountedAWriteIsLookedAtTenTimes() {
    withoutWatch();
    source.string("a", "1").answering("INFO", info(5), info(6));
    replica.string("a", "2");
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 1");
    assertThat(source.asked()).filteredOn("GET a"::equals).hasSize(2 * SettlingRule.LOOKS);
  }

  @Test
  void theFencesOwnWritesAreNoneOfAnothers() {
    withoutWatch();
    fence = FenceMode.SENTINEL;
    source.followedBy(replica);
    source.string("a", "1").answering("INFO", info(5), info(6));
    replica.string("a", "2");
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 1");
    assertThat(source.asked()).filteredOn("GET a"::equals).hasSize(2);
    assertThat(results.get(0).fence()).startsWith("sentinel ");
  }

  @Test
  void whatHasGrownWhenItIsWatchedByItselfIsSettledInWindows() {
    source.set("a", "x").string("b", "1");
    replica.set("a", "y").string("b", "1");
    source.before("EXEC", 1, () -> source.touch("b"));
    source.before(
        "WATCH a",
        2,
        () -> {
          source.set("a", many(150, ""));
          replica.set("a", but(7, "other", many(150, "")));
        });
    assertThat(settle("a", "b")).containsExactly("b EQUAL 1", "a VALUE_DIFFERS 1");
    assertThat(results.get(1).judgement().detail()).startsWith("1 part differs: e7 (only");
  }

  @Test
  @SuppressWarnings("try") // Closed in between, as a database that is done is.
  void whatIsClosedIsOpenedAgain() {
    source.string("a", "1");
    replica.string("a", "1");
    try (Settler settler = settler()) {
      settler.settle(suspects("a"));
      settler.close();
      settler.settle(suspects("a"));
    }
    assertThat(opened).isEqualTo(2);
  }

  private static String info(int changes) {
    return LoopbackServer.bulk(
        "rdb_changes_since_last_save:"
            + changes
            + "\r\nrdb_last_save_time:100\r\nserver_time_usec:200000000\r\n"
            + "rdb_bgsave_in_progress:0\r\n");
  }

  @Test
  void aKeyThatGoesBackAndForthIsNotToldToDiffer() {
    withoutWatch();
    source.string("a", "A");
    replica.string("a", "B");
    // The sixth look shows that the replica was only behind.
    source.before("GET a", 11, () -> source.string("a", "B"));
    assertThat(settle("a")).containsExactly("a EQUAL 1");
  }

  @Test
  void oneThatDiffersInAnotherWayAtEachLookIsUnsettled() {
    withoutWatch();
    source.string("a", "A").string("b", "A");
    replica.string("a", "B").string("b", "B");
    for (int round = 0; round < ROUNDS; round++) {
      String next = "B" + round;
      replica.before("GET a", 2 + 2 * round, () -> replica.string("a", next));
    }
    assertThat(settle("a", "b")).containsExactly("b VALUE_DIFFERS 1", "a UNSETTLED 3 open");
  }

  @Test
  void oneThatHasGrownMeanwhileIsNotToldUnread() {
    withoutWatch();
    source.set("a", "x");
    replica.set("a", "y");
    source.before(
        "TYPE a",
        5,
        () -> {
          source.set("a", many(150, ""));
          replica.set("a", many(150, ""));
        });
    assertThat(settle("a")).containsExactly("a EQUAL 2");
  }

  private static String[] many(int count, String after) {
    return IntStream.range(0, count).mapToObj(i -> "e" + i + after).toArray(String[]::new);
  }

  private static String[] but(int place, String other, String... all) {
    String[] changed = all.clone();
    changed[place] = other;
    return changed;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void largeValuesAreSettledWindowByWindow(boolean watch) {
    abilities = abilities.withWatch(watch);
    source.hash("same", many(150, "=v")).hash("other", many(150, "=v")).set("type", many(150, ""));
    replica
        .hash("same", many(150, "=v"))
        .hash("other", but(77, "e77=w", many(150, "=v")))
        .list("type", many(150, ""));
    assertThat(settle("same", "other", "type"))
        .containsExactlyInAnyOrder("same EQUAL 1", "other VALUE_DIFFERS 1", "type TYPE_DIFFERS 1");
    Settled other =
        results.stream().filter(one -> word(one).startsWith("other")).findFirst().orElseThrow();
    assertThat(other.judgement().detail()).isEqualTo("1 part differs: e77");
  }

  @Test
  void aLargeValueOfAGroupThatWasTouchedIsStillSettledByItself() {
    source.hash("large", many(150, "=v")).string("small", "1");
    replica.hash("large", but(3, "e3=w", many(150, "=v"))).string("small", "2");
    source.before("EXEC", 1, () -> source.touch("small"));
    assertThat(settle("large", "small"))
        .containsExactly("small VALUE_DIFFERS 1", "large VALUE_DIFFERS 1");
  }

  @Test
  void aLargeExpiryThatDiffersIsTold() {
    source.hash("a", many(150, "=v")).expiring("a", 5000);
    replica.hash("a", many(150, "=v")).expiring("a", 50_000);
    assertThat(settle("a")).containsExactly("a TTL_DIFFERS 1");
  }

  @Test
  void aLargeValueThatIsWrittenToIsToldPartByPart() {
    source.hash("a", many(150, "=v"));
    replica.hash("a", but(149, "e149=old", but(3, "e3=w", many(150, "=v"))));
    touchAlways("a");
    // One part moves on the replica as well, and is then as on the source.
    replica.before("HMGET", 30, () -> replica.hash("a", but(3, "e3=w", many(150, "=v"))));
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 1");
    assertThat(results.get(0).judgement().detail()).isEqualTo("1 part differs: e3");
  }

  /** Touches a key before every EXEC. */
  private void touchAlways(String key) {
    for (int exec = 1; exec < 50; exec++) {
      source.before("EXEC", exec, () -> source.touch(key));
    }
  }

  @Test
  void aLargeValueWhoseEveryDifferenceChangesIsUnsettled() {
    source.hash("a", many(150, "=v"));
    replica.hash("a", but(3, "e3=0", many(150, "=v")));
    touchAlways("a");
    for (int look = 1; look < 200; look++) {
      String next = "e3=" + look;
      replica.before("HMGET", look, () -> replica.hash("a", but(3, next, many(150, "=v"))));
    }
    assertThat(settle("a")).containsExactly("a UNSETTLED 3 open");
  }

  @Test
  void aLargeListThatIsWrittenToIsToldAsAWhole() {
    source.list("a", many(150, "")).list("b", many(150, ""));
    replica.list("a", but(3, "other", many(150, ""))).list("b", many(150, ""));
    touchAlways("a");
    for (int exec = 1; exec < 9; exec++) {
      source.before("EXEC", exec, () -> source.touch("b"));
    }
    assertThat(settle("a", "b")).containsExactlyInAnyOrder("a VALUE_DIFFERS 1", "b EQUAL 1");
    Settled other =
        results.stream().filter(one -> word(one).startsWith("a")).findFirst().orElseThrow();
    assertThat(other.judgement().detail()).isEqualTo("1 part differs: 3");
    assertThat(clock.parked()).hasSize(SettlingRule.LOOKS - 1);
  }

  @Test
  void aLargeListThatIsAnotherAtEachLookIsUnsettled() {
    source.list("a", many(150, ""));
    replica.list("a", but(3, "other", many(150, "")));
    touchAlways("a");
    for (int look = 1; look < 200; look++) {
      String next = "next" + look;
      source.before("LRANGE", look, () -> source.list("a", but(4, next, many(150, ""))));
    }
    assertThat(settle("a")).containsExactly("a UNSETTLED 3 open");
  }

  @Test
  void aListWhoseReplicaWasBehindIsEqual() {
    source.list("a", but(3, "first", many(150, "")));
    replica.list("a", but(3, "old", many(150, "")));
    touchAlways("a");
    source.before("LRANGE", 6, () -> source.list("a", but(3, "old", many(150, ""))));
    assertThat(settle("a")).containsExactly("a EQUAL 1");
  }

  @Test
  void aListThatBecameAnotherTypeIsUnsettled() {
    source.list("a", many(150, ""));
    replica.list("a", but(3, "old", many(150, "")));
    touchAlways("a");
    for (int look = 3; look < 100; look += 1) {
      source.before("TYPE a", look, () -> source.string("a", "s".repeat(70_000)));
    }
    replica.before("TYPE a", 2, () -> replica.string("a", "s".repeat(70_000)));
    assertThat(settle("a").get(0)).isIn("a EQUAL 2", "a EQUAL 3");
  }

  @ParameterizedTest
  @CsvSource({
    // what the source's and the replica's time to live are at each look
    "60000, 90000, TTL_DIFFERS",
    "60000, -1, TTL_DIFFERS",
    "-1, 60000, TTL_DIFFERS",
    "60000, 60500, EQUAL",
  })
  void theExpiryOfALargeValueThatIsWrittenToMustDifferTenTimes(
      long mine, long others, String verdict) {
    source.hash("a", many(150, "=v")).expiring("a", mine);
    replica.hash("a", many(150, "=v")).expiring("a", others);
    touchAlways("a");
    assertThat(settle("a")).containsExactly("a " + verdict + " 1");
    assertThat(clock.parked()).hasSize(verdict.equals("EQUAL") ? 0 : SettlingRule.LOOKS - 1);
  }

  @Test
  void anExpiryThatIsSetAgainAndAgainIsUnsettled() {
    source.hash("a", many(150, "=v")).expiring("a", 60_000);
    replica.hash("a", many(150, "=v")).expiring("a", 10_000);
    touchAlways("a");
    for (int look = 1; look < 200; look++) {
      long next = 60_000 + 5000L * look;
      source.before("PTTL a", look, () -> source.expiring("a", next));
    }
    assertThat(settle("a")).containsExactly("a UNSETTLED 3 open");
  }

  @Test
  void anExpiryThatOneLookShowsToBeEqualIs() {
    source.hash("a", many(150, "=v")).expiring("a", 60_000);
    replica.hash("a", many(150, "=v")).expiring("a", 10_000);
    touchAlways("a");
    source.before("PTTL a", 6, () -> source.expiring("a", 10_000));
    assertThat(settle("a")).containsExactly("a EQUAL 1");
  }

  @Test
  void aLargeValueThatIsGoneOnBothSidesHasNoVerdict() {
    source.set("a", many(150, ""));
    replica.set("a", many(150, ""));
    source.before(
        "EXEC",
        2,
        () -> {
          source.delete("a");
          replica.delete("a");
        });
    assertThat(settle("a")).containsExactly("a gone 1");
  }

  @Test
  void aLargeValueThatBecameSmallIsSettledInTheNextRound() {
    source.set("a", many(150, ""));
    replica.set("a", many(150, ""));
    source.before("WATCH", 2, () -> source.set("a", "x"));
    replica.before("TYPE a", 2, () -> replica.set("a", "x"));
    assertThat(settle("a")).containsExactly("a EQUAL 2");
  }

  @Test
  void whatAServerRefusesInAWindowIsUnreadable() {
    source.set("a", many(150, "")).answering("SSCAN a 0 COUNT 100", "-NOPERM scan\r\n");
    replica.set("a", many(150, ""));
    assertThat(settle("a")).containsExactly("a UNREADABLE 1");
    assertThat(results.get(0).judgement().detail()).isEqualTo("in windows: NOPERM scan");
  }

  @Test
  void whatIsUnreadableIsSettledInAnyWay() {
    source.string("a", "1").answering("GET a", "-NOPERM get\r\n");
    replica.string("a", "2");
    assertThat(settle("a")).containsExactly("a UNREADABLE 1");
    withoutWatch();
    results.clear();
    assertThat(settle("a")).containsExactly("a UNREADABLE 1");
  }

  @Test
  void manyAreSettledInGroups() {
    String[] keys = many(600, "");
    for (String key : keys) {
      source.string(key, "1");
      replica.string(key, key.equals("e599") ? "2" : "1");
    }
    List<String> found = settle(keys);
    assertThat(found).hasSize(600).contains("e599 VALUE_DIFFERS 1", "e0 EQUAL 1");
    assertThat(source.asked()).filteredOn("EXEC"::equals).hasSize(2);
  }

  @Test
  void manyThatMayNotBeWatchedAreReadSomeAtATime() {
    withoutWatch();
    String[] keys = many(70, "");
    for (String key : keys) {
      source.string(key, "1");
      replica.string(key, key.equals("e69") ? "2" : "1");
    }
    assertThat(settle(keys)).hasSize(70).contains("e69 VALUE_DIFFERS 1", "e68 EQUAL 1");
    assertThat(source.asked()).filteredOn("INFO"::equals).hasSize(6);
  }

  @Test
  void whatTheReplicasClockHasEndedIsWaitedForWhereThatIsNotLong() {
    abilities = abilities.withClocks(new ClockSkew(20_000_000, 0));
    source.string("soon", "1").expiring("soon", 15_000);
    source.string("later", "1").expiring("later", 15_001);
    source.before("TYPE soon", 4, () -> source.delete("soon"));
    assertThat(settle("soon", "later")).containsExactly("soon gone 4", "later UNSETTLED 3 open");
    assertThat(clock.parked().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(15_020_000_000L + 240_000_000L);
  }

  @Test
  void whoeverStopsIsNotMadeToWaitForAnExpiry() {
    abilities = abilities.withClocks(new ClockSkew(20_000_000, 0));
    source.string("soon", "1").expiring("soon", 10_000);
    stopping = true;
    assertThat(settle("soon")).containsExactly("soon UNSETTLED 4 open");
    assertThat(clock.parked().stream().mapToLong(Long::longValue).sum()).isEqualTo(240_000_000L);
  }

  @Test
  void fieldsThatTheReplicasClockHidesAreNotLost() {
    abilities = new Abilities(false, false, true, false, true, true, new ClockSkew(20_000_000, 0));
    source.hash("a", "f=1", "g=2").answering("HPEXPIRETIME a FIELDS 2 f g", "*2\r\n:-1\r\n:9\r\n");
    source.answering("HPTTL a FIELDS 1 g", "*1\r\n:20000\r\n");
    replica.hash("a", "f=1").answering("HPEXPIRETIME a FIELDS 1 f", "*1\r\n:-1\r\n");
    assertThat(settle("a")).containsExactly("a UNSETTLED 3 open");
    source.answering("HPTTL a FIELDS 1 g", "*1\r\n:-1\r\n");
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 1");
    results.clear();
    source.answering("HPTTL a FIELDS 1 g", "-NOPERM no\r\n");
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 1");
  }

  @Test
  void fieldsAreAskedForOnlyWhereAClockMayHideThem() {
    abilities = new Abilities(false, false, true, false, true, true, ClockSkew.NONE);
    source.hash("a", "f=1", "g=2").answering("HPEXPIRETIME a FIELDS 2 f g", "*2\r\n:-1\r\n:9\r\n");
    replica.hash("a", "f=1").answering("HPEXPIRETIME a FIELDS 1 f", "*1\r\n:-1\r\n");
    assertThat(settle("a")).containsExactly("a VALUE_DIFFERS 1");
    abilities = abilities.withClocks(new ClockSkew(1, 0));
    results.clear();
    source.set("s", "f", "g");
    replica.set("s", "f");
    assertThat(settle("s")).containsExactly("s VALUE_DIFFERS 1");
    assertThat(source.asked()).noneMatch(command -> command.startsWith("HPTTL"));
  }

  @Test
  void aServerThatIsBusyIsBorneWithAndNothingIsToldTwice() {
    source.string("a", "1").string("b", "1");
    replica.string("a", "2").string("b", "1");
    replica.answering("TYPE b", "-BUSY script\r\n", "+string\r\n");
    assertThat(settle("a", "b")).containsExactly("a VALUE_DIFFERS 1", "b EQUAL 1");
    assertThat(opened).isEqualTo(2);
    assertThat(told).containsExactly("the replica is busy running a script");
  }

  @Test
  void connectionsAreKeptFromGroupToGroupAndReadTheSuspectsDatabase() {
    source.string("a", "1");
    replica.string("a", "1");
    try (Settler settler = settler()) {
      settler.settle(suspects("a"));
      settler.settle(List.of(new Suspect(7, Bytes.utf8("a"), Side.SOURCE, 0)));
    }
    assertThat(opened).isEqualTo(1);
    assertThat(source.asked()).contains("SELECT 7");
    assertThat(replica.asked()).contains("SELECT 7");
    assertThat(settle()).hasSize(2);
  }

  @Test
  void anInterruptEndsTheWaitBetweenRounds() {
    source.string("a", "1");
    replica.string("a", "2");
    touchAlways("a");
    replica.before("TYPE a", 2, Thread.currentThread()::interrupt);
    assertThatThrownBy(() -> settle("a")).isInstanceOfAny(FenceFailure.class, RedisFailure.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private List<String> settlePaused(Duration limit, String... keys) {
    try (Settler settler = settler()) {
      List<Settled> changing = new ArrayList<>();
      for (Settled open : settler.settle(suspects(keys))) {
        changing.add(open);
      }
      assertThat(changing).hasSize(keys.length);
      return words(settler.settlePaused(changing, limit));
    }
  }

  private void replicating(long behind) {
    fence = FenceMode.OFFSET;
    source.answering(
        "INFO replication",
        LoopbackServer.bulk("role:master\r\nmaster_replid:a\r\nmaster_repl_offset:100"));
    replica.answering("INFO replication", replicaAt(100));
    if (behind > 0) {
      source.before(
          "CLIENT PAUSE", 1, () -> replica.answering("INFO replication", replicaAt(100 - behind)));
    }
  }

  private static String replicaAt(long offset) {
    return LoopbackServer.bulk(
        "role:slave\r\nmaster_link_status:up\r\nmaster_replid:a\r\nslave_repl_offset:" + offset);
  }

  @Test
  void whatKeptChangingIsSettledWhileWritesArePaused() {
    replicating(0);
    source.string("a", "1").hash("large", many(150, "=v"));
    replica.string("a", "2").hash("large", but(3, "e3=w", many(150, "=v")));
    for (int exec = 1; exec <= 20; exec++) {
      source.before(
          "EXEC",
          exec,
          () -> {
            source.touch("a");
            source.touch("large");
          });
    }
    for (int look = 1; look < 400; look++) {
      String next = "e3=" + look;
      replica.before(
          "HMGET large",
          look,
          () -> {
            if (!source.asked().contains("CLIENT PAUSE 250 WRITE")) {
              replica.hash("large", but(3, next, many(150, "=v")));
            }
          });
    }
    assertThat(settlePaused(Duration.ofMillis(250), "a", "large"))
        .containsExactly("a VALUE_DIFFERS 4", "large VALUE_DIFFERS 4");
    assertThat(source.asked()).containsSubsequence("CLIENT PAUSE 250 WRITE", "CLIENT UNPAUSE");
    assertThat(results.get(0).fence()).isEqualTo("writes paused, offset 100 >= 100");
  }

  @Test
  void whereThePauseWasTooShortForTheReplicaAllStaysOpen() {
    replicating(1);
    source.string("a", "1");
    replica.string("a", "2");
    touchAlways("a");
    assertThat(settlePaused(Duration.ofMillis(250), "a")).containsExactly("a UNSETTLED 3 open");
    assertThat(source.asked()).contains("CLIENT UNPAUSE");
  }

  @Test
  void whereThePauseWasOverBeforeAllWasReadAllStaysOpen() {
    source.string("a", "1");
    replica.string("a", "2");
    touchAlways("a");
    replica.before("GET a", 3 * 3 + 1, () -> clock.pass(250_000_000));
    assertThat(settlePaused(Duration.ofMillis(250), "a")).containsExactly("a UNSETTLED 3 open");
  }

  @Test
  void betweenTwoPausesWritesGoOnForAsLongAsTheLastTook() {
    source.string("a", "1");
    replica.string("a", "2");
    touchAlways("a");
    replica.before("GET a", 3 * 3 + 1, () -> clock.pass(249_999_999));
    assertThat(settlePaused(Duration.ofMillis(250), "a")).containsExactly("a VALUE_DIFFERS 4");
    assertThat(clock.parked()).endsWith(249_999_999L);
  }

  @Test
  void aPauseThatIsNotAllowedIsSaidAndEnded() {
    replicating(0);
    source.string("a", "1").answering("CLIENT PAUSE 250 WRITE", "-NOPERM no\r\n");
    replica.string("a", "2");
    touchAlways("a");
    assertThatThrownBy(() -> settlePaused(Duration.ofMillis(250), "a"))
        .isInstanceOf(FenceFailure.class)
        .hasMessageContaining("does not let us pause writes");
    assertThat(source.asked()).contains("CLIENT UNPAUSE");
  }
}
