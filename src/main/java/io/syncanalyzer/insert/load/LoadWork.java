package io.syncanalyzer.insert.load;

import io.syncanalyzer.insert.fork.ForkWork;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The load in a fork: its lanes, their recorder, and a report once a second. */
public final class LoadWork implements ForkWork {
  private static final long SECOND_MILLIS = 1000;

  private final NanoClock clock;
  private final JmhLoadRequest request;
  private final LoadRecorder recorder;
  private final LoadRoutes routes;
  private final List<LoadLane> lanes = new ArrayList<>();
  private final Consumer<JmhLoadProgress> progress;
  private final Thread seconds = new Thread(this::tick, "analyzer-load-seconds");

  /**
   * Connects every lane.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if the source cannot be reached
   */
  public LoadWork(JmhLoadRequest request, NanoClock clock, Consumer<JmhLoadProgress> progress) {
    this.request = request;
    this.routes = new LoadRoutes(request.source(), Topologies::again, clock);
    this.progress = progress;
    this.clock = clock;
    this.recorder =
        new LoadRecorder(
            clock,
            request.threads(),
            LoadCommand.of(request.types(), request.readShare()),
            request.paced());
    seconds.setDaemon(true);
    byte[] block = LoadData.block(request);
    try {
      for (int i = 0; i < request.threads(); i++) {
        lanes.add(new LoadLane(request, block, i, routes, recorder.lane(i), clock));
      }
    } catch (RuntimeException e) {
      lanes.forEach(LoadLane::close);
      throw e;
    }
  }

  public LoadLane lane(int index) {
    return lanes.get(index);
  }

  @Override
  public void start() {
    recorder.start();
    seconds.start();
  }

  @Override
  public void step(int step) {
    throw new IllegalStateException("the load is told nothing of itself");
  }

  @Override
  public void pace(int step, long perSecond) {
    if (perSecond == 0) {
      recorder.endStep();
      return;
    }
    recorder.begin(
        step, perSecond, new PacedSchedule(perSecond, request.threads(), request.batch()));
    lanes.forEach(LoadLane::wake);
  }

  /** Of a pace nothing more falls due; without one it writes until it is stopped. */
  @Override
  public void endSchedule() {
    if (request.paced()) {
      recorder.endStep();
    }
  }

  @Override
  public void release() {
    lanes.forEach(LoadLane::release);
  }

  /** Ends the lanes; what they wrote. */
  public JmhLoadSummary finish() {
    seconds.interrupt();
    JmhLoadSummary summary = recorder.finish().noting(routes.changes());
    lanes.forEach(LoadLane::close);
    return summary;
  }

  @Override
  public JmhLoadSummary result(boolean atOnce) {
    return finish();
  }

  private void tick() {
    try {
      // By the second from the start on, so that the seconds do not drift.
      long begun = clock.nanoTime();
      for (long second = 1; ; second++) {
        long due = begun + second * SECOND_MILLIS * 1_000_000;
        Thread.sleep(Math.max(0, (due - clock.nanoTime()) / 1_000_000));
        progress.accept(recorder.endSecond());
        routes.lookOut();
      }
    } catch (InterruptedException finished) {
      Thread.currentThread().interrupt();
    }
  }
}
