package io.syncanalyzer.verify.look;

import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.NetworkWait;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that take batches of keys from a short queue. The first failure of any ends all and is
 * thrown to whoever submits or waits; who does has waited for the network for the share of that
 * time that the workers' own has been waits for it so far ({@link NetworkWait}).
 */
public final class Workers implements AutoCloseable {
  /** Batches that wait, beyond one for each thread. */
  private static final int MOST_WAITING = 6;

  private final BlockingQueue<KeyBatch> queue;
  private final BlockingQueue<KeyBatch> spent;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Runnable unblock;
  private final NanoClock clock;
  private final AtomicLong busyNanos = new AtomicLong();
  private final AtomicLong networkNanos = new AtomicLong();
  private volatile boolean ending;

  /**
   * Starts a thread for each of the jobs.
   *
   * @param clock measures how long is waited
   * @param unblock ends whatever a job may be blocked in
   */
  public Workers(List<Consumer<KeyBatch>> jobs, NanoClock clock, Runnable unblock) {
    this.clock = clock;
    this.unblock = unblock;
    queue = new ArrayBlockingQueue<>(Math.min(jobs.size() * 2, jobs.size() + MOST_WAITING));
    spent = new ArrayBlockingQueue<>(jobs.size() + queue.remainingCapacity());
    for (Consumer<KeyBatch> job : jobs) {
      Thread thread = new Thread(() -> work(job), "verify-worker-" + threads.size());
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /** Hands over a batch, waiting for room. */
  public void submit(KeyBatch batch) {
    pending.incrementAndGet();
    if (queue.offer(batch)) {
      check();
      return;
    }
    long begun = clock.nanoTime();
    try {
      while (!queue.offer(batch, 50, TimeUnit.MILLISECONDS)) {
        check();
      }
      waited(clock.nanoTime() - begun);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    check();
  }

  /** A batch that is done and may be filled again; null where there is none. */
  public @Nullable KeyBatch spent() {
    return spent.poll();
  }

  /** Waits until every batch is done. */
  public void awaitIdle() {
    long begun = clock.nanoTime();
    while (pending.get() > 0) {
      check();
      try {
        TimeUnit.MICROSECONDS.sleep(200);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    check();
    waited(clock.nanoTime() - begun);
  }

  private void waited(long nanos) {
    long busy = busyNanos.get();
    NetworkWait.add(busy == 0 ? 0 : (long) ((double) nanos * networkNanos.get() / busy));
  }

  private static VerifyFailure interrupted() {
    Thread.currentThread().interrupt();
    return new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", null);
  }

  private void check() {
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private void work(Consumer<KeyBatch> job) {
    while (!ending) {
      try {
        KeyBatch batch = queue.poll(20, TimeUnit.MILLISECONDS);
        if (batch != null) {
          long begun = clock.nanoTime();
          long before = NetworkWait.ofThisThread();
          job.accept(batch);
          networkNanos.addAndGet(NetworkWait.ofThisThread() - before);
          busyNanos.addAndGet(clock.nanoTime() - begun);
          if (!batch.isOfOther() && batch.isOfUsualSize()) {
            spent.offer(batch); // One more than there is room for is left to be collected.
          }
          pending.decrementAndGet();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        // An error too: a worker that vanished silently would be waited for without end.
        failure.compareAndSet(null, VerifyFailure.of(e));
        return;
      }
    }
  }

  /** Ends the threads and waits for them. They are not interrupted: that would close files. */
  @Override
  public void close() {
    ending = true;
    unblock.run();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
