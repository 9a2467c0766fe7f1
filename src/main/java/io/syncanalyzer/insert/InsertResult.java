package io.syncanalyzer.insert;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.result.load.InsertRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fork of inserts hands over.
 *
 * @param rows a type each
 * @param lag the probe's summary
 * @param failing why the last write failed; null = it did not
 */
record InsertResult(List<InsertRow> rows, LagSummary lag, @Nullable String failing) {}
