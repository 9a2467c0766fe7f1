package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.LoadProfile;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierOptions;
import io.syncanalyzer.load.memtier.MemtierPlan;
import io.syncanalyzer.load.memtier.MemtierProgram;
import io.syncanalyzer.load.memtier.MemtierServer;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Writes a load with memtier_benchmark, and believes none of it that the source does not confirm.
 *
 * <p>memtier's exit status says nothing: it is 0 after a refused connection and after a million
 * error replies. A load counts as done only if memtier reports operations, no error reply and no
 * failed login, ends by itself in time, and if the source's own {@code INFO commandstats} grew by
 * at least what it claims.
 *
 * <p>Blocks the calling thread, which alone uses it. An interruption of that thread ends memtier in
 * good order, keeps its results, and stays set.
 */
public final class LoadPhase {
  private final NanoClock clock;
  private final Clock wall;
  private final Consumer<LoadProgress> progress;
  private final String path;
  private final IntConsumer steps;

  /**
   * @param clock measures; {@code wall} only labels
   * @param progress told about once a second, on the calling thread
   * @param path the value of the environment's {@code PATH}
   */
  public LoadPhase(NanoClock clock, Clock wall, Consumer<LoadProgress> progress, String path) {
    this(clock, wall, progress, path, step -> {});
  }

  private LoadPhase(
      NanoClock clock,
      Clock wall,
      Consumer<LoadProgress> progress,
      String path,
      IntConsumer steps) {
    this.steps = steps;
    this.clock = clock;
    this.wall = wall;
    this.progress = progress;
    this.path = path;
  }

  /**
   * This phase, which also tells of a ramp's steps as they begin and end.
   *
   * @param told the step from 1 as it begins, 0 as it ends; called on the calling thread of {@link
   *     #run}
   */
  public LoadPhase tellingSteps(IntConsumer told) {
    return new LoadPhase(clock, wall, progress, path, told);
  }

  /**
   * What is to be said before memtier is started; empty where there is nothing.
   *
   * @param source where it will write
   */
  public static Optional<String> warningAhead(Endpoint source) {
    return MemtierServer.credentials(source)
        .map(
            secret ->
                "memtier_benchmark takes a password only on its command line: it will be in the"
                    + " process list while the load runs; --load-engine jmh shows none");
  }

  /** A phase on the JVM's own clock and {@code PATH}. */
  public LoadPhase(Consumer<LoadProgress> progress) {
    this(NanoClock.SYSTEM, WallClock.SYSTEM, progress, System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * Loads the source, for as long as the request says.
   *
   * @throws IllegalArgumentException with one line if profile, options and memtier do not fit
   * @throws LoadFailure with one line if the load could not be started
   */
  public LoadSummary run(LoadRequest request) {
    LoadProfile.of(request.profile());
    MemtierProgram program = find(request, path);
    MemtierPlan plan = MemtierPlan.of(request, program.features());
    return new LoadRun(request, program, plan, clock, wall, progress, steps).execute();
  }

  /**
   * Checks all of a request that can be known without its source, by planning it, and has memtier
   * itself read the arguments that it would get.
   *
   * @param path the value of the environment's {@code PATH}
   * @throws IllegalArgumentException with one line if profile, options and memtier do not fit
   * @throws LoadFailure with one line if there is no such memtier
   */
  public static void check(LoadRequest request, String path) {
    LoadProfile.of(request.profile());
    MemtierOptions.ofArguments(request.passThrough(), "after --");
    MemtierProgram program = find(request, path);
    MemtierPlan plan = MemtierPlan.of(request, program.features());
    try {
      // The steps of a ramp differ in their rates alone, and what is asked takes a process each.
      for (MemtierPlan.Launch launch : plan.stages().get(0).launches()) {
        program.checkArguments(launch.options());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static MemtierProgram find(LoadRequest request, String path) {
    try {
      return MemtierProgram.find(request.memtier(), path);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static LoadFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LoadFailure("interrupted before memtier_benchmark was started", e);
  }
}
