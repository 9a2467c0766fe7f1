package io.syncanalyzer.verify.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotNamesTest {
  private static final Bytes FENCES = Bytes.utf8("sa:r:fence:");
  private static final int COUNT = 10;

  private ScriptedNode source;
  private ScriptedNode replica;
  private RawConnection mine;
  private RawConnection other;

  @BeforeEach
  void start() {
    source = new ScriptedNode(Side.SOURCE);
    replica = new ScriptedNode(Side.REPLICA);
    mine = RawConnection.open(source.endpoint());
    other = RawConnection.open(replica.endpoint());
  }

  @AfterEach
  void stop() {
    mine.close();
    other.close();
    source.close();
    replica.close();
  }

  /** What was handed out of either side, in order. */
  private record Handed(List<String> names, List<String> others, SlotNames by) {
    static Handed of(SlotNames names) {
      List<String> handed = new ArrayList<>();
      List<String> others = new ArrayList<>();
      KeyBatch batch = new KeyBatch(0, COUNT, true, false);
      while (names.next(batch)) {
        add(names.others(false), others);
      }
      add(batch, handed);
      add(names.others(true), others);
      return new Handed(handed, others, names);
    }

    private static void add(@Nullable KeyBatch batch, List<String> to) {
      for (int i = 0; batch != null && i < batch.count(); i++) {
        to.add(batch.key(i).asUtf8());
      }
    }
  }

  private SlotNames names(SlotSet slots, VerifyScope scope, String cursor) {
    return new SlotNames(
        mine, other, new NameFilter(scope, 0, FENCES, slots, KeyScan.Filter.ALL), COUNT, cursor);
  }

  private Handed all(SlotSet slots) {
    return Handed.of(names(slots, VerifyScope.EVERYTHING, "0"));
  }

  private static Set<String> in(SlotSet slots, Set<String> names) {
    Set<String> found = new TreeSet<>(names);
    found.removeIf(name -> !slots.contains(HashSlot.of(Bytes.utf8(name))));
    return found;
  }

  private static Set<String> random(Random random, int names) {
    Set<String> made = new TreeSet<>();
    for (int i = 0; i < names; i++) {
      String tag = random.nextInt(3) == 0 ? "{" + random.nextInt(5) + "}" : "";
      made.add(tag + "k" + random.nextInt(1000));
    }
    return made;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyNameOfTheSlotsIsHandedOutOnceWhicheverSideHasIt(long seed) {
    Random random = new Random(seed);
    Set<String> onSource = random(random, 200);
    Set<String> onReplica = new TreeSet<>(onSource);
    onReplica.removeIf(name -> random.nextInt(10) == 0);
    onReplica.addAll(random(random, 20));
    source.with(onSource);
    replica.with(onReplica);
    int from = random.nextInt(10_000);
    SlotSet slots =
        seed == 1 ? SlotSet.ALL : SlotSet.of(new SlotRange(from, from + random.nextInt(6000)));

    Handed handed = all(slots);

    Set<String> onlyReplica = in(slots, onReplica);
    onlyReplica.removeAll(onSource);
    assertThat(handed.names()).containsExactlyInAnyOrderElementsOf(in(slots, onSource));
    assertThat(handed.others()).containsExactlyInAnyOrderElementsOf(onlyReplica);
    assertThat(handed.by().returned()).isEqualTo(in(slots, onSource).size());
    assertThat(handed.by().hasListedBothOnce()).isTrue();
    assertThat(handed.names())
        .extracting(name -> HashSlot.of(Bytes.utf8(name)))
        .as("keys of one slot stay together")
        .isSorted();
  }

  @Test
  void aSlotThatIsEmptyIsCountedAndNotListed() {
    source.with("{a}1").with("{a}2");
    replica.with("{a}1");
    int slot = HashSlot.of(Bytes.utf8("a"));
    all(SlotSet.ALL);
    assertThat(source.asked().stream().filter(words -> words.contains("GETKEYSINSLOT")))
        .containsExactly("CLUSTER GETKEYSINSLOT " + slot + " 20000");
    assertThat(source.asked()).hasSize(HashSlot.COUNT + 1);
  }

  @Test
  void whatIsOutOfScopeAndTheFencesOwnIsLeftOut() {
    source.with("a1").with("a2").with("b1").with("sa:r:fence:x");
    replica.with("a1").with("a3").with("b2").with("sa:r:fence:y");
    SlotNames names =
        names(
            SlotSet.ALL,
            new VerifyScope(null, Bytes.utf8("a*"), Bytes.utf8("*2"), Set.of(), 100),
            "0");
    Handed handed = Handed.of(names);
    assertThat(handed.names()).containsExactly("a1");
    assertThat(handed.others()).containsExactly("a3");
    assertThat(names.returned()).isEqualTo(3);
    assertThat(names.leftOut()).isEqualTo(2);
  }

  @Test
  void slotsWithVeryManyNamesAreScannedTogetherAtTheEnd() {
    List<String> many = IntStream.rangeClosed(0, 10_000).mapToObj(i -> "{a}" + i).toList();
    List<String> more = IntStream.rangeClosed(0, 10_000).mapToObj(i -> "{b}" + i).toList();
    source.with("c").with(many).with(more).with("d");
    replica.with(many).with(more).with("{a}x").with("{c}x");

    Handed handed = all(SlotSet.ALL);

    assertThat(handed.names().subList(0, 2)).containsExactlyInAnyOrder("c", "d");
    assertThat(handed.names()).hasSize(20_004).contains("{a}7", "{b}7");
    assertThat(handed.others()).containsExactly("{c}x");
    assertThat(handed.by().hasListedBothOnce()).isFalse();
    assertThat(source.asked().stream().filter(words -> words.startsWith("SCAN 0 "))).hasSize(1);
  }

  @Test
  void itGoesOnFromItsCursorBySlot() {
    List<String> many = IntStream.rangeClosed(0, 10_000).mapToObj(i -> "{a}" + i).toList();
    Set<String> few = random(new Random(7), 100);
    source.with(many).with(few);
    SlotNames begun = names(SlotSet.ALL, VerifyScope.EVERYTHING, "0");
    List<String> all = new ArrayList<>();
    while (true) {
      KeyBatch batch = new KeyBatch(0, COUNT, true, false);
      if (!begun.next(batch)) {
        break;
      }
      Handed.add(batch, all);
      mine.renew();
      other.renew();
      // Whoever is cut off after any batch goes on from there.
      begun = names(SlotSet.ALL, VerifyScope.EVERYTHING, begun.cursor());
    }
    assertThat(Set.copyOf(all)).containsAll(many).containsAll(few).hasSize(10_001 + few.size());
  }

  @Test
  void aCursorIsReadAsItIsWrittenAndAnothersIsTheBegin() {
    for (String text : List.of("slot:0//0", "slot:16384/3,7-9/17")) {
      assertThat(SlotCursor.parse(text)).hasToString(text);
    }
    assertThat(SlotCursor.parse("123456")).isEqualTo(SlotCursor.FIRST);
    source.with("a").with("b");
    KeyBatch batch = new KeyBatch(0, COUNT);
    NameFilter filter =
        new NameFilter(VerifyScope.EVERYTHING, 0, FENCES, SlotSet.ALL, KeyScan.Filter.ALL);
    new KeyScan(mine, filter, null, COUNT, "slot:5//0").next(batch);
    assertThat(batch.count()).isEqualTo(2);
  }

  @Test
  void aRefusalInTheMiddleIsToldAndTheSlotIsListedAgain() {
    source.with(List.of("a", "b", "c", "d"));
    replica.with(List.of("a", "b", "c", "d", "e"));
    AtomicInteger listed = new AtomicInteger();
    source.answering(
        words ->
            words.contains("GETKEYS") && listed.incrementAndGet() == 2
                ? "-BUSY running a script\r\n"
                : null);
    SlotNames names = names(SlotSet.ALL, VerifyScope.EVERYTHING, "0");
    KeyBatch batch = new KeyBatch(0, COUNT, true, false);
    assertThatThrownBy(() -> names.next(batch))
        .isInstanceOfSatisfying(RedisFailure.class, e -> assertThat(e.isPassing()).isTrue());
    while (names.next(batch)) {
      // To the end.
    }
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < batch.count(); i++) {
      found.add(batch.key(i).asUtf8());
    }
    assertThat(found).containsExactly("a", "b", "c", "d");
    KeyBatch others = Objects.requireNonNull(names.others(true));
    assertThat(others.key(0).asUtf8()).isEqualTo("e");
    assertThat(others.isOfOther()).isTrue();
    assertThat(names.hasListedBothOnce()).as("a slot was listed again").isFalse();
  }

  @Test
  void aServerThatListsNoSlotsSaysSo() {
    assertThat(SlotNames.works(mine, SlotSet.ALL)).isTrue();
    source.answering(words -> words.contains("GETKEYS") ? "-NOPERM no\r\n" : null);
    assertThat(SlotNames.works(mine, SlotSet.ALL)).isFalse();
    source.answering(words -> "-ERR unknown command\r\n");
    assertThat(SlotNames.works(mine, SlotSet.ALL)).isFalse();
  }

  @Test
  void aScanOfSomeSlotsHandsOutTheirNamesOnly() {
    Set<String> all = random(new Random(3), 100);
    source.with(all);
    SlotSet slots = SlotSet.of(new SlotRange(2000, 9000));
    KeyScan scan =
        new KeyScan(
            mine,
            new NameFilter(VerifyScope.EVERYTHING, 0, FENCES, slots, KeyScan.Filter.ALL),
            null,
            COUNT,
            "0");
    KeyBatch batch = new KeyBatch(0, COUNT, true, false);
    while (scan.next(batch)) {
      // To the end.
    }
    List<String> found = new ArrayList<>();
    Handed.add(batch, found);
    assertThat(found).containsExactlyInAnyOrderElementsOf(in(slots, all));
    assertThat(scan.returned()).isEqualTo(found.size());
    assertThat(scan.leftOut()).isZero();
  }

  @Test
  void aBatchKnowsWhereASlotEnds() {
    KeyBatch bySlot = new KeyBatch(0, 1, true, false);
    KeyBatch plain = new KeyBatch(0, 1);
    for (String key : List.of("{1}a", "{1}b", "{2}a", "{1}c")) {
      bySlot.add(Bytes.utf8(key));
      plain.add(Bytes.utf8(key));
    }
    assertThat(IntStream.range(0, 4).map(from -> bySlot.endOfSlot(from, 4)))
        .containsExactly(2, 2, 3, 4);
    assertThat(bySlot.endOfSlot(0, 1)).isEqualTo(1);
    assertThat(plain.endOfSlot(0, 4)).isEqualTo(4);
  }
}
