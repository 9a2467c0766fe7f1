package io.syncanalyzer.verify.partition;

import static io.syncanalyzer.verify.partition.PartitionNodes.pair;
import static io.syncanalyzer.verify.partition.PartitionNodes.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.fence.FenceUse;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.result.verify.KeyVerdict;
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
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.SlotsMoved;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come to a partition that is done, with verifications as told. */
@Timeout(60)
class LatecomersTest {
  private static final Tries SOON = new Tries(6, 1_000_000, 300_000_000);

  @TempDir private Path folder;

  private final PartitionNodes nodes = new PartitionNodes();
  private final List<VerifyRequest> asked = Collections.synchronizedList(new ArrayList<>());
  private List<ShardPair> pairs = List.of(pair(1, 11, "0-2047"), pair(2, 12, "2048-4095"));
  private volatile List<ShardPair> later = pairs;
  private Function<VerifyRequest, VerifySummary> work = request -> found(request, 100, 0, 0);
  private boolean resume;

  private PartitionedSummary run() {
    return new PartitionedVerification(
            new PartitionedRequest(pairs, "run", folder, VerifySettings.DEFAULT, resume),
            () -> later,
            this::verify,
            nodes,
            progress -> {},
            NanoClock.SYSTEM,
            SOON)
        .run();
  }

  private PartitionWork.Found verify(
      VerifyRequest request, Consumer<VerifyProgress> progress, SideBySide together) {
    asked.add(request);
    return PartitionWork.Found.here(work.apply(request));
  }

  private static VerifySummary found(
      VerifyRequest request, long keys, long appeared, long fenceWrites) {
    return found(request, keys, new NotLookedAt(appeared, 0, 0, 0, 0), fenceWrites);
  }

  private static VerifySummary found(
      VerifyRequest request, long keys, NotLookedAt notLookedAt, long fenceWrites) {
    return new VerifySummary(
        keys,
        keys,
        keys,
        0,
        List.of(new VerifyRow("string", KeyVerdict.EQUAL, keys, keys, 2 * keys)),
        List.of(),
        new MismatchLog(request.folder().resolve("none"), 0, Map.of()),
        new FenceUse("sentinel: told", true, 3, 7, fenceWrites),
        List.of(request.resume() ? "looked again" : "looked"),
        ServerCost.UNKNOWN,
        ServerCost.UNKNOWN,
        Duration.ofMillis(3),
        false,
        0L,
        List.of(0),
        notLookedAt,
        null);
  }

  private void write(String address, long writes) {
    nodes.writes.merge(address, writes, Long::sum);
  }

  private List<String> askedAgain() {
    return asked.stream()
        .filter(VerifyRequest::resume)
        .map(request -> request.slots().toString())
        .sorted()
        .toList();
  }

  @Test
  void aClustersOtherDatabasesAreCountedOnceANode() {
    pairs = List.of(pair(1, 11, "0-2047"), pair(1, 11, "2048-4095"), pair(2, 12, "4096-8191"));
    later = pairs;
    work = request -> found(request, 100, new NotLookedAt(0, 0, 0, 0, 7), 0);
    assertThat(run().whole().notLookedAt().otherDatabases()).isEqualTo(14);
  }

  @Test
  void theyAreAllCountedWhereOneServerIsInThePlaceOfAnotherCluster() {
    pairs = List.of(pair(1, 11, "0-2047"), pair(2, 11, "2048-4095"));
    later = pairs;
    work = request -> found(request, 100, new NotLookedAt(0, 0, 0, 0, 7), 0);
    assertThat(run().whole().notLookedAt().otherDatabases()).isEqualTo(14);
  }

  @Test
  void whereNobodyWroteNothingIsLookedForAgain() {
    PartitionedSummary all = run();
    assertThat(asked).hasSize(4).allMatch(VerifyRequest::keeps);
    assertThat(askedAgain()).isEmpty();
    assertThat(all.whole().notes()).noneMatch(note -> note.contains("scanned again"));
  }

  @Test
  void whatCameToAPartitionThatWasDoneIsLookedForWhenAllAreDone() {
    work =
        request -> {
          if (request.resume()) {
            return found(request, request.slots().contains(0) ? 103 : 100, 0, 0);
          }
          if (request.slots().contains(0) || request.slots().contains(1024)) {
            write("h:1", 3);
          }
          return found(request, 100, 0, 0);
        };
    PartitionedSummary all = run();
    assertThat(askedAgain()).containsExactly("0-1023", "1024-2047");
    assertThat(all.whole().keys()).isEqualTo(403);
    assertThat(all.whole().fence().passed()).isEqualTo(18);
    assertThat(all.partitions()).hasSize(4).allMatch(one -> one.attempts() == 1);
    assertThat(all.partitions().get(0).keys()).isEqualTo(103);
    assertThat(all.whole().notes())
        .contains(
            "their nodes were written to since they were compared: the names of 2 partitions were"
                + " scanned again when all were done, in 1 round")
        .anyMatch(note -> note.endsWith("looked again; the like of 1 other partition"))
        .anyMatch(note -> note.endsWith("looked; the like of 3 other partitions"));
  }

  @Test
  void ourOwnFencesAreNoReasonToLookAgain() {
    work =
        request -> {
          write(request.source().address(), 5);
          write(request.replica().address(), 5);
          return found(request, 100, 0, 5);
        };
    run();
    assertThat(askedAgain()).isEmpty();
  }

  @Test
  void aNodeThatHidesItsWritesCountsAsWrittenAndIsLookedThroughOnce() {
    nodes.hiding.add("h:12");
    PartitionedSummary all = run();
    assertThat(askedAgain()).containsExactly("2048-3071", "3072-4095");
    assertThat(all.whole().keys()).isEqualTo(400);
  }

  @Test
  void thereAreNoMoreRoundsThanAreAllowedAndWhatTheLastOneCountedStands() {
    work =
        request -> {
          write(request.source().address(), 1);
          return found(request, 100, request.resume() && request.slots().contains(0) ? 2 : 0, 0);
        };
    PartitionedSummary all = run();
    int rounds = VerifySettings.DEFAULT.settling().rounds();
    assertThat(askedAgain().stream().filter("0-1023"::equals)).hasSize(rounds);
    // What brings nothing new is complete.
    assertThat(askedAgain()).hasSize(rounds + 3);
    assertThat(all.whole().notLookedAt().appeared()).isEqualTo(2);
  }

  @Test
  void onePartitionAloneHasLookedItself() {
    pairs = List.of(pair(1, 11, "0-1023"));
    later = pairs;
    nodes.hiding.add("h:1");
    run();
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatMovedByThenIsComparedAnewWhereItIs() {
    nodes.hiding.add("h:11");
    pairs = List.of(pair(1, 11, "0-9"), pair(2, 12, "2048-2050"));
    later = pairs;
    work =
        request -> {
          if (request.resume() && request.source().port() == 1) {
            later = List.of(pair(2, 12, "0-9,2048-2050"));
            throw new SlotsMoved(source(1), SlotSet.parse("0-9"));
          }
          return found(request, request.slots().count(), 0, 0);
        };
    PartitionedSummary all = run();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(all.whole().keys()).isEqualTo(13);
    assertThat(all.partitions()).allMatch(one -> one.sourceNode().equals("h:2"));
  }

  @Test
  void aRoundThatFailsLeavesNoResultThatLooksComplete() {
    nodes.hiding.add("h:11");
    work =
        request -> {
          if (request.resume()) {
            throw new VerifyFailure(VerifyFailure.Kind.FENCE, "it follows nothing", null);
          }
          return found(request, 100, 0, 0);
        };
    PartitionedSummary all = run();
    assertThat(all.whole().incompleteKind()).isEqualTo(VerifyFailure.Kind.FENCE);
    assertThat(PartitionedVerification.canGoOn(folder)).isTrue();
    assertThat(all.partitions()).hasSize(4);
    assertThat(all.whole().keys()).isEqualTo(300);
  }

  @Test
  void whoIsInterruptedMeanwhileKeepsTheEarlierResultAndLooksAgainLater() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    nodes.hiding.add("h:1");
    work =
        request -> {
          if (request.resume()) {
            begun.countDown();
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              return found(request, 5, 0, 0).cutOff("interrupted", VerifyFailure.Kind.INTERRUPTED);
            }
          }
          return found(request, 100, 0, 0);
        };
    PartitionedSummary[] all = new PartitionedSummary[1];
    Thread thread = new Thread(() -> all[0] = run());
    thread.start();
    begun.await();
    thread.interrupt();
    thread.join();
    assertThat(all[0].whole().incompleteKind()).isEqualTo(VerifyFailure.Kind.INTERRUPTED);
    assertThat(all[0].whole().keys()).isEqualTo(400);
    assertThat(all[0].partitions()).extracting(VerifyPartition::partition).doesNotHaveDuplicates();

    resume = true;
    asked.clear();
    work = request -> found(request, 101, 0, 0);
    PartitionedSummary rest = run();
    // Once more than that, for the first brought new keys.
    assertThat(askedAgain()).containsExactly("0-1023", "0-1023", "1024-2047", "1024-2047");
    assertThat(asked).hasSize(4);
    assertThat(rest.whole().incomplete()).isNull();
    assertThat(rest.whole().keys()).isEqualTo(402);
    assertThat(PartitionedVerification.canGoOn(folder)).isFalse();
  }
}
