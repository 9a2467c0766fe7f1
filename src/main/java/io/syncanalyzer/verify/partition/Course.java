package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The course of a verification by partitions: what is done, what is to be done again and where, and
 * what is given up. For one thread.
 */
final class Course {
  /** So many attempts at slots that lie still after they moved, again and again. */
  private static final int MOST_IF_AT_REST = 20;

  private final PartitionedRequest request;
  private final Supplier<List<ShardPair>> again;
  private final Nodes nodes;
  private final NodeBook book;
  private final Turns turns;
  private final PartitionsProgress progress;
  private final NanoClock clock;
  private final Tries tries;
  private final Journal journal;
  private final Changes changes;
  private final Latecomers latecomers;
  private final Results results = new Results();
  private final Set<String> functionsOf = new HashSet<>();
  private List<Homeless> homeless = new ArrayList<>();
  private List<ShardPair> pairs;
  private int lastNumber;
  private boolean enough;
  private boolean over;

  Course(
      PartitionedRequest request,
      Supplier<List<ShardPair>> again,
      Nodes nodes,
      NodeBook book,
      Turns turns,
      Latecomers latecomers,
      PartitionsProgress progress,
      NanoClock clock,
      Tries tries) {
    this.request = request;
    this.again = again;
    this.nodes = nodes;
    this.book = book;
    this.turns = turns;
    this.latecomers = latecomers;
    this.progress = progress;
    this.clock = clock;
    this.tries = tries;
    this.pairs = request.pairs();
    this.journal = new Journal(request);
    this.changes = new Changes(clock);
  }

  /**
   * Plans, or takes up what was planned and done before.
   *
   * @return the numbers of those that were begun before, and can be gone on with
   */
  Set<Integer> begin() {
    Journal.Found found = request.resume() ? journal.read(book).orElse(null) : null;
    if (found != null) {
      found.done().forEach(this::wasDone);
      found.planned().forEach(one -> add(one, clock.nanoTime()));
      long now = clock.nanoTime();
      found
          .moved()
          .forEach(
              one -> {
                // Its number is taken: what is in its folder is of other slots than a new one's.
                lastNumber = Math.max(lastNumber, one.number());
                homeless.add(homeless(one, SlotSet.NONE, null, 1, now));
              });
      journal.plan(all());
      changes.note(found.words());
      return found.begun();
    }
    if (request.resume()) {
      changes.note("there is no checkpoint to go on from: everything is looked at");
    }
    PartitionPlan.of(pairs, new KeysPerSlot(pairs, nodes)::of)
        .forEach(one -> add(one, clock.nanoTime()));
    journal.begin(all());
    return Set.of();
  }

  private void wasDone(Done one) {
    results.done(one);
    results.spent(one.partition(), one.nanos());
    lastNumber = Math.max(lastNumber, one.partition().number());
    if (one.partition().functions()) {
      functionsOf.add(nodesOf(one.partition()));
    }
    progress.wasDone(one.partition(), one.summary().keys(), one.summary().unequal());
  }

  private void add(Partition partition, long dueNanos) {
    turns.add(partition, dueNanos);
    lastNumber = Math.max(lastNumber, partition.number());
    if (partition.functions()) {
      functionsOf.add(nodesOf(partition));
    }
    progress.planned(partition);
  }

  private static String nodesOf(Partition partition) {
    return partition.source().address() + " " + partition.replica().address();
  }

  private List<Partition> all() {
    return results.with(open());
  }

  private List<Partition> open() {
    List<Partition> open = new ArrayList<>(turns.running());
    open.addAll(turns.waiting());
    homeless.forEach(one -> open.add(one.from()));
    return open;
  }

  /** What is done by now. */
  Collection<Done> done() {
    return results.done();
  }

  /** Nothing is to be begun any more: there are as many mismatches as were to be found. */
  void stopAtEnough() {
    enough = true;
    over = true;
  }

  /** Whether nothing is to be begun any more. */
  boolean isOver() {
    return over;
  }

  boolean hasHomeless() {
    return !homeless.isEmpty();
  }

  /** Nodes that were lost, until it is known what became of them. */
  Set<String> doubtful() {
    Set<String> doubtful = new HashSet<>();
    for (Homeless one : homeless) {
      if (one.moved().isEmpty() && one.why() != null) {
        doubtful.add(one.from().source().address());
        doubtful.add(one.from().replica().address());
      }
    }
    return doubtful;
  }

  boolean isDone(Partition partition) {
    return results.of(partition) != null;
  }

  /** Takes in how one has ended. */
  void ended(Ended ended) {
    Partition partition = ended.partition();
    results.spent(partition, ended.nanos());
    switch (ended.how()) {
      case DONE -> finish(ended, true);
      case ENOUGH -> {
        finish(ended, false);
        stopAtEnough();
      }
      case MOVED -> {
        undo(partition);
        moved(ended);
      }
      case NODE_LOST -> {
        undo(partition);
        homeless.add(again(ended, SlotSet.NONE));
      }
      case FAILED -> fail(ended);
      case ALL_FAILED -> {
        fail(ended);
        over = true;
      }
      case INTERRUPTED -> results.cutOff(ended);
    }
  }

  /** Takes in what one that was told to end had found. */
  void cutOff(Ended ended) {
    turns.ended(ended.partition());
    if (ended.how() == Ended.How.DONE) {
      ended(ended);
    } else {
      results.spent(ended.partition(), ended.nanos());
      results.cutOff(ended);
    }
  }

  private void finish(Ended ended, boolean entirely) {
    VerifySummary found = ended.summary();
    String executor = ended.executor();
    if (found != null && executor != null) {
      Done earlier = results.of(ended.partition());
      if (earlier == null) {
        done(ended.partition(), found, entirely, executor, ended.startNanos());
      } else {
        // Its names were looked at once more: it is told when and by whom it was compared.
        done(
            ended.partition(),
            latecomers.joined(earlier, found),
            entirely,
            earlier.executor(),
            earlier.startNanos());
      }
    }
  }

  private void done(
      Partition partition,
      VerifySummary found,
      boolean entirely,
      String executor,
      @Nullable Long startNanos) {
    Done one =
        new Done(
            partition,
            found,
            results.spent(partition),
            book.idOf(partition.source()),
            book.idOf(partition.replica()),
            latecomers.before(partition),
            executor,
            startNanos);
    results.done(one);
    progress.done(partition, found.keys(), found.unequal());
    if (entirely) {
      journal.done(one);
    }
  }

  private void moved(Ended ended) {
    Partition partition = ended.partition();
    try {
      if (partition.attempt() < tries.most()
          || (partition.attempt() < MOST_IF_AT_REST && isAtRest(partition))) {
        homeless.add(again(ended, ended.moved()));
        return;
      }
      UnsettledSlots unsettled = new UnsettledSlots(request, nodes, partition);
      if (unsettled.isCertain()) {
        done(partition, unsettled.summary(), false, VerifyPartition.LOCAL, null);
        latecomers.leaveAlone(partition);
        changes.stillMoves(unsettled);
      } else {
        results.fail(ended, List.of());
      }
    } catch (RedisFailure lost) {
      fail(ended);
    }
  }

  /** What has moved and lies still by now can be looked at where it is. */
  private boolean isAtRest(Partition partition) {
    return Stream.of(partition.source(), partition.replica())
        .filter(Endpoint::isInCluster)
        .noneMatch(
            node -> nodes.moving(node).keySet().stream().anyMatch(partition.slots()::contains));
  }

  private Homeless again(Ended ended, SlotSet moved) {
    Partition partition = ended.partition();
    int attempt = partition.attempt() + 1;
    // Nothing that moved is known to be elsewhere until the nodes have been asked.
    long due = clock.nanoTime() + (moved.isEmpty() ? 0 : tries.pauseNanos(attempt));
    return homeless(partition, moved, ended, attempt, due);
  }

  private Homeless homeless(
      Partition partition, SlotSet moved, @Nullable Ended why, int attempt, long due) {
    functionsOf.remove(partition.functions() ? nodesOf(partition) : "");
    return new Homeless(
        partition, partition.slots(), moved, why, attempt, due, due + tries.ownerNanos());
  }

  private void fail(Ended ended) {
    undo(ended.partition());
    List<Partition> withIt = turns.take(one -> one.isOfTheNodesOf(ended.partition()));
    // What was to be gone on with stays as it was done.
    withIt.stream().filter(this::isDone).forEach(latecomers::leaveAlone);
    results.fail(ended, withIt.stream().filter(one -> !isDone(one)).toList());
  }

  /** What it was done with before holds no longer. */
  private void undo(Partition partition) {
    if (results.undo(partition)) {
      progress.planned(partition);
      journal.undone(partition);
    }
  }

  /** Finds nodes for those slots whose time has come. */
  void rehouse() {
    long now = clock.nanoTime();
    if (over || homeless.stream().noneMatch(one -> now - one.dueNanos() >= 0)) {
      return;
    }
    try {
      pairs = again.get();
    } catch (RedisFailure | IllegalArgumentException e) {
      later(now, String.valueOf(e.getMessage()));
      return;
    }
    leaveVanished();
    List<Homeless> due = new ArrayList<>();
    List<Homeless> others = new ArrayList<>();
    homeless.forEach(one -> (now - one.dueNanos() >= 0 ? due : others).add(one));
    homeless = others;
    due.forEach(one -> place(one, now));
    journal.plan(all());
  }

  /** The nodes cannot be asked now. */
  private void later(long now, String why) {
    progress.waiting(why);
    List<Homeless> left = new ArrayList<>();
    for (Homeless one : homeless) {
      if (now - one.endNanos() >= 0) {
        results.fail(ownerless(one, why), List.of());
      } else {
        left.add(now - one.dueNanos() >= 0 ? one.later(now + tries.stepNanos()) : one);
      }
    }
    homeless = left;
  }

  private static Ended ownerless(Homeless one, String why) {
    Ended before = one.why();
    return Ended.without(
        one.from(),
        new VerifyFailure(
            VerifyFailure.Kind.SERVER,
            why + (before == null ? "" : " (" + before.why() + ")"),
            null),
        0);
  }

  /** What was planned or done with nodes that hold nothing any more is to be done elsewhere. */
  private void leaveVanished() {
    long now = clock.nanoTime();
    for (Partition one : turns.take(waiting -> pairs.stream().noneMatch(holds(waiting)))) {
      undo(one);
      progress.dropped(one);
      homeless.add(homeless(one, SlotSet.NONE, null, one.attempt(), now));
    }
    for (Endpoint node : book.met()) {
      boolean holds =
          pairs.stream()
              .anyMatch(
                  pair ->
                      pair.source().address().equals(node.address())
                          || pair.replica().address().equals(node.address()));
      // One that is there, and who it was, gave its slots away: what was seen of it holds.
      if (!holds && book.state(node) != NodeBook.State.SAME) {
        leave(node);
      }
    }
  }

  private static Predicate<ShardPair> holds(Partition partition) {
    return pair ->
        pair.holds(partition.source().address(), partition.replica().address(), partition.slots());
  }

  /** All that was done with a node is to be done again: another is in its place. */
  private void leave(Endpoint node) {
    long now = clock.nanoTime();
    book.forget(node.address());
    Set<Integer> running = new HashSet<>();
    turns.running().forEach(one -> running.add(one.number()));
    // One that is at it finds out by itself.
    List<Done> ofIt =
        results.done().stream()
            .filter(one -> one.partition().isOf(node.address()))
            .filter(one -> !running.contains(one.partition().number()))
            .toList();
    changes.failedOver(node, ofIt);
    for (Done one : ofIt) {
      Partition partition = one.partition();
      undo(partition);
      turns.take(waiting -> waiting.number() == partition.number());
      if (partition.attempt() < tries.most()) {
        homeless.add(homeless(partition, SlotSet.NONE, null, partition.attempt() + 1, now));
      } else {
        fail(new Ended(partition, one.summary(), null, 0, one.executor(), one.startNanos()));
      }
    }
  }

  private void place(Homeless one, long now) {
    Homes.Found found = Homes.of(one, pairs, () -> ++lastNumber);
    if (one.moved().isEmpty() && !standsAgain(one, found, now)) {
      return;
    }
    for (var left : found.ownerless().ranges()) {
      String why = "no node of each side holds slots " + left + " any more";
      Homeless rest = left.equals(one.slots()) ? one : one.of(left, ++lastNumber);
      progress.waiting(why);
      if (now - one.endNanos() >= 0) {
        results.fail(ownerless(rest, why + ", though they were waited for"), List.of());
      } else {
        homeless.add(rest.later(now + tries.stepNanos()));
      }
    }
    if (found.partitions().stream().noneMatch(piece -> piece.number() == one.from().number())) {
      progress.dropped(one.from());
    }
    for (Partition piece : found.partitions()) {
      changes.placed(one, piece);
      if (piece.number() != one.from().number()) {
        journal.undone(piece);
      }
      add(functionsOf.contains(nodesOf(piece)) ? piece : piece.withFunctions(), now);
    }
  }

  /** Whether what ended for want of a node can be begun again; else it waits, or is given up. */
  private boolean standsAgain(Homeless one, Homes.Found found, long now) {
    Ended why = one.why();
    boolean sameNodes =
        found.partitions().stream().anyMatch(piece -> piece.isOfTheNodesOf(one.from()));
    if (why == null || !sameNodes) {
      return true;
    }
    for (Endpoint node : List.of(one.from().source(), one.from().replica())) {
      switch (book.state(node)) {
        case GONE -> {
          progress.waiting("the " + node + " is gone");
          if (now - one.endNanos() >= 0) {
            fail(why);
          } else {
            homeless.add(one.later(now + tries.stepNanos()));
          }
          return false;
        }
        case ANOTHER -> {
          leave(node);
          return retry(one);
        }
        case SAME -> {}
      }
    }
    boolean hopeless = why.kind() == VerifyFailure.Kind.FENCE || one.attempt() > 2;
    if (hopeless) {
      fail(why);
      return false;
    }
    return true;
  }

  private boolean retry(Homeless one) {
    Ended why = one.why();
    if (one.attempt() <= tries.most() || why == null) {
      return true;
    }
    fail(why);
    return false;
  }

  /** Looks whether the nodes are still who they were; true where something is to be done again. */
  boolean looksOnceMore() {
    boolean gone = false;
    for (Endpoint node : book.met()) {
      switch (book.state(node)) {
        case ANOTHER -> leave(node);
        case GONE -> gone = true;
        case SAME -> {}
      }
    }
    if (gone) {
      try {
        pairs = again.get();
        leaveVanished();
      } catch (RedisFailure | IllegalArgumentException e) {
        changes.note("at the end it could not be asked who holds which slots: " + e.getMessage());
      }
    }
    return !homeless.isEmpty();
  }

  /**
   * Has names looked for that came meanwhile, now that all are done.
   *
   * @return the numbers of those that are gone on with, from their end; none where there is no need
   */
  Set<Integer> looksForLatecomers() {
    Set<Integer> numbers = new HashSet<>();
    for (Done one : latecomers.next(results.done())) {
      turns.add(one.partition(), clock.nanoTime());
      progress.planned(one.partition());
      numbers.add(one.partition().number());
    }
    return numbers;
  }

  /** What it all came to. */
  PartitionedSummary summary(boolean interrupted, long nanos) {
    latecomers.words().forEach(changes::note);
    PartitionedSummary whatCame =
        results.summary(request, open(), changes.lines()).of(book, interrupted, enough, nanos);
    VerifySummary whole = whatCame.whole();
    if (!interrupted
        && (whole.incompleteKind() == null
            || whole.incompleteKind() == VerifyFailure.Kind.CHANGED)) {
      journal.delete(all());
    } else {
      journal.plan(all());
    }
    return whatCame;
  }
}
