package io.syncanalyzer.run.load;

import io.syncanalyzer.load.LoadPhase;
import io.syncanalyzer.load.LoadProgress;
import io.syncanalyzer.load.LoadSummary;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.result.LoadReport;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The load by memtier_benchmark, supervised on a thread of its own. */
final class MemtierJob implements LoadJob {
  private final CountDownLatch writing = new CountDownLatch(1);
  private final Supervised<LoadSummary> work;
  private long startedEpochMillis;

  MemtierJob(LoadRequest request, Consumer<LoadLine> progress, IntConsumer steps) {
    LoadPhase phase =
        new LoadPhase(
                heard -> {
                  noteFirstWrite(heard);
                  progress.accept(LoadLine.of(heard));
                })
            .tellingSteps(steps);
    work = new Supervised<>("memtier", () -> phase.run(request), writing::countDown);
    work.start();
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
    return work.isOver();
  }

  @Override
  public void stop() {
    work.stop();
  }

  @Override
  public LoadReport await() {
    LoadSummary summary = work.await();
    startedEpochMillis = summary.startedAt().toEpochMilli();
    return summary.report();
  }

  @Override
  public void close() {
    work.close();
  }
}
