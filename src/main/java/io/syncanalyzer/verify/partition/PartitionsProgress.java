package io.syncanalyzer.verify.partition;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.VerifyProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells how far all partitions are together. Safe for use by several threads. */
final class PartitionsProgress {
  private static final long EVERY_NANOS = 200_000_000;

  /** No pace is told before so long. */
  private static final long PACE_NANOS = 1_000_000_000;

  private final Consumer<VerifyProgress> consumer;
  private final NanoClock clock;
  private final long start;
  private final Map<Integer, VerifyProgress> running = new LinkedHashMap<>();
  private final Map<Integer, Long> planned = new LinkedHashMap<>();
  private final Map<Integer, Long> done = new LinkedHashMap<>();
  private final Map<Integer, Map<KeyVerdict, Long>> unequal = new LinkedHashMap<>();
  private long before;
  private long lastTold;

  PartitionsProgress(Consumer<VerifyProgress> consumer, NanoClock clock) {
    this.consumer = consumer;
    this.clock = clock;
    this.start = clock.nanoTime();
    this.lastTold = start;
  }

  /** One more partition is to be done. */
  synchronized void planned(Partition partition) {
    planned.put(partition.number(), partition.keys());
    running.remove(partition.number());
    done.remove(partition.number());
    unequal.remove(partition.number());
  }

  /** One is not to be done any more: others take its place. */
  synchronized void dropped(Partition partition) {
    planned.remove(partition.number());
    running.remove(partition.number());
    done.remove(partition.number());
    unequal.remove(partition.number());
  }

  /** One was done before this began. */
  synchronized void wasDone(Partition partition, long keys, Map<KeyVerdict, Long> found) {
    done(partition, keys, found);
    before += keys;
  }

  /** One is done. */
  synchronized void done(Partition partition, long keys, Map<KeyVerdict, Long> found) {
    running.remove(partition.number());
    planned.put(partition.number(), keys);
    done.put(partition.number(), keys);
    unequal.put(partition.number(), found);
  }

  /** Who is told how far a partition is. */
  Consumer<VerifyProgress> of(Partition partition) {
    return heard -> heard(partition, heard);
  }

  /** Tells that all that is left waits, for what. */
  synchronized void waiting(String why) {
    tell("waiting", why, true);
  }

  private synchronized void heard(Partition partition, VerifyProgress progress) {
    if (done.containsKey(partition.number()) || !planned.containsKey(partition.number())) {
      return;
    }
    running.put(partition.number(), progress);
    boolean allWait = running.values().stream().allMatch(one -> one.waitingFor() != null);
    tell(progress.step(), allWait ? progress.waitingFor() : null, false);
  }

  private void tell(String step, @Nullable String waitingFor, boolean now) {
    long at = clock.nanoTime();
    if (!now && at - lastTold < EVERY_NANOS) {
      return;
    }
    lastTold = at;
    long total = 0;
    long scanned = 0;
    long looked = 0;
    long suspects = 0;
    List<Map<KeyVerdict, Long>> found = new ArrayList<>(unequal.values());
    for (Map.Entry<Integer, Long> one : planned.entrySet()) {
      VerifyProgress part = running.get(one.getKey());
      Long ended = done.get(one.getKey());
      Long known = part == null ? null : part.keysTotal();
      long keys = known == null ? one.getValue() : Math.max(known, one.getValue());
      total += keys;
      if (ended != null) {
        scanned += ended;
        looked += ended;
      } else if (part != null) {
        scanned += Math.min(keys, Math.max(part.keysScanned(), part.keysDone()));
        looked += part.keysDone();
        suspects += part.suspects();
        found.add(part.unequal());
      }
    }
    double seconds = (at - start) / 1e9;
    consumer.accept(
        new VerifyProgress(
            String.format(
                Locale.ROOT, "%s (%d of %d partitions done)", step, done.size(), planned.size()),
            waitingFor,
            looked,
            scanned,
            total,
            suspects,
            VerifyProgress.together(found.stream()),
            at - start < PACE_NANOS ? null : Double.valueOf((scanned - before) / seconds),
            Duration.ofNanos(at - start)));
  }
}
