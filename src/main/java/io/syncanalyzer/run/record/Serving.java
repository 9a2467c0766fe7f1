package io.syncanalyzer.run.record;

import io.syncanalyzer.metrics.MetricsServer;
import io.syncanalyzer.result.ExitStatus;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;

/** Has a run tell of itself at {@code /metrics} for as long as it lasts, where that is wanted. */
public final class Serving {
  private Serving() {}

  /**
   * Runs it; the port is taken before anything else is done, and is free again when this returns.
   *
   * @param listen where to serve; empty = nowhere
   * @throws java.io.UncheckedIOException if that port cannot be had: nothing was done then
   */
  public static ExitStatus during(
      RunContext context,
      Optional<InetSocketAddress> listen,
      Function<RunContext, ExitStatus> run) {
    if (listen.isEmpty()) {
      return run.apply(context);
    }
    InetSocketAddress address = listen.get();
    try (MetricsServer server = MetricsServer.open(address.getHostString(), address.getPort())) {
      String where = "metrics at http://" + authority(address, server.port()) + "/metrics";
      if (address.getPort() == 0) {
        // Nobody else knows the port.
        context.console().needed(where);
      } else {
        context.console().line(where);
      }
      return run.apply(context.telling(server.metrics()));
    }
  }

  /** An address of IPv6 stands in brackets. */
  private static String authority(InetSocketAddress address, int port) {
    String host = address.getHostString();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
