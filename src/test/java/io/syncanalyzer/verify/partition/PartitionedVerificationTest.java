package io.syncanalyzer.verify.partition;

import static io.syncanalyzer.verify.partition.PartitionNodes.pair;
import static io.syncanalyzer.verify.partition.PartitionNodes.replica;
import static io.syncanalyzer.verify.partition.PartitionNodes.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.fence.FenceUse;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.SideBySide;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.found.MismatchLog;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.resume.CannotResume;
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.SlotsMoved;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The order of partitions, what is done again and what comes of it, with verifications as told. */
@Timeout(60)
class PartitionedVerificationTest {
  private static final Tries SOON = new Tries(6, 1_000_000, 300_000_000);

  @TempDir private Path folder;

  private final PartitionNodes nodes = new PartitionNodes();
  private final List<VerifyRequest> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> tried = new ConcurrentHashMap<>();
  private final List<VerifyProgress> heard = Collections.synchronizedList(new ArrayList<>());
  private VerifySettings settings = VerifySettings.DEFAULT;
  private List<ShardPair> pairs = List.of(pair(1, 11, "0-2047"), pair(2, 12, "2048-4095"));
  private volatile List<ShardPair> later = pairs;
  private Function<VerifyRequest, VerifySummary> work = this::equal;
  private boolean resume;
  private String executor = VerifyPartition.LOCAL;
  private long waitedNanos;

  private PartitionedSummary run() {
    PartitionedRequest request = new PartitionedRequest(pairs, "run", folder, settings, resume);
    return new PartitionedVerification(
            request, () -> later, this::verify, nodes, heard::add, NanoClock.SYSTEM, SOON)
        .run();
  }

  private PartitionWork.Found verify(
      VerifyRequest request, Consumer<VerifyProgress> progress, SideBySide together) {
    asked.add(request);
    tried.merge(ranges(request), 1, Integer::sum);
    return new PartitionWork.Found(work.apply(request), executor, waitedNanos);
  }

  private static String ranges(VerifyRequest request) {
    return request.slots().toString();
  }

  private int attempt(VerifyRequest request) {
    return tried.getOrDefault(ranges(request), 0);
  }

  /** A key in each slot, all equal. */
  private VerifySummary equal(VerifyRequest request) {
    return summary(request, request.slots().count(), null);
  }

  private static VerifySummary summary(
      VerifyRequest request, long keys, @Nullable MismatchLog mismatches) {
    long differ = mismatches == null ? 0 : mismatches.count();
    List<VerifyRow> rows = new ArrayList<>();
    rows.add(new VerifyRow("string", KeyVerdict.EQUAL, keys - differ, keys - differ, 2 * keys));
    if (differ > 0) {
      rows.add(new VerifyRow("string", KeyVerdict.VALUE_DIFFERS, differ, differ, null));
    }
    return new VerifySummary(
        keys,
        keys,
        keys,
        1,
        rows,
        request.functions()
            ? List.of(new VerifyRow(VerifyRow.FUNCTION, KeyVerdict.EQUAL, 1, 1L, 10L))
            : List.of(),
        mismatches == null
            ? new MismatchLog(request.folder().resolve("none"), 0, Map.of())
            : mismatches,
        new FenceUse("offset: told", true, 3, keys, 0),
        List.of("went over " + keys + " keys"),
        ServerCost.UNKNOWN,
        ServerCost.UNKNOWN,
        Duration.ofMillis(3),
        false,
        0L,
        List.of(0),
        NotLookedAt.NOTHING,
        null);
  }

  private static long sum(PartitionedSummary all, ToLongFunction<VerifyPartition> figure) {
    return all.partitions().stream().mapToLong(figure).sum();
  }

  private static List<String> rows(PartitionedSummary all) {
    return all.partitions().stream()
        .map(
            one ->
                one.sourceNode().substring(2)
                    + ">"
                    + one.replicaNode().substring(2)
                    + " "
                    + new SlotRange(one.slotFrom(), one.slotTo())
                    + " x"
                    + one.attempts()
                    + " "
                    + one.keys())
        .toList();
  }

  private RedisFailure lost(Endpoint node) {
    return new RedisFailure(RedisFailure.Kind.DISCONNECTED, node, "the " + node + " is lost", null);
  }

  @Test
  void everySlotIsVerifiedOnceAndTheRowsAddUpToTheWhole() {
    PartitionedSummary all = run();
    assertThat(rows(all))
        .containsExactly(
            "1>11 0-1023 x1 1024",
            "1>11 1024-2047 x1 1024",
            "2>12 2048-3071 x1 1024",
            "2>12 3072-4095 x1 1024");
    VerifySummary whole = all.whole();
    assertThat(whole.incomplete()).isNull();
    assertThat(whole.keys()).isEqualTo(4096).isEqualTo(sum(all, VerifyPartition::keys));
    assertThat(whole.sourceKeys()).isEqualTo(sum(all, VerifyPartition::keysSource));
    assertThat(whole.rows().get(0).bytes()).isEqualTo(8192L);
    assertThat(whole.goneKeys()).isEqualTo(4);
    assertThat(whole.functions())
        .containsExactly(new VerifyRow(VerifyRow.FUNCTION, KeyVerdict.EQUAL, 2, 2L, 20L));
    assertThat(whole.fence().passed()).isEqualTo(12);
    assertThat(whole.fence().longestNanos()).isEqualTo(1024);
    assertThat(whole.notes())
        .containsExactly(
            "slots 0-1023 of h:1: went over 1024 keys; the like of 3 other partitions");
    assertThat(asked).allMatch(one -> one.folder().startsWith(folder) && !one.resume());
    assertThat(PartitionedVerification.canGoOn(folder)).isFalse();
  }

  @Test
  void aSlotThatMovedIsVerifiedWhereItIsNowAndTheRestOfItsPartitionInPieces() {
    later = List.of(pair(1, 11, "0-999,1001-2047"), pair(2, 12, "2048-4095"), pair(2, 12, "1000"));
    work =
        request -> {
          if (request.slots().contains(1000) && request.source().port() == 1) {
            throw new SlotsMoved(request.source(), SlotSet.parse("1000"));
          }
          return equal(request);
        };
    PartitionedSummary all = run();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(all.whole().keys()).isEqualTo(4096);
    assertThat(rows(all)).contains("2>12 1000 x2 1", "1>11 0-249 x2 250", "1>11 1024-2047 x1 1024");
    assertThat(asked.get(asked.size() - 1).slots()).isEqualTo(SlotSet.parse("1000"));
    assertThat(all.whole().notes())
        .anyMatch(note -> note.startsWith("slots 1000 moved from h:1 to h:2 (source)"));
  }

  @Test
  void aSlotThatMovedAtEveryAttemptAndLiesStillByThenIsLookedAtOnceMore() {
    AtomicInteger looks = new AtomicInteger();
    work =
        request -> {
          if (request.slots().contains(5) && looks.incrementAndGet() < 9) {
            throw new SlotsMoved(request.source(), SlotSet.parse("5"));
          }
          return equal(request);
        };
    PartitionedSummary all = run();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(all.whole().keys(KeyVerdict.EQUAL)).isEqualTo(4096);
    assertThat(rows(all)).contains("1>11 5 x9 1");
  }

  @Test
  void aSlotThatDoesNotComeToRestIsUnsettledWithEveryNameThatAnyOfItsNodesLists() {
    nodes.names.put("h:1 5", List.of("a", "b"));
    nodes.names.put("h:2 5", List.of("b", "c"));
    nodes.names.put("h:11 5", List.of("a", "d"));
    nodes.moves.put("h:1 5", new SlotMove(source(1), source(2)));
    work =
        request -> {
          if (request.slots().contains(5)) {
            throw new SlotsMoved(request.source(), SlotSet.parse("5"));
          }
          return equal(request);
        };
    PartitionedSummary all = run();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(all.whole().keys(KeyVerdict.UNSETTLED)).isEqualTo(4);
    assertThat(all.whole().keys(KeyVerdict.EQUAL)).isEqualTo(4095);
    assertThat(rows(all)).contains("1>11 5 x6 4");
    List<Mismatch> told = new ArrayList<>();
    all.whole().mismatches().forEach(told::add);
    assertThat(told).extracting(one -> one.key().asUtf8()).containsExactly("a", "b", "c", "d");
    assertThat(told)
        .allSatisfy(
            one -> {
              assertThat(one.verdict()).isEqualTo(KeyVerdict.UNSETTLED);
              assertThat(one.detail()).isEqualTo("its slot 5 is being moved from h:1 to h:2");
              assertThat(one.shard()).isEqualTo("h:1");
            });
    assertThat(all.whole().notes())
        .anyMatch(
            note ->
                note.startsWith("slot 5 is being moved from h:1 to h:2 still, after 6 looks: 4")
                    && note.contains("--cluster fix h:1"));
  }

  @Test
  void whatWasDoneWithANodeThatFailedOverIsDoneAgainWithTheOneInItsPlace() {
    AtomicBoolean killed = new AtomicBoolean();
    work =
        request -> {
          if (request.source().port() == 1 && attempt(request) == 1 && !killed.get()) {
            if (request.slots().contains(0)) {
              return equal(request);
            }
            killed.set(true);
            nodes.gone.add("h:1");
            later = List.of(pair(3, 11, "0-2047"), pair(2, 12, "2048-4095"));
            throw lost(request.source());
          }
          return equal(request);
        };
    // The first of the two is over when the node goes.
    PartitionedSummary all = run();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(all.whole().keys()).isEqualTo(4096);
    assertThat(rows(all))
        .containsExactly(
            "3>11 0-1023 x2 1024",
            "3>11 1024-2047 x2 1024",
            "2>12 2048-3071 x1 1024",
            "2>12 3072-4095 x1 1024");
    assertThat(all.whole().notes())
        .anyMatch(note -> note.startsWith("failover: ") && note.endsWith("were compared again"))
        .anyMatch(note -> note.endsWith("h:3 was found in the place of the source h:1"));
  }

  @Test
  void aNodeWhosePlaceAnotherTookUnseenIsFoundOutAtTheEnd() {
    AtomicBoolean once = new AtomicBoolean();
    work =
        request -> {
          if (once.compareAndSet(false, true)) {
            nodes.runIds.put("h:11", "another");
          }
          return equal(request);
        };
    pairs = List.of(pair(1, 11, "0-1023"), pair(2, 12, "1024-2047"));
    later = pairs;
    PartitionedSummary all = run();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(all.partitions()).extracting(VerifyPartition::attempts).contains(1);
    assertThat(all.whole().keys()).isEqualTo(2048);
  }

  @Test
  void aShardThatCannotBeVerifiedDoesNotKeepTheOthersFromIt() {
    work =
        request -> {
          if (request.source().port() == 1) {
            throw new VerifyFailure(VerifyFailure.Kind.FENCE, "it follows nothing", null);
          }
          return equal(request);
        };
    PartitionedSummary all = run();
    assertThat(all.whole().incompleteKind()).isEqualTo(VerifyFailure.Kind.FENCE);
    assertThat(all.whole().incomplete()).contains("h:1: it follows nothing");
    assertThat(all.whole().keys()).isEqualTo(2048);
    assertThat(all.partitions()).hasSize(4);
    // One look at it, not one for each of its partitions.
    assertThat(asked.stream().filter(one -> one.source().port() == 1)).hasSize(1);
    assertThat(PartitionedVerification.canGoOn(folder)).isTrue();
  }

  @Test
  void slotsThatNobodyOwnsAreWaitedForWithinABound() {
    later = List.of(pair(1, 11, "0-999,1001-2047"), pair(2, 12, "2048-4095"));
    work =
        request -> {
          if (request.source().port() == 1 && request.slots().contains(1000)) {
            throw new SlotsMoved(request.source(), SlotSet.parse("1000"));
          }
          return equal(request);
        };
    PartitionedSummary all = run();
    assertThat(all.whole().incompleteKind()).isEqualTo(VerifyFailure.Kind.SERVER);
    assertThat(all.whole().incomplete()).contains("no node of each side holds slots 1000 any more");
    assertThat(all.whole().keys()).isGreaterThan(3000);
  }

  @Test
  void nothingCouldBeBegunIsToldAsItIs() {
    nodes.gone.add("h:1");
    assertThatThrownBy(this::run).isInstanceOf(RedisFailure.class).hasMessageContaining("h:1");
  }

  @Test
  void theLimitOfMismatchesHoldsForAllOfThemTogether() {
    settings = settings.withMaxMismatches(3);
    work =
        request -> {
          Path file = request.folder().resolve("m");
          try (MismatchLog.Writer rows = new MismatchLog.Writer(file, 0)) {
            for (int i = 0; i < 2; i++) {
              rows.add(mismatch(ranges(request) + " " + i));
            }
          }
          VerifySummary found =
              summary(request, request.slots().count(), new MismatchLog(file, 2, Map.of()));
          return request.slots().contains(1024) ? stopped(found) : found;
        };
    pairs = List.of(pair(1, 11, "0-2047"));
    later = pairs;
    PartitionedSummary all = run();
    assertThat(all.whole().stoppedEarly()).isTrue();
    assertThat(all.whole().mismatched()).isEqualTo(4);
    List<String> keys = new ArrayList<>();
    all.whole().mismatches().forEach(one -> keys.add(one.key().asUtf8()));
    assertThat(keys).containsExactly("0-1023 0", "0-1023 1", "1024-2047 0", "1024-2047 1");
  }

  @Test
  void whatSeveralThatAreDoneHaveTogetherIsEnoughThoughNoneOfThemHasEnoughAlone() {
    settings = settings.withMaxMismatches(4);
    pairs = List.of(pair(1, 11, "0-4095"));
    later = pairs;
    work =
        request -> {
          Path file = request.folder().resolve("m");
          try (MismatchLog.Writer rows = new MismatchLog.Writer(file, 0)) {
            rows.add(mismatch(ranges(request) + " 0"));
            rows.add(mismatch(ranges(request) + " 1"));
          }
          return summary(request, 10, new MismatchLog(file, 2, Map.of()));
        };
    PartitionedSummary all = run();
    assertThat(all.whole().stoppedEarly()).isTrue();
    assertThat(all.whole().mismatched()).isEqualTo(4);
    assertThat(asked).hasSize(2);
  }

  @Test
  void aRowSaysWhoFoundItAndWhenThatBeganLessTheWaitForAnExecutor() {
    executor = "7@far";
    waitedNanos = 20_000_000;
    pairs = List.of(pair(1, 11, "0-2047"));
    later = pairs;
    work =
        request -> {
          LockSupport.parkNanos(30_000_000);
          return equal(request);
        };
    List<VerifyPartition> rows = run().partitions();
    assertThat(rows).hasSize(2).allMatch(row -> row.executor().equals("7@far"));
    long first = Objects.requireNonNull(rows.get(0).startNanos());
    long second = Objects.requireNonNull(rows.get(1).startNanos());
    assertThat(first).isGreaterThanOrEqualTo(waitedNanos);
    // One node takes part in one at a time.
    assertThat(second).isGreaterThanOrEqualTo(first + rows.get(0).nanos());
  }

  @Test
  void whatWasDoneBeforeAnInterruptKeepsWhoFoundItButNotWhen() {
    executor = "7@far";
    pairs = List.of(pair(1, 11, "0-2047"));
    later = pairs;
    work =
        request -> {
          if (request.slots().contains(1024)) {
            throw new VerifyFailure(VerifyFailure.Kind.EXECUTOR, "all are gone", null);
          }
          return equal(request);
        };
    assertThat(run().whole().incomplete()).contains("all are gone");
    resume = true;
    executor = "8@near";
    work = this::equal;
    PartitionedSummary all = run();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(all.partitions())
        .extracting(VerifyPartition::executor)
        .containsExactly("7@far", "8@near");
    assertThat(all.partitions().get(0).startNanos()).isNull();
    assertThat(all.partitions().get(1).startNanos()).isNotNull();
  }

  private static Mismatch mismatch(String key) {
    return new Mismatch(
        0,
        Bytes.utf8(key),
        KeyVerdict.VALUE_DIFFERS,
        "string",
        "string",
        null,
        null,
        null,
        null,
        null,
        1,
        null,
        null,
        null);
  }

  private static VerifySummary stopped(VerifySummary of) {
    return new VerifySummary(
        of.sourceKeys(),
        of.replicaKeys(),
        of.commonKeys(),
        of.goneKeys(),
        of.rows(),
        of.functions(),
        of.mismatches(),
        of.fence(),
        of.notes(),
        of.sourceCost(),
        of.replicaCost(),
        of.elapsed(),
        true,
        of.withoutVerdict(),
        of.databases(),
        of.notLookedAt(),
        of.keysLeftOut());
  }

  @Test
  void whoIsInterruptedKeepsWhatIsDoneAndGoesOnFromThere() throws Exception {
    CountDownLatch third = new CountDownLatch(1);
    pairs = List.of(pair(1, 11, "0-3071"));
    later = pairs;
    work =
        request -> {
          if (request.slots().contains(3000)) {
            third.countDown();
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              return summary(request, 10, null)
                  .cutOff("interrupted", VerifyFailure.Kind.INTERRUPTED);
            }
          }
          return equal(request);
        };
    PartitionedSummary[] all = new PartitionedSummary[1];
    AtomicBoolean flag = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              all[0] = run();
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    third.await();
    thread.interrupt();
    thread.join();

    assertThat(flag).isTrue();
    assertThat(all[0].whole().incompleteKind()).isEqualTo(VerifyFailure.Kind.INTERRUPTED);
    assertThat(all[0].whole().keys()).isEqualTo(2058);
    assertThat(PartitionedVerification.canGoOn(folder)).isTrue();

    asked.clear();
    work = this::equal;
    resume = true;
    PartitionedSummary rest = run();
    assertThat(rest.whole().incomplete()).isNull();
    assertThat(rest.whole().keys()).isEqualTo(3072);
    assertThat(rest.whole().functions()).hasSize(1);
    assertThat(asked).extracting(PartitionedVerificationTest::ranges).containsExactly("2048-3071");
    assertThat(rest.whole().notes()).contains("went on after 2 of 3 partitions were done");
    assertThat(PartitionedVerification.canGoOn(folder)).isFalse();
  }

  @Test
  void whatIsGoneOnWithMustBeTheSameRequestOfTheSameServers() {
    work =
        request -> {
          if (request.source().port() == 1) {
            throw new VerifyFailure(VerifyFailure.Kind.FENCE, "it follows nothing", null);
          }
          return equal(request);
        };
    run();
    resume = true;
    settings = VerifySettings.DEFAULT.with(settings.scope().inDatabase(0));
    assertThatThrownBy(this::run)
        .isInstanceOf(CannotResume.class)
        .hasMessageContaining("asked for something else");
    settings = VerifySettings.DEFAULT;
    pairs = List.of(pair(7, 17, "0-4095"));
    assertThatThrownBy(this::run)
        .isInstanceOf(CannotResume.class)
        .hasMessageContaining("other servers");
  }

  @Test
  void whatIsDoneIsDoneAgainWhereItsNodeIsAnotherProcessWhenItIsGoneOnWith() {
    AtomicBoolean follows = new AtomicBoolean();
    work =
        request -> {
          if (request.source().port() == 1 && !follows.get()) {
            throw new VerifyFailure(VerifyFailure.Kind.FENCE, "it follows nothing", null);
          }
          return equal(request);
        };
    run();
    follows.set(true);
    resume = true;
    asked.clear();
    nodes.runIds.put("h:12", "restarted");
    assertThat(run().whole().keys()).isEqualTo(4096);
    assertThat(asked).hasSize(4);
  }

  @Test
  void noTwoPartitionsOfANodeAreVerifiedAtOnce() {
    pairs =
        IntStream.range(0, 8)
            .mapToObj(i -> pair(i + 1, 11 + i % 2, (i * 100) + "-" + (i * 100 + 99)))
            .toList();
    later = pairs;
    Map<String, Boolean> busy = new ConcurrentHashMap<>();
    List<String> both = Collections.synchronizedList(new ArrayList<>());
    work =
        request -> {
          String node = request.replica().address();
          if (busy.put(node, true) != null) {
            both.add(node);
          }
          try {
            Thread.sleep(5);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          busy.remove(node);
          return equal(request);
        };
    assertThat(run().whole().keys()).isEqualTo(800);
    assertThat(both).isEmpty();
    assertThat(replica(11).address()).isEqualTo("h:11");
  }
}
