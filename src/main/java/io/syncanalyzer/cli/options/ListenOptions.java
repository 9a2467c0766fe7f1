package io.syncanalyzer.cli.options;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a run is served while it goes on. */
public final class ListenOptions {
  private static final String LISTEN = "--listen";
  private static final String OLDER = "--prometheus";

  /** A port alone, or after a host, which of IPv6 stands in brackets. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]:|([^\\s:\\[\\]]+):)?(\\d{1,5})");

  @Option(
      names = LISTEN,
      paramLabel = "[HOST:]PORT",
      description =
          "Serve what the run knows so far at /metrics, for Prometheus, until it ends; on 127.0.0.1"
              + " unless a host is named. Port 0: a free one, which is told.")
  @Nullable String listen;

  @Option(names = OLDER, paramLabel = "[HOST:]PORT", description = "The older name of --listen.")
  @Nullable String prometheus;

  /**
   * Where, by whichever name it was given: the one on the command line, of two there the newer;
   * empty = nowhere.
   *
   * @throws IllegalArgumentException if it is no address
   */
  public Optional<InetSocketAddress> address(CommandSpec spec) {
    boolean older = listen == null || (isOnTheLine(spec, OLDER) && !isOnTheLine(spec, LISTEN));
    String text = older ? prometheus : listen;
    return Optional.ofNullable(text).map(given -> read(older ? OLDER : LISTEN, given));
  }

  private static boolean isOnTheLine(CommandSpec spec, String name) {
    return spec.commandLine().getParseResult().hasMatchedOption(name);
  }

  /** Reads {@code PORT} or {@code HOST:PORT}. */
  static InetSocketAddress read(String option, String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(3)) > 65535) {
      throw new IllegalArgumentException(
          option
              + ": `"
              + text
              + "` is no port; write 9121, or 0.0.0.0:9121 for every address, or 0 for a free one");
    }
    String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    return InetSocketAddress.createUnresolved(
        host == null ? "127.0.0.1" : host, Integer.parseInt(parts.group(3)));
  }
}
