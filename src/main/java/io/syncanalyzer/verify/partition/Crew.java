package io.syncanalyzer.verify.partition;

import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies partitions, each on a thread of its own, and says which has ended how. Begun and asked
 * by one thread.
 */
final class Crew {
  private static final long STOP_NANOS = 3_000_000_000L;

  private final Function<Partition, PartitionWork.Found> work;
  private final NanoClock clock;
  private final long start;
  private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
  private final Map<Integer, Thread> threads = new ConcurrentHashMap<>();

  Crew(Function<Partition, PartitionWork.Found> work, NanoClock clock) {
    this.work = work;
    this.clock = clock;
    this.start = clock.nanoTime();
  }

  /** Begins one. */
  void begin(Partition partition) {
    Thread thread = new Thread(() -> ends.add(verify(partition)), "verify-" + partition.number());
    thread.setDaemon(true);
    threads.put(partition.number(), thread);
    thread.start();
  }

  private Ended verify(Partition partition) {
    long from = clock.nanoTime();
    try {
      PartitionWork.Found found = work.apply(partition);
      return Ended.with(partition, found, from - start, clock.nanoTime() - from);
    } catch (RuntimeException | Error e) {
      return Ended.without(partition, e, clock.nanoTime() - from);
    }
  }

  /** The next that has ended; null where none has by then. */
  @Nullable Ended next(long withinNanos) throws InterruptedException {
    Ended ended = ends.poll(withinNanos, TimeUnit.NANOSECONDS);
    if (ended != null) {
      threads.remove(ended.partition().number());
    }
    return ended;
  }

  /** Tells all to end, and gives what they have by then. */
  List<Ended> stop() {
    threads.values().forEach(Thread::interrupt);
    List<Ended> last = new ArrayList<>();
    long end = clock.nanoTime() + STOP_NANOS;
    boolean interrupted = false;
    while (!threads.isEmpty() && end - clock.nanoTime() > 0) {
      try {
        Ended ended = next(end - clock.nanoTime());
        if (ended != null) {
          last.add(ended);
        }
      } catch (InterruptedException again) {
        // The second wish to stop: what there is by now is taken as it is.
        interrupted = true;
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return last;
  }
}
