package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import java.util.Optional;

/**
 * One process of a server, by its {@code run_id}, which a restart changes.
 *
 * @param endpoint where it is to answer
 * @param runId its id
 */
record ServerProcess(Endpoint endpoint, String runId) {
  private static final String FIELD = "run_id:";

  /** Asks who answers; {@link #require} takes the answer. */
  static void ask(RawOutput out) {
    out.ahead("INFO", "server");
  }

  /**
   * Takes the answer to {@link #ask}. A server that hides its id is taken as it is.
   *
   * @param silentNanos how long it had been silent by then, for the failure to tell
   * @throws RedisFailure if another process answers, or it does not serve for the moment
   */
  void require(RawInput in, long silentNanos) {
    Reply reply = in.reply();
    if (reply instanceof Reply.Failed failed) {
      RedisFailure refused = FailureCauses.ofReply(endpoint, "INFO", failed);
      if (refused.isPassing()) {
        throw refused;
      }
    } else if (reply instanceof Reply.Text text) {
      Optional<String> answering = runIdIn(text.bytes().asUtf8());
      if (answering.filter(id -> !id.equals(runId)).isPresent()) {
        throw FailureCauses.ofRestart(endpoint).silentFor(silentNanos);
      }
    }
  }

  private static Optional<String> runIdIn(String info) {
    return info.lines()
        .filter(line -> line.startsWith(FIELD))
        .map(line -> line.substring(FIELD.length()).strip())
        .filter(id -> !id.isEmpty())
        .findFirst();
  }
}
