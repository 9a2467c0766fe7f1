package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a lane's error replies come to. Those by which a node says that a slot is another's (MOVED),
 * or is on its way there (ASK), are followed: the same command on the same key, with another value,
 * goes where it was sent to. Others that pass while servers take over are counted, and the source
 * is asked who serves now. The rest is the source's refusal. For one thread.
 */
final class LoadFollower {
  /** As often may a command be sent on before that is a refusal too. */
  private static final int HOPS = 8;

  private static final Command ASKING = Command.of("ASKING");

  /** What a cluster answers while a slot or a server is on its way. */
  private static final Set<String> PASSING = Set.of("CLUSTERDOWN", "TRYAGAIN");

  private final LoadData data;
  private final LoadRoutes routes;
  private final LoadLinks links;
  private final LoadRecorder.Lane recorder;
  private final NanoClock clock;
  private final List<Turned> turned = new ArrayList<>();

  /** A command that is to be sent again, and where; {@code asked} if for this once only. */
  private record Turned(
      LoadCommand command,
      SentinelType type,
      long number,
      long intended,
      Endpoint to,
      boolean asked) {}

  LoadFollower(
      LoadData data,
      LoadRoutes routes,
      LoadLinks links,
      LoadRecorder.Lane recorder,
      NanoClock clock) {
    this.data = data;
    this.routes = routes;
    this.links = links;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Takes in an error reply of that node; what is to be followed waits for {@link #follow}. */
  void refused(
      LoadCommand command,
      SentinelType type,
      long number,
      long intended,
      Reply.Failed failed,
      Endpoint node) {
    sentOn(command, type, number, intended, failed, node).ifPresent(turned::add);
  }

  private Optional<Turned> sentOn(
      LoadCommand command,
      SentinelType type,
      long number,
      long intended,
      Reply.Failed failed,
      Endpoint node) {
    String code = failed.code();
    String[] words = failed.message().split(" ", 4);
    boolean moved = code.equals("MOVED");
    if ((moved || code.equals("ASK"))
        && words.length >= 3
        && words[1].matches("\\d{1,5}")
        && words[2].matches("\\S*:\\d{1,5}")) {
      recorder.turnedAway(command, code, failed.message());
      int slot = Integer.parseInt(words[1]);
      Endpoint to = moved ? routes.moved(slot, words[2], node) : routes.at(words[2], node);
      return Optional.of(new Turned(command, type, number, intended, to, !moved));
    }
    if (routes.mayChange() && (PASSING.contains(code) || code.equals("READONLY"))) {
      recorder.turnedAway(command, code, failed.message());
      routes.askAgain();
    } else {
      recorder.refused(command, code, failed.message());
    }
    return Optional.empty();
  }

  /**
   * Follows what was turned away in the batch.
   *
   * @param begun when the batch began, from which on its commands are timed
   * @param over whether the lane is to end
   * @return commands that were answered without error in the end
   */
  int follow(long begun, BooleanSupplier over) {
    int answered = 0;
    for (Turned first : turned) {
      Turned next = first;
      for (int hop = 0; next != null && !over.getAsBoolean(); hop++) {
        if (hop == HOPS) {
          recorder.gaveUp(
              "a command was sent on " + HOPS + " times, the last time to " + next.to().address());
          break;
        }
        LoadLink link = links.to(next.to());
        RedisConnection open = link == null ? null : link.connection();
        if (link == null || open == null) {
          break; // Its server is gone, as is told by the connection.
        }
        try {
          Reply reply = send(open, next);
          if (reply instanceof Reply.Failed failed) {
            next =
                sentOn(
                        next.command(),
                        next.type(),
                        next.number(),
                        next.intended(),
                        failed,
                        next.to())
                    .orElse(null);
          } else {
            recorder.answered(next.command(), begun, next.intended(), clock.nanoTime(), next.to());
            answered++;
            next = null;
          }
        } catch (RedisFailure lost) {
          if (!over.getAsBoolean()) {
            links.lost(link, lost);
          }
          next = null;
        }
      }
    }
    if (!turned.isEmpty()) {
      recorder.repliedAt(clock.nanoTime());
      turned.clear();
      routes.askAgain();
    }
    return answered;
  }

  private Reply send(RedisConnection open, Turned again) {
    byte[] key = LoadData.key(again.type(), again.number());
    byte[][] arguments = data.arguments(again.command(), key);
    if (again.asked()) {
      open.send(ASKING);
    }
    open.send(again.command().command(), arguments);
    open.flush();
    if (again.asked()) {
      open.receive();
    }
    Reply reply = open.receive();
    recorder.onTheWire(
        again.command(),
        RespSize.of(again.command().command(), arguments) + (long) RespSize.of(reply));
    return reply;
  }
}
