package io.syncanalyzer.load.memtier;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The memtier processes of a load: stages one after another (a ramp's steps; else one), each of
 * processes side by side (mostly one).
 *
 * @param stages at least one
 * @param warnings what differs from what was asked, one line each
 */
public record MemtierPlan(List<Stage> stages, Set<String> warnings) {
  /**
   * Processes that run side by side.
   *
   * @param step which step of the ramp, from 1
   * @param rate the total rate asked for
   * @param expected how long it will last; zero = until a number of requests is done
   * @param launches at least one
   */
  public record Stage(
      OptionalInt step, OptionalLong rate, Duration expected, List<Launch> launches) {}

  /**
   * One process.
   *
   * @param label sets its files apart; empty for the first or only one
   * @param options without those that name the server, the secret and the files
   * @param runs how often memtier repeats the test
   */
  public record Launch(String label, List<String> options, int runs) {}

  /**
   * Plans a load.
   *
   * @throws IllegalArgumentException with one line if the profile, the options and what follows
   *     {@code --} do not fit each other or this memtier
   * @throws LoadFailure with one line if this memtier cannot do it
   */
  public static MemtierPlan of(LoadRequest request, MemtierFeatures features) {
    LoadProfile profile = LoadProfile.of(request.profile());
    MemtierServer.refuseLostPassword(request.server());
    return new MemtierPlanner(request, profile, features).plan();
  }
}
