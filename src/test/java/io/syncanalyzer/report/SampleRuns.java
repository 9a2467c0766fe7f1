package io.syncanalyzer.report;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.Units;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.result.EnvironmentReport;
import io.syncanalyzer.result.InsertReport;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/** Runs as they could have been, for tests: every part filled, figures from a fixed seed. */
public final class SampleRuns {
  public static final Instant START = Instant.parse("2026-11-22T20:35:12Z");
  private static final int SECONDS = 22;
  private static final int LOAD_ENDS = 20;

  /** Keys that hurt: formulas, markup, separators, bytes that are no text. */
  public static final List<Bytes> NASTY_KEYS =
      List.of(
          Bytes.utf8("=HYPERLINK(\"http://example.org\";\"x\")"),
          Bytes.utf8("+1+1"),
          Bytes.utf8("-1"),
          Bytes.utf8("@SUM(A1:A9)"),
          Bytes.utf8("<script>document.title='owned'</script>"),
          Bytes.utf8("</script><img src=x onerror=alert(1)>"),
          Bytes.utf8("a,b;\"c\"\r\nd\te"),
          Bytes.utf8("back\\slash \\x41"),
          Bytes.utf8(" leading and trailing "),
          Bytes.utf8("\u65e5\u672c\u8a9e \ud83d\ude00 \u202ertl {{mustache}}"),
          Bytes.wrap(new byte[] {0, 1, (byte) 0xff, (byte) 0xfe, 10, 13, 0x41}),
          Bytes.EMPTY);

  private SampleRuns() {}

  /** A whole run in which everything is equal. */
  public static RunReportBuilder whole(String runId) {
    return bare(runId, "load-and-verify")
        .sides(sides())
        .initialVerify(equal(0))
        .load(load(41_000))
        .insert(insert())
        .lag(lag(1.0, 0))
        .drain(new DrainReport("replication offset", 0.213, 60.0, null))
        .verify(equal(1_200_345))
        .limits(
            List.of(
                Limit.maxLagP99(Duration.ofMillis(50), lag(1.0, 0)), Limit.maxLost(0, lag(1.0, 0))))
        .finished(START.plusSeconds(48), 48.25);
  }

  public static RunReportBuilder bare(String runId, String command) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("--duration", "20s");
    asked.put("--sentinel-rate", "1000");
    return new RunReportBuilder(runId, command, START)
        .analyzerVersion("0.1.0")
        .environment(
            new EnvironmentReport("Linux 6.1.0 amd64", 2, 25_000_000_000L, "OpenJDK 17", 6L << 30))
        .asked(List.of("analyzer", command, "--embedded"), asked);
  }

  public static List<SideReport> sides() {
    return List.of(
        new SideReport(
            Side.SOURCE,
            "redis://127.0.0.1:13300",
            "Redis 7.0.15",
            "/usr/bin/redis-server",
            "source",
            null,
            null,
            "8c2f0a0c1ab3f1c9d0f3fd0c9a5a1fb0f8a5f0aa",
            14L,
            0L,
            0L,
            1_572_864L,
            List.of("offsets", "PEXPIRETIME"),
            null,
            null,
            null,
            null),
        new SideReport(
            Side.REPLICA,
            "redis://127.0.0.1:19777",
            "Redis 7.0.15",
            "/usr/bin/redis-server",
            "replica",
            "up",
            "127.0.0.1:13300",
            "8c2f0a0c1ab3f1c9d0f3fd0c9a5a1fb0f8a5f0aa",
            14L,
            0L,
            0L,
            1_550_000L,
            List.of("offsets", "PEXPIRETIME"),
            "fence: offset; counting proof: yes; WATCH: yes; payloads: yes; expiry: absolute",
            null,
            null,
            null));
  }

  public static LoadReport load(double rate) {
    Random random = new Random(1);
    List<LoadSecond> timeline = new ArrayList<>();
    for (int second = 0; second <= LOAD_ENDS; second++) {
      boolean partial = second == LOAD_ENDS;
      timeline.add(
          new LoadSecond(
              second,
              partial ? 312.0 : rate * (0.93 + 0.14 * random.nextDouble()),
              Units.ofMillis(1.1 + 0.4 * random.nextDouble()),
              Units.ofMillis(3.9 + 2 * random.nextDouble()),
              partial,
              null,
              partial ? 312.0 : rate,
              0.0));
    }
    List<LoadRow> rows = new ArrayList<>();
    for (String command : List.of("SET", "HSET", "LPUSH", LoadRow.TOTALS)) {
      double share = command.equals(LoadRow.TOTALS) ? 1 : 1 / 3d;
      rows.add(
          new LoadRow(
              "memtier",
              command,
              command.equals(LoadRow.TOTALS) ? null : CommandKind.WRITE,
              LoadRow.Asked.NOTHING,
              new LoadRow.Done((long) (20 * rate * share), rate * share),
              new Latency(
                  Units.ofMillis(1.234567890123),
                  Units.ofMillis(1.1),
                  Units.ofMillis(2.2),
                  Units.ofMillis(4.095),
                  Units.ofMillis(7.7),
                  Units.ofMillis(18.9)),
              Units.ofKib(8_123.456),
              new LoadRow.Errors(command.equals(LoadRow.TOTALS) ? 0L : null, 0L)));
    }
    return new LoadReport(
        "memtier",
        "2.3.1",
        "all-types",
        List.of(List.of("memtier_benchmark", "-s", "127.0.0.1", "--command=SET __key__ __data__")),
        "--randomize 7",
        20.02,
        rows,
        timeline,
        List.of(Figure.of("load", "source_calls", 820_001, "ops")),
        List.of(),
        null);
  }

  static InsertReport insert() {
    List<InsertRow> rows = new ArrayList<>();
    double factor = 1;
    for (String type : List.of("string", "hash", "list", "set", "zset", "stream")) {
      rows.add(
          new InsertRow(
              type,
              1,
              3_334L,
              0L,
              166.7,
              new Latency(
                  Units.ofMicros(210 * factor),
                  Units.ofMicros(180 * factor),
                  Units.ofMicros(310 * factor),
                  Units.ofMicros(900 * factor),
                  Units.ofMicros(2_400 * factor),
                  Units.ofMicros(9_000 * factor)),
              Units.ofMicros(1_200 * factor),
              Units.ofMicros(9_400 * factor)));
      factor *= 1.07;
    }
    return new InsertReport(rows, List.of(), null);
  }

  /** Floor, baseline and load; the last {@code censored} sentinels of the load never arrive. */
  public static LagReport lag(double factor, long censored) {
    List<LagPercentile> percentiles = new ArrayList<>();
    percentiles(percentiles, "floor", 90, 60, 4_000, 0);
    percentiles(percentiles, "baseline", 160, 90, 4_000, 0);
    percentiles(percentiles, "load", 310 * factor, 180 * factor, 20_000, censored);
    Random random = new Random(2);
    List<LagSecond> timeline = new ArrayList<>();
    timeline.add(second(0, "floor", 1_000, 90, null));
    timeline.add(second(1, "drain", 0, 90, null));
    timeline.add(second(0, "baseline", 1_000, 160, null));
    timeline.add(second(1, "drain", 0, 160, null));
    for (int second = 0; second < SECONDS; second++) {
      boolean drain = second >= LOAD_ENDS;
      double spike = second == 11 ? 40 : 1;
      double p50 = (drain ? 150 : 310 * factor * (0.9 + 0.2 * random.nextDouble())) * spike;
      timeline.add(
          second(
              second,
              drain ? "drain" : "load",
              drain ? 0 : 1_000,
              p50,
              drain ? null : 41_000 * (0.93 + 0.14 * random.nextDouble())));
    }
    return new LagReport(
        percentiles,
        List.of(
            accounting("floor", 4_000, 0),
            accounting("baseline", 4_000, 0),
            accounting("load", 20_000, censored)),
        timeline,
        List.of(Figure.of("lag", "load_width_p50", 130.5, "us")),
        List.of(),
        null,
        List.of(new LagReport.RoundTrip("load", 105_500, 200_300_250, null)),
        episodes());
  }

  /** The spike of the load's second 11, and a smaller one that was never over. */
  public static EpisodeReport episodes() {
    return EpisodeReport.of(
        List.of(
            episode(18, 20, LagCause.NOT_KNOWN, Certainty.NONE, true, 20_000_000L),
            episode(11, 12, LagCause.SOURCE_FORK, Certainty.CERTAIN, false, 111_600_000L)),
        0,
        List.of("a second counts as back with a median of at most 2 ms"));
  }

  private static Episode episode(
      long from, long to, LagCause cause, Certainty certainty, boolean open, long upper) {
    return new Episode(
        0,
        from,
        to,
        upper,
        cause,
        "a fork took 110 ms",
        "load",
        certainty,
        "probe paused: the probe's own JVM paused for at most 0.25 ms",
        upper / 2,
        from,
        open,
        null,
        null);
  }

  /** A probe of which nothing is told but its largest lag: micros, null = unknown or open. */
  public static LagReport largestLag(@Nullable Double lower, @Nullable Double upper) {
    return new LagReport(
        List.of(percentile("probe", "max", upper, lower, upper, upper == null ? 1 : 0, null, null)),
        List.of(accounting("probe", 1, upper == null ? 1 : 0)),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of());
  }

  /** A percentile by its microseconds: with a lower bound alone the others are open. */
  public static LagPercentile percentile(
      String phase,
      String percentile,
      @Nullable Double upper,
      @Nullable Double lower,
      @Nullable Double intended,
      long samples,
      @Nullable String replica,
      @Nullable Integer step) {
    LagValue none = upper == null && lower != null ? new LagValue.Open() : new LagValue.TooFew();
    return new LagPercentile(
        phase,
        percentile,
        known(upper, none),
        known(lower, none),
        known(intended, none),
        samples,
        replica,
        step);
  }

  private static long nanos(double micros) {
    return Math.round(micros * 1e3);
  }

  private static LagValue known(@Nullable Double micros, LagValue none) {
    return micros == null ? none : new LagValue.Known(Math.round(micros * 1e3));
  }

  /** The whole run's lag, of two shards: the one that is named has that p99. */
  public static LagReport ofShards(String worst, double p99Millis) {
    LagReport all = Objects.requireNonNull(whole("r").build().lag());
    List<LagPercentile> rows = new ArrayList<>(all.percentiles());
    rows.add(percentile("load", "99", 1e3 * p99Millis, 12.0, null, 1, null, null).ofShard(worst));
    rows.add(percentile("load", "99", 100.0, 12.0, null, 1, null, null).ofShard("h:2"));
    List<LagAccounting> accounts = new ArrayList<>(all.accounting());
    accounts.add(accounting("load", 10_000, 0).ofShard(worst));
    accounts.add(accounting("load", 10_000, 0).ofShard("h:2"));
    return new LagReport(
        rows, accounts, all.timeline(), all.figures(), all.warnings(), null, all.roundTrips());
  }

  /** One run's lags at two replicas. */
  public static LagReport ofReplicas(LagReport one, LagReport other) {
    List<LagPercentile> rows = new ArrayList<>();
    int replica = 0;
    for (LagReport lag : List.of(one, other)) {
      String name = "replica" + ++replica;
      for (LagPercentile row : lag.percentiles()) {
        rows.add(
            new LagPercentile(
                row.phase(),
                row.percentile(),
                row.upper(),
                row.lower(),
                row.intended(),
                row.samples(),
                name,
                row.step()));
      }
    }
    return new LagReport(rows, one.accounting(), List.of(), List.of(), List.of(), null, List.of());
  }

  private static void percentiles(
      List<LagPercentile> rows,
      String phase,
      double upper,
      double lower,
      long samples,
      long censored) {
    double[] growth = {0.4, 1, 1.4, 1.8, 3.1, 9.7, 22, 40};
    String[] names = {"min", "50", "90", "95", "99", "99.9", "99.99", "max"};
    for (int i = 0; i < names.length; i++) {
      boolean told = !names[i].equals("99.99");
      boolean beyond = names[i].equals("max") && censored > 0;
      double g = growth[i];
      Double up = beyond ? null : Double.valueOf(upper * g);
      Double low = beyond ? 30_000_000.0 : lower * g;
      Double intended = beyond ? null : Double.valueOf(upper * g * 1.1);
      rows.add(
          percentile(
              phase,
              names[i],
              told ? up : null,
              told ? low : null,
              told ? intended : null,
              samples,
              null,
              null));
    }
  }

  private static LagAccounting accounting(String phase, long scheduled, long censored) {
    return new LagAccounting(
        phase, scheduled, 0, 0, scheduled - censored, censored, 3_000, 2, 0L, 0L, null, 0L);
  }

  private static LagSecond second(
      int second, String phase, long sent, double p50, @Nullable Double load) {
    return new LagSecond(
        second,
        phase,
        sent,
        sent,
        3L,
        nanos(p50),
        nanos(p50 * 3.1),
        nanos(p50 * 9),
        second * 17L,
        load,
        null,
        1,
        START.toEpochMilli() + second * 1000L,
        310_000L,
        900_000L,
        12_500L,
        true,
        0L,
        250_000L,
        410_000L,
        true,
        nanos(p50 * 8),
        null,
        load);
  }

  public static VerifyReport equal(long keys) {
    List<VerifyRow> rows =
        keys == 0
            ? List.of()
            : List.of(
                new VerifyRow("string", KeyVerdict.EQUAL, keys - 6_000, keys - 6_000, 99L),
                new VerifyRow("hash", KeyVerdict.EQUAL, 3_000, 30_000L, 300_000L),
                new VerifyRow("stream", KeyVerdict.EQUAL, 3_000, null, null));
    return verify(keys, rows, List.of());
  }

  /** A comparison with one mismatch for every nasty key. */
  public static VerifyReport different() {
    List<VerifyRow> rows = new ArrayList<>(equal(1_200_345).rows());
    rows.add(new VerifyRow("string", KeyVerdict.VALUE_DIFFERS, 9, 9L, 4_000L));
    rows.add(new VerifyRow("hash", KeyVerdict.MISSING_ON_REPLICA, 3, 30L, 900L));
    return verify(1_200_357, rows, mismatches());
  }

  /** One key that differs. */
  public static VerifyReport different(Bytes key) {
    return different(1, key);
  }

  /** So many that differ, of which run.json has as many as it holds. */
  public static VerifyReport different(int many, Bytes key) {
    List<VerifyRow> rows = new ArrayList<>(equal(1_200_345).rows());
    rows.add(new VerifyRow("string", KeyVerdict.VALUE_DIFFERS, many, 1L, 4_000L));
    return verify(1_200_345 + many, rows, Collections.nCopies(Math.min(many, 300), mismatch(key)));
  }

  public static List<Mismatch> mismatches() {
    return NASTY_KEYS.stream().map(SampleRuns::mismatch).toList();
  }

  private static Mismatch mismatch(Bytes key) {
    return new Mismatch(
        0,
        key,
        KeyVerdict.VALUE_DIFFERS,
        "string",
        "string",
        "<b>field</b>",
        "=1+1",
        "\\x00\\xFFbytes",
        null,
        12_345L,
        2,
        "differs at byte 3; <i>source</i> 700 bytes",
        "replication offset",
        412L);
  }

  private static VerifyReport verify(long keys, List<VerifyRow> rows, List<Mismatch> mismatches) {
    return new VerifyReport(
            "database 0, all keys",
            "full",
            "replication offset",
            2.345,
            keys,
            keys,
            keys,
            rows,
            mismatches,
            List.of(Figure.of("verify", "source_cpu", 1.25, "s")),
            List.of(),
            null)
        .of(List.of(partition(keys, mismatches.size())));
  }

  /** The one partition of a pair of single servers. */
  private static VerifyPartition partition(long keys, long mismatched) {
    return new VerifyPartition(
        1,
        "127.0.0.1:13300",
        "127.0.0.1:19777",
        0,
        16383,
        keys,
        keys,
        keys - mismatched,
        mismatched,
        0,
        0,
        123_456_789L,
        2_345_678_901L,
        1,
        "replication offset",
        VerifyPartition.LOCAL,
        null,
        12_500_000L);
  }

  /** Writes a {@code lag.hlog} like a probe's: tags of three phases, one interval a second. */
  public static void writeHlog(Path file) throws IOException {
    try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
      HistogramLogWriter log = new HistogramLogWriter(out);
      log.outputLogFormatVersion();
      log.outputStartTime(START.toEpochMilli());
      log.outputLegend();
      Random random = new Random(3);
      for (int second = 0; second < LOAD_ENDS; second++) {
        interval(log, random, second, "floor-", 90_000, second < 4);
        interval(log, random, second, "baseline-", 160_000, second < 4);
        interval(log, random, second, "", 310_000, true);
      }
    }
  }

  private static void interval(
      HistogramLogWriter log, Random random, int second, String prefix, double nanos, boolean on) {
    if (!on) {
      return;
    }
    for (String bound : List.of("upper", "lower", "intended")) {
      double scale = bound.equals("lower") ? 0.55 : bound.equals("intended") ? 1.1 : 1;
      Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
      for (int i = 0; i < 1_000; i++) {
        double tail = Math.exp(0.35 * random.nextGaussian()) * (random.nextInt(300) == 0 ? 20 : 1);
        histogram.recordValue((long) (nanos * scale * tail));
      }
      histogram.setTag(prefix + bound);
      histogram.setStartTimeStamp(START.toEpochMilli() + second * 1000L);
      histogram.setEndTimeStamp(START.toEpochMilli() + second * 1000L + 1000);
      log.outputIntervalHistogram(histogram);
    }
  }

  /** Writes all that a run leaves at its end. */
  public static void write(RunFolder folder, RunReport run, Iterable<Mismatch> mismatches) {
    RunWriter writer = new RunWriter(folder, Optional.empty());
    writer.files(run, mismatches);
    writer.row(run);
    writer.save(run);
  }
}
