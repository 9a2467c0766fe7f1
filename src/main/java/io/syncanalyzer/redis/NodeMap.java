package io.syncanalyzer.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the addresses that a cluster announces are reached from here: {@code --node-map}.
 * Immutable.
 *
 * @param reachable {@code host:port} by announced {@code host:port}
 */
public record NodeMap(Map<String, String> reachable) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9_][A-Za-z0-9._-]*):(?<port>\\d{1,6})");

  /** Every node is reached where it says that it is. */
  public static final NodeMap NONE = new NodeMap(Map.of());

  public NodeMap {
    reachable = Map.copyOf(new LinkedHashMap<>(reachable));
  }

  /** Where a node is reached; where it says that it is unless the map knows better. */
  public String of(String announced) {
    return reachable.getOrDefault(announced, announced);
  }

  /** What is announced by the node that is reached there; the same address where none is mapped. */
  public String announced(String address) {
    return reachable.entrySet().stream()
        .filter(entry -> entry.getValue().equals(address))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .orElse(address);
  }

  /**
   * An address as it stands in a map: an IPv6 one in brackets.
   *
   * @throws IllegalArgumentException if it is no {@code host:port}
   */
  public static String address(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not host:port");
    }
    int port = Integer.parseInt(matcher.group("port"));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
    return text;
  }
}
