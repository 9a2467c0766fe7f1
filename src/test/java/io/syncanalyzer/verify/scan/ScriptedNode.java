package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.scripted.LoopbackServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cluster's node that has names and nothing else: it counts, lists and scans them. */
final class ScriptedNode implements AutoCloseable {
  private static final int PAGE = 1500;

  private final Side side;
  private final Map<Integer, Set<String>> slots = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private final LoopbackServer server;
  private UnaryOperator<@Nullable String> scripted = command -> null;

  ScriptedNode(Side side) {
    this.side = side;
    this.server = new LoopbackServer(() -> this::answer);
  }

  ScriptedNode with(Collection<String> names) {
    names.forEach(this::with);
    return this;
  }

  synchronized ScriptedNode with(String name) {
    slots.computeIfAbsent(HashSlot.of(Bytes.utf8(name)), first -> new LinkedHashSet<>()).add(name);
    return this;
  }

  /**
   * Has some commands answered otherwise.
   *
   * @param answers the reply as the wire has it to a command's words; null = as usual
   */
  synchronized ScriptedNode answering(UnaryOperator<@Nullable String> answers) {
    scripted = answers;
    return this;
  }

  /** What was asked about slots and names. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  Endpoint endpoint() {
    return server
        .endpoint(side)
        .from(new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE));
  }

  private synchronized String answer(List<String> command) {
    String words = String.join(" ", command);
    switch (command.get(0).toUpperCase(Locale.ROOT)) {
      case "CLUSTER", "SCAN" -> asked.add(words);
      default -> {
        return "+OK\r\n";
      }
    }
    String other = scripted.apply(words);
    if (other != null) {
      return other;
    }
    if (command.get(0).equals("SCAN")) {
      return scan(Integer.parseInt(command.get(1)));
    }
    Set<String> names = slots.getOrDefault(Integer.parseInt(command.get(2)), Set.of());
    return command.get(1).equals("COUNTKEYSINSLOT")
        ? ":" + names.size() + "\r\n"
        : LoopbackServer.array(names.stream().limit(Integer.parseInt(command.get(3))).toList());
  }

  private String scan(int from) {
    List<String> all = slots.values().stream().flatMap(Collection::stream).toList();
    int to = Math.min(all.size(), from + PAGE);
    return "*2\r\n"
        + LoopbackServer.bulk(to == all.size() ? "0" : Integer.toString(to))
        + LoopbackServer.array(all.subList(from, to));
  }

  @Override
  public void close() {
    server.close();
  }
}
