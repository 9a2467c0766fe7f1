package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.scripted.LoopbackServer;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.scripted.ScriptedRedis;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Unanswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large values, window by window: on a server of the tests, whose SCANs give ten at a time. */
class LargeLookTest {
  private static final Bytes KEY = Bytes.utf8("k");
  private static final Abilities WATCHING =
      new Abilities(false, false, false, false, true, true, ClockSkew.NONE);
  private static final Abilities BLIND =
      new Abilities(false, false, false, false, false, true, ClockSkew.NONE);

  private final ScriptedRedis source = new ScriptedRedis(Side.SOURCE);
  private final ScriptedRedis replica = new ScriptedRedis(Side.REPLICA);
  private final RawConnection toSource = RawConnection.open(source.endpoint());
  private final RawConnection toReplica = RawConnection.open(replica.endpoint());

  @AfterEach
  void close() {
    toSource.close();
    toReplica.close();
    source.close();
    replica.close();
  }

  private static String[] names(int from, int to, String after) {
    return IntStream.range(from, to).mapToObj(i -> "e" + i + after).toArray(String[]::new);
  }

  private static void put(ScriptedRedis server, String type, int from, int to, String value) {
    switch (type) {
      case "hash" -> server.hash("k", names(from, to, "=" + value));
      case "zset" -> server.zset("k", names(from, to, "=" + value.length()));
      case "set" -> server.set("k", names(from, to, value));
      case "list" -> server.list("k", names(from, to, value));
      default -> server.string("k", String.join("", names(from, to, value)));
    }
  }

  private KeyState state(RawConnection connection) {
    return new KeyReader(connection, BLIND, new ScriptedClock()).look(List.of(KEY)).get(0);
  }

  private OptionalLong bytesIfSame(Abilities abilities) {
    return new LargeLook(toSource, toReplica, abilities, 0)
        .bytesIfSame(KEY, state(toSource), state(toReplica));
  }

  private Content.Differences differences() throws Unanswered {
    return new LargeLook(toSource, toReplica, BLIND, 0)
        .differences(
            KEY, state(toSource), state(toReplica), (q, mine, other) -> mine.against(other, 0));
  }

  private static List<String> named(Content.Differences found) {
    return found.first().stream().map(one -> one.name().asUtf8()).toList();
  }

  @ParameterizedTest
  @CsvSource({"hash, 465", "zset, 690", "set, 390", "list, 545", "string, 390"})
  void equalValuesAreSameAndTheirBytesAreCounted(String type, long bytes) {
    put(source, type, 0, 75, "v");
    put(replica, type, 0, 75, "v");
    long text = type.equals("string") ? 290 : 0;
    assertThat(bytesIfSame(WATCHING).isPresent()).isTrue();
    assertThat(bytesIfSame(BLIND).isPresent()).isEqualTo(!type.equals("list"));
    assertThat(bytesIfSame(WATCHING).orElse(0)).isPositive().isLessThan(bytes + text + 500);
  }

  @Test
  void theBytesAreThoseOfTheSource() {
    source.hash("k", names(0, 25, "=v"));
    replica.hash("k", names(0, 25, "=v"));
    // Ten names of two bytes, fifteen of three, and a value of one each.
    assertThat(bytesIfSame(WATCHING)).hasValue(10 * 3 + 15 * 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "zset", "set", "list", "string"})
  void oneElementThatIsOtherMakesThemUnlike(String type) {
    put(source, type, 0, 75, "v");
    put(replica, type, 0, 75, "v");
    switch (type) {
      case "hash" -> replica.hash("k", mixed("=v", "=w"));
      case "zset" -> replica.zset("k", mixed("=1", "=2"));
      case "set" -> replica.set("k", mixed("v", "w"));
      case "list" -> replica.list("k", mixed("v", "w"));
      default -> replica.string("k", String.join("", mixed("v", "w")));
    }
    assertThat(bytesIfSame(WATCHING)).isEmpty();
    assertThat(bytesIfSame(BLIND)).isEmpty();
  }

  private static String[] mixed(String usual, String last) {
    String[] all = names(0, 75, usual);
    all[74] = "e74" + last;
    return all;
  }

  @Test
  void anotherNumberOfElementsIsUnlikeWithoutALook() {
    put(source, "hash", 0, 75, "v");
    put(replica, "hash", 0, 76, "v");
    assertThat(bytesIfSame(WATCHING)).isEmpty();
    assertThat(source.asked()).noneMatch(command -> command.startsWith("HSCAN"));
  }

  @Test
  void whereTheSourceWasTouchedTheReplicaIsWalkedForWhatOnlyItHas() {
    put(source, "hash", 0, 30, "v");
    put(replica, "hash", 0, 30, "v");
    source.before("EXEC", 1, () -> source.touch("k"));
    assertThat(bytesIfSame(WATCHING)).isPresent();
    assertThat(replica.asked()).anyMatch(command -> command.startsWith("HSCAN"));
  }

  @Test
  void whereItStoodStillTheReplicaIsNotWalked() {
    put(source, "hash", 0, 30, "v");
    put(replica, "hash", 0, 30, "v");
    assertThat(bytesIfSame(WATCHING)).isPresent();
    assertThat(replica.asked()).noneMatch(command -> command.startsWith("HSCAN"));
  }

  @Test
  void whatOnlyTheReplicaHasMayHaveMadeUpForWhatItLacked() {
    put(source, "hash", 0, 30, "v");
    put(replica, "hash", 0, 30, "v");
    // Looked at with the same count, each with one of its own; then the source's is gone.
    source.before("HSCAN", 1, () -> put(source, "hash", 1, 30, "v"));
    source.before("HLEN", 2, () -> put(source, "hash", 1, 31, "v"));
    source.before("EXEC", 1, () -> source.touch("k"));
    assertThat(bytesIfSame(WATCHING)).isEmpty();
  }

  @Test
  void aListThatWasTouchedIsNotTold() {
    put(source, "list", 0, 150, "v");
    put(replica, "list", 0, 150, "v");
    source.before("EXEC", 1, () -> source.touch("k"));
    assertThat(bytesIfSame(WATCHING)).isEmpty();
    assertThat(bytesIfSame(WATCHING)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"HSCAN, source", "HMGET, source", "HMGET, replica", "HLEN, source"})
  void whatIsRefusedOnTheWayIsUnlike(String command, String side) {
    put(source, "hash", 0, 30, "v");
    put(replica, "hash", 0, 30, "v");
    ScriptedRedis server = side.equals("source") ? source : replica;
    server.before(command, command.equals("HLEN") ? 2 : 1, () -> server.string("k", "other"));
    assertThat(bytesIfSame(WATCHING)).isEmpty();
    assertThat(toSource.call("PING").toString()).contains("Text");
  }

  @Test
  void whatDiffersIsFoundWindowByWindow() throws Exception {
    source.hash("k", names(0, 75, "=v"));
    replica.hash("k", mixed("=v", "=w"));
    Content.Differences found = differences();
    assertThat(named(found)).containsExactly("e74");
    assertThat(found.mayBeMore()).isFalse();
  }

  @Test
  void afterTheFirstTenItIsNotWalkedFurther() throws Exception {
    source.hash("k", names(0, 75, "=v"));
    replica.hash("k", names(0, 75, "=w"));
    Content.Differences found = differences();
    assertThat(found.count()).isEqualTo(10);
    assertThat(found.mayBeMore()).isTrue();
    assertThat(source.asked()).filteredOn(command -> command.startsWith("HSCAN")).hasSize(1);
  }

  @Test
  void whatOnlyTheReplicaHasIsFoundByTheCount() throws Exception {
    source.hash("k", names(0, 30, "=v"));
    replica.hash("k", names(0, 31, "=v"));
    assertThat(named(differences())).containsExactly("e30");
  }

  @Test
  void aCountThatNoElementExplainsIsTold() throws Exception {
    source.hash("k", names(0, 30, "=v"));
    replica.hash("k", names(0, 30, "=v"));
    KeyState mine = state(toSource);
    KeyState other = state(toReplica);
    replica.answering("HLEN k", ":7\r\n", ":30\r\n");
    Content.Differences found =
        new LargeLook(toSource, toReplica, BLIND, 0)
            .differences(KEY, mine, other, (q, a, b) -> a.against(b, 0));
    assertThat(named(found)).containsExactly("HLEN");
  }

  @Test
  void whileItChangesBothSidesAreWalkedAndCountsTellNothing() throws Exception {
    source.hash("k", names(0, 30, "=v"));
    replica.hash("k", names(0, 31, "=v"));
    LargeLook look = new LargeLook(toSource, toReplica, BLIND, 0);
    Content.Differences found =
        look.differencesWhileChanging(
            KEY, state(toSource), state(toReplica), (q, a, b) -> a.against(b, 0));
    assertThat(named(found)).containsExactly("e30");
    assertThat(source.asked()).filteredOn("HLEN k"::equals).hasSize(1);
    Content.Differences none =
        look.differencesWhileChanging(
            KEY, state(toSource), state(toReplica), (q, a, b) -> new Content.Differences());
    assertThat(none.isEmpty()).isTrue();
  }

  @Test
  void whatTheSourceShowsToDifferIsEnough() throws Exception {
    source.hash("k", names(0, 30, "=v"));
    replica.hash("k", names(0, 31, "=w"));
    Content.Differences found =
        new LargeLook(toSource, toReplica, BLIND, 0)
            .differencesWhileChanging(
                KEY, state(toSource), state(toReplica), (q, a, b) -> a.against(b, 0));
    assertThat(found.first()).allMatch(one -> one.source() != null);
    assertThat(replica.asked()).noneMatch(command -> command.startsWith("HSCAN"));
  }

  @Test
  void aRefusalOnEitherSideIsThrownAndBothRepliesAreRead() {
    put(source, "hash", 0, 30, "v");
    put(replica, "hash", 0, 30, "v");
    KeyState mine = state(toSource);
    KeyState other = state(toReplica);
    String fields = String.join(" ", names(0, 10, ""));
    source.answering("HMGET k " + fields, "-NOPERM mine\r\n");
    LargeLook look = new LargeLook(toSource, toReplica, BLIND, 0);
    assertThatThrownBy(() -> look.differences(KEY, mine, other, (q, a, b) -> a.against(b, 0)))
        .isInstanceOf(Unanswered.class)
        .hasMessage("NOPERM mine");
    assertThat(toReplica.call("PING").toString()).contains("Text");
    source.answering("HMGET k " + fields, "*10\r\n" + "$1\r\nv\r\n".repeat(10));
    replica.answering("HMGET k " + fields, "-NOPERM other\r\n");
    assertThatThrownBy(() -> look.differences(KEY, mine, other, (q, a, b) -> a.against(b, 0)))
        .hasMessage("NOPERM other");
    assertThat(toSource.call("PING").toString()).contains("Text");
  }

  private List<String> windows(KeyState state, Abilities abilities, boolean counting)
      throws Unanswered {
    WindowWalk walk = new WindowWalk(toSource, KEY, state, abilities, counting);
    List<String> all = new ArrayList<>();
    for (Question window = walk.next(); window != null; window = walk.next()) {
      all.add(Asked.commands(window));
    }
    return all;
  }

  private static KeyState of(String type, @Nullable Long memory, @Nullable Long count) {
    return new KeyState(type, KeyStates.expiry(-1L), memory, count, null, null, false);
  }

  @Test
  void aStringIsWalkedInRangesUpToItsLength() throws Exception {
    assertThat(windows(of("string", null, 262_144L), BLIND, true))
        .containsExactly("GETRANGE k 0 262143", "STRLEN k");
    assertThat(windows(of("string", null, 262_145L), BLIND, false))
        .containsExactly("GETRANGE k 0 262143", "GETRANGE k 262144 524287");
    assertThat(windows(of("string", null, 0L), BLIND, true)).containsExactly("STRLEN k");
    assertThat(windows(of("string", null, null), BLIND, false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "?",
      value = {
        // memory, elements, elements a window
        "?, 250, 100",
        "0, 250, 100",
        "2621440, 250, 25",
        "262144, 250, 250",
        "1000, 3000, 1000",
        "2621440000, 250, 1",
        "262144000, 5000, 5",
        "5, ?, 0",
      })
  void aListIsWalkedByItsMeanSize(@Nullable Long memory, @Nullable Long count, int perWindow)
      throws Exception {
    List<String> windows = windows(of("list", memory, count), BLIND, true);
    if (count == null) {
      assertThat(windows).containsExactly("LLEN k");
    } else {
      assertThat(windows.get(0)).isEqualTo("LRANGE k 0 " + (perWindow - 1));
      assertThat(windows)
          .hasSize((int) ((count + perWindow - 1) / perWindow) + 1)
          .endsWith("LLEN k");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hash, HSCAN, HMGET, HLEN",
    "set, SSCAN, SMISMEMBER, SCARD",
    "zset, ZSCAN, ZMSCORE, ZCARD",
  })
  void namesAreScannedAndAskedFor(String type, String scan, String ask, String count)
      throws Exception {
    put(source, type, 0, 12, "");
    assertThat(windows(of(type, 120L, 12L), BLIND, true))
        .containsExactly(
            ask + " k e0 e1 e2 e3 e4 e5 e6 e7 e8 e9", ask + " k e10 e11", count + " k");
    assertThat(source.asked()).contains(scan + " k 0 COUNT 1000");
    assertThat(windows(of(type, 120L, 12L), BLIND, false)).hasSize(2);
  }

  @Test
  void fieldsThatMayExpireAreAskedForTheirDeadlinesToo() throws Exception {
    source.hash("k", "a=1", "b=2");
    Abilities expiring = new Abilities(false, false, true, false, false, true, ClockSkew.NONE);
    assertThat(windows(of("hash", null, 2L), expiring, false))
        .containsExactly("HMGET k a b", "HPEXPIRETIME k FIELDS 2 a b");
    source.set("k", "a");
    assertThat(windows(of("set", null, 2L), expiring, false)).containsExactly("SMISMEMBER k a");
  }

  @Test
  void aScanThatGivesMoreThanAWindowHoldsIsCut() throws Exception {
    String[] names = names(0, 2001, "");
    source.answering(
        "SSCAN k 0 COUNT 100", "*2\r\n$1\r\n0\r\n" + LoopbackServer.array(List.of(names)));
    assertThat(windows(of("set", null, 2001L), BLIND, false))
        .extracting(window -> window.split(" ", -1).length - 2)
        .containsExactly(1000, 1000, 1);
  }

  @Test
  void namesTooLongToBeAskedForAreAskedForAtTheEnd() throws Exception {
    String name = "n".repeat(Question.LONGEST_NAME + 1);
    source.hash("k", "a=1", name + "=2");
    assertThat(windows(of("hash", null, 2L), BLIND, true))
        .containsExactly("HMGET k a", "HGETALL k", "HLEN k");
    source.set("k", name);
    Abilities expiring = new Abilities(false, false, true, false, false, true, ClockSkew.NONE);
    assertThat(windows(of("set", null, 1L), expiring, false)).containsExactly("SMEMBERS k");
    source.hash("k", "a=1", name + "=2");
    assertThatThrownBy(() -> windows(of("hash", null, 2L), expiring, false))
        .hasMessage(LongNames.NO_DEADLINE);
    source.zset("k", name + "=1");
    assertThat(windows(of("zset", null, 1L), BLIND, false))
        .containsExactly("ZRANGE k 0 -1 WITHSCORES");
  }

  @Test
  void whatCannotBeToldIsThrownOnlyWhereNothingElseDiffers() throws Exception {
    Abilities expiring = new Abilities(false, false, true, false, false, true, ClockSkew.NONE);
    String name = "n".repeat(Question.LONGEST_NAME + 1);
    source.hash("k", "a=1", name + "=2");
    replica.hash("k", "a=1", name + "=2");
    source.answering("HPEXPIRETIME k FIELDS 1 a", "*1\r\n:-1\r\n");
    replica.answering("HPEXPIRETIME k FIELDS 1 a", "*1\r\n:-1\r\n");
    LargeLook look = new LargeLook(toSource, toReplica, expiring, 0);
    KeyState state = of("hash", null, 2L);
    assertThatThrownBy(() -> look.differences(KEY, state, state, (q, a, b) -> a.against(b, 0)))
        .hasMessage(LongNames.NO_DEADLINE);
    replica.hash("k", "a=7", name + "=2");
    assertThat(named(look.differences(KEY, state, state, (q, a, b) -> a.against(b, 0))))
        .containsExactly("a");
  }

  @Test
  void whereTheReplicaWillNotBeWalkedItIsNotTold() {
    put(source, "hash", 0, 30, "v");
    put(replica, "hash", 0, 30, "v");
    source.before("EXEC", 1, () -> source.touch("k"));
    replica.answering("HSCAN k 0 COUNT 100", "-NOPERM scan\r\n");
    assertThat(bytesIfSame(WATCHING)).isEmpty();
  }

  private static ScriptedRedis stream(ScriptedRedis server, String pending, String... ids) {
    return server
        .other("k", "stream")
        .answering("XLEN k", ":" + ids.length + "\r\n")
        .answering("XRANGE k - + COUNT 100", entries(ids))
        .answering("XRANGE k - 1-2 COUNT 3", entries(ids))
        .answering("XINFO STREAM k", LoopbackServer.array(List.of("last-generated-id", "9-9")))
        .answering(
            "XINFO GROUPS k",
            "*1\r\n" + LoopbackServer.array(List.of("name", "g", "last-delivered-id", "1-1")))
        .answering("XINFO CONSUMERS k g", "*1\r\n" + LoopbackServer.array(List.of("name", "c")))
        .answering(
            "XPENDING k g - + 1000",
            "*1\r\n*4\r\n" + LoopbackServer.bulk(pending) + "$1\r\nc\r\n:5\r\n:1\r\n");
  }

  @Test
  void whatAWindowRaisesIsComparedToo() throws Exception {
    stream(source, "1-1", "1-1", "1-2");
    stream(replica, "1-2", "1-1", "1-2");
    assertThat(named(differences()))
        .containsExactly("group \"g\" pending 1-1", "group \"g\" pending 1-2");
  }

  @Test
  void aWindowInWhichTheReplicaHasMoreThanWasAskedForMayHideMore() throws Exception {
    stream(source, "1-1", "1-1", "1-2");
    stream(replica, "1-1", "0-8", "0-9", "1-1");
    Content.Differences found = differences();
    assertThat(named(found)).contains("0-8", "0-9");
    assertThat(found.mayBeMore()).isTrue();
  }

  @Test
  void aWindowIsAskedOfEitherSideAlone() throws Exception {
    source.string("k", "abc");
    assertThat(Asked.words(WindowWalk.ask(toSource, KEY, new Questions.Text())))
        .isEqualTo("=abc (1, 3)");
  }

  private static String entries(String... ids) {
    StringBuilder all = new StringBuilder("*" + ids.length + "\r\n");
    for (String id : ids) {
      all.append("*2\r\n").append(LoopbackServer.bulk(id)).append("*0\r\n");
    }
    return all.toString();
  }

  @Test
  void aStreamIsWalkedFromEntryToEntryAndThenItsStateAndGroups() throws Exception {
    source.other("k", "stream");
    source.answering("XRANGE k - + COUNT 2", entries("1-1", "1-2"));
    source.answering("XRANGE k (1-2 + COUNT 2", entries("2-1", "2-2"));
    source.answering("XRANGE k (2-2 + COUNT 2", entries("3-1"));
    assertThat(windows(of("stream", 3 * 128 * 1024L, 3L), BLIND, true))
        .containsExactly(
            "XRANGE k - 1-2 COUNT 3",
            "XRANGE k (1-2 2-2 COUNT 3",
            "XRANGE k (2-2 3-1 COUNT 2",
            "XINFO STREAM k",
            "XINFO GROUPS k",
            "XLEN k");
    source.answering("XRANGE k - + COUNT 100", entries());
    assertThat(windows(of("stream", null, 0L), BLIND, false))
        .containsExactly("XINFO STREAM k", "XINFO GROUPS k");
  }

  @Test
  void aVectorSetIsListedInOrder() throws Exception {
    source.other("k", "vectorset");
    source.answering("VRANDMEMBER k 2147483647", LoopbackServer.array(List.of("b", "c", "a")));
    assertThat(windows(of("vectorset", 3 * 128 * 1024L, 3L), BLIND, true))
        .containsExactly(
            "VINFO k",
            "VEMB k a RAW; VGETATTR k a; VEMB k b RAW; VGETATTR k b",
            "VEMB k c RAW; VGETATTR k c",
            "VCARD k");
  }

  @Test
  void anArrayIsWalkedFromIndexToIndexPastItsHoles() throws Exception {
    source.other("k", "array");
    source.answering("ARSCAN k 0 18446744073709551614 LIMIT 2", elements("7", "9"));
    source.answering("ARSCAN k 10 18446744073709551614 LIMIT 2", elements("1000000"));
    assertThat(windows(of("array", 3 * 128 * 1024L, 3L), BLIND, true))
        .containsExactly(
            "ARSCAN k 0 9 LIMIT 3", "ARSCAN k 10 1000000 LIMIT 2", "ARNEXT k", "ARCOUNT k");
    source.answering("ARSCAN k 0 18446744073709551614 LIMIT 100", "*0\r\n");
    assertThat(windows(of("array", null, 0L), BLIND, false)).containsExactly("ARNEXT k");
  }

  @Test
  void anArrayThatEndsAtTheLastIndexIsNotAskedForOneAfterIt() throws Exception {
    source.other("k", "array");
    source.answering(
        "ARSCAN k 0 18446744073709551614 LIMIT 2",
        elements("9223372036854775807", "9223372036854775808"));
    source.answering(
        "ARSCAN k 9223372036854775809 18446744073709551614 LIMIT 2",
        elements("18446744073709551613", "18446744073709551614"));
    assertThat(windows(of("array", 3 * 128 * 1024L, 3L), BLIND, false))
        .containsExactly(
            "ARSCAN k 0 9223372036854775808 LIMIT 3",
            "ARSCAN k 9223372036854775809 18446744073709551614 LIMIT 3",
            "ARNEXT k");
  }

  @Test
  void anArrayInWhichTheReplicaHasMoreThanWasAskedForMayHideMore() throws Exception {
    array(source, elements("9", "10"));
    array(replica, elements("7", "8", "9"));
    Content.Differences found = differences();
    assertThat(named(found)).containsExactly("7", "8");
    assertThat(found.mayBeMore()).isTrue();
  }

  private static void array(ScriptedRedis server, String inWindow) {
    server
        .other("k", "array")
        .answering("ARCOUNT k", ":2\r\n")
        .answering("ARNEXT k", ":0\r\n")
        .answering("ARSCAN k 0 18446744073709551614 LIMIT 100", elements("9", "10"))
        .answering("ARSCAN k 0 10 LIMIT 3", inWindow);
  }

  /** As Redis 8.8 lists them: numbers, but strings where they do not fit into a signed one. */
  private static String elements(String... indexes) {
    StringBuilder all = new StringBuilder("*" + indexes.length + "\r\n");
    for (String index : indexes) {
      boolean fits = Long.parseUnsignedLong(index) >= 0;
      all.append("*2\r\n")
          .append(fits ? ":" + index + "\r\n" : LoopbackServer.bulk(index))
          .append(LoopbackServer.bulk("v"));
    }
    return all.toString();
  }

  @Test
  void aTypeWithoutWindowsIsAMistakeOfOurs() {
    assertThatThrownBy(() -> windows(of("ReJSON-RL", null, 1L), BLIND, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no windows on a ReJSON-RL");
  }

  @Test
  void whatAnAnswerRaisesIsAskedForNextInItsOrder() throws Exception {
    WindowWalk walk = new WindowWalk(toSource, KEY, of("string", null, 10L), BLIND, true);
    walk.next();
    walk.addNext(List.of(new Questions.Count("A"), new Questions.Count("B")));
    assertThat(Asked.commands(Objects.requireNonNull(walk.next()))).isEqualTo("A k");
    assertThat(Asked.commands(Objects.requireNonNull(walk.next()))).isEqualTo("B k");
    assertThat(Asked.commands(Objects.requireNonNull(walk.next()))).isEqualTo("STRLEN k");
    assertThat(walk.next()).isNull();
  }
}
