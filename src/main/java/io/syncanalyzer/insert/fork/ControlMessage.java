package io.syncanalyzer.insert.fork;

import java.util.Objects;

/**
 * One line on the control channel between the analyzer and a JMH fork.
 *
 * <p>They pass in this order: {@link Hello}, {@link Settings}, {@link Ready}, {@link Go}, {@link
 * Progress} once a second, {@link Second} where that is asked for, and {@link Step} or {@link Pace}
 * as it happens, {@link End} where the schedule is cut short, {@link Done}, {@link Finish}, {@link
 * Result}. {@link Failed} and {@link Stop} may come at any time.
 */
public sealed interface ControlMessage {
  /** From the fork to the analyzer. */
  sealed interface Up extends ControlMessage
      permits Hello, Ready, Progress, Second, Failed, Done, Result {}

  /** One that carries what a fork's work is asked or says. */
  sealed interface OfWork extends ControlMessage permits Settings, Progress, Second, Result {
    /** In the work's own words. */
    WorkJson work();
  }

  /** From the analyzer to the fork. */
  sealed interface Down extends ControlMessage
      permits Settings, Go, Step, Pace, End, Finish, Stop {}

  /**
   * The first of all.
   *
   * @param pid the fork's process
   */
  record Hello(long pid) implements Up {}

  /**
   * What to do.
   *
   * @param work settings of the fork's work, with the secrets that no command line may hold
   */
  record Settings(WorkJson work) implements Down, OfWork {
    public Settings {
      Objects.requireNonNull(work, "work is null");
    }
  }

  /** Connected to the servers, waiting for {@link Go}. */
  record Ready() implements Up {}

  /** The work may begin. */
  record Go() implements Down {}

  /**
   * Where the work stands.
   *
   * @param work in the work's own words
   */
  record Progress(WorkJson work) implements Up, OfWork {
    public Progress {
      Objects.requireNonNull(work, "work is null");
    }
  }

  /**
   * A second with all that was measured in it, for whoever shows it meanwhile.
   *
   * @param work in the work's own words
   */
  record Second(WorkJson work) implements Up, OfWork {
    public Second {
      Objects.requireNonNull(work, "work is null");
    }
  }

  /**
   * It cannot go on; {@link Done} follows where there is something to keep.
   *
   * @param why one line
   */
  record Failed(String why) implements Up {
    public Failed {
      Objects.requireNonNull(why, "why is null");
    }
  }

  /** The last write is made; waiting for {@link Finish}. */
  record Done() implements Up {}

  /**
   * A step of the load's ramp.
   *
   * @param step the one that has begun, from 1; 0 where one has ended
   */
  record Step(int step) implements Down {}

  /**
   * A pace that holds from now on.
   *
   * @param step its number
   * @param perSecond commands a second; 0 = stand still
   */
  record Pace(int step, long perSecond) implements Down {}

  /** Nothing more is to be written; {@link Done} follows soon. */
  record End() implements Down {}

  /** Hand over the result. */
  record Finish() implements Down {}

  /** Stop at once, keep what there is, hand it over. */
  record Stop() implements Down {}

  /**
   * The last of all.
   *
   * @param work what came of it, in the work's own words
   */
  record Result(WorkJson work) implements Up, OfWork {
    public Result {
      Objects.requireNonNull(work, "work is null");
    }
  }
}
