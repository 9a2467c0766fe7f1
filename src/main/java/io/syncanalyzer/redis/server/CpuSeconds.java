package io.syncanalyzer.redis.server;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** CPU seconds as INFO writes them. */
final class CpuSeconds {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");

  private CpuSeconds() {}

  /**
   * System and user time together; empty where either is not shown, or not as a number.
   *
   * @param of whose: what the names of the two fields end with
   */
  static OptionalDouble of(ServerInfo info, String of) {
    OptionalDouble system = seconds(info, "used_cpu_sys" + of);
    OptionalDouble user = seconds(info, "used_cpu_user" + of);
    return system.isEmpty() || user.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(system.getAsDouble() + user.getAsDouble());
  }

  private static OptionalDouble seconds(ServerInfo info, String name) {
    String text = info.field(name).orElse("");
    if (!SECONDS.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    int point = text.indexOf('.');
    return point > 0 && info.serverProduct().showsMicrosAfterThePoint()
        ? OptionalDouble.of(
            Double.parseDouble(text.substring(0, point))
                + Double.parseDouble(text.substring(point + 1)) / 1e6)
        : OptionalDouble.of(Double.parseDouble(text));
  }
}
