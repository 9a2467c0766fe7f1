package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.ClusterMode;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.LoadProfile;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierOptions;
import io.syncanalyzer.load.memtier.MemtierPlan;
import io.syncanalyzer.load.memtier.MemtierProgram;
import io.syncanalyzer.load.memtier.MemtierServer;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
   * What is to be said before memtier is started, one line each.
   *
   * @throws IllegalArgumentException if its profile cannot be read
   */
  public static List<String> warningsAhead(LoadRequest request) {
    List<String> warnings = new ArrayList<>();
    if (MemtierServer.credentials(request.server()).isPresent()) {
      warnings.add(
          "memtier_benchmark takes a password only on its command line: it will be in the process"
              + " list while the load runs; --load-engine jmh shows none");
    }
    if (request.source().cluster()) {
      List<String> astray = ClusterMode.astray(request);
      if (!astray.isEmpty()) {
        warnings.add(
            "in cluster mode memtier_benchmark sends a command where its key prefix and number"
                + " belong, whatever its key is: most of `"
                + String.join("`, `", astray)
                + "` will be turned away (MOVED) and not carried out; write {__key__} where the key"
                + " has more to it, as sa:load:string:{__key__}");
      }
    }
    return warnings;
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

  /**
   * Why memtier_benchmark cannot write to a source that is a cluster, in one line; empty where it
   * can.
   *
   * @param path the value of the environment's {@code PATH}
   * @throws LoadFailure with one line if there is no such memtier
   */
  public static Optional<String> hindrance(LoadRequest request, String path) {
    if (!request.source().cluster()) {
      return Optional.empty();
    }
    MemtierProgram program = find(request, path);
    Optional<String> hindrance = ClusterMode.hindrance(request.source(), program.features());
    if (hindrance.isPresent()) {
      return hindrance;
    }
    try {
      for (MemtierPlan.Launch launch :
          MemtierPlan.of(request, program.features()).stages().get(0).launches()) {
        List<String> arguments = new ArrayList<>(launch.options());
        arguments.add(ClusterMode.OPTION);
        program.checkArguments(arguments);
      }
    } catch (IllegalArgumentException e) {
      return Optional.of("in cluster mode " + e.getMessage());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return Optional.empty();
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
