package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What preflight found, for the console: a line a side, and of clusters one a pair of servers. */
public final class SideLines {
  /** So many pairs are shown. */
  private static final int SHOWN = 10;

  private SideLines() {}

  /** All of it. */
  public static List<String> of(Layout layout, List<SideReport> sides) {
    List<String> lines = new ArrayList<>();
    Sides.merged(sides).forEach(side -> lines.add(line(side)));
    if (layout.isSingle()) {
      return lines;
    }
    List<ShardPair> pairs = layout.allPairs();
    pairs.stream().limit(SHOWN).forEach(pair -> lines.add(line(pair, sides)));
    if (pairs.size() > SHOWN) {
      lines.add("… and " + (pairs.size() - SHOWN) + " more pairs");
    }
    return lines;
  }

  private static String line(ShardPair pair, List<SideReport> sides) {
    String link =
        sides.stream()
            .filter(side -> side.side() == Side.REPLICA)
            .filter(side -> side.uri().equals(pair.replica().display()) && side.link() != null)
            .findFirst()
            .map(side -> "  link " + side.link())
            .orElse("");
    return "pair     "
        + pair.source().address()
        + " to "
        + pair.replica().address()
        + "  slots "
        + pair.slots()
        + link;
  }

  /** A side in one line, and of a replica one more: which proofs hold there. */
  public static String line(SideReport side) {
    StringBuilder text = new StringBuilder();
    text.append(side.side() == Side.SOURCE ? "source   " : "replica  ")
        .append(side.uri())
        .append("  ")
        .append(side.product());
    if (side.role() != null) {
      text.append("  role ").append(side.role());
    }
    if (side.link() != null) {
      text.append(", link ").append(side.link());
    }
    if (side.follows() != null) {
      text.append(", follows ").append(side.follows());
    }
    if (side.replicationId() != null) {
      text.append("  id ")
          .append(side.replicationId(), 0, Math.min(8, side.replicationId().length()));
    }
    if (side.offset() != null) {
      text.append(" offset ").append(side.offset());
    }
    if (side.keys() != null) {
      text.append("  ").append(Counted.words(side.keys(), "key"));
    }
    if (side.usedMemoryBytes() != null) {
      text.append(
          String.format(Locale.ROOT, ", %.1f MiB", side.usedMemoryBytes() / (1024.0 * 1024.0)));
    }
    if (side.proofs() != null) {
      text.append(System.lineSeparator()).append("proofs   ").append(side.proofs());
    }
    return text.toString();
  }
}
