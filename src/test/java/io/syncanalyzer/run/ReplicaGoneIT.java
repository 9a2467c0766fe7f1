package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.CsvFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica that is stopped, killed or detached for good, from the warm-up on or in the midst of
 * what is measured: its lag is told by how long the sentinels certainly were not to be had, a limit
 * that this breaks is broken, and no comparison takes the run for a better one.
 */
@Tag("faults")
class ReplicaGoneIT {
  private static final int RATE = 400;
  private static final int WARMUP = RATE;
  private static final int SCHEDULED = 3 * RATE;
  private static final long SECOND_MICROS = 1_000_000;
  private static final long TIMEOUT_MICROS = 2 * SECOND_MICROS;

  /** What three digits of a histogram lose. */
  private static final long DIGITS_MICROS = 10_000;

  /** How late an answer may be before it is missed, and the machine on the way. */
  private static final long OVERDUE_MICROS = 500_000;

  /** Keys of the measurement's lanes. */
  private static final String MEASURED = "sa:r:*:[0-9]*:*";

  private static final Duration LONG = Duration.ofSeconds(90);

  /** When something happens to the replica: how many keys of ours are on the source by then. */
  private enum Moment {
    FLOOR("sa:r:*:f[0-9]*:*", 10),
    /** What a sentinel costs is being tried. */
    TRIAL("sa:r:*:preflight:*", 10),
    BEGIN(MEASURED, 10),
    MIDDLE(MEASURED, WARMUP + SCHEDULED / 3);

    private final String keys;
    private final long written;

    Moment(String keys, long written) {
      this.keys = keys;
      this.written = written;
    }
  }

  private interface Fault {
    void befall(EmbeddedPair pair) throws Exception;
  }

  @TempDir static Path whole;
  @TempDir Path folder;

  @BeforeAll
  static void measureWhole() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        AnalyzerJar jar = probe(whole, pair)) {
      int exit = jar.await(LONG);
      assertThat(Files.readString(whole.resolve("results/r/lag_accounting.csv")))
          .describedAs(jar.out() + jar.err())
          .contains("probe," + SCHEDULED + ",0,0," + SCHEDULED + ",0,");
      // A machine that stands still for a moment breaks the limit: that is no part of this.
      assertThat(exit).describedAs(jar.out() + jar.err()).isIn(0, 3);
    }
  }

  @WaitingTest
  void aReplicaThatIsStoppedAtTheBegin() throws Exception {
    try (Run run = befallen(Moment.BEGIN, pair -> RelayedPair.stop(pair.replicaServer().pid()))) {
      run.ends(3, "Limit broken: the largest lag is at least");
      run.sawNothing();
      run.wasSilentToTheEnd();
    }
  }

  @WaitingTest
  void aReplicaThatIsStoppedInTheMiddle() throws Exception {
    try (Run run = befallen(Moment.MIDDLE, pair -> RelayedPair.stop(pair.replicaServer().pid()))) {
      run.ends(3, "Limit broken: the largest lag is at least");
      run.sawTheFirst();
      run.wasSilentToTheEnd();
    }
  }

  @WaitingTest
  void aReplicaThatIsKilledAtTheBegin() throws Exception {
    try (Run run = befallen(Moment.BEGIN, pair -> pair.replicaServer().close())) {
      run.ends(5, "could not make it anew", "also: the largest lag is at least");
      run.sawNothing();
      run.wasSilentToTheEnd();
    }
  }

  @WaitingTest
  void aReplicaThatIsKilledInTheMiddle() throws Exception {
    try (Run run = befallen(Moment.MIDDLE, pair -> pair.replicaServer().close())) {
      run.ends(5, "could not make it anew", "also: the largest lag is at least");
      run.sawTheFirst();
      run.wasSilentToTheEnd();
    }
  }

  @WaitingTest
  void aReplicaThatIsDetachedAtTheBegin() throws Exception {
    try (Run run = befallen(Moment.BEGIN, ReplicaGoneIT::detach)) {
      run.ends(3, "Limit broken: the largest lag is at least");
      run.sawNothing();
      run.sawWhatIsThere();
    }
  }

  @WaitingTest
  void aReplicaThatIsDetachedInTheMiddle() throws Exception {
    try (Run run = befallen(Moment.MIDDLE, ReplicaGoneIT::detach)) {
      run.ends(3, "Limit broken: the largest lag is at least");
      run.sawTheFirst();
      run.sawWhatIsThere();
    }
  }

  /** Its connection is given up within the observation, as {@code --timeout} says, and is lag. */
  @WaitingTest
  void aReplicaThatIsStoppedForLongerThanItsConnectionIsWaitedFor() throws Exception {
    try (Run run =
        befallen(
            Moment.MIDDLE,
            pair -> RelayedPair.stop(pair.replicaServer().pid()),
            "--timeout=700ms")) {
      run.ends(5, "could not make it anew", "also: the largest lag is at least");
      run.sawTheFirst();
    }
  }

  /** The floor asks the source alone: that the replica is gone is found out after it. */
  @WaitingTest
  void aReplicaThatGoesAwayWhileTheFloorIsMeasuredIsOneLineAndTheFloorIsKept() throws Exception {
    try (Run run = befallen(Moment.FLOOR, pair -> pair.replicaServer().close(), "--floor=2s")) {
      run.endedBeforeAnyLag();
      assertThat(Files.readAllLines(run.results().resolve("lag_accounting.csv")))
          .hasSize(2)
          .last()
          .asString()
          .startsWith("floor,");
    }
  }

  @WaitingTest
  void aReplicaThatIsKilledWhileTheCostOfASentinelIsTriedIsOneLine() throws Exception {
    try (Run run = befallen(Moment.TRIAL, pair -> pair.replicaServer().close())) {
      run.endedBeforeAnyLag();
    }
  }

  @WaitingTest
  void aReplicaThatIsStoppedWhileTheCostOfASentinelIsTriedIsOneLine() throws Exception {
    try (Run run =
        befallen(
            Moment.TRIAL,
            pair -> RelayedPair.stop(pair.replicaServer().pid()),
            "--timeout=700ms")) {
      run.endedBeforeAnyLag();
    }
  }

  private static void detach(EmbeddedPair pair) {
    try (RedisConnection replica = RedisConnection.open(pair.replica())) {
      replica.expect("REPLICAOF", "NO", "ONE");
    }
  }

  private static AnalyzerJar probe(Path folder, EmbeddedPair pair, String... more)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "probe",
                "--source=" + pair.source().display(),
                "--replica=" + pair.replica().display(),
                "--duration=3s",
                "--warmup=1s",
                "--sentinel-rate=" + RATE,
                "--floor=0s",
                "--observe-timeout=2s",
                "--max-lag=800ms",
                "--keep",
                "--run-id=r"));
    words.addAll(List.of(more));
    return AnalyzerJar.start(folder, Map.of(), words.toArray(String[]::new));
  }

  /** Measures, and does something to the replica when the moment has come. */
  private Run befallen(Moment moment, Fault fault, String... more) throws Exception {
    EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
    AnalyzerJar jar = probe(folder, pair, more);
    try {
      long waiting = System.nanoTime();
      while (keys(pair.source(), moment.keys) < moment.written) {
        assertThat(jar.handle().isAlive()).describedAs(jar.err()).isTrue();
        assertThat(System.nanoTime() - waiting).isLessThan(LONG.toNanos());
        Thread.sleep(5);
      }
      long before = System.nanoTime();
      long fewest = sentinels(pair.source());
      fault.befall(pair);
      long most = sentinels(pair.source());
      int exit = jar.await(LONG);
      long gone = (System.nanoTime() - before) / 1000;
      return new Run(
          pair, jar, exit, gone, Math.max(0, fewest - WARMUP), Math.max(0, most - WARMUP), folder);
    } catch (Exception | AssertionError e) {
      jar.close();
      pair.close();
      throw e;
    }
  }

  private static long sentinels(Endpoint server) {
    return keys(server, MEASURED);
  }

  private static long keys(Endpoint server, String pattern) {
    try (RedisConnection connection = RedisConnection.open(server)) {
      return ((Reply.Items) connection.expect("KEYS", pattern)).list().size();
    }
  }

  /**
   * A run that has ended, and what the test itself knows of it.
   *
   * @param goneMicros from before the fault until the process had ended
   * @param fewest measured sentinels on the source right before the fault
   * @param most measured ones on it right after
   */
  private record Run(
      EmbeddedPair pair,
      AnalyzerJar jar,
      int exit,
      long goneMicros,
      long fewest,
      long most,
      Path folder)
      implements AutoCloseable {

    /** Checks the status and what holds of every one: the account, the open cells, the compare. */
    void ends(int status, String... words) throws Exception {
      long observed = count("observed");
      long unseen = count("censored");
      String said = (jar.out() + jar.err()).replaceAll("\\s+", " ");
      assertThat(exit).describedAs(said).isEqualTo(status);
      assertThat(said)
          .contains(words)
          .contains("BROKEN the largest lag is at least")
          .contains(
              String.format(
                  Locale.ROOT, "%,d of %,d probe sentinels never seen", unseen, SCHEDULED))
          .doesNotContain("cannot be told")
          .doesNotContain(">= 0.00");

      assertThat(count("scheduled")).isEqualTo(SCHEDULED);
      assertThat(count("warmup_excluded")).isEqualTo(WARMUP);
      assertThat(observed + unseen).isEqualTo(SCHEDULED);
      // One that came is seen unless the machine stood still; one that never came never is.
      assertThat(observed).isBetween(Math.max(0, fewest - RATE / 2), most);

      for (String percentile : List.of("50", "90", "95", "99")) {
        long rank = (long) Math.ceil(SCHEDULED * Integer.parseInt(percentile) / 100.0);
        if (rank > observed) {
          assertThat(cell(percentile, "upper_us")).isEmpty();
          assertThat(cell(percentile, "intended_us")).isEmpty();
          assertThat(lower(percentile)).isPositive();
        } else {
          assertThat(cell(percentile, "upper_us")).isNotEmpty();
        }
        assertThat(cell(percentile, "samples")).isEqualTo(Integer.toString(SCHEDULED));
      }
      assertThat(cell("max", "upper_us")).isEmpty();
      // What never came was missed since the fault at the earliest.
      assertThat(lower("max")).isLessThanOrEqualTo(goneMicros + OVERDUE_MICROS);
      isNeverBetter();
    }

    /** One line on the screen and in run.json, and no stack trace. */
    void endedBeforeAnyLag() throws IOException {
      String gone =
          "the replica "
              + pair.replica().display()
              + " answered at the begin and went away before any lag was measured: ";
      assertThat(exit).describedAs(jar.out() + jar.err()).isEqualTo(5);
      // On the console's screen, or alone on stderr where there is no figure to show.
      assertThat((jar.out() + jar.err()).replaceAll("\\s+", " "))
          .contains("Could not run: " + gone);
      assertThat(jar.err()).doesNotContain("\tat ");
      assertThat(Files.readString(results().resolve("run.json")))
          .contains("\"complete\": false", "\"failure\": \"" + gone);
    }

    private void isNeverBetter() throws Exception {
      try (AnalyzerJar compare =
          AnalyzerJar.start(
              folder,
              Map.of(),
              "compare",
              whole.resolve("results/r").toString(),
              results().toString())) {
        assertThat(compare.await(LONG)).describedAs(compare.err()).isZero();
        assertThat(compare.out())
            .contains("0 figures better")
            // A figure of one run against one proves nothing; what was lost in it is a fact.
            .containsPattern("p99_upper +us +[0-9,]+ +>= [0-9,]+ +not enough runs")
            .containsPattern("censored +sentinels +0 +[0-9,]+ +worse, as found");
      }
    }

    /** The replica had nothing of what is measured. */
    void sawNothing() throws IOException {
      assertThat(count("observed")).isZero();
      assertThat(cell("min", "upper_us")).isEmpty();
      assertThat(lower("min")).isGreaterThanOrEqualTo(TIMEOUT_MICROS - DIGITS_MICROS);
    }

    /** The replica had a good third of it. */
    void sawTheFirst() throws IOException {
      assertThat(count("observed")).isPositive();
      assertThat(cell("min", "upper_us")).isNotEmpty();
      assertThat(count("censored")).isGreaterThanOrEqualTo(SCHEDULED - most).isPositive();
    }

    /** Whoever asked had no answer: the first one missed was away until nobody asked any more. */
    void wasSilentToTheEnd() throws IOException {
      long sentAfterwards = (SCHEDULED - most) * SECOND_MICROS / RATE;
      assertThat(lower("max"))
          .isGreaterThanOrEqualTo(sentAfterwards + TIMEOUT_MICROS - OVERDUE_MICROS);
    }

    /** It still answers: every sentinel that it has was seen, and no other. */
    void sawWhatIsThere() throws IOException {
      assertThat(count("observed")).isEqualTo(Math.max(0, sentinels(pair.replica()) - WARMUP));
      assertThat(lower("max")).isGreaterThanOrEqualTo(TIMEOUT_MICROS - DIGITS_MICROS);
    }

    private Path results() {
      return folder.resolve("results/r");
    }

    private long lower(String percentile) throws IOException {
      return Long.parseLong(cell(percentile, "lower_us"));
    }

    private String cell(String percentile, String column) throws IOException {
      List<List<String>> rows = CsvFiles.read(results().resolve("lag.csv"));
      int at = rows.get(0).indexOf(column);
      return rows.stream()
          .filter(row -> row.get(1).equals(percentile))
          .map(row -> row.get(at))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + percentile + " in " + rows));
    }

    private long count(String column) throws IOException {
      List<List<String>> rows = CsvFiles.read(results().resolve("lag_accounting.csv"));
      return Long.parseLong(rows.get(1).get(rows.get(0).indexOf(column)));
    }

    @Override
    public void close() {
      jar.close();
      pair.close();
    }
  }
}
