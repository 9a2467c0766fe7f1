package io.syncanalyzer.run.record;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.result.ClockReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.Sides;
import io.syncanalyzer.run.servers.DroppedReplicas;
import io.syncanalyzer.run.servers.EvictionOrder;
import io.syncanalyzer.run.servers.PairClocks;
import io.syncanalyzer.run.servers.Preflight;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.run.servers.SideLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a run sees of its servers at its begin, and again at its end. For the run's thread. */
final class ServersSeen {
  private final RunContext context;
  private final RunReportBuilder report;
  private @Nullable Layout layout;
  private List<DroppedReplicas> dropped = List.of();

  ServersSeen(RunContext context, RunReportBuilder report) {
    this.context = context;
    this.report = report;
  }

  /**
   * Looks at them, and says what was found.
   *
   * @param replicas empty where only the source matters
   * @param writes whether the run will write to the source
   */
  void before(Servers servers, List<Endpoint> replicas, boolean writes) {
    servers.embedded().ifPresent(server -> context.console().line("embedded " + server));
    Layout asked = context.patience().insist(() -> asked(servers, replicas));
    layout = asked;
    List<String> warnings = new ArrayList<>();
    if (!replicas.isEmpty()) {
      warnings.addAll(servers.layoutWarnings());
    }
    Preflight.Findings findings =
        context
            .patience()
            .insist(
                () ->
                    Preflight.look(
                        asked, writes, servers.embedded().orElse(null), context.clock()));
    // A pair that was started for the run is gone at its end.
    if (servers.embedded().isEmpty()) {
      dropped =
          asked.source().primaries().stream()
              .map(DroppedReplicas::from)
              .flatMap(Optional::stream)
              .toList();
    }
    report.sides(findings.sides());
    SideLines.of(asked, findings.sides()).forEach(context.console()::line);
    warnings.addAll(findings.warnings());
    warnings.forEach(
        warning -> {
          report.warning(warning);
          context.console().warn(warning);
        });
  }

  private static Layout asked(Servers servers, List<Endpoint> replicas) {
    return replicas.isEmpty()
        ? new Layout(servers.sourceTopology(), List.of(), List.of())
        : servers.layout(replicas);
  }

  /** Says, before they are compared, where reading them would change what is evicted next. */
  void warnOfTouching(Servers servers) {
    Layout all = context.patience().insist(() -> servers.layout());
    List<Endpoint> nodes =
        Stream.concat(
                all.source().primaries().stream(), all.allPairs().stream().map(ShardPair::replica))
            .distinct()
            .toList();
    context
        .patience()
        .insist(() -> EvictionOrder.warnings(nodes))
        .forEach(
            warning -> {
              report.warning(warning);
              context.console().warn(warning);
            });
  }

  /** Asks the clocks again, where they were asked, and says so if one drifted. */
  void clocksAgain() {
    if (layout == null) {
      return;
    }
    List<SideReport> sides = PairClocks.again(layout, report.build().sides(), context.clock());
    report.sides(sides);
    for (SideReport side : Sides.merged(sides)) {
      ClockReport clock = side.clock();
      if (clock != null && clock.aheadAtEnd() != null && clock.drifted()) {
        report.warning(
            String.format(
                Locale.ROOT,
                "the replica's clock drifted against the source's during the run: %.2f s ahead at"
                    + " its begin, %.2f s at its end",
                clock.ahead() / 1000,
                clock.aheadAtEnd() / 1000));
      }
    }
  }

  /** Whether the source dropped a replica meanwhile, in one line a server. */
  List<String> dropped() {
    return dropped.stream().map(DroppedReplicas::warning).flatMap(Optional::stream).toList();
  }
}
