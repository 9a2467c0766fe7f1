package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Reply;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a right is missing for, as a server's refusal says.
 *
 * <p>Told by words with blanks between them: from 7.2 on a refusal also holds the user's name,
 * which may be like any word but has no blank.
 */
public enum Denial {
  COMMAND,
  KEY,
  CHANNEL,
  DATABASE;

  private static final Pattern RUN = Pattern.compile("permissions to run the '([^']+)' command");

  private static final Pattern ACCESS =
      Pattern.compile("permissions to access (?:a|one of the)? ?(key|channel|database)");

  /** Empty where the reply is no refusal for want of a right. */
  static Optional<Denial> of(Reply reply) {
    if (!(reply instanceof Reply.Failed failed) || !failed.code().equals("NOPERM")) {
      return Optional.empty();
    }
    Matcher access = ACCESS.matcher(failed.message());
    if (!access.find()) {
      return Optional.of(COMMAND);
    }
    return Optional.of(
        switch (access.group(1)) {
          case "key" -> KEY;
          case "channel" -> CHANNEL;
          default -> DATABASE;
        });
  }

  /** Whether a database is out of reach (Valkey 9.1), not the command. */
  public static boolean isOfDatabase(Reply reply) {
    return of(reply).filter(denial -> denial == DATABASE).isPresent();
  }

  /** The command as the refusal names it, with its subcommand where rights go by that. */
  static Optional<String> command(Reply reply) {
    return reply instanceof Reply.Failed failed
        ? Optional.of(RUN.matcher(failed.message())).filter(Matcher::find).map(m -> m.group(1))
        : Optional.empty();
  }
}
