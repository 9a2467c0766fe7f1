package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.server.ServerInfo;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a server did between two INFOs, the verification and all others together; null where it is
 * not shown.
 *
 * @param cpuSeconds user and system time
 * @param bytesIn received
 * @param bytesOut sent
 * @param commands processed
 */
public record ServerCost(
    @Nullable Double cpuSeconds,
    @Nullable Long bytesIn,
    @Nullable Long bytesOut,
    @Nullable Long commands) {
  /** Nothing is known. */
  public static final ServerCost UNKNOWN = new ServerCost(null, null, null, null);

  public static ServerCost between(ServerInfo before, ServerInfo after) {
    OptionalDouble from = before.cpuSeconds();
    OptionalDouble to = after.cpuSeconds();
    return new ServerCost(
        from.isPresent() && to.isPresent()
            ? Double.valueOf(to.getAsDouble() - from.getAsDouble())
            : null,
        rise(before, after, "total_net_input_bytes"),
        rise(before, after, "total_net_output_bytes"),
        rise(before, after, "total_commands_processed"));
  }

  /** Of several servers together: what is not known of one is not known of all. */
  public static ServerCost sum(List<ServerCost> some) {
    return some.isEmpty()
        ? UNKNOWN
        : new ServerCost(
            some.stream().anyMatch(one -> one.cpuSeconds == null)
                ? null
                : Double.valueOf(
                    some.stream()
                        .mapToDouble(one -> Objects.requireNonNullElse(one.cpuSeconds, 0.0))
                        .sum()),
            sum(some, ServerCost::bytesIn),
            sum(some, ServerCost::bytesOut),
            sum(some, ServerCost::commands));
  }

  private static @Nullable Long sum(
      List<ServerCost> some, Function<ServerCost, @Nullable Long> figure) {
    long sum = 0;
    for (ServerCost one : some) {
      Long known = figure.apply(one);
      if (known == null) {
        return null;
      }
      sum += known;
    }
    return sum;
  }

  private static @Nullable Long rise(ServerInfo before, ServerInfo after, String field) {
    OptionalLong from = before.number(field);
    OptionalLong to = after.number(field);
    return from.isPresent() && to.isPresent()
        ? Long.valueOf(to.getAsLong() - from.getAsLong())
        : null;
  }
}
