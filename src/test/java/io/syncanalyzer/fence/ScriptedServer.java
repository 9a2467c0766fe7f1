package io.syncanalyzer.fence;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A server that says of its replication, and answers, what it is told to. */
final class ScriptedServer implements FenceServer {
  private final Endpoint endpoint;
  private final Deque<Supplier<ServerInfo>> infos = new ArrayDeque<>();
  private Function<List<String>, Reply> answers = command -> new Reply.Text(Bytes.utf8("OK"));
  private Function<List<String>, Reply> later = answers;
  private boolean reachable = true;

  /** All that it was asked, the parts of a command joined by spaces, over any connection. */
  final List<String> asked;

  int closed;
  int kept;

  ScriptedServer(Side side) {
    this(Endpoint.parse(side, "redis://127.0.0.1:7001"), new ArrayList<>());
  }

  private ScriptedServer(Endpoint endpoint, List<String> asked) {
    this.endpoint = endpoint;
    this.asked = asked;
  }

  /** Says that next of its replication; the last goes on. */
  ScriptedServer saying(String... fields) {
    ServerInfo info = ServerInfo.parse(String.join("\r\n", fields));
    infos.add(() -> info);
    return this;
  }

  /** Is lost when it is asked next of its replication. */
  ScriptedServer lost() {
    infos.add(
        () -> {
          throw loss();
        });
    return this;
  }

  /** Answers every command so. */
  ScriptedServer answering(Function<List<String>, Reply> all) {
    answers = all;
    return this;
  }

  /** Answers every command so over other connections. */
  ScriptedServer answeringLater(Function<List<String>, Reply> all) {
    later = all;
    return this;
  }

  /** Opens no other connection. */
  ScriptedServer gone() {
    reachable = false;
    return this;
  }

  RedisFailure loss() {
    return new RedisFailure(RedisFailure.Kind.DISCONNECTED, endpoint, "lost", null);
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public ServerInfo replication() {
    return (infos.size() > 1 ? infos.remove() : infos.element()).get();
  }

  @Override
  public Reply call(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    asked.add(String.join(" ", all));
    return answers.apply(all);
  }

  @Override
  public Reply lastOf(List<List<String>> commands) {
    Reply last = new Reply.Nil();
    for (List<String> command : commands) {
      last = call(command.get(0), command.subList(1, command.size()).toArray(new String[0]));
    }
    return last;
  }

  @Override
  public RedisFailure refused(String command, Reply.Failed failed) {
    RedisFailure.Kind kind = FailureCauses.ofReply(endpoint, command, failed).kind();
    return new RedisFailure(kind, endpoint, command + ": " + failed.message(), null);
  }

  @Override
  public void keepAwake() {
    kept++;
  }

  @Override
  public FenceServer again() {
    if (!reachable) {
      throw loss();
    }
    asked.add("connects again");
    return new ScriptedServer(endpoint, asked).answering(later);
  }

  @Override
  public FenceServer ownerOf(String key) {
    asked.add("asks who owns " + key);
    return new ScriptedServer(endpoint, asked);
  }

  @Override
  public void close() {
    closed++;
  }
}
