package io.syncanalyzer.run.record;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.ClockReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.run.servers.DroppedReplicas;
import io.syncanalyzer.run.servers.EvictionOrder;
import io.syncanalyzer.run.servers.Preflight;
import io.syncanalyzer.run.servers.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run sees of its servers at its begin, and again at its end. For the run's thread. */
final class ServersSeen {
  private final RunContext context;
  private final RunReportBuilder report;
  private @Nullable Endpoint source;
  private List<Endpoint> replicas = List.of();
  private Optional<DroppedReplicas> dropped = Optional.empty();

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
    source = servers.source();
    this.replicas = replicas;
    Preflight.Findings findings =
        context
            .patience()
            .insist(
                () ->
                    Preflight.look(
                        servers.source(),
                        replicas,
                        writes,
                        servers.embedded().orElse(null),
                        context.clock()));
    // A pair that was started for the run is gone at its end.
    dropped = servers.embedded().isEmpty() ? DroppedReplicas.from(servers.source()) : dropped;
    report.sides(findings.sides());
    findings.sides().forEach(side -> context.console().line(Preflight.line(side)));
    findings
        .warnings()
        .forEach(
            warning -> {
              report.warning(warning);
              context.console().warn(warning);
            });
  }

  /** Says, before they are compared, where reading them would change what is evicted next. */
  void warnOfTouching(Servers servers) {
    List<Endpoint> all = new ArrayList<>(List.of(servers.source()));
    all.addAll(replicas);
    for (Endpoint endpoint : all) {
      context
          .patience()
          .insist(() -> EvictionOrder.warning(endpoint))
          .ifPresent(
              warning -> {
                report.warning(warning);
                context.console().warn(warning);
              });
    }
  }

  /** Asks the clocks again, where they were asked, and says so if one drifted. */
  void clocksAgain() {
    if (source == null) {
      return;
    }
    List<SideReport> sides =
        Preflight.clocksAgain(source, replicas, report.build().sides(), context.clock());
    report.sides(sides);
    for (SideReport side : sides) {
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

  /** Whether the source dropped a replica meanwhile, in one line. */
  Optional<String> dropped() {
    return dropped.flatMap(DroppedReplicas::warning);
  }
}
