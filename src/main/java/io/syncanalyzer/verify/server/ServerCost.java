package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.server.ServerInfo;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a server did between two INFOs, the verification and all others together; empty = not shown.
 *
 * @param cpuSeconds user and system time
 * @param bytesIn received
 * @param bytesOut sent
 * @param commands processed
 */
public record ServerCost(
    OptionalDouble cpuSeconds, OptionalLong bytesIn, OptionalLong bytesOut, OptionalLong commands) {
  /** Nothing is known. */
  public static final ServerCost UNKNOWN =
      new ServerCost(
          OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  public static ServerCost between(ServerInfo before, ServerInfo after) {
    OptionalDouble cpu =
        before.cpuSeconds().isPresent() && after.cpuSeconds().isPresent()
            ? OptionalDouble.of(
                after.cpuSeconds().getAsDouble() - before.cpuSeconds().getAsDouble())
            : OptionalDouble.empty();
    return new ServerCost(
        cpu,
        rise(before, after, "total_net_input_bytes"),
        rise(before, after, "total_net_output_bytes"),
        rise(before, after, "total_commands_processed"));
  }

  private static OptionalLong rise(ServerInfo before, ServerInfo after, String field) {
    OptionalLong from = before.number(field);
    OptionalLong to = after.number(field);
    return from.isPresent() && to.isPresent()
        ? OptionalLong.of(to.getAsLong() - from.getAsLong())
        : OptionalLong.empty();
  }
}
