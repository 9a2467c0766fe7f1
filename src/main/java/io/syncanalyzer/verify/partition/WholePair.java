package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.SideBySide;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies two servers that are in no cluster: one verification of every slot. Where one of them is
 * a service's and another takes its place, it begins again with that one. For one thread.
 */
final class WholePair {
  private final PartitionedRequest request;
  private final Supplier<List<ShardPair>> again;
  private final PartitionWork work;
  private final NodeBook book;
  private final Consumer<VerifyProgress> progress;
  private final NanoClock clock;
  private final Tries tries;
  private final List<String> notes = new ArrayList<>();
  private final long start;

  WholePair(
      PartitionedRequest request,
      Supplier<List<ShardPair>> again,
      PartitionWork work,
      NodeBook book,
      Consumer<VerifyProgress> progress,
      NanoClock clock,
      Tries tries) {
    this.request = request;
    this.again = again;
    this.work = work;
    this.book = book;
    this.progress = progress;
    this.clock = clock;
    this.tries = tries;
    this.start = clock.nanoTime();
  }

  PartitionedSummary run() {
    ShardPair pair = request.pairs().get(0);
    for (int attempt = 1; ; attempt++) {
      if (isOfAService(pair)) {
        meet(pair);
      }
      Ended ended = verify(pair, attempt);
      if (ended.how() == Ended.How.DONE && attempt < tries.most() && isOfAService(pair)) {
        ShardPair now = who(pair);
        if (!isSame(pair, now)) {
          told(pair, now);
          pair = now;
          continue; // What was compared is the service's no more, though it may not know it yet.
        }
      }
      ShardPair next =
          ended.how() == Ended.How.NODE_LOST
                  && ended.kind() != VerifyFailure.Kind.FENCE
                  && attempt < tries.most()
                  && isOfAService(pair)
              ? another()
              : null;
      if (next == null) {
        return summary(ended);
      }
      told(pair, next);
      pair = next;
    }
  }

  private void told(ShardPair pair, ShardPair next) {
    notes.add(
        String.format(
            Locale.ROOT,
            "failover: %.1f s after the begin %s with %s was found in the place of %s with %s,"
                + " and everything was compared again",
            (clock.nanoTime() - start) / 1e9,
            next.source().address(),
            next.replica().address(),
            pair.source().address(),
            pair.replica().address()));
  }

  /** Who serves by what is known now; the same where nobody can be asked. */
  private ShardPair who(ShardPair pair) {
    try {
      return again.get().get(0);
    } catch (RedisFailure | IllegalArgumentException e) {
      return pair;
    }
  }

  private static boolean isSame(ShardPair one, ShardPair other) {
    return one.source().address().equals(other.source().address())
        && one.replica().address().equals(other.replica().address());
  }

  private void meet(ShardPair pair) {
    for (Endpoint server : List.of(pair.source(), pair.replica())) {
      try {
        book.meet(server);
      } catch (RedisFailure lost) {
        // The verification meets it next, and tells what is wrong with it.
      }
    }
  }

  private static boolean isOfAService(ShardPair pair) {
    return pair.source().origin() instanceof Origin.Service
        || pair.replica().origin() instanceof Origin.Service;
  }

  private Ended verify(ShardPair pair, int attempt) {
    VerifyRequest whole =
        VerifyRequest.of(pair.source(), pair.replica(), request.runId(), request.folder())
            .with(request.settings());
    Partition partition =
        new Partition(
            1,
            pair.source(),
            pair.replica(),
            new SlotRange(0, HashSlot.COUNT - 1),
            0,
            attempt,
            true,
            false);
    long from = clock.nanoTime();
    try {
      PartitionWork.Found found =
          work.verify(
              request.resume() && attempt == 1 ? whole.resumed() : whole,
              progress,
              SideBySide.alone(request.settings(), clock));
      return Ended.with(partition, found, from - start, clock.nanoTime() - from);
    } catch (RedisFailure | VerifyFailure e) {
      return Ended.without(partition, e, clock.nanoTime() - from);
    }
  }

  /** Who is in their place by now, or they themselves if they are back; null where nobody is. */
  private @Nullable ShardPair another() {
    BackOff backOff = BackOff.steady(clock, tries.stepNanos()).within(tries.ownerNanos());
    do {
      try {
        ShardPair now = again.get().get(0);
        boolean serves =
            List.of(now.source(), now.replica()).stream()
                .allMatch(server -> book.state(server) != NodeBook.State.GONE);
        if (serves) {
          book.forget(now.source().address());
          book.forget(now.replica().address());
          return now;
        }
      } catch (RedisFailure | IllegalArgumentException e) {
        // Asked again until the time is over.
      }
    } while (!Thread.currentThread().isInterrupted() && backOff.more());
    return null;
  }

  private PartitionedSummary summary(Ended ended) {
    VerifySummary found = ended.summary();
    if (found == null) {
      throw VerifyFailure.of(
          ended.thrown() == null ? new IllegalStateException("nothing was found") : ended.thrown());
    }
    VerifySummary whole = notes.isEmpty() ? found : found.noting(notes);
    return new PartitionedSummary(whole, List.of(WholeSummary.row(ended, whole)));
  }
}
