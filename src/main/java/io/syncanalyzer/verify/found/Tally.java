package io.syncanalyzer.verify.found;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts keys by type and verdict. Not safe for use by several threads; tallies add up. */
public final class Tally {
  public static final long UNKNOWN = -1;

  private final Map<String, Map<KeyVerdict, Cell>> cells = new HashMap<>();
  private String lastType = "";
  private KeyVerdict lastVerdict = KeyVerdict.EQUAL;
  private Cell lastCell = new Cell();
  private long gone;
  private long onSource;
  private long onReplica;
  private long onBoth;

  private static final class Cell {
    private long keys;
    private long elements;
    private long bytes;
    private boolean elementsKnown = true;
    private boolean bytesKnown = true;

    void add(long moreKeys, long moreElements, long moreBytes) {
      keys += moreKeys;
      elements += moreElements;
      bytes += moreBytes;
    }
  }

  /** Counts a key; {@link #UNKNOWN} elements or bytes make those of the row unknown. */
  public void add(
      String type,
      KeyVerdict verdict,
      boolean sourceHasIt,
      boolean replicaHasIt,
      long elements,
      long bytes) {
    Cell cell = cell(type, verdict);
    cell.add(1, Math.max(0, elements), Math.max(0, bytes));
    cell.elementsKnown &= elements >= 0;
    cell.bytesKnown &= bytes >= 0;
    onSource += sourceHasIt ? 1 : 0;
    onReplica += replicaHasIt ? 1 : 0;
    onBoth += sourceHasIt && replicaHasIt ? 1 : 0;
  }

  /** Counts a key that was on neither side any more. */
  void gone() {
    gone++;
  }

  /** Adds what another counted. */
  public void add(Tally other) {
    other.cells.forEach(
        (type, row) -> {
          row.forEach(
              (verdict, from) -> {
                Cell into = cell(type, verdict);
                into.add(from.keys, from.elements, from.bytes);
                into.elementsKnown &= from.elementsKnown;
                into.bytesKnown &= from.bytesKnown;
              });
        });
    gone += other.gone;
    onSource += other.onSource;
    onReplica += other.onReplica;
    onBoth += other.onBoth;
  }

  public long onSource() {
    return onSource;
  }

  public long onReplica() {
    return onReplica;
  }

  public long goneKeys() {
    return gone;
  }

  public void goneKeys(long count) {
    gone = count;
  }

  /** Keys on both sides. */
  public long common() {
    return onBoth;
  }

  /** The rows that count anything, by type, then by verdict. */
  public List<VerifyRow> rows() {
    List<VerifyRow> rows = new ArrayList<>();
    cells.forEach(
        (type, row) ->
            row.forEach(
                (verdict, cell) ->
                    rows.add(
                        new VerifyRow(
                            type,
                            verdict,
                            cell.keys,
                            known(cell.elementsKnown, cell.elements),
                            known(cell.bytesKnown, cell.bytes)))));
    rows.sort(Comparator.comparing(VerifyRow::type).thenComparing(VerifyRow::verdict));
    return rows;
  }

  private static @Nullable Long known(boolean known, long value) {
    return known ? Long.valueOf(value) : null;
  }

  private Cell cell(String type, KeyVerdict verdict) {
    if (type.equals(lastType) && verdict == lastVerdict) {
      return lastCell;
    }
    lastCell =
        cells
            .computeIfAbsent(type, unseen -> new EnumMap<>(KeyVerdict.class))
            .computeIfAbsent(verdict, unseen -> new Cell());
    lastType = type;
    lastVerdict = verdict;
    return lastCell;
  }
}
