package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key whose name has exactly the shape of what we write, and what its value must then be.
 *
 * <p>That a name begins with {@code sa:} says nothing: others may use it too. Ours are
 *
 * <ul>
 *   <li>{@code sa:<run>:<type>:<lane>:<sequence>}, of that type, holding the one content that our
 *       codec writes for that run, lane and sequence;
 *   <li>{@code sa:<run>:fence:<uuid>}, a string that holds another UUID; of both kinds lane and
 *       UUID may be followed by the tag of a slot ({@link SlotTag});
 *   <li>{@code sa:load:<name>:<number>}, in a cluster {@code sa:load:<name>:{<number>}}, of the
 *       type that the load of that name writes; its content is random and says nothing;
 *   <li>the self test's own names, each of a type that it has there.
 * </ul>
 *
 * <p>{@link #ask} sends what must be known of the value, {@link #read} reads the answers. What is
 * read of a value is short, whatever is there. Immutable.
 */
public final class OurKey {
  /** Longer than any content of ours, so that one that begins like ours is known to go on. */
  private static final int LONGEST = 512;

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private static final Pattern FENCE =
      Pattern.compile(
          Pattern.quote(KeyPrefix.ALL)
              + RunName.FORM
              + ":"
              + KeyPrefix.FENCE
              + ":"
              + UUID
              + SlotTag.FORM);

  private static final Pattern FENCE_VALUE = Pattern.compile(UUID);

  private static final String NUMBER = "(?:0|[1-9]\\d{0,18})";

  private static final Pattern LOAD =
      Pattern.compile(
          Pattern.quote(KeyPrefix.LOAD) + "([a-z]+):(?:" + NUMBER + "|\\{" + NUMBER + "\\})");

  /** What our loads call their keys: both engines' types, and the profiles of one type. */
  private static final Map<String, String> LOADS =
      Map.of(
          "string", "string",
          "hash", "hash",
          "list", "list",
          "set", "set",
          "zset", "zset",
          "stream", "stream",
          "large", "string",
          "expiring", "string",
          "hot", "string");

  private static final Command TYPE = Command.of("TYPE");

  private final Bytes key;
  private final KeyKind kind;
  private final Set<String> types;
  private final Optional<OurValue> value;

  private OurKey(Bytes key, KeyKind kind, Set<String> types, Optional<OurValue> value) {
    this.key = key;
    this.kind = kind;
    this.types = Set.copyOf(types);
    this.value = value;
  }

  /** What is found where a key of our shape is looked for. */
  public enum Finding {
    OURS,
    FOREIGN,
    GONE
  }

  /** The key of ours that this would be by its name; empty where no name of ours is like this. */
  public static Optional<OurKey> of(Bytes key) {
    String text = key.asUtf8();
    if (!text.startsWith(KeyPrefix.ALL)) {
      return Optional.empty();
    }
    Matcher load = LOAD.matcher(text);
    if (load.matches()) {
      return Optional.ofNullable(LOADS.get(load.group(1)))
          .map(type -> new OurKey(key, KeyKind.LOAD, Set.of(type), Optional.empty()));
    }
    if (FENCE.matcher(text).matches() && SlotTag.isOurs(text) && !text.startsWith(KeyPrefix.LOAD)) {
      return Optional.of(string(key, KeyKind.FENCE, FENCE_VALUE.asMatchPredicate()));
    }
    if (text.equals(SelftestName.MARK)) {
      return Optional.of(string(key, KeyKind.SELFTEST, SelftestName.MARKS::contains));
    }
    Set<String> types = SelftestName.typesOf(key);
    if (!types.isEmpty()) {
      return Optional.of(new OurKey(key, KeyKind.SELFTEST, types, Optional.empty()));
    }
    return SentinelCodec.parseKey(key)
        .map(
            sentinel ->
                new OurKey(
                    key,
                    KeyKind.SENTINEL,
                    Set.of(sentinel.type().label()),
                    Optional.of(
                        new OurValue(
                            sentinel.type(),
                            sentinel.sequence(),
                            content -> SentinelCodec.isContentOf(sentinel, content)))));
  }

  private static OurKey string(Bytes key, KeyKind kind, Predicate<String> value) {
    return new OurKey(
        key,
        kind,
        Set.of(SentinelType.STRING.label()),
        Optional.of(new OurValue(SentinelType.STRING, 0, text -> value.test(text.asUtf8()))));
  }

  /** The key's name. */
  public Bytes key() {
    return key;
  }

  /** What we write under such a name. */
  public KeyKind kind() {
    return kind;
  }

  /** Sends the questions; the connection is not flushed. */
  void ask(RedisConnection connection) {
    connection.send(TYPE, key.array());
    value.ifPresent(ours -> ours.ask(connection, key));
  }

  /**
   * Reads the answers to {@link #ask}.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if a question is refused
   */
  Finding read(RedisConnection connection) {
    Reply type = connection.receive();
    List<Reply> answers = value.map(ours -> ours.receive(connection, LONGEST)).orElse(List.of());
    return judge(type, answers, connection::refused);
  }

  /**
   * What the answers say.
   *
   * @param type the answer to TYPE
   * @param answers those of the value, where one is asked for
   * @param refused what it means that a command got an error
   * @throws io.syncanalyzer.redis.RedisFailure if one is a refusal
   */
  Finding judge(
      Reply type, List<Reply> answers, BiFunction<String, Reply.Failed, RedisFailure> refused) {
    if (type instanceof Reply.Failed failed) {
      throw refused.apply("TYPE", failed);
    }
    String name = type instanceof Reply.Text text ? text.bytes().asUtf8() : "";
    if (name.equals("none")) {
      return Finding.GONE;
    }
    return types.contains(name) && (value.isEmpty() || value.get().isOurs(answers, refused))
        ? Finding.OURS
        : Finding.FOREIGN;
  }
}
