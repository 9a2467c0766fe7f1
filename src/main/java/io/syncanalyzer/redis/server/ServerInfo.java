package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a server's INFO said at one moment.
 *
 * <p>A field that the server does not show (managed services hide many) is empty, never zero.
 * Source: <a href="https://redis.io/docs/latest/commands/info/">INFO</a>.
 *
 * @param fields every {@code name:value} line in the order given, sections flattened
 */
public record ServerInfo(Map<String, String> fields) {
  private static final int MOST_FIELDS = 20_000;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DATABASE = Pattern.compile("db\\d{1,9}");
  private static final Pattern ATTACHED = Pattern.compile("slave\\d+");

  public ServerInfo {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** A replica as its source sees it; {@code lagSeconds} is the age of its last acknowledgement. */
  public record ConnectedReplica(
      String ip, int port, String state, long offset, OptionalLong lagSeconds) {}

  /** Key counts of one logical database. */
  public record Keyspace(int database, long keys, long expires) {}

  /**
   * Asks for everything: the default sections and, with {@code all}, command and error statistics.
   *
   * @throws RedisFailure if INFO is refused or the connection breaks
   */
  public static ServerInfo read(RedisConnection connection, boolean all) {
    return parse(text(all ? connection.expect("INFO", "all") : connection.expect("INFO")));
  }

  /**
   * Asks a server that is to be worked with for the default sections, and a Redis Enterprise one
   * for what it shows of an Active-Active database too.
   *
   * @throws RedisFailure if INFO is refused, the connection breaks, or it is still loading its data
   */
  public static ServerInfo readLoaded(RedisConnection connection) {
    String text = text(connection.expect("INFO"));
    ServerInfo info = parse(text);
    if (info.isLoading()) {
      Endpoint server = connection.endpoint();
      throw new RedisFailure(
          RedisFailure.Kind.LOADING,
          server,
          server + " is still loading its data; try again when it is done",
          null);
    }
    return info.serverProduct() == ServerProduct.REDIS_ENTERPRISE
            && connection.call("INFO", "crdt") instanceof Reply.Text more
        ? parse(text + "\n" + more.bytes().asUtf8())
        : info;
  }

  /** Asks for one section, such as {@code replication}. */
  public static ServerInfo readSection(RedisConnection connection, String section) {
    return parse(text(connection.expect("INFO", section)));
  }

  /**
   * Reads INFO's text; lines that are no {@code name:value} are passed over, and those past the
   * first {@link #MOST_FIELDS}. Names and values are printable, whatever the server sends.
   */
  public static ServerInfo parse(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .limit(MOST_FIELDS)
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.put(
                    Printable.of(line.substring(0, colon)),
                    Printable.of(line.substring(colon + 1).strip()));
              }
            });
    return new ServerInfo(fields);
  }

  /** What a reply to INFO says; nothing where it is an error. */
  public static ServerInfo of(Reply reply) {
    return parse(text(reply));
  }

  private static String text(Reply reply) {
    return reply instanceof Reply.Text text ? text.bytes().asUtf8() : "";
  }

  /** A field as it stands. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
  }

  /** A field as a whole number; empty where absent or no number. */
  public OptionalLong number(String name) {
    return field(name)
        .filter(value -> WHOLE_NUMBER.matcher(value).matches())
        .map(value -> OptionalLong.of(Long.parseLong(value)))
        .orElse(OptionalLong.empty());
  }

  /** Whose server it is. */
  public ServerProduct serverProduct() {
    return ServerProduct.of(this);
  }

  /** The server's own version, not the one of the Redis that it is compatible with. */
  public String version() {
    return serverProduct().version(this);
  }

  /** Whose it is and its version in one, for people. */
  public String product() {
    return serverProduct().label() + " " + version();
  }

  /**
   * The role in INFO's own word: {@code master} or {@code slave}, of Dragonfly {@code replica}, of
   * KeyDB {@code active-replica} too; empty where hidden.
   */
  public Optional<String> role() {
    return field("role");
  }

  /** Whether the server says it is a replica of another, and takes no writes but from there. */
  public boolean isReplica() {
    return role().filter(role -> role.equals("slave") || role.equals("replica")).isPresent();
  }

  /** Whether it follows another and takes writes of clients too, which it may pass on: KeyDB's. */
  public boolean isActiveReplica() {
    return role().filter("active-replica"::equals).isPresent();
  }

  /** Whether it is an instance of an Active-Active database, as far as it was asked for that. */
  public boolean isActiveActive() {
    return field("crdt_replid").isPresent() || field("crdt_config_version").isPresent();
  }

  /** The id of the replication history the server is in. */
  public Optional<String> replicationId() {
    return field("master_replid").filter(id -> !id.matches("0+"));
  }

  /** Bytes of that history the server has written (source) or applied (replica). */
  public OptionalLong replicationOffset() {
    return isReplica() && field("slave_repl_offset").isPresent()
        ? number("slave_repl_offset")
        : number("master_repl_offset");
  }

  /** Where a replica gets its data from. */
  public Optional<String> followsHost() {
    return field("master_host");
  }

  /** The port a replica gets its data from. */
  public OptionalLong followsPort() {
    return number("master_port");
  }

  /** {@code up} or {@code down}; empty where the server is no replica. */
  public Optional<String> linkStatus() {
    return field("master_link_status");
  }

  /** Whether the server is still reading its data at start. */
  public boolean isLoading() {
    return field("loading").filter("1"::equals).isPresent();
  }

  /** The random id a server process gives itself at start. */
  public Optional<String> runId() {
    return field("run_id");
  }

  /** Bytes in use by data and buffers. */
  public OptionalLong usedMemoryBytes() {
    return number("used_memory");
  }

  /** CPU seconds the server has spent since its start, user and system, all its threads. */
  public OptionalDouble cpuSeconds() {
    return CpuSeconds.of(this, "");
  }

  /** Of these, those of the thread that serves commands; empty where it does not show them. */
  public OptionalDouble mainThreadCpuSeconds() {
    return CpuSeconds.of(this, "_main_thread");
  }

  /** Key counts of every database that holds keys. */
  public List<Keyspace> keyspaces() {
    List<Keyspace> found = new ArrayList<>();
    if (!serverProduct().showsKeysOfNow()) {
      return List.of();
    }
    fields.forEach(
        (name, value) -> {
          if (DATABASE.matcher(name).matches() && value.contains("keys=")) {
            Map<String, String> parts = parts(value);
            found.add(
                new Keyspace(
                    Integer.parseInt(name.substring(2)),
                    count(parts.getOrDefault("keys", "0")),
                    count(parts.getOrDefault("expires", "0"))));
          }
        });
    return List.copyOf(found);
  }

  /** Whether INFO tells which databases hold keys: where none does, it may as well hide them. */
  public boolean showsKeyspaces() {
    return !keyspaces().isEmpty() || number("rdb_changes_since_last_save").isPresent();
  }

  /** Keys of all databases together; empty where they are hidden. */
  public OptionalLong keysInAll() {
    return showsKeyspaces()
        ? OptionalLong.of(keyspaces().stream().mapToLong(Keyspace::keys).sum())
        : OptionalLong.empty();
  }

  /** Replicas that are connected, as the source sees them. */
  public List<ConnectedReplica> connectedReplicas() {
    List<ConnectedReplica> found = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          if (ATTACHED.matcher(name).matches() && value.contains("ip=")) {
            Map<String, String> parts = parts(value);
            String lag = parts.getOrDefault("lag", "");
            found.add(
                new ConnectedReplica(
                    parts.getOrDefault("ip", ""),
                    (int) Math.min(65535, count(parts.getOrDefault("port", "0"))),
                    parts.getOrDefault("state", ""),
                    count(parts.getOrDefault("offset", "0")),
                    lag.matches("\\d+")
                        ? OptionalLong.of(Long.parseLong(lag))
                        : OptionalLong.empty()));
          }
        });
    return List.copyOf(found);
  }

  /**
   * Calls of each command since the server's start (needs INFO commandstats), by lower-case name.
   */
  public Map<String, Long> commandCalls() {
    return counted("cmdstat_", "calls");
  }

  /** Error replies of each kind since the server's start (needs INFO errorstats; 6.2 and later). */
  public Map<String, Long> errorReplies() {
    return counted("errorstat_", "count");
  }

  private Map<String, Long> counted(String prefix, String part) {
    Map<String, Long> counts = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            String count = parts(value).getOrDefault(part, "");
            if (WHOLE_NUMBER.matcher(count).matches()) {
              counts.put(name.substring(prefix.length()), Long.parseLong(count));
            }
          }
        });
    return Collections.unmodifiableMap(counts);
  }

  /** A count; zero where it is none. */
  private static long count(String digits) {
    return WHOLE_NUMBER.matcher(digits).matches() ? Long.parseLong(digits) : 0;
  }

  private static Map<String, String> parts(String value) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : value.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return parts;
  }
}
