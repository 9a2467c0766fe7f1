package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.SideBySide;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.pass.Company;
import io.syncanalyzer.verify.resume.CheckpointFile;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Compares a replica with its source, every key in both directions, and says of each key what the
 * difference is.
 *
 * <p>{@link #run} ends within about two seconds of an interrupt and then returns what it has,
 * {@code incomplete} and the interrupt flag set. A server that is lost, and does not come back
 * within its timeout, ends it the same way. It throws only before the first key was looked at, and
 * where slots moved meanwhile.
 */
public final class VerifyPhase {
  private static final long STOP_MILLIS = 2000;

  private final Consumer<VerifyProgress> progress;
  private final NanoClock clock;

  /**
   * @param progress told a few times a second how far it is, from a thread of the phase
   */
  public VerifyPhase(Consumer<VerifyProgress> progress, NanoClock clock) {
    this.progress = Objects.requireNonNull(progress, "progress is null");
    this.clock = Objects.requireNonNull(clock, "clock is null");
  }

  /** Removes what another could go on from; the mismatches stay. */
  public static void discard(Path folder) {
    new CheckpointFile(folder).delete();
    try {
      Files.deleteIfExists(folder.resolve(AttemptOpening.SEEN));
    } catch (IOException e) {
      throw new VerifyFailure(
          VerifyFailure.Kind.DISK,
          "cannot delete " + folder.resolve(AttemptOpening.SEEN) + ": " + e.getMessage(),
          e);
    }
  }

  /** Whether a verification that worked in that folder was cut off and can be gone on with. */
  public static boolean canGoOn(Path folder) {
    return new CheckpointFile(folder).canGoOn();
  }

  /**
   * Refuses a folder in which there is a checkpoint that this version cannot use; changes nothing.
   *
   * @throws io.syncanalyzer.verify.resume.CannotResume which it is
   * @throws VerifyFailure if the disk does not let it be read
   */
  public static void requireUsable(Path folder) {
    new CheckpointFile(folder).requireUsable();
  }

  /**
   * Verifies.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if a server cannot be reached or used
   * @throws io.syncanalyzer.verify.resume.CannotResume if it is to go on from a checkpoint that is
   *     not for this request or this version; nothing was changed
   * @throws io.syncanalyzer.verify.server.SlotsMoved if slots asked for are not, or not alone,
   *     where they were said to be: nothing that was found holds
   * @throws VerifyFailure if no fence can be passed, or the work folder not be written
   */
  public VerifySummary run(VerifyRequest request) {
    return run(request, SideBySide.alone(request.settings(), clock));
  }

  /**
   * As the other, beside others.
   *
   * @param together what it has together with them
   */
  public VerifySummary run(VerifyRequest request, SideBySide together) {
    Verified verified =
        run(List.of(new Verification(request, progress, clock, together, Company.alone()))).get(0);
    VerifySummary summary = verified.summary();
    if (summary == null) {
      throw Objects.requireNonNull(verified.failure());
    }
    return summary;
  }

  /**
   * Verifies several replicas of one source, which is read once for all of them where they can be
   * gone through together: the requests differ in nothing but replica and folder. One that fails
   * takes nothing from the others.
   *
   * @return what each came to, in the order of the requests
   */
  public List<Verified> runTogether(List<VerifyRequest> requests) {
    ProgressTogether together = new ProgressTogether(progress, requests.size());
    List<Company.Place> places = Company.of(requests.size());
    VerifySettings settings = requests.get(0).settings();
    // Those who go through the source's names go together, as one.
    SideBySide allowed =
        SideBySide.alone(settings, clock)
            .among(settings.scanOn() == Side.SOURCE ? 1 : requests.size());
    List<Verification> all = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      all.add(
          new Verification(requests.get(i), together.of(i), clock, allowed.part(), places.get(i)));
    }
    return run(all);
  }

  private static List<Verified> run(List<Verification> all) {
    List<Thread> threads = new ArrayList<>();
    for (Verification one : all) {
      Thread thread = new Thread(one::run, "verify");
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    boolean interrupted = false;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      // Not interrupted: that would close the files it writes. Its connections are closed.
      all.forEach(Verification::stop);
      joinBriefly(threads);
    }
    try {
      return all.stream().map(Verification::verified).toList();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void joinBriefly(List<Thread> threads) {
    long end = STOP_MILLIS;
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, end));
        end = thread.isAlive() ? 0 : end;
      }
    } catch (InterruptedException again) {
      // The second wish to stop: the partial result is taken as it is.
    }
  }
}
