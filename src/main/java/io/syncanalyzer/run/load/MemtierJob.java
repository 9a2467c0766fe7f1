package io.syncanalyzer.run.load;

import io.syncanalyzer.load.LoadPhase;
import io.syncanalyzer.load.LoadProgress;
import io.syncanalyzer.load.LoadSummary;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.result.LoadReport;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The load by memtier_benchmark, supervised on a thread of its own. */
final class MemtierJob implements LoadJob {
  private final CountDownLatch writing = new CountDownLatch(1);
  private final FutureTask<LoadSummary> work;
  private final Thread supervisor;
  private long startedEpochMillis;

  MemtierJob(LoadRequest request, Consumer<LoadLine> progress, IntConsumer steps) {
    LoadPhase phase =
        new LoadPhase(
                heard -> {
                  noteFirstWrite(heard);
                  progress.accept(LoadLine.of(heard));
                })
            .tellingSteps(steps);
    work =
        new FutureTask<>(
            () -> {
              try {
                return phase.run(request);
              } finally {
                writing.countDown();
              }
            });
    supervisor = new Thread(work, "memtier");
    supervisor.start();
  }

  private void noteFirstWrite(LoadProgress heard) {
    if (heard.operations() > 0) {
      writing.countDown();
    }
  }

  @Override
  public void awaitWriting() throws InterruptedException {
    writing.await();
  }

  @Override
  public long startedEpochMillis() {
    return startedEpochMillis;
  }

  @Override
  public boolean isOver() {
    return work.isDone();
  }

  @Override
  public void stop() {
    supervisor.interrupt();
  }

  @Override
  public LoadReport await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          LoadSummary summary = work.get();
          startedEpochMillis = summary.startedAt().toEpochMilli();
          return summary.report();
        } catch (InterruptedException e) {
          interrupted = true;
          stop();
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException known) {
            throw known;
          }
          throw new LoadFailure("the load ended with " + e.getCause(), e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    while (supervisor.isAlive()) {
      try {
        supervisor.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
