package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds out, before anything is written, whether a user may send commands, by the server itself.
 *
 * <p><b>How.</b> Rights are checked when a command is queued in a transaction, so the commands are
 * queued on a connection of their own and then dropped: nothing of them is done.
 *
 * <p>Who may not {@code MULTI} is asked aside, for a key of a name that nobody has: commands that
 * only look or remove as they are, for it is not there; others with words that are wrong. The
 * server looks at the rights first and the words later. Those that no words can spoil ({@code
 * RPUSH}) are sent only where that key is out of the user's reach: the server refuses them either
 * way, and says whether for the command or for the key (such refusals stand in its {@code ACL
 * LOG}). Only commands that are known to do nothing but to the keys they name are tried aside.
 *
 * <p><b>What is not found.</b> Without {@code MULTI}: commands that are not known, and of a user
 * who reaches every key those that no words can spoil. On a server without transactions: nothing.
 * What may not be done shows there when it is done, as the error replies of the load.
 */
public final class CommandRights {
  private static final Command MULTI = Command.of("MULTI");
  private static final Command TYPE = Command.of("TYPE");
  private static final String LOOK = "sa:";

  /** A transaction does not queue these: they are done at once, or end it. */
  private static final Set<String> NOT_QUEUED =
      Set.of("MULTI", "EXEC", "DISCARD", "WATCH", "RESET", "QUIT");

  /**
   * Words after a key that is not there with which a command writes nothing, mostly since they are
   * wrong. Those that take several keys get no other one.
   */
  private static final Map<String, List<String>> WRONG_WORDS =
      Map.ofEntries(
          Map.entry("SET", List.of("x", "NX", "XX")),
          Map.entry("SETEX", List.of("x", "x")),
          Map.entry("SETRANGE", List.of("x", "x")),
          Map.entry("EXPIRE", List.of("x")),
          Map.entry("HSET", List.of("f", "x", "f")),
          Map.entry("LTRIM", List.of("x", "x")),
          Map.entry("SPOP", List.of("x")),
          Map.entry("ZADD", List.of("x", "m")),
          Map.entry("ZREMRANGEBYRANK", List.of("x", "x")),
          Map.entry("XADD", List.of("x", "f", "x")),
          Map.entry("XTRIM", List.of("x", "x")),
          Map.entry("MSET", List.of("x", "x")),
          Map.entry("MGET", List.of()),
          Map.entry("EXISTS", List.of()),
          Map.entry("DEL", List.of()),
          Map.entry("UNLINK", List.of()));

  /** What would make a key that is not there. */
  private static final Set<String> MAKING_KEYS = Set.of("INCR", "LPUSH", "RPUSH", "SADD");

  private final RedisConnection connection;
  private final Set<String> rules = new LinkedHashSet<>();
  private final Map<String, Set<String>> refused = new LinkedHashMap<>();

  private CommandRights(RedisConnection connection) {
    this.connection = connection;
  }

  /**
   * Asks the server.
   *
   * @param who sends the commands, such as {@code the load}
   * @throws RedisFailure if the server does not serve for the moment; naming the user, each command
   *     that is refused, its keys and the rules that are missing
   */
  public static void require(Endpoint endpoint, List<CommandUse> uses, String who) {
    List<CommandUse> asked =
        uses.stream().filter(use -> !NOT_QUEUED.contains(use.command())).distinct().toList();
    // One that is never made anew: on another connection the commands would be done.
    try (RedisConnection connection = RedisConnection.openForPushes(endpoint, false)) {
      CommandRights rights = new CommandRights(connection);
      rights.ask(asked);
      Optional<RedisFailure> failure = rights.failure(endpoint, who);
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  private void ask(List<CommandUse> uses) {
    Reply begun = served("MULTI", connection.call(MULTI));
    if (begun instanceof Reply.Text) {
      askQueueing(uses);
    } else if (Denial.of(begun).isPresent()) {
      askAside(uses);
    }
  }

  private void askQueueing(List<CommandUse> uses) {
    // A look first: what poses as a server may know MULTI and queue nothing.
    Reply look = served("TYPE", connection.call(TYPE, Bytes.utf8(LOOK).array()));
    boolean queued = look instanceof Reply.Text text && text.bytes().asUtf8().equals("QUEUED");
    if (!queued && Denial.of(look).isEmpty() && !isAnothersSlot(look)) {
      return;
    }
    for (CommandUse use : uses) {
      connection.send(Command.of(use.command()), use.encoded());
    }
    connection.flush();
    for (CommandUse use : uses) {
      note(use, served(use.command(), connection.receive()));
    }
    askForKeys(uses);
  }

  private void askForKeys(List<CommandUse> uses) {
    Set<String> asked = new LinkedHashSet<>();
    for (CommandUse use : uses) {
      if (use.hasKey() && asked.add(use.keys())) {
        Reply reply = served("TYPE", connection.call(TYPE, use.arguments().get(use.key()).array()));
        if (isFor(Denial.KEY, reply)) {
          note(use, reply);
        }
      }
    }
  }

  private void askAside(List<CommandUse> uses) {
    Bytes key = Bytes.utf8("analyzer-rights-" + UUID.randomUUID());
    boolean outOfReach = isOutOfReach(key);
    for (CommandUse use : uses) {
      if (!use.known() || !use.hasKey() || (MAKING_KEYS.contains(use.command()) && !outOfReach)) {
        continue;
      }
      List<String> wrong = WRONG_WORDS.get(use.command());
      Reply reply = wrong == null ? sent(use.withKey(key)) : sent(use.command(), key, wrong);
      if (isFor(Denial.COMMAND, reply)) {
        note(use, reply);
      } else if (Denial.of(reply).isEmpty() && MAKING_KEYS.contains(use.command())) {
        // A rule of its own lets this command reach every key: what came of it goes at once.
        sent("UNLINK", key, List.of());
        outOfReach = false;
      }
    }
    askForKeys(uses);
  }

  /** Whether a key may be neither read nor written, as far as some command proves it. */
  private boolean isOutOfReach(Bytes key) {
    if (!isFor(Denial.KEY, sent("TYPE", key, List.of()))) {
      return false;
    }
    Set<Optional<Denial>> denials =
        WRONG_WORDS.entrySet().stream()
            .map(each -> Denial.of(sent(each.getKey(), key, each.getValue())))
            .collect(Collectors.toSet());
    return denials.contains(Optional.of(Denial.KEY)) && !denials.contains(Optional.empty());
  }

  private Reply sent(CommandUse use) {
    return served(use.command(), connection.call(Command.of(use.command()), use.encoded()));
  }

  /** The reply; where it says that the server does not serve for the moment, it tells nothing. */
  private Reply served(String command, Reply reply) {
    if (reply instanceof Reply.Failed failed) {
      RedisFailure failure = connection.refused(command, failed);
      if (failure.isPassing()) {
        throw failure;
      }
    }
    return reply;
  }

  private Reply sent(String command, Bytes key, List<String> words) {
    List<Bytes> arguments = new ArrayList<>(List.of(key));
    words.forEach(word -> arguments.add(Bytes.utf8(word)));
    return sent(new CommandUse(command, arguments, 0, "", true));
  }

  /** A cluster's node looks at the rights first, and then whether the key is its own. */
  private boolean isAnothersSlot(Reply reply) {
    return reply instanceof Reply.Failed failed
        && connection.refused("TYPE", failed).kind() == RedisFailure.Kind.SLOT_MOVED;
  }

  private static boolean isFor(Denial denial, Reply reply) {
    return Denial.of(reply).equals(Optional.of(denial));
  }

  private void note(CommandUse use, Reply reply) {
    Optional<Denial> denial = Denial.of(reply);
    if (denial.isEmpty()) {
      return;
    }
    refused.computeIfAbsent(use.keys(), keys -> new LinkedHashSet<>()).add(use.command());
    rules.add(
        switch (denial.get()) {
          case COMMAND ->
              "+" + Denial.command(reply).orElse(use.command().toLowerCase(Locale.ROOT));
          case KEY -> "~" + (use.keys().isEmpty() ? "<the keys it names>" : use.keys());
          case CHANNEL -> "&" + (use.arguments().isEmpty() ? "*" : use.arguments().get(0).asUtf8());
          case DATABASE -> "db=" + connection.endpoint().database();
        });
  }

  private Optional<RedisFailure> failure(Endpoint endpoint, String who) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    String user = endpoint.user().orElse("default");
    String what =
        refused.entrySet().stream()
            .map(
                entry ->
                    String.join(", ", entry.getValue())
                        + (entry.getKey().isEmpty() ? "" : " on " + entry.getKey()))
            .map(Printable::of)
            .collect(Collectors.joining("; "));
    return Optional.of(
        new RedisFailure(
            RedisFailure.Kind.NO_PERMISSION,
            endpoint,
            endpoint
                + " does not let user "
                + user
                + " run what "
                + who
                + " sends: "
                + what
                + "; nothing was written; grant it with ACL SETUSER "
                + user
                + " "
                + rules.stream().map(Printable::of).collect(Collectors.joining(" ")),
            null));
  }
}
