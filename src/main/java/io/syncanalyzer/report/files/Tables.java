package io.syncanalyzer.report.files;

import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.Signs;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The CSV files of a run folder, column by column. {@code results/README.md} says what each means,
 * and a test holds that page against this.
 */
public final class Tables {
  private Tables() {}

  public static final Table<Figure> SUMMARY =
      Table.of(
          "summary.csv",
          table ->
              table
                  .column("phase", Figure::phase)
                  .column("metric", Figure::metric)
                  .figures("value", Figure::value, Figure::measure)
                  .column("unit", Figure::unit));

  public static final Table<LoadRow> LOAD =
      Table.of(
          "load.csv",
          table ->
              table
                  .column("engine", LoadRow::engine)
                  .column("command", LoadRow::command)
                  .column("count", LoadRow::count)
                  .column("ops_per_s", LoadRow::opsPerS)
                  .column("avg_ms", row -> Units.millis(row.latency().meanNanos()))
                  .column("p50_ms", row -> Units.millis(row.latency().p50Nanos()))
                  .column("p90_ms", row -> Units.millis(row.latency().p90Nanos()))
                  .column("p99_ms", row -> Units.millis(row.latency().p99Nanos()))
                  .column("p999_ms", row -> Units.millis(row.latency().p999Nanos()))
                  .column("max_ms", row -> Units.millis(row.latency().maxNanos()))
                  .column("kb_per_s", row -> Units.kib(row.bytesPerS()))
                  .column("connection_errors", row -> row.errors().connections())
                  .column("error_replies", row -> row.errors().replies())
                  .column("step", LoadRow::step)
                  .column("asked_ops_per_s", row -> row.asked().perS())
                  .column("kind", row -> row.kind() == null ? null : row.kind().label())
                  .column("writes", LoadRow::writes)
                  .column("writes_per_s", LoadRow::writesPerS)
                  .column("reads", LoadRow::reads)
                  .column("reads_per_s", LoadRow::readsPerS)
                  .column("shard", LoadRow::shard)
                  .column("intended_p99_ms", row -> Units.millis(row.intended().p99Nanos()))
                  .column("intended_max_ms", row -> Units.millis(row.intended().maxNanos())));

  public static final Table<LoadSecond> LOAD_TIMELINE =
      Table.of(
          "load_timeline.csv",
          table ->
              table
                  .column("second", LoadSecond::second)
                  .column("ops_per_s", LoadSecond::opsPerS)
                  .column("avg_ms", row -> Units.millis(row.meanNanos()))
                  .column("p99_ms", row -> Units.millis(row.p99Nanos()))
                  .column("partial", LoadSecond::partial)
                  .column("step", LoadSecond::step)
                  .column("writes_per_s", LoadSecond::writesPerS)
                  .column("reads_per_s", LoadSecond::readsPerS));

  public static final Table<InsertRow> INSERTS =
      Table.of(
          "inserts.csv",
          table ->
              table
                  .column("type", InsertRow::type)
                  .column("threads", InsertRow::threads)
                  .column("writes", InsertRow::writes)
                  .column("errors", InsertRow::errors)
                  .column("writes_per_s", InsertRow::writesPerS)
                  .column("mean_us", row -> Units.micros(row.latency().meanNanos()))
                  .column("p50_us", row -> Units.micros(row.latency().p50Nanos()))
                  .column("p90_us", row -> Units.micros(row.latency().p90Nanos()))
                  .column("p99_us", row -> Units.micros(row.latency().p99Nanos()))
                  .column("p999_us", row -> Units.micros(row.latency().p999Nanos()))
                  .column("max_us", row -> Units.micros(row.latency().maxNanos()))
                  .column("intended_p99_us", row -> Units.micros(row.intendedP99Nanos()))
                  .column("intended_max_us", row -> Units.micros(row.intendedMaxNanos())));

  public static final Table<LagPercentile> LAG =
      Table.of(
          "lag.csv",
          table ->
              table
                  .column("phase", LagPercentile::phase)
                  .figures("percentile", LagPercentile::percentile, row -> Measure.ofColumn(""))
                  .column("upper_us", row -> row.upper().micros())
                  .column("lower_us", row -> row.lower().micros())
                  .column("intended_us", row -> row.intended().micros())
                  .column("samples", LagPercentile::samples)
                  .column("replica", LagPercentile::replica)
                  .column("step", LagPercentile::step)
                  .column("shard", LagPercentile::shard));

  public static final Table<LagAccounting> LAG_ACCOUNTING =
      Table.of(
          "lag_accounting.csv",
          table ->
              table
                  .column("phase", LagAccounting::phase)
                  .column("scheduled", LagAccounting::scheduled)
                  .column("write_failed", LagAccounting::writeFailed)
                  .column("write_unknown", LagAccounting::writeUnknown)
                  .column("observed", LagAccounting::observed)
                  .column("censored", LagAccounting::censored)
                  .column("warmup_excluded", LagAccounting::warmupExcluded)
                  .column("out_of_order", LagAccounting::outOfOrder)
                  .column("unsent", LagAccounting::unsent)
                  .column("unknown_seen", LagAccounting::unknownSeen)
                  .column("replica", LagAccounting::replica)
                  .column("seen_after_outage", LagAccounting::seenAfterOutage)
                  .column("shard", LagAccounting::shard)
                  .column("step", LagAccounting::step));

  public static final Table<LagSecond> LAG_TIMELINE =
      Table.of(
          "lag_timeline.csv",
          table ->
              table
                  .column("second", LagSecond::second)
                  .column("phase", LagSecond::phase)
                  .column("sent", LagSecond::sent)
                  .column("observed", LagSecond::observed)
                  .column("outstanding", LagSecond::outstanding)
                  .micros("p50_upper_us", LagSecond::p50UpperNanos)
                  .micros("p99_upper_us", LagSecond::p99UpperNanos)
                  .micros("max_upper_us", LagSecond::maxUpperNanos)
                  .column("offset_gap_bytes", LagSecond::offsetGapBytes)
                  .column("load_ops_per_s", LagSecond::loadOpsPerS)
                  .column("replica", LagSecond::replica)
                  .column("span_s", LagSecond::spanS)
                  .column("epoch_ms", LagSecond::epochMs)
                  .micros("ack_p99_us", LagSecond::ackP99Nanos)
                  .micros("ack_max_us", LagSecond::ackMaxNanos)
                  .micros("slip_max_us", LagSecond::slipMaxNanos)
                  .column("link_up", LagSecond::linkUp)
                  .column("full_resyncs", LagSecond::fullResyncs)
                  .micros("pause_max_us", LagSecond::pauseMaxNanos)
                  .micros("poll_max_us", LagSecond::pollMaxNanos)
                  .column("observing", LagSecond::observing)
                  .micros("max_lower_us", LagSecond::maxLowerNanos)
                  .column("step", LagSecond::step)
                  .column("load_writes_per_s", LagSecond::loadWritesPerS)
                  .column("shard", LagSecond::shard)
                  .column("source_cpu_percent", row -> percent(row.source()))
                  .column("replica_cpu_percent", row -> percent(row.itself()))
                  .column("source_signs", row -> row.source() == null ? null : row.source().words())
                  .column(
                      "replica_signs", row -> row.itself() == null ? null : row.itself().words()));

  private static @Nullable Double percent(@Nullable Signs signs) {
    Double share = signs == null ? null : signs.cpuShare();
    return share == null ? null : Double.valueOf(Math.round(1000 * share) / 10.0);
  }

  public static final Table<Episode> EPISODES =
      Table.of(
          "episodes.csv",
          table ->
              table
                  .column("episode", Episode::episode)
                  .column("second_from", Episode::secondFrom)
                  .column("second_to", Episode::secondTo)
                  .micros("max_upper_us", Episode::maxUpperNanos)
                  .column("cause", row -> row.cause().label())
                  .column("evidence", Episode::evidence)
                  .column("phase", Episode::phase)
                  .column("certainty", row -> row.certainty().label())
                  .column("against", Episode::against)
                  .micros("max_lower_us", Episode::maxLowerNanos)
                  .column("peak_second", Episode::peakSecond)
                  .column("still_open", Episode::stillOpen)
                  .column("replica", Episode::replica)
                  .column("shard", Episode::shard));

  public static final Table<VerifyRow> VERIFY =
      Table.of(
          "verify.csv",
          table ->
              table
                  .column("type", VerifyRow::type)
                  .column("verdict", VerifyRow::verdict)
                  .column("keys", VerifyRow::keys)
                  .column("elements", VerifyRow::elements)
                  .column("bytes", VerifyRow::bytes)
                  .column("replica", VerifyRow::replica));

  public static final Table<Mismatch> MISMATCHES =
      Table.of(
          "mismatches.csv",
          table ->
              table
                  .column("db", Mismatch::db)
                  .column("key", Mismatch::key)
                  .column("verdict", Mismatch::verdict)
                  .column("type_source", Mismatch::typeSource)
                  .column("type_replica", Mismatch::typeReplica)
                  .column("field", Mismatch::field)
                  .column("source_value", Mismatch::sourceValue)
                  .column("replica_value", Mismatch::replicaValue)
                  .column("ttl_source_ms", Mismatch::ttlSourceMs)
                  .column("ttl_replica_ms", Mismatch::ttlReplicaMs)
                  .column("rounds", Mismatch::rounds)
                  .column("detail", Mismatch::detail)
                  .column("fence", Mismatch::fence)
                  .column("stood_ms", Mismatch::stoodMs)
                  .column("replica", Mismatch::replica)
                  .column("shard", Mismatch::shard));

  public static final Table<VerifyPartition> VERIFY_PARTITIONS =
      Table.of(
          "verify_partitions.csv",
          table ->
              table
                  .column("partition", VerifyPartition::partition)
                  .column("source_node", VerifyPartition::sourceNode)
                  .column("replica_node", VerifyPartition::replicaNode)
                  .column("slot_from", VerifyPartition::slotFrom)
                  .column("slot_to", VerifyPartition::slotTo)
                  .column("keys_source", VerifyPartition::keysSource)
                  .column("keys_replica", VerifyPartition::keysReplica)
                  .column("equal", VerifyPartition::equal)
                  .column("mismatched", VerifyPartition::mismatched)
                  .column("unsettled", VerifyPartition::unsettled)
                  .column("unreadable", VerifyPartition::unreadable)
                  .column("bytes", VerifyPartition::bytes)
                  .column("seconds", row -> Units.seconds(row.nanos()))
                  .column("attempts", VerifyPartition::attempts)
                  .column("fence", VerifyPartition::fence)
                  .column("executor", VerifyPartition::executor)
                  .column("replica", VerifyPartition::replica)
                  .column("start_seconds", row -> Units.seconds(row.startNanos())));

  public static final Table<Trial> CAPACITY = CapacityColumns.TABLE;

  /** Every file, as the data dictionary lists them. */
  public static final List<Table<?>> ALL =
      List.of(
          SUMMARY,
          LOAD,
          LOAD_TIMELINE,
          INSERTS,
          LAG,
          LAG_ACCOUNTING,
          LAG_TIMELINE,
          EPISODES,
          VERIFY,
          MISMATCHES,
          VERIFY_PARTITIONS,
          CAPACITY);
}
