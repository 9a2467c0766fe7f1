package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.util.Version;

/**
 * Counts and times the load's commands: each lane into recorders of its own, one thread ({@link
 * #endSecond}) gathers them once a second, and each lane its own when it goes on to another step.
 *
 * <p>Histograms are of nanoseconds with three digits, so percentiles are exact to 0.1 %. However
 * many steps there are, only those have histograms that a lane is still at.
 */
public final class LoadRecorder {
  static final int DIGITS = 3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final NanoClock clock;
  private final Set<LoadCommand> commands;
  private final boolean paced;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<LoadSecond> timeline = new ArrayList<>();
  private final LoadSteps steps;
  private final Map<String, LongAdder> errorCodes = new ConcurrentHashMap<>();
  private final LongAdder errors = new LongAdder();
  private final LongAdder connectionErrors = new LongAdder();
  private final Map<String, LongAdder> byNode = new ConcurrentHashMap<>();
  private final LongAccumulator slip = new LongAccumulator(Math::max, 0);
  private Histogram second = new Histogram(DIGITS);
  private long secondWrites;
  private long answered;
  private volatile @Nullable String firstError;
  private volatile @Nullable String lastTurnedAway;
  private long started;
  private long secondBegan;
  private boolean finished;

  /** Of a load without a pace. */
  public LoadRecorder(NanoClock clock, int laneCount, Set<LoadCommand> commands) {
    this(clock, laneCount, commands, false);
  }

  /**
   * @param paced whether it stands still until it is told a pace
   */
  LoadRecorder(NanoClock clock, int laneCount, Set<LoadCommand> commands, boolean paced) {
    this.clock = clock;
    this.commands = commands;
    this.paced = paced;
    this.steps = new LoadSteps(LoadStep.unpaced(clock.nanoTime(), commands));
    for (int i = 0; i < laneCount; i++) {
      lanes.add(new Lane(i, steps.current()));
    }
  }

  /** What one thread records with. */
  public final class Lane {
    private final int index;
    private final Map<LoadCommand, SingleWriterRecorder> recorders =
        new EnumMap<>(LoadCommand.class);
    private final Map<LoadCommand, SingleWriterRecorder> intended =
        new EnumMap<>(LoadCommand.class);
    private volatile LoadStep step;
    private volatile long sent;
    private volatile long lastReply;

    private Lane(int index, LoadStep step) {
      this.index = index;
      this.step = step;
      step.entered();
      for (LoadCommand command : commands) {
        recorders.put(command, new SingleWriterRecorder(DIGITS));
        if (paced) {
          intended.put(command, new SingleWriterRecorder(DIGITS));
        }
      }
    }

    /** The step that it is at; the one of all, where that has begun meanwhile, from now on. */
    LoadStep step() {
      if (step != steps.current()) {
        goOn(this);
      }
      return step;
    }

    /** How many commands of its step it has sent. */
    long sent() {
      return sent;
    }

    /**
     * It has sent some more.
     *
     * @param late how long after the moment that was intended for the first of them
     */
    void sent(int more, long late) {
      long before = sent;
      sent = before + more;
      slip.accumulate(late);
    }

    /** How long what it ought to have sent by now has been due. */
    private long overdue(LoadStep now, long nanoTime) {
      PacedSchedule schedule = now.schedule();
      if (schedule == null || now.isOver()) {
        return 0;
      }
      return nanoTime - now.began() - schedule.dueNanos(index, step == now ? sent : 0);
    }

    /**
     * A command was answered.
     *
     * @param begun when its batch was sent
     * @param intended when it was due; of no meaning without a pace
     */
    public void answered(
        LoadCommand command, long begun, long intended, long replied, Endpoint node) {
      of(recorders, command).recordValue(replied - begun);
      if (paced) {
        of(this.intended, command).recordValue(Math.max(0, replied - intended));
      }
      if (node.isInCluster()) {
        byNode.computeIfAbsent(node.address(), any -> new LongAdder()).increment();
      }
    }

    /** A cluster's node did not take a command, which is no refusal of the source's. */
    public void turnedAway(LoadCommand command, String code, String message) {
      error(command, code);
      lastTurnedAway = message;
    }

    /** A command was not carried out, whatever was tried. */
    public void gaveUp(String message) {
      if (firstError == null) {
        firstError = message;
      }
    }

    public void refused(LoadCommand command, String code, String message) {
      error(command, code);
      gaveUp(message);
    }

    private void error(LoadCommand command, String code) {
      step.refused(command);
      errors.increment();
      errorCodes.computeIfAbsent(code, any -> new LongAdder()).increment();
    }

    public void onTheWire(LoadCommand command, long bytes) {
      step.onTheWire(command, bytes);
    }

    public void repliedAt(long nanoTime) {
      lastReply = nanoTime;
    }

    public void connectionError() {
      step.connectionError();
      connectionErrors.increment();
    }
  }

  public Lane lane(int index) {
    return lanes.get(index);
  }

  /** The load begins now. */
  public synchronized void start() {
    started = clock.nanoTime();
    secondBegan = started;
    lanes.forEach(lane -> lane.lastReply = started);
  }

  /** Another step begins, and whatever went before is over. */
  synchronized void begin(int step, long perSecond, PacedSchedule schedule) {
    steps.begin(LoadStep.at(step, perSecond, schedule, clock.nanoTime(), commands));
  }

  /** Nothing more falls due of the step that it is. */
  synchronized void endStep() {
    steps.current().end(clock.nanoTime());
  }

  private synchronized void goOn(Lane lane) {
    gather(lane);
    lane.step.left(lane.sent);
    lane.sent = 0;
    lane.step = steps.current();
    lane.step.entered();
    steps.fold();
  }

  /** Closes a second of the timeline. */
  public synchronized JmhLoadProgress endSecond() {
    long now = clock.nanoTime();
    if (!finished) {
      closeSecond(now, false);
    }
    LoadSecond last =
        timeline.isEmpty()
            ? new LoadSecond(0, 0.0, null, null, true, null, 0.0, 0.0)
            : timeline.get(timeline.size() - 1);
    LoadStep step = steps.current();
    lanes.forEach(lane -> slip.accumulate(lane.overdue(step, now)));
    return new JmhLoadProgress(
        last,
        answered,
        errors.sum(),
        connectionErrors.sum(),
        new JmhLoadProgress.Pace(
            step.number(),
            step.isOver() ? 0 : step.perSecond(),
            step.nanos(now),
            step.commands(),
            step.writes(),
            slip.getThenReset()));
  }

  /** All of it; to be called when the lanes are done. */
  public synchronized JmhLoadSummary finish() {
    long ended = lanes.stream().mapToLong(lane -> lane.lastReply).max().orElse(started);
    if (!finished) {
      finished = true;
      closeSecond(Math.max(ended, secondBegan), true);
      steps.current().end(paced ? clock.nanoTime() : ended);
      lanes.forEach(lane -> lane.step.left(lane.sent));
      steps.fold();
    }
    double seconds = Math.max(1, ended - started) / NANOS_PER_SECOND;
    List<LoadRow> rows = new ArrayList<>(steps.rows(paced ? 0 : ended - started));
    new TreeMap<>(byNode)
        .forEach(
            (node, count) ->
                rows.add(
                    LoadRow.ofShard(
                        JmhLoadSummary.ENGINE, node, count.sum(), count.sum() / seconds)));
    Map<String, Long> codes = new ConcurrentHashMap<>();
    errorCodes.forEach((code, count) -> codes.put(code, count.sum()));
    String first = firstError != null || answered > 0 ? firstError : lastTurnedAway;
    String incomplete =
        first == null
            ? null
            : "the source refused "
                + (answered == 0
                    ? "every command"
                    : errors.sum() + " of " + (errors.sum() + answered) + " commands")
                + " of the load: "
                + first;
    return new JmhLoadSummary(
        jmhVersion(),
        rows,
        timeline,
        Duration.ofNanos(Math.max(ended, paced ? steps.current().ended() : ended) - started),
        codes,
        List.of(),
        incomplete,
        steps.paces());
  }

  /** JMH's version; its jar's manifest is not to be had once it is shaded into ours. */
  public static String jmhVersion() {
    return Version.getPlainVersion();
  }

  private void gather(Lane lane) {
    lane.recorders.forEach(
        (command, recorder) -> {
          Histogram interval = recorder.getIntervalHistogram();
          lane.step.answered(command, interval);
          second.add(interval);
          answered += interval.getTotalCount();
          secondWrites += command.writes() ? interval.getTotalCount() : 0;
        });
    lane.intended.forEach(
        (command, recorder) ->
            lane.step.answeredSinceIntended(command, recorder.getIntervalHistogram()));
  }

  private void closeSecond(long now, boolean partial) {
    lanes.forEach(this::gather);
    double covered = Math.max(1, now - secondBegan) / NANOS_PER_SECOND;
    double perS = second.getTotalCount() / covered;
    if (second.getTotalCount() > 0 || !partial) {
      timeline.add(
          new LoadSecond(
              timeline.size(),
              perS,
              LoadStep.mean(second),
              LoadStep.percentile(second, 99),
              partial,
              steps.at(secondBegan + (now - secondBegan) / 2),
              secondWrites / covered,
              perS - secondWrites / covered));
    }
    second = new Histogram(DIGITS);
    secondWrites = 0;
    secondBegan = now;
  }

  private static <V> V of(Map<LoadCommand, V> map, LoadCommand command) {
    V value = map.get(command);
    if (value == null) {
      throw new IllegalArgumentException(command + " is not part of this load");
    }
    return value;
  }
}
