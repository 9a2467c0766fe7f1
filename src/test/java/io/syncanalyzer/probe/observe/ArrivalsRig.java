package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.cost.FirstLook;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.scripted.RecordedLags;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.scripted.ScriptedSource;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An observer's arrivals on a scripted clock, over a source that writes and a replica that shows
 * what a script says. All times are nanoseconds from the session's origin; the warm-up lasts ten of
 * them, a sentinel is waited for a thousand.
 *
 * <p>A script's words, in their order in time:
 *
 * <ul>
 *   <li>{@code 12>13:ab} a poll asked at 12 and answered at 13, which showed a and b and missed
 *       what else is outstanding; {@code 12>13:-} showed nothing, {@code 12>13:!} was refused to us
 *       alone, {@code 12>} has no answer
 *   <li>{@code p15:a} a push told of a at 15
 *   <li>{@code x20} the connection is lost, {@code n30} nobody can be asked still, {@code r40} it
 *       is back, and it was the replica that was gone, {@code o40} and the connection alone was
 *   <li>{@code t50} what was sent is taken over, {@code w55} the next poll's turn is waited for,
 *       {@code e60} the end
 * </ul>
 */
final class ArrivalsRig {
  static final long WARMUP_NANOS = 10;
  static final long TIMEOUT_NANOS = 1000;

  private final ScriptedClock clock = new ScriptedClock();
  private final long origin = clock.nanoTime();
  final SessionClockwork clockwork =
      new SessionClockwork(
          clock,
          new SentinelSchedule(1000, 1, Duration.ofNanos(WARMUP_NANOS), Optional.empty()),
          1);
  final List<SentinelLedger> ledgers;
  private final ScriptedSource source;
  private final RecordedLags lags = new RecordedLags();
  final Told pushes = new Told();
  final Silence silence = new Silence();
  final ReplicaTally tally = new ReplicaTally();
  final Arrivals arrivals;

  ArrivalsRig() {
    this(2, 16);
  }

  ArrivalsRig(int lanes, int slots) {
    ledgers = Stream.generate(() -> new SentinelLedger(slots, 1)).limit(lanes).toList();
    source = new ScriptedSource(ledgers, origin);
    clockwork.start(0);
    arrivals =
        new Arrivals(
            clockwork,
            ledgers,
            0,
            TIMEOUT_NANOS,
            lags,
            pushes,
            silence,
            new FirstLook(0, 1),
            tally);
  }

  /** The pushes that came. */
  final class Told implements Pushes {
    private final Map<String, Long> told = new HashMap<>();

    /** How many were said to be outstanding, each time that it was asked. */
    final List<Long> outstanding = new ArrayList<>();

    /** Of how many it told. */
    long keys;

    @Override
    public long told() {
      return keys;
    }

    @Override
    public long seenNanos(int lane, long sequence) {
      outstanding.add(tally.outstanding.get());
      return told.isEmpty() ? NOT_SEEN : told.getOrDefault(source.name(lane, sequence), NOT_SEEN);
    }

    @Override
    public String description() {
      return "told";
    }

    @Override
    public void stop() {}
  }

  /** See {@link ScriptedSource#writes}. */
  ArrivalsRig writes(String sentinels) {
    source.writes(sentinels);
    return this;
  }

  /** Does what a script says. */
  ArrivalsRig runs(String script) {
    for (String word : script.strip().split(" +", -1)) {
      run(word);
    }
    return this;
  }

  private void run(String word) {
    switch (word.charAt(0)) {
      case 'p' -> {
        at(word.substring(1, word.indexOf(':')));
        for (String name : word.substring(word.indexOf(':') + 1).split("(?!^|$)", -1)) {
          pushes.told.put(name, clock.nanoTime());
        }
      }
      case 'x' -> {
        silence.lost(at(word.substring(1)), true);
        arrivals.outOfReach();
      }
      case 'n' -> {
        at(word.substring(1));
        arrivals.whileNobodyAnswers();
      }
      case 'r' -> {
        at(word.substring(1));
        arrivals.outOfReachIsSettled(true);
        silence.over();
      }
      case 'o' -> {
        long now = at(word.substring(1));
        arrivals.outOfReachIsSettled(false);
        silence.over();
        arrivals.wasBlindUntil(now);
      }
      case 't' -> {
        at(word.substring(1));
        arrivals.takeOver();
        arrivals.settleAnswered();
        arrivals.compact(0);
      }
      case 'w' -> {
        at(word.substring(1));
        arrivals.takeOver();
        arrivals.settleAnswered();
        arrivals.settleOldestPushed();
        arrivals.tellTaken();
      }
      case 'e' -> {
        at(word.substring(1));
        arrivals.settleTheRest();
      }
      default -> poll(word);
    }
  }

  private void poll(String word) {
    long asked = at(word.substring(0, word.indexOf('>')));
    arrivals.takeOver();
    arrivals.settleAnswered();
    silence.asked(asked);
    int size = arrivals.size();
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < size; place++) {
      if (!arrivals.settlePushed(place)) {
        places.add(place);
      }
    }
    String answer = word.substring(word.indexOf('>') + 1);
    if (!answer.isEmpty()) {
      long pos = at(answer.substring(0, answer.indexOf(':')));
      String shown = answer.substring(answer.indexOf(':') + 1);
      for (int place : places) {
        boolean settled =
            shown.equals("!")
                ? arrivals.refused(place)
                : arrivals.judge(place, asked, pos, shown.contains(name(arrivals.at(place))));
        assertThat(settled).as("settled by %s", word).isEqualTo(arrivals.at(place) < 0);
      }
      silence.answered(pos - asked);
    }
    arrivals.compact(size);
  }

  private String name(long entry) {
    return source.name(Outstanding.lane(entry), Outstanding.sequence(entry));
  }

  /** Puts the clock there, and lets the source do what it does until then. */
  long at(String nanos) {
    long now = moment(Long.parseLong(nanos.replace("_", "")));
    clock.pass(now - clock.nanoTime());
    source.goOnUntil(now);
    return now;
  }

  /** So many nanoseconds from the origin, on the clock. */
  long moment(long nanos) {
    return origin + nanos;
  }

  /** What is outstanding, in its order. */
  String outstanding() {
    StringBuilder names = new StringBuilder();
    for (int place = 0; place < arrivals.size(); place++) {
      names.append(name(arrivals.at(place)));
    }
    return names.toString();
  }

  /** The lags recorded, and what was counted beside them. */
  String became() {
    List<String> words = new ArrayList<>(lags.words());
    counted(words, "out of order", tally.outOfOrder.get());
    counted(words, "after an outage", tally.seenAfterOutage.get());
    counted(words, "unknown that showed", tally.unknownSeen.get());
    counted(words, "given up unwatched", tally.givenUpUnwatched.get());
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  private static void counted(List<String> words, String what, long count) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }
}
