package io.syncanalyzer.bench;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.RunningProbe;
import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the probe costs a pair and how wide its bounds are, over rate, budget and observer, and what
 * that does to the pair: each row beside the same paced load, after one of the load alone. The pair
 * is started for it.
 */
public final class ProbeEffect {
  /** Wall-clock time labels the rows of a run, and here nobody reads these. */
  private static final Clock UNLABELLED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final Duration WARMUP = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<ProbeBudget> BUDGETS =
      List.of(ProbeBudget.UNLIMITED, new ProbeBudget(5), ProbeBudget.DEFAULT, new ProbeBudget(0.5));

  private final EmbeddedPair pair;
  private final int perMilli;
  private final Duration measured;
  private final PrintStream out;
  private int run;

  private ProbeEffect(EmbeddedPair pair, int perMilli, Duration measured, PrintStream out) {
    this.pair = pair;
    this.perMilli = perMilli;
    this.measured = measured;
    this.out = out;
  }

  /**
   * From the shell: SETs a second beside it (in thousands), seconds a row, then sentinels a second,
   * one or more.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("give thousands of SETs/s, seconds a row, sentinels/s...");
      return;
    }
    try (Scratch scratch = Scratch.open();
        EmbeddedPair pair = EmbeddedPair.start(scratch.redisServer())) {
      ProbeEffect effect =
          new ProbeEffect(
              pair,
              Integer.parseInt(arguments[0]),
              Duration.ofSeconds(Long.parseLong(arguments[1])),
              System.out);
      effect.head();
      for (String rate : List.of(arguments).subList(2, arguments.length)) {
        effect.rows(Double.parseDouble(rate));
      }
    }
  }

  private void head() {
    out.println(
        "| sentinels/s | observer | budget, % | polls/s | looking, % of a core | width p50, us |"
            + " width p99, us | apart p50, us | replica, % | source, % | gap p50, bytes | gap p99,"
            + " bytes | drain, ms |\n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  }

  private void rows(double rate) {
    for (ObserverChoice observer : List.of(ObserverChoice.POLL, ObserverChoice.TRACKING)) {
      for (ProbeBudget budget : BUDGETS) {
        row(0, observer, budget);
        row(rate, observer, budget);
      }
    }
  }

  /** A rate of 0 is the load alone. */
  private void row(double rate, ObserverChoice observer, ProbeBudget budget) {
    LagProbe probe = new LagProbe(NanoClock.SYSTEM, UNLABELLED, told -> {});
    LagSettings settings =
        LagSettings.of(pair.source(), List.of(pair.replica()), "effect" + ++run)
            .withSchedule(Math.max(1, rate), WARMUP, Optional.of(measured))
            .withObserver(observer, PATIENCE)
            .withBudget(budget);
    try (RunningProbe running = rate == 0 ? null : probe.open(settings);
        PairLoad load = new PairLoad(pair.source(), pair.replica(), NanoClock.SYSTEM)) {
      PairLoad.Cpu cpu;
      try (PacedSets sets = new PacedSets(pair.source(), perMilli, NanoClock.SYSTEM)) {
        sets.start();
        if (running != null) {
          running.start();
        }
        load.watch(WARMUP.toNanos());
        cpu = load.watch(measured.toNanos());
      }
      double drain = load.drainMillis();
      String told =
          running == null
              ? "| 0 | none | | | | | |"
              : told(rate, observer, budget, running.finish(PATIENCE).phases().get(0));
      out.printf(
          Locale.ROOT,
          "%s %.1f | %.1f | %,d | %,d | %.1f |%n",
          told,
          cpu.replica(),
          cpu.source(),
          load.gap(50),
          load.gap(99),
          drain);
    }
  }

  private static String told(
      double rate, ObserverChoice observer, ProbeBudget budget, LagPhase phase) {
    LagFigures figures = phase.figures();
    return String.format(
        Locale.ROOT,
        "| %.0f | %s | %s | %.0f | %.2f (a poll %s %.1f us) | %s | %s | %s |",
        rate,
        observer.label(),
        budget.isLimited() ? Double.toString(budget.percent()) : "off",
        figures.cost().pollsPerSecond(),
        100 * figures.cost().askingShare(),
        figures.cost().pollMeasured() ? "measured" : "assumed",
        figures.cost().pollNanos() / 1e3,
        micros(figures.widthP50()),
        micros(figures.widthP99()),
        micros(figures.cost().spacingP50Nanos()));
  }

  private static String micros(LagValue value) {
    Double micros = value.micros();
    return micros == null ? "" : String.format(Locale.ROOT, "%.0f", micros);
  }

  private static String micros(@Nullable Long nanos) {
    return nanos == null ? "" : String.format(Locale.ROOT, "%.0f", nanos / 1e3);
  }
}
